// What a crowd camera reads, what the register says of the area it sees, and the operator's
// numbers.

import { type Static, Type } from "#scenario";

const people = () => Type.Integer({ unit: "{person}", minimum: 0, maximum: 100_000 });
const flow = () =>
  Type.Optional(Type.Number({ unit: "{person}/min", minimum: 0, maximum: 10_000 }));

export const reading = Type.Object({
  peopleCount: people(),
  /** Of what the camera sees now; without it the register's area counts. */
  areaM2: Type.Optional(Type.Number({ unit: "m2", exclusiveMinimum: 0, maximum: 1_000_000 })),
  /** Without it: people by area. */
  densityPerM2: Type.Optional(Type.Number({ unit: "{person}/m2", minimum: 0, maximum: 20 })),
  averageSpeedMPerS: Type.Optional(Type.Number({ unit: "m/s", minimum: 0, maximum: 15 })),
  inflowPerMin: flow(),
  outflowPerMin: flow(),
  peopleCountTowards: Type.Optional(people()),
  peopleCountAway: Type.Optional(people()),
});

export const labels = {
  peopleCount: { zh: "人数", en: "People" },
  areaM2: { zh: "面积", en: "Area" },
  densityPerM2: { zh: "密度", en: "Density" },
  averageSpeedMPerS: { zh: "平均步速", en: "Average speed" },
  inflowPerMin: { zh: "流入", en: "Inflow" },
  outflowPerMin: { zh: "流出", en: "Outflow" },
  peopleCountTowards: { zh: "迎面人数", en: "People coming" },
  peopleCountAway: { zh: "背向人数", en: "People going" },
};

export const site = Type.Object({
  areaM2: Type.Number({
    unit: "m2",
    exclusiveMinimum: 0,
    maximum: 1_000_000,
    label: { zh: "监测面积", en: "Area watched" },
  }),
  areaType: Type.Optional(
    Type.Enum(["standing", "walkway", "stair"], {
      label: { zh: "场地类型（站立、通道、楼梯）", en: "Kind of area (standing, walkway, stair)" },
    }),
  ),
});

const density = (value: number, zh: string, en: string) =>
  Type.Number({
    default: value,
    minimum: 0,
    maximum: 20,
    unit: "{person}/m2",
    label: { zh, en },
  });
const speed = (value: number, zh: string, en: string) =>
  Type.Number({ default: value, minimum: 0, maximum: 5, unit: "m/s", label: { zh, en } });

export const params = Type.Object({
  attention: density(1.5, "站立区：关注", "Standing: attention"),
  attentionClear: density(1.2, "站立区：解除", "Standing: clears below"),
  dense: density(2.2, "站立区：密集", "Standing: dense"),
  critical: density(3.6, "站立区：危险", "Standing: critical"),
  crush: density(4.7, "各类场地：踩踏风险", "Any area: crush"),
  stopAndGo: density(2.2, "走走停停：密度", "Stop-and-go: density"),
  stoppedMPerS: speed(0.3, "走走停停：步速低于", "Stop-and-go: slower than"),
  movingMPerS: speed(0.5, "走走停停解除：步速高于", "Stop-and-go clears: faster than"),
  forecastMin: Type.Number({
    default: 10,
    minimum: 1,
    maximum: 60,
    unit: "min",
    label: { zh: "预测时长", en: "Forecast reaches" },
  }),
});

export type Reading = Static<typeof reading>;
export type Site = Static<typeof site>;
export type Params = Static<typeof params>;
