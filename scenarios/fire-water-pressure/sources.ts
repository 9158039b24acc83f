// Where this scenario's numbers come from, the cases it opens, and what the operator does.

import { type CasePolicy, hours, minutes, type Rationale, type Source } from "#scenario";

const code = (clause: string): Source => ({
  kind: "standard",
  title: "GB 50974 消防给水及消火栓系统技术规范",
  edition: "2014",
  clause,
  unverified: true,
});

export const outdoorClause = code("7.2.8");
export const worstPointClause = code("5.2.2");
export const staticClause = code("6.2.1");
export const dynamicClause = code("7.4.12");

export const waterCase: CasePolicy = {
  from: "yellow",
  when: "at-once",
  class: "99-88",
  filing: { zh: "消防水压异常", en: "Fire water is not as it must be" },
  closing: { zh: "已修复，压力、水位恢复正常", en: "Mended; pressure and level are normal" },
  limit: { amount: 24, unit: "urgent-hour" },
  unit: "water-supply",
  verify: minutes(30),
};
export const indoorsCase: CasePolicy = { ...waterCase, unit: "property-management" };

export const noWater: Rationale = {
  act: {
    zh: "通知供水、物业查阀门、泵和管网；告知消防站该处水源不可用，指定备用水源。",
    en: "Have valves, pumps, mains checked; tell the fire station which hydrant to use instead.",
  },
  within: hours(1),
  otherwise: { zh: "着火时无水可用。", en: "In a fire there is no water." },
};
export const lookAtIt: Rationale = {
  act: {
    zh: "派人到场查看；先核对有无火情、演练、市政用水许可。",
    en: "Have it looked at; first check for a fire, a drill or a permit to draw water.",
  },
  within: hours(2),
  otherwise: {
    zh: "消火栓损坏、失压，用时无水。",
    en: "The hydrant breaks or loses pressure, and is dry when needed.",
  },
};
