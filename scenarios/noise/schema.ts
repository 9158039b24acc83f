// What a noise station reads, what the register says of its place, and the operator's numbers.

import { type Static, Type } from "#scenario";

const level = () => Type.Number({ unit: "dB[SPL]", minimum: 0, maximum: 160 });

const sources = ["life", "construction", "traffic", "commerce"] as const;

/** Levels are A-weighted, of the minute that the reading ends. */
export const reading = Type.Object({
  laeqDb: level(),
  lamaxDb: Type.Optional(level()),
  la10Db: Type.Optional(level()),
  la50Db: Type.Optional(level()),
  la90Db: Type.Optional(level()),
  windSpeedMPerS: Type.Optional(Type.Number({ unit: "m/s", minimum: 0, maximum: 80 })),
  /** Rain, snow or thunder. */
  rain: Type.Optional(Type.Boolean()),
  /** Where the station tells sounds apart; else the register says what it stands beside. */
  sourceType: Type.Optional(Type.Enum([...sources])),
});

export const labels = {
  laeqDb: { zh: "等效声级 LAeq（分钟）", en: "LAeq of the minute" },
  lamaxDb: { zh: "最大声级 LAmax", en: "LAmax" },
  la10Db: { zh: "累积声级 LA10", en: "LA10, exceeded 10 % of the time" },
  la50Db: { zh: "累积声级 LA50", en: "LA50, exceeded 50 % of the time" },
  la90Db: { zh: "累积声级 LA90", en: "LA90, exceeded 90 % of the time" },
  windSpeedMPerS: { zh: "风速", en: "Wind speed" },
  rain: { zh: "雨、雪或雷电", en: "Rain, snow or thunder" },
  sourceType: { zh: "声源类型", en: "Kind of source" },
};

export const site = Type.Object({
  zoneClass: Type.Enum(["0", "1", "2", "3", "4a", "4b"], {
    label: { zh: "声环境功能区类别", en: "Class of the acoustic zone" },
  }),
  sourceType: Type.Optional(
    Type.Enum([...sources], {
      label: {
        zh: "监测声源（生活、施工、交通、商业）",
        en: "Source watched (life, construction, traffic, commerce)",
      },
    }),
  ),
});

const number = (value: number, maximum: number, unit: string, zh: string, en: string) =>
  Type.Number({ default: value, minimum: 0, maximum, unit, label: { zh, en } });

export const params = Type.Object({
  strongDb: number(10, 60, "dB[SPL]", "强噪声：超过限值", "Strong: above the limit by"),
  strongClearDb: number(5, 60, "dB[SPL]", "强噪声解除：超过限值不多于", "Strong clears within"),
  peakDb: number(15, 60, "dB[SPL]", "夜间突发：超过夜间限值", "Night peak: above the limit by"),
  peakTimes: number(3, 60, "1", "夜间突发：一小时内次数", "Night peak: times in an hour"),
  worksDb: number(55, 120, "dB[SPL]", "夜间施工：高于", "Works at night: above"),
  windMPerS: number(5, 30, "m/s", "风速高于时数据无效", "Not valid in wind above"),
});

export type Reading = Static<typeof reading>;
export type Site = Static<typeof site>;
export type Params = Static<typeof params>;
export type Source = NonNullable<Reading["sourceType"]>;
