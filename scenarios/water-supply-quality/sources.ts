// Where this scenario's numbers come from, and the cases it opens.

import { type CasePolicy, minutes, type Source } from "#scenario";

const standard = (title: string, edition: string, clause?: string): Source => ({
  kind: "standard",
  title,
  edition,
  unverified: true,
  ...(clause === undefined ? {} : { clause }),
});

export const drinking = standard("GB 5749 生活饮用水卫生标准", "2022", "表 1、表 2");
export const secondary = standard("GB 17051 二次供水设施卫生规范", "1997");
export const shanghai = standard("DB31/T 1091 生活饮用水水质标准（上海）", "2018");
export const plate: Source = {
  kind: "register",
  title: "泵房设定压力与消毒方式 / set pressure and disinfectant of the pump room",
};

/** Water that is off: the supplier or the property on site within the hour. */
export const waterCase: CasePolicy = {
  from: "orange",
  when: "at-once",
  class: "99-91",
  filing: { zh: "二次供水水质异常", en: "The water of a secondary supply is off" },
  closing: {
    zh: "原因已消除，取样复测合格",
    en: "The cause is removed and a sample has passed",
  },
  limit: { amount: 1, unit: "urgent-hour" },
  unit: "water-supply",
  verify: minutes(60),
};
