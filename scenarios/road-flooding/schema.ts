// What a gauge on a road or in an underpass reads, what the register says of the place, and the
// operator's numbers.

import { type Static, Type } from "#scenario";

const flag = () => Type.Optional(Type.Boolean());

export const reading = Type.Object({
  waterDepthCm: Type.Number({ unit: "cm", minimum: 0, maximum: 600 }),
  rainfallMm: Type.Optional(Type.Number({ unit: "mm", minimum: 0, maximum: 300 })),
  /** Where there is a pump that tells. */
  pumpRunning: flag(),
  /** The barrier at the mouth of the underpass is down. */
  gateClosed: flag(),
  floodedAreaM2: Type.Optional(Type.Number({ unit: "m2", minimum: 0, maximum: 1_000_000 })),
  /** The gauge knows of a rain warning and reports every minute, wet or dry. */
  rainWarning: flag(),
});

export const labels = {
  waterDepthCm: { zh: "积水深度", en: "Water depth" },
  rainfallMm: { zh: "时段雨量", en: "Rainfall since the last reading" },
  pumpRunning: { zh: "水泵运行", en: "Pump running" },
  gateClosed: { zh: "道闸关闭", en: "Barrier closed" },
  floodedAreaM2: { zh: "积水面积", en: "Flooded area" },
  rainWarning: { zh: "暴雨预警中", en: "Rain warning in force" },
};

export const site = Type.Object({
  place: Type.Enum(["road", "underpass"], {
    label: { zh: "场地（道路、下立交）", en: "Place (road, underpass)" },
  }),
});

const depth = (value: number, zh: string, en: string) =>
  Type.Number({ default: value, minimum: 0, maximum: 300, unit: "cm", label: { zh, en } });

export const params = Type.Object({
  firstCm: depth(5, "初现积水", "First water"),
  firstClearCm: depth(3, "积水解除：低于", "Water clears below"),
  mediumCm: depth(10, "中度积水", "Medium water"),
  reportCm: depth(15, "上报防汛指挥部", "To be reported to the flood headquarters"),
  closeCm: depth(25, "封闭通行", "Closed to traffic"),
  closeClearCm: depth(15, "封闭解除：低于", "Closing clears below"),
  fastCm: depth(5, "急涨：五分钟", "Fast: so much in five minutes"),
  pumpCm: depth(10, "应开泵水深", "The pump must run from"),
});

export type Reading = Static<typeof reading>;
export type Site = Static<typeof site>;
export type Params = Static<typeof params>;
