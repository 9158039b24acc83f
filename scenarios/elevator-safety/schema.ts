// What a lift's monitor reads (GB/T 24476), what the register says of the lift, and the operator's
// numbers.

import { type Static, Type } from "#scenario";

const flag = () => Type.Boolean();
const counter = (unit: string) => Type.Optional(Type.Number({ unit, minimum: 0 }));
const swing = () => Type.Optional(Type.Number({ unit: "m/s2", minimum: 0, maximum: 50 }));

/**
 * Service modes: 0 stopped, 1 normal, 2 inspection, 3 fire return, 4 firefighter, 5 emergency
 * power, 6 earthquake, 7 unknown.
 */
export const NORMAL = 1;
export const INSPECTION = 2;
export const FIRE_RETURN = 3;
export const FIREFIGHTER = 4;

export const reading = Type.Object({
  serviceMode: Type.Integer({ unit: "1", minimum: 0, maximum: 7 }),
  carMoving: flag(),
  doorZone: flag(),
  doorOpen: flag(),
  passengerPresent: Type.Optional(flag()),
  carDirection: Type.Optional(Type.Integer({ unit: "1", minimum: 0, maximum: 2 })),
  carPosition: Type.Optional(Type.Integer({ unit: "1", minimum: -20, maximum: 200 })),
  /** 00 none … 08; a monitor that has the code sends it with every reading. */
  faultCode: Type.Optional(Type.Enum(["00", "01", "02", "03", "04", "05", "06", "07", "08"])),
  eventCode: Type.Optional(Type.Enum(["40", "41", "42", "43", "44", "45", "46", "47"])),
  /** 90 while the alarm button is pressed, 00 once it is released. */
  alarmCode: Type.Optional(Type.Enum(["00", "90"])),
  speedMPerS: Type.Optional(Type.Number({ unit: "m/s", minimum: -20, maximum: 20 })),
  verticalPeakMPerS2: swing(),
  verticalA95MPerS2: swing(),
  horizontalPeakMPerS2: swing(),
  horizontalA95MPerS2: swing(),
  runCount: counter("1"),
  runDistanceM: counter("m"),
  doorOpenCount: counter("1"),
  ropeBendCount: counter("1"),
  machineRoomCel: Type.Optional(Type.Number({ unit: "Cel", minimum: -50, maximum: 120 })),
});

export const labels = {
  serviceMode: { zh: "服务模式", en: "Service mode" },
  carMoving: { zh: "轿厢运行", en: "Car moving" },
  doorZone: { zh: "在开锁区域", en: "In the door zone" },
  doorOpen: { zh: "门开", en: "Door open" },
  passengerPresent: { zh: "轿厢有人", en: "Passenger present" },
  carDirection: { zh: "运行方向", en: "Direction" },
  carPosition: { zh: "所在楼层", en: "Floor" },
  faultCode: { zh: "故障代码", en: "Fault code" },
  eventCode: { zh: "事件代码", en: "Event code" },
  alarmCode: { zh: "报警代码", en: "Alarm code" },
  speedMPerS: { zh: "速度", en: "Speed" },
  verticalPeakMPerS2: { zh: "垂直振动峰峰值", en: "Vertical vibration, peak to peak" },
  verticalA95MPerS2: { zh: "垂直振动 A95", en: "Vertical vibration, A95" },
  horizontalPeakMPerS2: { zh: "水平振动峰峰值", en: "Horizontal vibration, peak to peak" },
  horizontalA95MPerS2: { zh: "水平振动 A95", en: "Horizontal vibration, A95" },
  runCount: { zh: "运行次数", en: "Runs" },
  runDistanceM: { zh: "运行距离", en: "Distance run" },
  doorOpenCount: { zh: "开门次数", en: "Door openings" },
  ropeBendCount: { zh: "钢丝绳弯折次数", en: "Rope bends" },
  machineRoomCel: { zh: "机房温度", en: "Machine room temperature" },
};

export const site = Type.Object({
  ratedSpeedMPerS: Type.Number({
    unit: "m/s",
    exclusiveMinimum: 0,
    maximum: 20,
    label: { zh: "额定速度", en: "Rated speed" },
  }),
  floors: Type.Optional(
    Type.Integer({
      unit: "1",
      minimum: 2,
      maximum: 200,
      label: { zh: "层站数", en: "Landings" },
    }),
  ),
  registration: Type.Optional(
    Type.String({ maxLength: 40, label: { zh: "使用登记号", en: "Registration number" } }),
  ),
});

const number = (value: number, maximum: number, unit: string, zh: string, en: string) =>
  Type.Number({ default: value, minimum: 0, maximum, unit, label: { zh, en } });

export const params = Type.Object({
  settleS: number(10, 60, "s", "关门后乘客判定时间", "Passenger sensing settles after closing"),
  overspeedRatio: number(1.15, 3, "1", "超速：额定速度倍数", "Overspeed: times the rated speed"),
  doorFaults: number(3, 100, "1", "门故障：十分钟内次数", "Door trouble: times in ten minutes"),
  verticalPeak: number(0.3, 10, "m/s2", "垂直峰峰值上限", "Vertical peak to peak, limit"),
  verticalA95: number(0.2, 10, "m/s2", "垂直 A95 上限", "Vertical A95, limit"),
  horizontalPeak: number(0.2, 10, "m/s2", "水平峰峰值上限", "Horizontal peak to peak, limit"),
  horizontalA95: number(0.15, 10, "m/s2", "水平 A95 上限", "Horizontal A95, limit"),
  roughTrips: number(3, 100, "1", "舒适度：连续超限次数", "Ride: rough trips in a row"),
  goodTrips: number(10, 100, "1", "舒适度解除：连续正常次数", "Ride clears: good trips in a row"),
  hotCel: number(40, 100, "Cel", "机房过热：高于", "Machine room hot: above"),
  hotClearCel: number(38, 100, "Cel", "机房过热解除", "Machine room hot clears"),
  coldCel: number(5, 100, "Cel", "机房过冷：低于", "Machine room cold: below"),
  coldClearCel: number(7, 100, "Cel", "机房过冷解除", "Machine room cold clears"),
});

export type Reading = Static<typeof reading>;
export type Site = Static<typeof site>;
export type Params = Static<typeof params>;
