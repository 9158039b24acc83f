// What a lift's camera and a charging port tell of e-bikes, what the register says of the place,
// and the operator's numbers.

import { type Static, Type } from "#scenario";

const optional = (unit: string, minimum: number, maximum: number) =>
  Type.Optional(Type.Number({ unit, minimum, maximum }));
const flag = () => Type.Optional(Type.Boolean());

export const reading = Type.Object(
  {
    /** Seen by the camera of a lift, which may hold the door open and speak. */
    ebikeDetected: flag(),
    confidence: optional("1", 0, 1),
    doorHeld: flag(),
    floor: Type.Optional(Type.Integer({ unit: "1", minimum: -20, maximum: 200 })),
    /** Of one charging port. */
    powerW: optional("W", 0, 20_000),
    currentA: optional("A", 0, 100),
    portCel: optional("Cel", -50, 300),
    durationMin: optional("min", 0, 10_000),
    energyKwh: optional("kW.h", 0, 1_000),
    smoke: flag(),
    /** Found by a camera or a patrol: charging where it must not be. */
    wildCharging: Type.Optional(Type.Enum(["none", "flying-wire", "corridor"])),
  },
  { minProperties: 1, additionalProperties: false },
);

export const labels = {
  ebikeDetected: { zh: "识别到电动自行车", en: "E-bike seen" },
  confidence: { zh: "置信度", en: "Confidence" },
  doorHeld: { zh: "已保持开门", en: "Door held open" },
  floor: { zh: "楼层", en: "Floor" },
  powerW: { zh: "充电功率", en: "Charging power" },
  currentA: { zh: "充电电流", en: "Charging current" },
  portCel: { zh: "端口温度", en: "Temperature of the port" },
  durationMin: { zh: "充电时长", en: "Charging since" },
  energyKwh: { zh: "充电电量", en: "Energy charged" },
  smoke: { zh: "烟雾", en: "Smoke" },
  wildCharging: { zh: "违规充电（飞线、楼道）", en: "Wild charging (flying wire, corridor)" },
};

export const site = Type.Object({
  ratedW: Type.Optional(
    Type.Number({
      unit: "W",
      exclusiveMinimum: 0,
      maximum: 20_000,
      label: { zh: "端口额定功率", en: "Rated power of a port" },
    }),
  ),
});

const number = (value: number, maximum: number, unit: string, zh: string, en: string) =>
  Type.Number({ default: value, minimum: 0, maximum, unit, label: { zh, en } });

export const params = Type.Object({
  confidence: number(0.8, 1, "1", "识别置信度", "Seen with a confidence of at least"),
  times: number(3, 100, "1", "同一电梯 24 小时内次数", "Times in one lift in 24 h"),
  hotCel: number(60, 200, "Cel", "端口温度：橙色", "Port: orange"),
  burningCel: number(70, 200, "Cel", "端口温度：红色", "Port: red"),
  hotClearCel: number(50, 200, "Cel", "端口温度解除", "Port clears"),
  ratedW: number(400, 20_000, "W", "端口功率（未登记时）", "Rated power where none is known"),
  overPowerClearPct: number(90, 100, "%", "超功率解除：额定的", "Over-power clears: of the rated"),
  overtimeMin: number(600, 10_000, "min", "充电时长超过", "Charging for longer than"),
});

export type Reading = Static<typeof reading>;
export type Site = Static<typeof site>;
export type Params = Static<typeof params>;
