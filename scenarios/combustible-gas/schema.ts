// What a gas detector reads, what the register says of its kitchen, and the operator's numbers.

import { type Static, Type } from "#scenario";

const flag = () => Type.Optional(Type.Boolean());

export const reading = Type.Object(
  {
    /** Methane, in hundredths of its lower explosive limit. */
    ch4PctLel: Type.Optional(Type.Number({ unit: "%{LEL}", minimum: 0, maximum: 100 })),
    coPpm: Type.Optional(Type.Number({ unit: "[ppm]", minimum: 0, maximum: 5_000 })),
    /** Only where there is a valve that the detector can shut. */
    valveClosed: flag(),
    fanOn: flag(),
    sensorExpired: flag(),
    sensorFault: flag(),
  },
  { minProperties: 1, additionalProperties: false },
);

export const labels = {
  ch4PctLel: { zh: "甲烷（爆炸下限百分比）", en: "Methane, share of the lower explosive limit" },
  coPpm: { zh: "一氧化碳", en: "Carbon monoxide" },
  valveClosed: { zh: "切断阀已关", en: "Shut-off valve closed" },
  fanOn: { zh: "排风机运行", en: "Fan on" },
  sensorExpired: { zh: "探测器到期", en: "Detector past its life" },
  sensorFault: { zh: "探测器故障", en: "Detector faulty" },
};

export const site = Type.Object({
  use: Type.Optional(
    Type.Enum(["home", "restaurant"], {
      label: { zh: "用途（住宅、餐饮）", en: "Use (home, restaurant)" },
    }),
  ),
});

const number = (value: number, maximum: number, unit: string, zh: string, en: string) =>
  Type.Number({ default: value, minimum: 0, maximum, unit, label: { zh, en } });

export const params = Type.Object({
  leakPct: number(10, 25, "%{LEL}", "泄漏：不低于", "Leak: at least"),
  leakHighPct: number(25, 50, "%{LEL}", "严重泄漏：不低于", "Bad leak: at least"),
  leakClearPct: number(5, 25, "%{LEL}", "泄漏解除：低于", "Leak clears: below"),
  coPpm: number(50, 500, "[ppm]", "一氧化碳：60 分钟", "Carbon monoxide: for 60 min"),
  coHighPpm: number(100, 500, "[ppm]", "一氧化碳：10 分钟", "Carbon monoxide: for 10 min"),
  coDeadlyPpm: number(300, 1_000, "[ppm]", "一氧化碳：3 分钟", "Carbon monoxide: for 3 min"),
  coClearPpm: number(30, 500, "[ppm]", "一氧化碳解除：低于", "Carbon monoxide clears: below"),
});

export type Reading = Static<typeof reading>;
export type Site = Static<typeof site>;
export type Params = Static<typeof params>;
