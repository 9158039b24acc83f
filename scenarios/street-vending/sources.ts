// Where this scenario's numbers and permits come from.

import type { Source } from "#scenario";

export const caseTable: Source = {
  kind: "standard",
  title: "GB/T 30428.8 立案、处置和结案",
  edition: "2020",
  unverified: true,
};
export const permits: Source = {
  kind: "register",
  title: "许可摊位（西瓜地图） / permitted stalls",
};
