// What a camera sees piled up, what the register permits to be piled there, and the operator's
// numbers.

import { type Static, Type } from "#scenario";

const degrees = (limit: number) =>
  Type.Optional(Type.Number({ unit: "deg", minimum: -limit, maximum: limit }));

/** One camera preset, one poll; where it sees several piles, the largest. */
export const reading = Type.Object({
  eventType: Type.Enum([
    "none",
    "roadPile",
    "corridorPile",
    "constructionWaste",
    "bulkyWaste",
    "exposedGarbage",
  ]),
  areaM2: Type.Optional(Type.Number({ unit: "m2", minimum: 0, maximum: 10_000 })),
  confidence: Type.Optional(Type.Number({ unit: "1", minimum: 0, maximum: 1 })),
  dwellS: Type.Optional(Type.Number({ unit: "s", minimum: 0, maximum: 8_640_000 })),
  blocksExit: Type.Optional(Type.Boolean()),
  lon: degrees(180),
  lat: degrees(90),
  imageRef: Type.Optional(Type.String({ maxLength: 200 })),
});

export const labels = {
  eventType: { zh: "堆放类型", en: "What is piled" },
  areaM2: { zh: "占地面积", en: "Ground it takes" },
  confidence: { zh: "识别置信度", en: "Confidence" },
  dwellS: { zh: "停留时长", en: "Time it has lain" },
  blocksExit: { zh: "堵住出口或防火门", en: "Blocks an exit or fire door" },
  lon: { zh: "经度", en: "Longitude" },
  lat: { zh: "纬度", en: "Latitude" },
  imageRef: { zh: "图像引用", en: "Image reference" },
};

const day = Type.String({ pattern: "^\\d{4}-\\d{2}-\\d{2}$" });
const clock = Type.String({ pattern: "^([01]\\d|2[0-3]):[0-5]\\d$" });
const position = Type.Array(Type.Number({ minimum: -180, maximum: 180 }), {
  minItems: 2,
  maxItems: 2,
});

/** Ground on which materials may be kept: where (GeoJSON positions), on which days, at what hours. */
const permit = Type.Object({
  permitNo: Type.String({ minLength: 1, maxLength: 60 }),
  polygon: Type.Array(position, { minItems: 3, maxItems: 60 }),
  validFrom: day,
  validTo: day,
  daily: Type.Optional(Type.Array(Type.Object({ from: clock, to: clock }), { maxItems: 8 })),
});

export const site = Type.Object({
  permits: Type.Optional(
    Type.Array(permit, {
      maxItems: 40,
      label: { zh: "占道堆物许可", en: "Permits to keep materials" },
    }),
  ),
});

const number = (value: number, maximum: number, unit: string, zh: string, en: string) =>
  Type.Number({ default: value, minimum: 0, maximum, unit, label: { zh, en } });

export const params = Type.Object({
  confidence: number(0.6, 1, "1", "最低置信度", "Least confidence"),
  roadM2: number(0.5, 100, "m2", "道路堆物：面积", "Pile on the road: area"),
  garbageM2: number(0.3, 100, "m2", "暴露垃圾：面积", "Exposed garbage: area"),
  roadMin: number(30, 1_440, "min", "道路堆物：持续", "Pile on the road: lies for"),
  garbageMin: number(30, 1_440, "min", "暴露垃圾：持续", "Exposed garbage: lies for"),
  corridorMin: number(120, 1_440, "min", "楼道堆物：持续", "Pile in a corridor: lies for"),
  sameM: number(10, 100, "m", "同一堆：相距", "One pile: no further apart than"),
});

export type Reading = Static<typeof reading>;
export type Site = Static<typeof site>;
export type Params = Static<typeof params>;
