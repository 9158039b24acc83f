// What a bed sensor or spot instrument reads of a person, and the operator's numbers. No name, no
// address: a flat's id.

import { type Static, Type } from "#scenario";

const optional = (unit: string, minimum: number, maximum: number) =>
  Type.Optional(Type.Number({ unit, minimum, maximum }));

export const reading = Type.Object(
  {
    /** Missing or 0: could not be measured. */
    heartRatePerMin: optional("/min", 0, 300),
    respirationPerMin: optional("/min", 0, 120),
    inBed: Type.Optional(Type.Boolean()),
    movementIndex: optional("1", 0, 1_000),
    apneaS: optional("s", 0, 600),
    signalQuality: optional("1", 0, 1),
    spo2Pct: optional("%", 0, 100),
    bodyTemperatureCel: optional("Cel", 20, 45),
    systolicMmHg: optional("mm[Hg]", 0, 300),
    supplementalOxygen: Type.Optional(Type.Boolean()),
    consciousness: Type.Optional(Type.Enum(["A", "C", "V", "P", "U"])),
  },
  { minProperties: 1, additionalProperties: false },
);

export const labels = {
  heartRatePerMin: { zh: "心率", en: "Heart rate" },
  respirationPerMin: { zh: "呼吸率", en: "Respiration rate" },
  inBed: { zh: "在床", en: "In bed" },
  movementIndex: { zh: "体动指数", en: "Movement index" },
  apneaS: { zh: "呼吸暂停时长", en: "Apnea, duration" },
  signalQuality: { zh: "信号质量", en: "Signal quality" },
  spo2Pct: { zh: "血氧饱和度", en: "Oxygen saturation" },
  bodyTemperatureCel: { zh: "体温", en: "Body temperature" },
  systolicMmHg: { zh: "收缩压", en: "Systolic blood pressure" },
  supplementalOxygen: { zh: "正在吸氧", en: "On supplemental oxygen" },
  consciousness: { zh: "意识状态", en: "Consciousness" },
};

export const site = Type.Object({
  /** Scale 2 of oxygen saturation only on a clinician's order. */
  spo2Scale: Type.Optional(
    Type.Integer({
      unit: "1",
      minimum: 1,
      maximum: 2,
      label: {
        zh: "血氧评分量表（量表 2 须医嘱）",
        en: "SpO2 scale (2 on a clinician's order only)",
      },
    }),
  ),
});

const number = (value: number, maximum: number, unit: string, zh: string, en: string) =>
  Type.Number({ default: value, minimum: 0, maximum, unit, label: { zh, en } });

export const params = Type.Object({
  quality: number(0.7, 1, "1", "最低信号质量", "Least signal quality"),
  stillIndex: number(0.05, 100, "1", "视为无体动：低于", "No movement: index below"),
  beatValidMin: number(5, 60, "min", "心率、呼吸有效时长", "Pulse and breath stay valid for"),
  spotValidMin: number(60, 720, "min", "点测值有效时长", "Spot values stay valid for"),
  apneaS: number(20, 600, "s", "呼吸暂停：五分钟内两次不短于", "Apnea: twice in 5 min, at least"),
  longApneaS: number(60, 600, "s", "长时呼吸暂停：不短于", "Long apnea: at least"),
  sumOrange: number(5, 20, "1", "部分评分合计：橙色", "Partial score: orange from"),
  sumRed: number(7, 20, "1", "部分评分合计：红色", "Partial score: red from"),
  sumClear: number(3, 20, "1", "部分评分合计：解除", "Partial score: clears at"),
});

export type Reading = Static<typeof reading>;
export type Site = Static<typeof site>;
export type Params = Static<typeof params>;
