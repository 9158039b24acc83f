// Where this scenario's numbers come from, and the case that it opens.

import { type CasePolicy, minutes, type Source } from "#scenario";

export const index: Source = {
  kind: "standard",
  title: "HJ 633 环境空气质量指数（AQI）技术规定",
  edition: "2026",
  effectiveFrom: "2026-03-01",
  clause: "4.2, 4.3",
};
export const dust: Source = {
  kind: "standard",
  title: "DB31/964 建筑施工颗粒物控制标准（上海）",
  edition: "2016",
  unverified: true,
};
export const humidity: Source = {
  kind: "standard",
  title: "Crilley et al., Atmos. Meas. Tech. 11: κ-Köhler correction of low-cost counters",
  edition: "2018",
  unverified: true,
};

/** Dust of a building site: two hours to have it stopped. */
export const dustCase: CasePolicy = {
  from: "yellow",
  when: "at-once",
  class: "03-04",
  filing: {
    zh: "施工未采取有效防尘措施造成扬尘",
    en: "A building site raises dust for want of measures against it",
  },
  closing: {
    zh: "防尘措施到位，扬尘已制止",
    en: "Measures are in place and the dust has been stopped",
  },
  limit: { amount: 2, unit: "work-hour" },
  unit: "urban-management",
  verify: minutes(30),
};
