// Where this scenario's numbers come from, and the cases it opens.

import { type CasePolicy, minutes, type Source } from "#scenario";

const standard = (title: string, edition: string, clause?: string): Source => ({
  kind: "standard",
  title,
  edition,
  unverified: true,
  ...(clause === undefined ? {} : { clause }),
});

export const ambient = standard("GB 3096 声环境质量标准", "2008", "5.1、5.3、5.4");
export const social = standard("GB 22337 社会生活环境噪声排放标准", "2008");
export const works: Source = {
  kind: "standard",
  title: "GB 12523 建筑施工噪声排放标准",
  edition: "2025",
  effectiveFrom: "2026-01-01",
  unverified: true,
};
export const zone: Source = {
  kind: "register",
  title: "声环境功能区类别与监测声源 / class of the zone and source watched",
};

/** Noise that troubles residents: two urgent hours to have it stopped. */
export const noiseCase: CasePolicy = {
  from: "yellow",
  when: "at-once",
  class: "01-28",
  filing: {
    zh: "噪声超过功能区限值，影响居民生活",
    en: "Noise above the zone's limit troubles residents",
  },
  closing: { zh: "噪声已制止，声级回到限值以内", en: "The noise is stopped and within the limit" },
  limit: { amount: 2, unit: "urgent-hour" },
  unit: "urban-management",
  verify: minutes(60),
};

export const worksCase: CasePolicy = {
  ...noiseCase,
  from: "orange",
  class: "03-01",
  filing: {
    zh: "未经许可夜间施工，噪声扰民",
    en: "Works at night without a permit keep residents awake",
  },
  closing: { zh: "夜间施工已停止", en: "The works at night have stopped" },
};
