// What the sensors of a public toilet read, what the register says of it, and the operator's
// numbers.

import { type Static, Type } from "#scenario";

const optional = (unit: string, minimum: number, maximum: number) =>
  Type.Optional(Type.Number({ unit, minimum, maximum }));
const flag = () => Type.Optional(Type.Boolean());

/** One device sends what it has: gas, a stall, the water meter, the button, the door. */
export const reading = Type.Object({
  nh3MgPerM3: optional("mg/m3", 0, 500),
  h2sMgPerM3: optional("mg/m3", 0, 500),
  temperatureCel: optional("Cel", -40, 70),
  humidityPct: optional("%", 0, 100),
  stallOccupied: flag(),
  occupiedMin: optional("min", 0, 10_000),
  peopleCount: Type.Optional(Type.Integer({ unit: "{person}", minimum: 0, maximum: 500 })),
  waterFlowLPerMin: optional("L/min", 0, 1_000),
  paperPct: optional("%", 0, 100),
  sos: flag(),
  doorOpen: flag(),
});

export const labels = {
  nh3MgPerM3: { zh: "氨", en: "Ammonia" },
  h2sMgPerM3: { zh: "硫化氢", en: "Hydrogen sulphide" },
  temperatureCel: { zh: "温度", en: "Temperature" },
  humidityPct: { zh: "相对湿度", en: "Relative humidity" },
  stallOccupied: { zh: "厕位有人", en: "Stall occupied" },
  occupiedMin: { zh: "占用时长", en: "Occupied for" },
  peopleCount: { zh: "厕内人数", en: "People inside" },
  waterFlowLPerMin: { zh: "用水流量", en: "Water flow" },
  paperPct: { zh: "厕纸余量", en: "Paper left" },
  sos: { zh: "求助按钮", en: "Call for help" },
  doorOpen: { zh: "大门开", en: "Door open" },
};

const hour = (zh: string, en: string) =>
  Type.Optional(Type.Number({ unit: "h", minimum: 0, maximum: 24, label: { zh, en } }));

/** Without hours it is open day and night, and never late. */
export const site = Type.Object({
  opensAtHour: hour("开放时间（时）", "Opens at, o'clock"),
  closesAtHour: hour("关闭时间（时）", "Closes at, o'clock"),
});

const number = (value: number, maximum: number, unit: string, zh: string, en: string) =>
  Type.Number({ default: value, minimum: 0, maximum, unit, label: { zh, en } });

export const params = Type.Object({
  stayMin: number(30, 600, "min", "厕位久占：黄", "In a stall for long: yellow"),
  stayLongMin: number(60, 600, "min", "厕位久占：橙", "In a stall for long: orange"),
  leakLPerMin: number(0, 100, "L/min", "漏水：无人时流量大于", "Leak: flow with nobody, above"),
  paperPct: number(10, 100, "%", "缺纸：低于", "Paper: below"),
  paperClearPct: number(50, 100, "%", "缺纸恢复：达到", "Paper clears: at"),
});

export type Reading = Static<typeof reading>;
export type Site = Static<typeof site>;
export type Params = Static<typeof params>;
