// What sensors on facades and signs read, what the register says of the building, and the
// operator's numbers.

import { type Static, Type } from "#scenario";

const optional = (unit: string, minimum: number, maximum: number) =>
  Type.Optional(Type.Number({ unit, minimum, maximum }));

/** One device sends what it has: a tilt unit on a building, one on a sign, a camera. */
export const reading = Type.Object({
  /** Lean of the building from the plumb line, along two axes. */
  tiltXDeg: optional("deg", -45, 45),
  tiltYDeg: optional("deg", -45, 45),
  /** Sign: tilt from its own baseline of seven days, temperature-compensated by the device. */
  tiltDeltaDeg: optional("deg", -90, 90),
  settlementMm: optional("mm", -1_000, 1_000),
  crackWidthMm: optional("mm", 0, 500),
  accRmsMPerS2: optional("m/s2", 0, 100),
  windSpeedMPerS: optional("m/s", 0, 90),
  /** A camera sees a sign that its own list does not have. */
  unlistedSign: Type.Optional(Type.Boolean()),
  confidence: optional("1", 0, 1),
  imageRef: Type.Optional(Type.String({ maxLength: 200 })),
});

export const labels = {
  tiltXDeg: { zh: "建筑倾斜 X 向", en: "Lean of the building, x" },
  tiltYDeg: { zh: "建筑倾斜 Y 向", en: "Lean of the building, y" },
  tiltDeltaDeg: { zh: "招牌倾角变化（对 7 日基线）", en: "Sign tilt from its 7-day baseline" },
  settlementMm: { zh: "沉降", en: "Settlement" },
  crackWidthMm: { zh: "裂缝宽度", en: "Crack width" },
  accRmsMPerS2: { zh: "振动加速度有效值", en: "Vibration, RMS" },
  windSpeedMPerS: { zh: "风速", en: "Wind speed" },
  unlistedSign: { zh: "发现未备案招牌", en: "An unlisted sign is seen" },
  confidence: { zh: "识别置信度", en: "Confidence" },
  imageRef: { zh: "图像引用", en: "Image reference" },
};

export const site = Type.Object({
  heightM: Type.Optional(
    Type.Number({
      unit: "m",
      exclusiveMinimum: 0,
      maximum: 700,
      label: { zh: "建筑高度", en: "Height of the building" },
    }),
  ),
  storeys: Type.Optional(
    Type.Integer({ unit: "1", minimum: 1, maximum: 150, label: { zh: "层数", en: "Storeys" } }),
  ),
  accBaselineMPerS2: Type.Optional(
    Type.Number({
      unit: "m/s2",
      exclusiveMinimum: 0,
      maximum: 10,
      label: { zh: "安装时实测振动基线", en: "Vibration baseline at commissioning" },
    }),
  ),
});

const number = (value: number, maximum: number, unit: string, zh: string, en: string) =>
  Type.Number({ default: value, minimum: 0, maximum, unit, label: { zh, en } });

export const params = Type.Object({
  leanDeg: number(0.1, 10, "deg", "倾斜发展：24 小时", "Leaning: in 24 hours"),
  leanClearDeg: number(0.02, 10, "deg", "倾斜稳定：24 小时小于", "Lean is steady: below, in 24 h"),
  crackMm: number(0.1, 50, "mm", "裂缝发展：24 小时", "Crack grows: in 24 hours"),
  crackFastMm: number(0.5, 50, "mm", "裂缝快速发展：24 小时", "Crack grows fast: in 24 hours"),
  crackClearMm: number(0.05, 50, "mm", "裂缝稳定：24 小时小于", "Crack is steady: below, in 24 h"),
  tiltDeg: number(1, 90, "deg", "招牌倾斜：黄", "Sign tilt: yellow"),
  tiltMoreDeg: number(3, 90, "deg", "招牌倾斜：橙", "Sign tilt: orange"),
  tiltFallingDeg: number(5, 90, "deg", "招牌倾斜：红", "Sign tilt: red"),
  tiltClearDeg: number(0.5, 90, "deg", "招牌倾斜恢复：小于", "Sign tilt clears: below"),
  stormMPerS: number(17.2, 60, "m/s", "大风：达到（8 级）", "Storm: at (force 8)"),
  stormClearMPerS: number(
    13.9,
    60,
    "m/s",
    "大风解除：小于（7 级）",
    "Storm clears: below (force 7)",
  ),
  confidence: number(0.7, 1, "1", "最低置信度", "Least confidence"),
  vibrationTimes: number(3, 100, "1", "异常振动：基线倍数", "Vibration: times the baseline"),
  vibrationClearTimes: number(1.5, 100, "1", "振动恢复：基线倍数", "Vibration clears: times"),
  vibrationFloor: number(0.01, 10, "m/s2", "振动基线最小值", "Least baseline of vibration"),
});

export type Reading = Static<typeof reading>;
export type Site = Static<typeof site>;
export type Params = Static<typeof params>;
