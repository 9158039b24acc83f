// What a camera that looks up a facade tells, what the review desk and the hotlines add, and the
// operator's numbers.

import { type Static, Type } from "#scenario";

const optional = (unit: string, minimum: number, maximum: number) =>
  Type.Optional(Type.Number({ unit, minimum, maximum }));
const text = (maxLength: number) => Type.Optional(Type.String({ minLength: 1, maxLength }));

/** A heartbeat tells of the masks; a track tells of one object; a review of one track. */
export const reading = Type.Object({
  /** Windows are masked in all pictures; told with every heartbeat. */
  masksOn: Type.Optional(Type.Boolean()),
  trackId: text(40),
  startFloor: Type.Optional(Type.Integer({ unit: "1", minimum: -5, maximum: 150 })),
  startHeightM: optional("m", 0, 700),
  /** The vertical strip of windows it came from; a band of flats, never a person. */
  unitBand: text(16),
  objectClass: Type.Optional(Type.Enum(["paper", "butt", "bottle", "bag", "other"])),
  fallTimeS: optional("s", 0, 120),
  landing: text(60),
  confidence: optional("1", 0, 1),
  /** Two seconds before to seven after, the track only. */
  clipRef: text(200),
  /** What a person at the review desk says of the track. */
  review: Type.Optional(Type.Enum(["confirmed", "void"])),
  /** Told by hand, by the hotline 12345 or by 120. */
  injuryReported: Type.Optional(Type.Boolean()),
});

export const labels = {
  masksOn: { zh: "窗户遮蔽已开启", en: "Windows are masked" },
  trackId: { zh: "轨迹编号", en: "Track" },
  startFloor: { zh: "起落楼层", en: "Floor it fell from" },
  startHeightM: { zh: "起落高度", en: "Height it fell from" },
  unitBand: { zh: "户型纵列", en: "Vertical band of windows" },
  objectClass: { zh: "物体类别", en: "Kind of object" },
  fallTimeS: { zh: "下落时间", en: "Time of fall" },
  landing: { zh: "落点", en: "Where it landed" },
  confidence: { zh: "识别置信度", en: "Confidence" },
  clipRef: { zh: "视频片段引用", en: "Clip reference" },
  review: { zh: "人工复核", en: "Review" },
  injuryReported: { zh: "报告有人受伤", en: "An injury is reported" },
};

export const site = Type.Object({
  floors: Type.Optional(
    Type.Integer({ unit: "1", minimum: 1, maximum: 150, label: { zh: "楼层数", en: "Floors" } }),
  ),
});

const number = (value: number, maximum: number, unit: string, zh: string, en: string) =>
  Type.Number({ default: value, minimum: 0, maximum, unit, label: { zh, en } });

export const params = Type.Object({
  confidence: number(0.5, 1, "1", "最低置信度", "Least confidence"),
  fallTolerance: number(0.3, 1, "1", "与自由落体时间之差", "Off the time of free fall, at most"),
  hardFloor: number(3, 150, "1", "硬物：楼层不低于", "Hard object: from this floor"),
  repeats: number(3, 100, "1", "屡次：30 日内次数", "Repeated: times in 30 days"),
  repeatDays: number(30, 365, "d", "屡次：时间窗", "Repeated: window"),
  cleanDays: number(90, 365, "d", "屡次解除：无抛物", "Repeated clears: so long without"),
});

export type Reading = Static<typeof reading>;
export type Site = Static<typeof site>;
export type Params = Static<typeof params>;
