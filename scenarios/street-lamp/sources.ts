// Where this scenario's numbers come from, and the cases it opens.

import { type CasePolicy, minutes, type Source } from "#scenario";

const standard = (title: string, edition: string): Source => ({
  kind: "standard",
  title,
  edition,
  unverified: true,
});

export const lighting = standard("CJJ 89 城市道路照明工程施工及验收规程：亮灯率", "2012");
export const residual = standard("GB/T 13955 剩余电流动作保护装置安装和运行", "2017");
export const circuitPlate: Source = {
  kind: "register",
  title: "回路亮灯时间、灯数与道路等级 / schedule, lamps and road class of the circuit",
};

/** One lamp that is dark: two working days. */
export const lampCase: CasePolicy = {
  from: "yellow",
  when: "at-once",
  class: "01-37",
  filing: { zh: "路灯单盏不亮", en: "One street lamp is out" },
  closing: { zh: "已更换或修复，正常亮灯", en: "Replaced or mended; it is lit again" },
  limit: { amount: 2, unit: "work-day" },
  unit: "street-lighting",
  verify: minutes(30),
};
