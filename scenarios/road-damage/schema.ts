// What one pass over a section of road tells of it, what the register says of the section, and the
// operator's numbers.

import { type Static, Type } from "#scenario";

const optional = (unit: string, maximum: number, minimum = 0) =>
  Type.Optional(Type.Number({ unit, minimum, maximum }));

/** One defect, or `none` when the pass is over and nothing was found on the whole section. */
export const reading = Type.Object({
  defectType: Type.Enum(["none", "pothole", "crack", "subsidence", "rut", "missingSlab"]),
  /** The run that saw it, vehicle and day: what two runs saw was seen twice. */
  passId: Type.String({ minLength: 1, maxLength: 64 }),
  areaM2: optional("m2", 10_000),
  lengthM: optional("m", 1_000),
  widthMm: optional("mm", 5_000),
  depthMm: optional("mm", 10_000),
  zAccPeakMPerS2: optional("m/s2", 200),
  speedKmPerH: optional("km/h", 200),
  confidence: optional("1", 1),
  /** Subsidence: whether traffic must go around it. */
  affectsTraffic: Type.Optional(Type.Boolean()),
  /** Subsidence: made safe, with fence and sign. */
  fenced: Type.Optional(Type.Boolean()),
  /** A supervisor's photo shows it mended. */
  mended: Type.Optional(Type.Boolean()),
  lon: optional("deg", 180, -180),
  lat: optional("deg", 90, -90),
  imageRef: Type.Optional(Type.String({ maxLength: 200 })),
});

export const labels = {
  defectType: { zh: "病害类型", en: "Kind of defect" },
  passId: { zh: "巡查车次", en: "Pass" },
  areaM2: { zh: "面积", en: "Area" },
  lengthM: { zh: "长度", en: "Length" },
  widthMm: { zh: "宽度", en: "Width" },
  depthMm: { zh: "深度", en: "Depth" },
  zAccPeakMPerS2: { zh: "垂直加速度峰值", en: "Vertical acceleration, peak" },
  speedKmPerH: { zh: "车速", en: "Speed" },
  confidence: { zh: "识别置信度", en: "Confidence" },
  affectsTraffic: { zh: "影响通行", en: "In the way of traffic" },
  fenced: { zh: "已围护并设警示标志", en: "Fenced, with a sign" },
  mended: { zh: "复查照片已修复", en: "Mended, by a photo" },
  lon: { zh: "经度", en: "Longitude" },
  lat: { zh: "纬度", en: "Latitude" },
  imageRef: { zh: "图像引用", en: "Image reference" },
};

export const site = Type.Object({
  mainRoad: Type.Optional(Type.Boolean({ label: { zh: "主干道", en: "A main road" } })),
  lengthM: Type.Optional(
    Type.Number({
      unit: "m",
      minimum: 1,
      maximum: 5_000,
      label: { zh: "路段长度", en: "Length of the section" },
    }),
  ),
});

const number = (value: number, maximum: number, unit: string, zh: string, en: string) =>
  Type.Number({ default: value, minimum: 0, maximum, unit, label: { zh, en } });

export const params = Type.Object({
  damageM2: number(0.5, 100, "m2", "破损：面积", "Damage: area"),
  crackM2: number(1, 100, "m2", "开裂：面积", "Crack: area"),
  crackLengthM: number(1, 100, "m", "开裂：长度大于", "Crack: longer than"),
  crackWidthMm: number(3, 500, "mm", "开裂：宽度", "Crack: width"),
  depthMm: number(30, 1_000, "mm", "坑凹：落差", "Pothole: depth"),
  deepMm: number(80, 1_000, "mm", "深坑：落差", "Deep pothole: depth"),
  confidence: number(0.6, 1, "1", "最低置信度", "Least confidence"),
  sure: number(0.9, 1, "1", "单次可信：置信度", "Believed at once: confidence"),
  passes: number(2, 10, "1", "确认：不同车次", "Confirmed by so many passes"),
  passesDays: number(7, 60, "d", "确认：天数", "Confirmed within"),
  sameM: number(10, 100, "m", "同一处：相距", "One defect: no further apart than"),
});

export type Reading = Static<typeof reading>;
export type Site = Static<typeof site>;
export type Params = Static<typeof params>;
