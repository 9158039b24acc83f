// Where this scenario's numbers come from, the cases it opens, and what the operator does.

import { type CasePolicy, hours, minutes, type Rationale, type Source } from "#scenario";

const standard = (title: string, edition: string, clause?: string): Source => ({
  kind: "standard",
  title,
  edition,
  unverified: true,
  ...(clause === undefined ? {} : { clause }),
});

export const fireAlarmDesign = standard("GB 50116 火灾自动报警系统设计规范", "2013", "9.2.3");
export const residualDetector = standard("GB 14287.2 剩余电流式电气火灾监控探测器", "2014");
export const heatDetector = standard("GB 14287.3 测温式电气火灾监控探测器", "2014");
export const arcDetector = standard("GB 14287.4 故障电弧探测器", "2014");
export const voltageQuality = standard("GB/T 12325 电能质量 供电电压偏差", "2008");
export const residualDevices = standard("GB/T 13955 剩余电流动作保护装置安装和运行", "2017");

export const hazardCase: CasePolicy = {
  from: "yellow",
  when: "at-once",
  class: "99-93",
  filing: { zh: "电气火灾隐患", en: "An electrical fire may start" },
  closing: {
    zh: "故障已排除，读数恢复正常",
    en: "The fault is mended and the readings are normal",
  },
  limit: { amount: 1, unit: "work-day" },
  unit: "property-management",
  verify: minutes(30),
};
/** What may burn within hours. */
export const urgentCase: CasePolicy = { ...hazardCase, limit: { amount: 2, unit: "urgent-hour" } };
export const laterCase: CasePolicy = {
  ...hazardCase,
  when: { unacknowledgedFor: minutes(5) },
};

export const findLeak: Rationale = {
  act: {
    zh: "派物业电工逐路排查绝缘、进水和私拉接线；必要时停电。",
    en: "Have an electrician look for bad insulation, water and wild wires; cut if need be.",
  },
  within: hours(2),
  otherwise: { zh: "漏电起火或触电。", en: "The leak starts a fire, or somebody gets a shock." },
};
export const coolDown: Rationale = {
  act: {
    zh: "橙色：降负荷，2小时内到场紧固或更换接头；红色：立即断电，微型消防站和119。",
    en: "Orange: shed load, mend the contact in 2 h. Red: cut the power, fire station, 119.",
  },
  within: minutes(10),
  otherwise: { zh: "接头熔毁、绝缘起火。", en: "The contact melts and its insulation burns." },
};
