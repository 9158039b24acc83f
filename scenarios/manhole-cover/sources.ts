// Where this scenario's numbers come from, and the cases it opens.

import { type CasePolicy, hours, minutes, type Source } from "#scenario";

export const caseTable: Source = {
  kind: "standard",
  title: "GB/T 30428.8 立案、处置和结案",
  edition: "2020",
  clause: "01-01 … 01-23, 05-03",
  unverified: true,
};
export const place: Source = {
  kind: "register",
  title: "井盖位置与权属 / place and owner of the cover",
};

/** By whoever owns the cover; until that is known it has the class of covers without an owner. */
export const openCase: CasePolicy = {
  from: "orange",
  when: "at-once",
  class: "01-23",
  filing: { zh: "井盖缺失、移位或打开", en: "A manhole cover is missing, shifted or open" },
  closing: {
    zh: "井盖已复位，现场照片已核对",
    en: "The cover is back; the photo has been checked",
  },
  limit: { amount: 2, unit: "urgent-hour" },
  unit: "cover-owner",
  verify: minutes(10),
};

export const looseCase: CasePolicy = {
  ...openCase,
  from: "yellow",
  filing: { zh: "井盖松动、翘起", en: "A manhole cover is loose and tilts" },
  closing: { zh: "井盖已固定或更换", en: "The cover is made fast or replaced" },
  limit: { amount: 4, unit: "work-hour" },
  verify: hours(1),
};

export const bounceCase: CasePolicy = {
  ...looseCase,
  from: "blue",
  when: { unacknowledgedFor: minutes(5) },
  filing: { zh: "井盖弹跳异响", en: "A manhole cover bounces and bangs" },
  limit: { amount: 2, unit: "work-day" },
  verify: hours(24),
};

export const surchargeCase: CasePolicy = {
  ...openCase,
  from: "yellow",
  class: "05-03",
  filing: { zh: "排水管道堵塞、冒溢", en: "The sewer is blocked and comes up" },
  closing: { zh: "管道已疏通，水位恢复", en: "The sewer is cleared and the water is down" },
  limit: { amount: 4, unit: "work-hour" },
  unit: "water-authority",
  verify: minutes(30),
};

export const gasCase: CasePolicy = {
  ...openCase,
  class: "05-95",
  filing: { zh: "井内甲烷积聚，有爆炸危险", en: "Methane gathers in the manhole" },
  closing: { zh: "已通风，复测合格，来源已查明", en: "Aired, measured safe, its source is found" },
  verify: minutes(30),
};
