// What sensors of bins and of a transfer station read, what the register says of the place, and the
// operator's numbers.

import { type Static, Type } from "#scenario";

const optional = (unit: string, minimum: number, maximum: number) =>
  Type.Optional(Type.Number({ unit, minimum, maximum }));
const flag = () => Type.Optional(Type.Boolean());

/** One device sends what it has: a bin's sensor, a camera, the station's gas meter or counter. */
export const reading = Type.Object({
  /** 0 empty, 1 full to the brim. */
  fillLevel: optional("1", 0, 1),
  overflowSeen: flag(),
  temperatureCel: optional("Cel", -60, 400),
  tiltDeg: optional("deg", 0, 180),
  status: Type.Optional(Type.Enum(["ok", "lidOpen", "dropped", "moved", "burning"])),
  cargoKg: optional("kg", 0, 20_000),
  /** Milliseconds since 1970, UTC. */
  lastEmptiedAt: Type.Optional(Type.Integer({ unit: "ms", minimum: 0 })),
  nh3MgPerM3: optional("mg/m3", 0, 500),
  h2sMgPerM3: optional("mg/m3", 0, 500),
  queueLength: Type.Optional(Type.Integer({ unit: "{vehicle}", minimum: 0, maximum: 500 })),
  compressorState: Type.Optional(Type.Enum(["idle", "running", "fault"])),
});

export const labels = {
  fillLevel: { zh: "满溢度", en: "Fill level" },
  overflowSeen: { zh: "识别到满溢", en: "Overflow seen" },
  temperatureCel: { zh: "温度", en: "Temperature" },
  tiltDeg: { zh: "倾角", en: "Tilt" },
  status: { zh: "桶状态", en: "State of the bin" },
  cargoKg: { zh: "载重", en: "Load" },
  lastEmptiedAt: { zh: "上次清运时间", en: "Last emptied" },
  nh3MgPerM3: { zh: "厂界氨", en: "Ammonia at the boundary" },
  h2sMgPerM3: { zh: "厂界硫化氢", en: "Hydrogen sulphide at the boundary" },
  queueLength: { zh: "排队车辆", en: "Vehicles queueing" },
  compressorState: { zh: "压缩机状态", en: "Compressor" },
};

export const site = Type.Object({
  foodWaste: Type.Optional(
    Type.Boolean({ label: { zh: "湿垃圾（易腐）", en: "Food waste, which rots" } }),
  ),
  transferStation: Type.Optional(
    Type.Boolean({ label: { zh: "设有转运站", en: "A transfer station is here" } }),
  ),
});

const number = (value: number, maximum: number, unit: string, zh: string, en: string) =>
  Type.Number({ default: value, minimum: 0, maximum, unit, label: { zh, en } });

export const params = Type.Object({
  nearlyFull: number(0.8, 1, "1", "将满：达到", "Nearly full: at"),
  emptied: number(0.3, 1, "1", "将满解除（已清运）：低于", "Nearly full clears (emptied): below"),
  overflow: number(0.95, 1, "1", "满溢：达到", "Overflow: at"),
  overflowClear: number(0.5, 1, "1", "满溢解除：低于", "Overflow clears: below"),
  foodHours: number(24, 500, "h", "未清运：湿垃圾超过", "Not emptied: food waste, longer than"),
  otherHours: number(48, 500, "h", "未清运：其他超过", "Not emptied: other waste, longer than"),
  fireCel: number(60, 400, "Cel", "起火：温度达到", "Fire: at"),
  fireRiseCel: number(10, 100, "Cel", "起火：10 分钟升温", "Fire: rise in ten minutes"),
  fireClearCel: number(45, 400, "Cel", "起火解除：低于", "Fire clears: below"),
  tippedDeg: number(45, 180, "deg", "倾倒：倾角大于", "Tipped over: tilt above"),
  uprightDeg: number(15, 180, "deg", "扶正：倾角小于", "Upright again: tilt below"),
  h2sClearMgPerM3: number(0.05, 10, "mg/m3", "厂界硫化氢恢复：低于", "Boundary H2S clears: below"),
  nh3ClearMgPerM3: number(1.2, 10, "mg/m3", "厂界氨恢复：低于", "Boundary NH3 clears: below"),
  queue: number(5, 100, "{vehicle}", "排队：达到", "Queue: at"),
  queueClear: number(2, 100, "{vehicle}", "排队解除：不多于", "Queue clears: at most"),
});

export type Reading = Static<typeof reading>;
export type Site = Static<typeof site>;
export type Params = Static<typeof params>;
