// What a monitor in a switchboard reads, what the register says of the board, and the operator's
// numbers.

import { type Static, Type } from "#scenario";

const optional = (unit: string, minimum: number, maximum: number) =>
  Type.Optional(Type.Number({ unit, minimum, maximum }));
const celsius = () => optional("Cel", -40, 400);
const amps = () => optional("A", 0, 6_300);
const volts = () => optional("V", 0, 1_000);

export const reading = Type.Object(
  {
    residualMa: optional("mA", 0, 30_000),
    temperatureACel: celsius(),
    temperatureBCel: celsius(),
    temperatureCCel: celsius(),
    temperatureNCel: celsius(),
    boxCel: celsius(),
    currentAA: amps(),
    currentBA: amps(),
    currentCA: amps(),
    /** Phase to neutral. */
    voltageAV: volts(),
    voltageBV: volts(),
    voltageCV: volts(),
    /** Half-cycles with an arc in the worst second since the last reading. */
    arcHalfCycles: optional("1", 0, 100),
    switchOn: Type.Optional(Type.Boolean()),
    activePowerW: optional("W", 0, 10_000_000),
  },
  { minProperties: 1, additionalProperties: false },
);

export const labels = {
  residualMa: { zh: "剩余电流", en: "Residual current" },
  temperatureACel: { zh: "A相接头温度", en: "Contact A, temperature" },
  temperatureBCel: { zh: "B相接头温度", en: "Contact B, temperature" },
  temperatureCCel: { zh: "C相接头温度", en: "Contact C, temperature" },
  temperatureNCel: { zh: "N线接头温度", en: "Contact N, temperature" },
  boxCel: { zh: "箱体温度", en: "Temperature in the box" },
  currentAA: { zh: "A相电流", en: "Current A" },
  currentBA: { zh: "B相电流", en: "Current B" },
  currentCA: { zh: "C相电流", en: "Current C" },
  voltageAV: { zh: "A相电压", en: "Voltage A" },
  voltageBV: { zh: "B相电压", en: "Voltage B" },
  voltageCV: { zh: "C相电压", en: "Voltage C" },
  arcHalfCycles: { zh: "每秒电弧半波数", en: "Half-cycles with an arc in a second" },
  switchOn: { zh: "开关合闸", en: "Switch on" },
  activePowerW: { zh: "有功功率", en: "Active power" },
};

export const site = Type.Object({
  ratedA: Type.Optional(
    Type.Number({
      unit: "A",
      exclusiveMinimum: 0,
      maximum: 6_300,
      label: { zh: "额定电流", en: "Rated current" },
    }),
  ),
  naturalMa: Type.Optional(
    Type.Number({
      unit: "mA",
      minimum: 0,
      maximum: 1_000,
      label: { zh: "固有泄漏电流", en: "Natural leakage of the circuit" },
    }),
  ),
  feedsBuilding: Type.Optional(
    Type.Boolean({ label: { zh: "整栋楼总进线", en: "Incoming supply of the whole building" } }),
  ),
});

const number = (value: number, maximum: number, unit: string, zh: string, en: string) =>
  Type.Number({ default: value, minimum: 0, maximum, unit, label: { zh, en } });

export const params = Type.Object({
  leakageMa: number(300, 1_000, "mA", "剩余电流：黄色", "Residual current: yellow"),
  leakageClearMa: number(240, 1_000, "mA", "剩余电流黄色解除", "Residual current, yellow clears"),
  leakageHighMa: number(500, 1_000, "mA", "剩余电流：橙色", "Residual current: orange"),
  leakageHighClearMa: number(300, 1_000, "mA", "橙色解除", "Residual current, orange clears"),
  naturalTimes: number(2, 10, "1", "不低于固有泄漏的倍数", "At least so many times the natural"),
  warmCel: number(70, 200, "Cel", "接头温度：黄色", "Contact: yellow"),
  hotCel: number(80, 200, "Cel", "接头温度：橙色", "Contact: orange"),
  burningCel: number(105, 300, "Cel", "接头温度：红色", "Contact: red"),
  hotClearCel: number(60, 200, "Cel", "接头温度解除", "Contact clears"),
  aboveBoxK: number(40, 200, "K", "高于箱体", "Contact above its box"),
  aboveBoxClearK: number(30, 200, "K", "高于箱体解除", "Contact above its box, clears"),
  heatingK: number(15, 100, "K", "五分钟升温", "Heats up in five minutes"),
  heatingClearK: number(2, 100, "K", "五分钟升温解除", "Heats up in five minutes, clears"),
  arcs: number(14, 100, "1", "每秒电弧半波数", "Half-cycles with an arc"),
  overV: number(235.4, 400, "V", "电压高于", "Voltage above"),
  underV: number(198, 400, "V", "电压低于", "Voltage below"),
  voltageInsideV: number(2, 20, "V", "电压恢复：回到界内", "Voltage clears: so far inside"),
  deadV: number(22, 100, "V", "失电：各相低于", "Without power: all phases below"),
  overload: number(1.1, 3, "1", "过载：额定电流倍数", "Overload: times the rated current"),
  overloadClear: number(0.95, 3, "1", "过载解除：额定电流倍数", "Overload clears: times the rated"),
});

export type Reading = Static<typeof reading>;
export type Site = Static<typeof site>;
export type Params = Static<typeof params>;
