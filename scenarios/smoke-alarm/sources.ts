// Where this scenario's numbers come from, the cases it opens, and what the operator does.

import { type CasePolicy, minutes, type Rationale, type Source, seconds } from "#scenario";

const standard = (title: string, edition: string): Source => ({
  kind: "standard",
  title,
  edition,
  unverified: true,
});

export const detector = standard("GB 20517 独立式感烟火灾探测报警器", "现行版 / current");
export const heatClass = standard("GB 4716 点型感温火灾探测器, A1", "现行版 / current");
export const microStation = standard("公消〔2015〕301号 微型消防站建设标准", "2015");

const fireClass = { class: "99-95", unit: "micro-fire-station" } as const;

export const smokeCase: CasePolicy = {
  ...fireClass,
  from: "orange",
  when: "at-once",
  filing: { zh: "烟感报警", en: "A smoke detector sounds" },
  closing: {
    zh: "现场已查看，原因已查明，探测器恢复正常",
    en: "Somebody looked, the cause is known, and the detector is normal again",
  },
  limit: { amount: 10, unit: "urgent-minute" },
  verify: minutes(5),
};

export const fireCase: CasePolicy = {
  ...smokeCase,
  from: "red",
  filing: { zh: "火情已由第二信号确认", en: "A second sign confirms a fire" },
  closing: {
    zh: "火已扑灭，消防救援部门确认无复燃危险",
    en: "The fire is out, and the fire brigade says that it will not flare up again",
  },
  limit: { amount: 3, unit: "urgent-minute" },
};

export const removedCase: CasePolicy = {
  ...fireClass,
  from: "yellow",
  when: { unacknowledgedFor: minutes(5) },
  filing: { zh: "烟感被拆卸", en: "A smoke detector was taken off" },
  closing: { zh: "探测器已装回并自检正常", en: "The detector is back and its self-test is good" },
  limit: { amount: 1, unit: "work-day" },
  unit: "property-management",
  verify: minutes(10),
};

export const callFirst: Rationale = {
  act: {
    zh: "立即致电住户或店主；无人接听联系持钥匙人，微型消防站到场查看。",
    en: "Ring resident or owner at once; no answer: key-holder and micro fire station go.",
  },
  within: seconds(60),
  otherwise: {
    zh: "阴燃成火，住户在睡眠中吸入烟气。",
    en: "It smoulders into a fire while people sleep in its smoke.",
  },
};

export const fight: Rationale = {
  act: {
    zh: "拨打119，微型消防站3分钟到场；清空消防通道，电梯归底，疏散上下楼层。",
    en: "119; micro fire station in 3 min; clear the fire lane, lifts down, floors out.",
  },
  within: seconds(60),
  otherwise: { zh: "火势蔓延，人员伤亡。", en: "The fire spreads; people die." },
};

export const upkeep = (zh: string, en: string): Rationale => ({
  act: { zh, en },
  within: minutes(24 * 60),
  otherwise: { zh: "着火时不报警。", en: "It would not sound in a fire." },
});
