// What a smoke detector tells, what the register says of the room it hangs in, and the operator's
// numbers.

import { type Static, Type } from "#scenario";

const flag = () => Type.Optional(Type.Boolean());
const optional = (unit: string, minimum: number, maximum: number) =>
  Type.Optional(Type.Number({ unit, minimum, maximum }));

export const reading = Type.Object(
  {
    smokeAlarm: flag(),
    /** Obscuration per metre. */
    smokeDensityPctPerM: optional("%/m", 0, 100),
    temperatureCel: optional("Cel", -40, 300),
    /** Somebody pressed the button that hushes it. */
    muted: flag(),
    /** A person called fire: a call point, or a confirmation by telephone. */
    manualAlarm: flag(),
    tamper: flag(),
    contaminationPct: optional("%", 0, 100),
    batteryPct: optional("%", 0, 100),
    testMode: flag(),
  },
  { minProperties: 1, additionalProperties: false },
);

export const labels = {
  smokeAlarm: { zh: "烟雾报警", en: "Smoke alarm" },
  smokeDensityPctPerM: { zh: "烟雾减光率", en: "Smoke obscuration" },
  temperatureCel: { zh: "温度", en: "Temperature" },
  muted: { zh: "已按消音", en: "Hushed by hand" },
  manualAlarm: { zh: "人工报警", en: "Called by a person" },
  tamper: { zh: "被拆卸", en: "Taken off its base" },
  contaminationPct: { zh: "迷宫污染度", en: "Contamination" },
  batteryPct: { zh: "电量", en: "Battery" },
  testMode: { zh: "测试模式", en: "Test mode" },
};

const yes = (zh: string, en: string) => Type.Optional(Type.Boolean({ label: { zh, en } }));

export const site = Type.Object({
  kitchen: yes("厨房", "A kitchen"),
  elderHome: yes("独居老人住所", "Home of an elder living alone"),
});

const number = (value: number, maximum: number, unit: string, zh: string, en: string) =>
  Type.Number({ default: value, minimum: 0, maximum, unit, label: { zh, en } });

export const params = Type.Object({
  heatCel: number(57, 200, "Cel", "确认火警：温度不低于", "Fire: temperature at least"),
  heatClearCel: number(50, 200, "Cel", "火警解除：温度低于", "Fire clears: temperature below"),
  confirmS: number(60, 600, "s", "第二只探测器：间隔不超过", "A second detector within"),
  answerS: number(60, 600, "s", "无人应答：报警持续", "Nobody answers: alarm lasts"),
  kitchenS: number(60, 600, "s", "厨房油烟：短于", "Kitchen fumes: shorter than"),
  batteryPct: number(10, 100, "%", "电量低于", "Battery below"),
  batteryClearPct: number(50, 100, "%", "已换电池：电量", "Battery replaced: at least"),
  dirtyPct: number(80, 100, "%", "污染度", "Contamination at least"),
  dirtyClearPct: number(30, 100, "%", "已清洗：污染度低于", "Cleaned: contamination below"),
});

export type Reading = Static<typeof reading>;
export type Site = Static<typeof site>;
export type Params = Static<typeof params>;
