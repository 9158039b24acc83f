// What a septic tank's probe reads, what the register says of the tank, and the operator's numbers.

import { type Static, Type } from "#scenario";

const optional = (unit: string, minimum: number, maximum: number) =>
  Type.Optional(Type.Number({ unit, minimum, maximum }));

export const reading = Type.Object({
  liquidLevelM: optional("m", 0, 30),
  /** From the liquid up to where it overflows. */
  freeboardM: optional("m", -5, 30),
  ch4LelPct: optional("%{LEL}", 0, 100),
  h2sMgPerM3: optional("mg/m3", 0, 2_000),
  o2Pct: optional("%", 0, 100),
  coverOpen: Type.Optional(Type.Boolean()),
});

export const labels = {
  liquidLevelM: { zh: "液位", en: "Liquid level" },
  freeboardM: { zh: "余高", en: "Freeboard" },
  ch4LelPct: { zh: "甲烷", en: "Methane" },
  h2sMgPerM3: { zh: "硫化氢", en: "Hydrogen sulphide" },
  o2Pct: { zh: "氧气", en: "Oxygen" },
  coverOpen: { zh: "盖板打开", en: "Cover open" },
};

export const site = Type.Object({
  tankDepthM: Type.Optional(
    Type.Number({
      unit: "m",
      exclusiveMinimum: 0,
      maximum: 30,
      label: { zh: "池深", en: "Depth of the tank" },
    }),
  ),
  dailyReport: Type.Optional(
    Type.Boolean({
      label: { zh: "低功耗终端，每日上报", en: "A sleepy device that reports once a day" },
    }),
  ),
});

const number = (value: number, maximum: number, unit: string, zh: string, en: string) =>
  Type.Number({ default: value, minimum: 0, maximum, unit, label: { zh, en } });

export const params = Type.Object({
  fullPct: number(80, 100, "%", "液位过高：占池深", "High: share of the depth"),
  fullClearPct: number(70, 100, "%", "液位恢复：低于池深", "High clears: below this share"),
  freeboardM: number(0.3, 5, "m", "液位过高：余高不大于", "High: freeboard at most"),
  overflowM: number(0.05, 5, "m", "外溢：余高不大于", "Overflow: freeboard at most"),
  methanePct: number(20, 100, "%{LEL}", "甲烷一级", "Methane, first step"),
  methaneClearPct: number(15, 100, "%{LEL}", "甲烷一级解除：低于", "First step clears: below"),
  methaneHighPct: number(40, 100, "%{LEL}", "甲烷二级", "Methane, second step"),
  h2sClearMgPerM3: number(7, 100, "mg/m3", "硫化氢解除：低于", "H2S clears: below"),
  oxygenClearPct: number(20, 25, "%", "氧气恢复：高于", "Oxygen clears: above"),
});

export type Reading = Static<typeof reading>;
export type Site = Static<typeof site>;
export type Params = Static<typeof params>;
