// What a parking sensor says of one stretch of lane, what the register says of the compound, and the
// operator's numbers.

import { type Static, Type } from "#scenario";

const microtesla = () =>
  Type.Optional(Type.Number({ unit: "uT", minimum: -2_000, maximum: 2_000 }));

export const reading = Type.Object({
  status: Type.Enum(["free", "occupied", "unknown"]),
  laneType: Type.Enum(["fireLane", "fireTruckPad", "noStopping", "sidewalk"]),
  vehicleClass: Type.Optional(Type.Enum(["car", "truck", "motorcycle", "emergency", "other"])),
  /** The fire alarm of the compound, where barrier or bollard have its signal wired in. */
  fireAlarm: Type.Optional(Type.Boolean()),
  magXUt: microtesla(),
  magYUt: microtesla(),
  magZUt: microtesla(),
  /** A keyed hash: whoever reads it knows that it is the same car, not whose. */
  plateHash: Type.Optional(Type.String({ minLength: 8, maxLength: 64 })),
});

export const labels = {
  status: { zh: "占用状态", en: "Occupied or free" },
  laneType: { zh: "通道类型", en: "Kind of lane" },
  vehicleClass: { zh: "车辆类型", en: "Kind of vehicle" },
  fireAlarm: { zh: "消防联动信号", en: "Fire alarm wired in" },
  magXUt: { zh: "磁场 X", en: "Magnetic field, x" },
  magYUt: { zh: "磁场 Y", en: "Magnetic field, y" },
  magZUt: { zh: "磁场 Z", en: "Magnetic field, z" },
  plateHash: { zh: "车牌哈希", en: "Number plate, hashed" },
};

export const site = Type.Object({
  laneWidthM: Type.Optional(
    Type.Number({
      unit: "m",
      minimum: 0,
      maximum: 30,
      label: { zh: "消防车道净宽", en: "Clear width of the fire lane" },
    }),
  ),
  propertyManager: Type.Optional(
    Type.String({ maxLength: 60, label: { zh: "物业单位", en: "Property manager" } }),
  ),
});

const lasts = (value: number, zh: string, en: string) =>
  Type.Number({ default: value, minimum: 0, maximum: 240, unit: "min", label: { zh, en } });

export const params = Type.Object({
  stopMin: lasts(3, "临停提醒", "Short stop: after"),
  occupiedMin: lasts(10, "占用消防通道", "Occupied: after"),
  stubbornMin: lasts(30, "拒不驶离", "Stubborn: after"),
  roadsideMin: lasts(15, "人行道、禁停路段", "Pavement or no stopping: after"),
  freeMin: lasts(2, "解除：空闲", "Clears: free for"),
});

export type Reading = Static<typeof reading>;
export type Site = Static<typeof site>;
export type Params = Static<typeof params>;
