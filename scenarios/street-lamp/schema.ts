// What a lamp's controller reads, what the register says of its circuit, and the operator's numbers.

import { type Static, Type } from "#scenario";

const told = (unit: string, minimum: number, maximum: number) =>
  Type.Optional(Type.Number({ unit, minimum, maximum }));
const flag = () => Type.Optional(Type.Boolean());

export const reading = Type.Object({
  powerState: Type.Enum(["on", "off", "low"]),
  status: Type.Optional(Type.Enum(["ok", "defectiveLamp", "columnIssue", "brokenLantern"])),
  /** The circuit that feeds it is switched on, where lamp or cabinet can tell. */
  circuitOn: flag(),
  voltageV: told("V", 0, 500),
  currentA: told("A", 0, 100),
  powerFactor: told("1", -1, 1),
  illuminanceLx: told("lx", 0, 200_000),
  leakageMa: told("mA", 0, 5_000),
  tiltDeg: told("deg", 0, 180),
  doorOpen: flag(),
});

export const labels = {
  powerState: { zh: "开关状态（开、关、调光）", en: "Power (on, off, dimmed)" },
  status: { zh: "灯具状态", en: "Condition of the lamp" },
  circuitOn: { zh: "回路通电", en: "Circuit switched on" },
  voltageV: { zh: "电压", en: "Voltage" },
  currentA: { zh: "电流", en: "Current" },
  powerFactor: { zh: "功率因数", en: "Power factor" },
  illuminanceLx: { zh: "照度", en: "Illuminance" },
  leakageMa: { zh: "漏电电流", en: "Leakage current" },
  tiltDeg: { zh: "灯杆倾角", en: "Tilt of the pole" },
  doorOpen: { zh: "检修门开启", en: "Door open" },
};

export const site = Type.Object({
  roadClass: Type.Enum(["main", "secondary"], {
    label: { zh: "道路等级（主干道、次干道及支路）", en: "Class of the road (main, secondary)" },
  }),
  schedule: Type.Optional(
    Type.Enum(["dusk-to-dawn", "always"], {
      label: { zh: "亮灯时间（日落至日出、常亮）", en: "Lit from dusk to dawn, or always" },
    }),
  ),
  lamps: Type.Optional(
    Type.Integer({
      unit: "1",
      minimum: 1,
      maximum: 500,
      label: { zh: "回路灯数", en: "Lamps on the circuit" },
    }),
  ),
});

const number = (value: number, maximum: number, unit: string, zh: string, en: string) =>
  Type.Number({ default: value, minimum: 0, maximum, unit, label: { zh, en } });
const degrees = (value: number, reach: number, zh: string, en: string) =>
  Type.Number({ default: value, minimum: -reach, maximum: reach, unit: "deg", label: { zh, en } });

export const params = Type.Object({
  latitudeDeg: degrees(31.28, 90, "街道纬度", "Latitude of the street"),
  longitudeDeg: degrees(121.45, 180, "街道经度", "Longitude of the street"),
  graceMin: number(30, 120, "min", "日出日落前后不判断", "Not judged around sunrise and sunset"),
  neighbours: number(3, 100, "1", "成片：同回路盏数", "Together: lamps of one circuit"),
  leakOrangeMa: number(30, 5_000, "mA", "漏电：橙色", "Leakage: orange"),
  leakRedMa: number(100, 5_000, "mA", "漏电：红色", "Leakage: red"),
  leakClearMa: number(15, 5_000, "mA", "漏电解除：低于", "Leakage clears below"),
  tiltOrangeDeg: number(5, 90, "deg", "倾斜：橙色", "Tilt: orange"),
  tiltRedDeg: number(15, 90, "deg", "倾斜：红色", "Tilt: red"),
  tiltClearDeg: number(2, 90, "deg", "倾斜解除：低于", "Tilt clears below"),
  litMainPct: number(98, 100, "%", "主干道亮灯率低于", "Lit rate of main roads below"),
  litSecondaryPct: number(96, 100, "%", "次干道、支路亮灯率低于", "Lit rate elsewhere below"),
});

export type Reading = Static<typeof reading>;
export type Site = Static<typeof site>;
export type Params = Static<typeof params>;
