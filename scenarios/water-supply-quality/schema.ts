// What the monitor at the outlet of a roof tank or pump room reads, what the register says of it,
// and the operator's numbers.

import { type Static, Type } from "#scenario";

const told = (unit: string, minimum: number, maximum: number) =>
  Type.Optional(Type.Number({ unit, minimum, maximum }));
const flag = () => Type.Optional(Type.Boolean());

/** A monitor need not have every probe; what it does not tell is not judged. */
export const reading = Type.Object({
  turbidityNtu: told("{NTU}", 0, 4_000),
  freeChlorineMgPerL: told("mg/L", 0, 50),
  totalChlorineMgPerL: told("mg/L", 0, 50),
  ph: told("[pH]", 0, 14),
  conductivityUsPerCm: told("uS/cm", 0, 20_000),
  temperatureCel: told("Cel", -10, 80),
  outletPressureMpa: told("MPa", 0, 5),
  tankLevelM: told("m", 0, 30),
  hatchOpen: flag(),
  pumpFault: flag(),
  daysSinceCleaned: told("d", 0, 10_000),
});

export const labels = {
  turbidityNtu: { zh: "浑浊度", en: "Turbidity" },
  freeChlorineMgPerL: { zh: "游离氯", en: "Free chlorine" },
  totalChlorineMgPerL: { zh: "总氯", en: "Total chlorine" },
  ph: { zh: "pH 值", en: "pH" },
  conductivityUsPerCm: { zh: "电导率", en: "Conductivity" },
  temperatureCel: { zh: "水温", en: "Water temperature" },
  outletPressureMpa: { zh: "出口压力", en: "Outlet pressure" },
  tankLevelM: { zh: "水箱水位", en: "Tank level" },
  hatchOpen: { zh: "人孔盖开启", en: "Hatch open" },
  pumpFault: { zh: "水泵故障", en: "Pump fault" },
  daysSinceCleaned: { zh: "距上次清洗天数", en: "Days since the tank was cleaned" },
};

export const site = Type.Object({
  disinfectant: Type.Enum(["chlorine", "chloramine"], {
    label: { zh: "消毒方式（游离氯、氯胺）", en: "Disinfectant (free chlorine, chloramine)" },
  }),
  setPressureMpa: Type.Optional(
    Type.Number({
      unit: "MPa",
      exclusiveMinimum: 0,
      maximum: 5,
      label: { zh: "泵出口设定压力", en: "Pump outlet set pressure" },
    }),
  ),
});

const number = (value: number, maximum: number, unit: string, zh: string, en: string) =>
  Type.Number({ default: value, minimum: 0, maximum, unit, label: { zh, en } });

export const params = Type.Object({
  turbidityNtu: number(1, 100, "{NTU}", "浑浊度高于", "Turbidity above"),
  turbidityClearNtu: number(
    0.8,
    100,
    "{NTU}",
    "浑浊度解除：不高于",
    "Turbidity clears at or below",
  ),
  watchNtu: number(0.5, 100, "{NTU}", "浑浊度关注：高于", "Turbidity watched above"),
  watchClearNtu: number(0.45, 100, "{NTU}", "关注解除：不高于", "Watch clears at or below"),
  chlorineLow: number(0.05, 10, "mg/L", "余氯低于", "Chlorine below"),
  chlorineLowClear: number(0.08, 10, "mg/L", "余氯过低解除", "Low chlorine clears at"),
  freeHigh: number(2, 20, "mg/L", "游离氯高于", "Free chlorine above"),
  freeHighClear: number(1.8, 20, "mg/L", "游离氯过高解除", "High free chlorine clears at"),
  totalHigh: number(3, 20, "mg/L", "总氯高于", "Total chlorine above"),
  totalHighClear: number(2.7, 20, "mg/L", "总氯过高解除", "High total chlorine clears at"),
  phLow: number(6.5, 14, "[pH]", "pH 低于", "pH below"),
  phHigh: number(8.5, 14, "[pH]", "pH 高于", "pH above"),
  phMargin: number(0.1, 2, "[pH]", "pH 解除余量", "pH clears so far inside"),
  pressureLowMpa: number(0.1, 5, "MPa", "无设定值时压力低于", "Pressure below, where none is set"),
  pressureHighMpa: number(
    0.45,
    5,
    "MPa",
    "无设定值时压力高于",
    "Pressure above, where none is set",
  ),
  pressureBandPct: number(20, 100, "%", "偏离设定压力", "Off the set pressure by"),
  cleanDays: number(180, 3_650, "d", "清洗周期", "To be cleaned after"),
});

export type Reading = Static<typeof reading>;
export type Site = Static<typeof site>;
export type Params = Static<typeof params>;
