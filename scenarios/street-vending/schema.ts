// What a camera sees of trade on one stretch of street, the stalls that the register permits there,
// and the operator's numbers.

import { type Static, Type } from "#scenario";

const metres = (maximum: number) => Type.Optional(Type.Number({ unit: "m", minimum: 0, maximum }));
const degrees = (limit: number) =>
  Type.Optional(Type.Number({ unit: "deg", minimum: -limit, maximum: limit }));

/** One camera preset, one poll, one trader: where it sees several, that nearest to the roadway. */
export const reading = Type.Object({
  objectCount: Type.Integer({ unit: "1", minimum: 0, maximum: 500 }),
  eventType: Type.Optional(
    Type.Enum(["streetVendor", "outOfStore", "roadTrading", "umbrella", "marketOvertime"]),
  ),
  confidence: Type.Optional(Type.Number({ unit: "1", minimum: 0, maximum: 1 })),
  dwellS: Type.Optional(Type.Number({ unit: "s", minimum: 0, maximum: 864_000 })),
  lon: degrees(180),
  lat: degrees(90),
  frontageM: metres(200),
  stallId: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
  laneCovered: Type.Optional(Type.Boolean()),
  exitCovered: Type.Optional(Type.Boolean()),
  imageRef: Type.Optional(Type.String({ maxLength: 200 })),
});

export const labels = {
  objectCount: { zh: "识别数量", en: "Things seen" },
  eventType: { zh: "事件类型", en: "Kind of trade" },
  confidence: { zh: "识别置信度", en: "Confidence" },
  dwellS: { zh: "停留时长", en: "Time it has stayed" },
  lon: { zh: "经度", en: "Longitude" },
  lat: { zh: "纬度", en: "Latitude" },
  frontageM: { zh: "摊面宽度", en: "Frontage" },
  stallId: { zh: "摊位编号", en: "Stall" },
  laneCovered: { zh: "占用车行道", en: "Covers a traffic lane" },
  exitCovered: { zh: "堵住安全出口", en: "Covers an emergency exit" },
  imageRef: { zh: "图像引用", en: "Image reference" },
};

const day = Type.String({ pattern: "^\\d{4}-\\d{2}-\\d{2}$" });
const clock = Type.String({ pattern: "^([01]\\d|2[0-3]):[0-5]\\d$" });
const position = Type.Array(Type.Number({ minimum: -180, maximum: 180 }), {
  minItems: 2,
  maxItems: 2,
});

/** A stall that is permitted: where (GeoJSON positions), from which day to which, at what hours. */
const stall = Type.Object({
  stallId: Type.String({ minLength: 1, maxLength: 40 }),
  polygon: Type.Array(position, { minItems: 3, maxItems: 60 }),
  validFrom: day,
  validTo: day,
  daily: Type.Optional(Type.Array(Type.Object({ from: clock, to: clock }), { maxItems: 8 })),
  goods: Type.Optional(Type.String({ maxLength: 80 })),
  permitNo: Type.Optional(Type.String({ maxLength: 60 })),
  maxFrontageM: metres(200),
});

export const site = Type.Object({
  stalls: Type.Optional(
    Type.Array(stall, { maxItems: 40, label: { zh: "许可摊位", en: "Permitted stalls" } }),
  ),
});

const number = (value: number, maximum: number, unit: string, zh: string, en: string) =>
  Type.Number({ default: value, minimum: 0, maximum, unit, label: { zh, en } });

export const params = Type.Object({
  confidence: number(0.6, 1, "1", "最低置信度", "Least confidence"),
  dwellMin: number(10, 240, "min", "经营：停留", "Trading: stays for"),
  mergeM: number(20, 200, "m", "相邻摄像头合并距离", "Cameras see one thing within"),
  beyondM: number(2, 50, "m", "越界：超出摊位", "Breach: beyond the stall"),
  reachM: number(10, 100, "m", "越界：仍视为该摊位", "Breach: still taken for that stall within"),
  lateMin: number(15, 240, "min", "超时：超出许可时段", "Breach: beyond its hours"),
  filings: number(3, 50, "1", "顽疾：立案次数", "Hot spot: filings"),
  filingsDays: number(7, 60, "d", "顽疾：统计天数", "Hot spot: within"),
  filingsM: number(30, 500, "m", "顽疾：范围", "Hot spot: no further apart than"),
  cleanDays: number(14, 90, "d", "顽疾解除：无案天数", "Hot spot clears: days without"),
});

export type Reading = Static<typeof reading>;
export type Stall = Static<typeof stall>;
export type Site = Static<typeof site>;
export type Params = Static<typeof params>;
