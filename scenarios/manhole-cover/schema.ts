// What a sensor under a manhole cover reads, what the register says of the cover, and the operator's
// numbers.

import { type Static, Type } from "#scenario";

const optional = (unit: string, minimum: number, maximum: number) =>
  Type.Optional(Type.Number({ unit, minimum, maximum }));

/** It sleeps: what happened is told when it happens, and all of it once a day. */
export const reading = Type.Object({
  tiltDeg: optional("deg", 0, 180),
  coverOpen: Type.Optional(Type.Boolean()),
  /** The hardest hit since the last reading. */
  vibrationMPerS2: optional("m/s2", 0, 500),
  /** Hits above the bound since the last reading, where the device counts them itself. */
  hits: Type.Optional(Type.Integer({ unit: "1", minimum: 0, maximum: 100_000 })),
  /** From the cover down to the water; 0: the water is at the cover. */
  waterDistanceM: optional("m", -1, 30),
  ch4LelPct: optional("%{LEL}", 0, 100),
});

export const labels = {
  tiltDeg: { zh: "井盖倾角", en: "Tilt of the cover" },
  coverOpen: { zh: "井盖打开", en: "Cover open" },
  vibrationMPerS2: { zh: "最大冲击", en: "Hardest hit" },
  hits: { zh: "冲击次数", en: "Hits" },
  waterDistanceM: { zh: "水面距井盖", en: "Water below the cover" },
  ch4LelPct: { zh: "甲烷", en: "Methane" },
};

const flag = (zh: string, en: string) => Type.Optional(Type.Boolean({ label: { zh, en } }));

export const site = Type.Object({
  onCarriageway: flag("位于车行道", "On a carriageway"),
  atSchool: flag("学校周边", "At a school"),
  owner: Type.Optional(
    Type.String({ maxLength: 60, label: { zh: "权属单位", en: "Owner of the cover" } }),
  ),
});

const number = (value: number, maximum: number, unit: string, zh: string, en: string) =>
  Type.Number({ default: value, minimum: 0, maximum, unit, label: { zh, en } });

export const params = Type.Object({
  openDeg: number(15, 180, "deg", "打开：倾角达到", "Open: tilt at"),
  shutDeg: number(5, 180, "deg", "复位：倾角小于", "Shut again: tilt below"),
  looseDeg: number(5, 180, "deg", "松动：倾角达到", "Loose: tilt at"),
  looseClearDeg: number(3, 180, "deg", "松动恢复：倾角小于", "Loose clears: tilt below"),
  hitMPerS2: number(5, 100, "m/s2", "冲击：大于", "A hit: harder than"),
  hits: number(50, 10_000, "1", "弹跳：每小时冲击", "Bouncing: hits in an hour"),
  hitsClear: number(10, 10_000, "1", "弹跳恢复：每小时少于", "Bouncing clears: fewer in an hour"),
  waterM: number(0.3, 30, "m", "冒溢：水面距井盖不大于", "Surcharge: water so near, at most"),
  waterClearM: number(0.5, 30, "m", "冒溢解除：大于", "Surcharge clears: farther than"),
  methanePct: number(20, 100, "%{LEL}", "甲烷：达到", "Methane: at"),
  methaneClearPct: number(10, 100, "%{LEL}", "甲烷解除：低于", "Methane clears: below"),
});

export type Reading = Static<typeof reading>;
export type Site = Static<typeof site>;
export type Params = Static<typeof params>;
