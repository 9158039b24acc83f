// Where this scenario's numbers come from, and the cases it opens.

import { type CasePolicy, hours, minutes, type Source } from "#scenario";

/** Odour classes; a newer edition of the second may have moved them. */
export const odourClasses: readonly Source[] = [
  { kind: "standard", title: "CJJ 14 城市公共厕所设计标准", edition: "2016", unverified: true },
  {
    kind: "standard",
    title: "GB/T 17217 公共厕所卫生规范",
    edition: "1998（2021 版待核对）",
    unverified: true,
  },
];
export const caseTable: Source = {
  kind: "standard",
  title: "GB/T 30428.8 立案、处置和结案",
  edition: "2020",
  clause: "03-01",
  unverified: true,
};
export const openingHours: Source = {
  kind: "register",
  title: "公厕开放时间 / opening hours of the toilet",
};

export const dirtyCase: CasePolicy = {
  from: "yellow",
  when: { unacknowledgedFor: minutes(5), atOnceFrom: "orange" },
  class: "03-01",
  filing: { zh: "公厕异味明显", en: "The toilet smells" },
  closing: { zh: "已清洁通风，异味消除", en: "Cleaned and aired, the smell is gone" },
  limit: { amount: 1, unit: "work-day" },
  unit: "sanitation",
  verify: minutes(30),
};

export const damageCase: CasePolicy = {
  ...dirtyCase,
  when: "at-once",
  filing: { zh: "公厕设施漏水", en: "A fitting leaks" },
  closing: { zh: "漏水已修复", en: "The leak is mended" },
  limit: { amount: 3, unit: "work-day" },
  verify: hours(1),
};

export const closedCase: CasePolicy = {
  ...damageCase,
  filing: { zh: "公厕未按时开放", en: "The toilet did not open in time" },
  closing: { zh: "已开放", en: "It is open" },
  limit: { amount: 4, unit: "work-hour" },
  verify: minutes(10),
};

/** A person in need: the class allows two hours, half an hour is the operator's. */
export const personCase: CasePolicy = {
  ...damageCase,
  class: "05-95",
  filing: { zh: "公厕内人员求助或久未离开", en: "Somebody calls for help, or does not come out" },
  closing: { zh: "已到场核实，人员安全", en: "Somebody has been there; the person is safe" },
  limit: { amount: 30, unit: "urgent-minute" },
  verify: minutes(5),
};
