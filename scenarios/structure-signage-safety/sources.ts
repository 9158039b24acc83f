// Where this scenario's numbers come from, and the cases it opens.

import { type CasePolicy, days, hours, minutes, type Source, type Text } from "#scenario";

const standard = (title: string, edition: string, clause: string): Source => ({
  kind: "standard",
  title,
  edition,
  clause,
  unverified: true,
});

export const foundation = standard("GB 50007 建筑地基基础设计规范", "2011", "表 5.3.4");
export const dangerous = standard("JGJ 125 危险房屋鉴定标准", "2016", "4.2.1");
export const caseTable = standard("GB/T 30428.8 立案、处置和结案", "2020", "01-83, 02-06, 03-06");
export const building: Source = {
  kind: "register",
  title: "建筑高度与层数 / height and storeys of the building",
};

/** Cracks and leans that are watched: fifteen days to make safe and mend. */
export const facadeCase: CasePolicy = {
  from: "blue",
  when: "at-once",
  class: "01-83",
  filing: { zh: "房屋墙面裂缝或倾斜发展", en: "A wall cracks further or a building leans" },
  closing: { zh: "已鉴定并消除隐患、完成修复", en: "Surveyed, made safe and mended" },
  limit: { amount: 15, unit: "work-day" },
  unit: "housing-authority",
  verify: days(1),
};

export const emergencyCase: CasePolicy = {
  ...facadeCase,
  from: "orange",
  class: "05-95",
  filing: { zh: "房屋倾斜，有倒塌危险", en: "A building leans and may collapse" },
  closing: {
    zh: "人员已撤离，房屋经鉴定，险情已消除",
    en: "People are out, the building has been surveyed, the danger is gone",
  },
  limit: { amount: 2, unit: "urgent-hour" },
};

export const signCase: CasePolicy = {
  from: "yellow",
  when: "at-once",
  class: "03-06",
  filing: { zh: "户外广告、牌匾倾斜", en: "A sign or billboard is tilting" },
  closing: { zh: "招牌已加固扶正或拆除", en: "The sign is made fast or taken down" },
  limit: { amount: 1, unit: "work-day" },
  unit: "urban-management",
  verify: hours(2),
};

export const fallingCase: CasePolicy = {
  ...signCase,
  from: "red",
  class: "05-96",
  filing: { zh: "招牌随时可能坠落", en: "A sign may fall at any moment" },
  limit: { amount: 2, unit: "urgent-hour" },
};

export const illegalSignCase: CasePolicy = {
  ...signCase,
  class: "02-06",
  filing: { zh: "违规设置牌匾标识", en: "A sign was put up without leave" },
  closing: { zh: "已整改或拆除", en: "It is put right or taken down" },
  limit: { amount: 2, unit: "work-day" },
  verify: hours(12),
};

export const worksCase: CasePolicy = {
  ...facadeCase,
  from: "yellow",
  when: { unacknowledgedFor: minutes(5) },
  class: "01-01",
  filing: { zh: "房屋疑似违法施工", en: "Unlawful building works are suspected" },
  closing: { zh: "施工已制止并经核查", en: "The works are stopped and have been looked into" },
  limit: { amount: 48, unit: "urgent-hour" },
  unit: "urban-management",
  verify: hours(1),
};

export const cordon: Text = {
  zh: "立即拉警戒、疏散下方行人，通知产权单位加固或拆除，必要时请消防。",
  en: "Cordon it off, keep people away, have the owner secure it; fire brigade if need be.",
};
