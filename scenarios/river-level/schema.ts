// What a gauge reads, what the register says of its station, and the operator's numbers.

import { type Static, Type } from "#scenario";

const optional = (unit: string, minimum: number, maximum: number) =>
  Type.Optional(Type.Number({ unit, minimum, maximum }));

export const reading = Type.Object({
  levelM: Type.Number({ unit: "m", minimum: -10, maximum: 40 }),
  rainfallMm: optional("mm", 0, 300),
  flowM3PerS: optional("m3/s", -5_000, 20_000),
  oxygenMgPerL: optional("mg/L", 0, 25),
  ph: optional("[pH]", 0, 14),
  ammoniaMgPerL: optional("mg/L", 0, 500),
  turbidityNtu: optional("{NTU}", 0, 10_000),
  orpMv: optional("mV", -1_000, 1_500),
});

export const labels = {
  levelM: { zh: "水位", en: "Water level" },
  rainfallMm: { zh: "时段雨量", en: "Rainfall since the last reading" },
  flowM3PerS: { zh: "流量", en: "Flow" },
  oxygenMgPerL: { zh: "溶解氧", en: "Dissolved oxygen" },
  ph: { zh: "pH 值", en: "pH" },
  ammoniaMgPerL: { zh: "氨氮", en: "Ammonia nitrogen" },
  turbidityNtu: { zh: "浊度", en: "Turbidity" },
  orpMv: { zh: "氧化还原电位", en: "Redox potential" },
};

const stage = (zh: string, en: string) =>
  Type.Number({ unit: "m", minimum: -10, maximum: 40, label: { zh, en } });

export const site = Type.Object({
  alertM: stage("警戒水位", "Alert stage"),
  dangerM: Type.Optional(stage("保证水位", "Danger stage")),
  crestM: Type.Optional(stage("防汛墙顶高程", "Crest of the flood wall")),
  recordM: Type.Optional(stage("历史最高水位", "Highest level on record")),
  datum: Type.Optional(
    Type.String({ maxLength: 40, label: { zh: "高程基准", en: "Height datum" } }),
  ),
  periodMin: Type.Optional(
    Type.Number({
      unit: "min",
      exclusiveMinimum: 0,
      maximum: 15,
      label: { zh: "上报周期", en: "Reporting period" },
    }),
  ),
});

/** A metre or rate that the operator may set. */
const metres = (value: number, zh: string, en: string, unit = "m") =>
  Type.Number({ default: value, minimum: 0, maximum: 10, unit, label: { zh, en } });

export const params = Type.Object({
  nearM: metres(0.3, "接近警戒：低于警戒水位", "Near: so far below the alert stage"),
  nearClearM: metres(
    0.4,
    "接近警戒解除：低于警戒水位",
    "Near clears: so far below the alert stage",
  ),
  risingM: metres(0.01, "十余分钟内上涨", "Rising: so much in some ten minutes"),
  clearM: metres(0.1, "超警解除：低于相应水位", "High clears: so far below the stage"),
  freeboardM: metres(0.2, "漫溢：距墙顶", "Overtopping: so near the crest"),
  freeboardClearM: metres(0.4, "漫溢解除：距墙顶", "Overtopping clears: so far below the crest"),
  riseInHourM: metres(0.3, "急涨：一小时", "Rapid rise in an hour"),
  riseInTenMinutesM: metres(0.15, "急涨：十分钟", "Rapid rise in ten minutes"),
  riseClearM: metres(0.1, "急涨解除：一小时", "Rapid rise clears: in an hour"),
  stepM: metres(0.5, "跳变：相邻读数之差", "Step between readings that is doubted"),
  oxygenMgPerL: metres(2, "黑臭：溶解氧低于", "Black and odorous: oxygen below", "mg/L"),
  oxygenClearMgPerL: metres(3, "黑臭解除：溶解氧", "Black and odorous clears: oxygen", "mg/L"),
  ammoniaMgPerL: metres(8, "黑臭：氨氮高于", "Black and odorous: ammonia above", "mg/L"),
  orpMv: Type.Number({
    default: 50,
    minimum: -500,
    maximum: 500,
    unit: "mV",
    label: { zh: "黑臭：氧化还原电位低于", en: "Black and odorous: redox below" },
  }),
});

export type Reading = Static<typeof reading>;
export type Site = Static<typeof site>;
export type Params = Static<typeof params>;
