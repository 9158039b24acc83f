// Where this scenario's numbers come from, and the cases it opens.

import { type CasePolicy, hours, minutes, type Source } from "#scenario";

const standard = (title: string, edition: string, clause?: string): Source => ({
  kind: "standard",
  title,
  edition,
  unverified: true,
  ...(clause === undefined ? {} : { clause }),
});

/** Set-points at most 25 and 50 % of the lower explosive limit; ours are lower. */
export const detectors = standard(
  "GB/T 50493 石油化工可燃气体和有毒气体检测报警设计标准",
  "2019",
  "5.5.2",
);
export const workplace = standard("GBZ 2.1 工作场所有害因素职业接触限值", "2019");
export const confined = standard("GB 8958 缺氧危险作业安全规程", "2006");
export const caseTable = standard("GB/T 30428.8 立案、处置和结案", "2020", "03-03, 01-18");
export const depth: Source = { kind: "register", title: "化粪池池深 / depth of the tank" };

export const overflowCase: CasePolicy = {
  from: "yellow",
  when: "at-once",
  class: "03-03",
  filing: { zh: "化粪池满溢或将满溢", en: "The septic tank overflows, or soon will" },
  closing: { zh: "已清掏，液位恢复，地面已冲洗", en: "Pumped out; the ground is washed" },
  limit: { amount: 1, unit: "work-day" },
  unit: "sanitation",
  verify: hours(1),
};

export const gasCase: CasePolicy = {
  from: "orange",
  when: "at-once",
  class: "05-95",
  filing: { zh: "化粪池内有爆炸或中毒窒息危险", en: "The tank may explode, or kill who enters" },
  closing: {
    zh: "已通风，检测合格，警戒解除",
    en: "Aired and measured safe; the cordon is lifted",
  },
  limit: { amount: 2, unit: "urgent-hour" },
  unit: "property-management",
  verify: minutes(30),
};

export const coverCase: CasePolicy = {
  ...gasCase,
  class: "01-18",
  filing: { zh: "化粪池井盖打开、缺失或移位", en: "The tank's cover is open, missing or shifted" },
  closing: { zh: "井盖已复位并拍照", en: "The cover is back in place, with a photo" },
  verify: minutes(10),
};
