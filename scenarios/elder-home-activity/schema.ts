// What sensors of a home tell of the life in it, what the register says, and the operator's
// numbers. No name, no address, no picture, no sound.

import { type Static, Type } from "#scenario";

const flag = () => Type.Optional(Type.Boolean());

export const reading = Type.Object(
  {
    /** What the meter shows. It only grows, until it rolls over or is changed. */
    cumulativeVolumeM3: Type.Optional(Type.Number({ unit: "m3", minimum: 0, maximum: 1_000_000 })),
    /** The flat's door was opened since the last message. */
    doorOpened: flag(),
    /** Somebody moved outside the bathroom since the last message. */
    motion: flag(),
    bathroomMotion: flag(),
    activePowerW: Type.Optional(Type.Number({ unit: "W", minimum: 0, maximum: 50_000 })),
    sos: flag(),
    /** A registered absence, as told by the hub; the register's permits say so as well. */
    away: flag(),
  },
  { minProperties: 1, additionalProperties: false },
);

export const labels = {
  cumulativeVolumeM3: { zh: "水表累计量", en: "Water meter" },
  doorOpened: { zh: "入户门开启", en: "Front door opened" },
  motion: { zh: "室内活动", en: "Movement indoors" },
  bathroomMotion: { zh: "卫生间活动", en: "Movement in the bathroom" },
  activePowerW: { zh: "用电功率", en: "Power drawn" },
  sos: { zh: "呼救按钮", en: "Call for help" },
  away: { zh: "已登记外出", en: "Registered as away" },
};

export const site = Type.Object({
  bedMat: Type.Optional(
    Type.Boolean({
      label: { zh: "装有床垫体征传感器", en: "A bed sensor watches here as well" },
    }),
  ),
});

const number = (value: number, maximum: number, unit: string, zh: string, en: string) =>
  Type.Number({ default: value, minimum: 0, maximum, unit, label: { zh, en } });

export const params = Type.Object({
  lowWaterM3: number(0.01, 1, "m3", "12 小时用水低于", "Water in 12 h: below"),
  doorH: number(24, 240, "h", "未开门：黄色", "Door still: yellow after"),
  doorLongH: number(48, 480, "h", "未开门：橙色", "Door still: orange after"),
  motionH: number(12, 72, "h", "无活动：橙色", "No movement: orange after"),
  motionLongH: number(24, 96, "h", "无活动：红色", "No movement: red after"),
  bathroomMin: number(60, 360, "min", "滞留卫生间", "In the bathroom for"),
  flowM3PerH: number(0.05, 5, "m3/h", "持续用水：流量", "Water left on: flow"),
  powerStepW: number(300, 5_000, "W", "视为有人用电：变化", "Power changed by hand: step"),
  livelyH: number(3, 12, "h", "近期有活动则不作综合判断", "Seen alive so lately: no fusion"),
});

export type Reading = Static<typeof reading>;
export type Site = Static<typeof site>;
export type Params = Static<typeof params>;
