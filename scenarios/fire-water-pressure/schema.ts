// What fire-water monitors read, what the register says of the system they watch, and the
// operator's numbers.

import { type Static, Type } from "#scenario";

const optional = (unit: string, minimum: number, maximum: number) =>
  Type.Optional(Type.Number({ unit, minimum, maximum }));
const flag = () => Type.Optional(Type.Boolean());

export const reading = Type.Object(
  {
    /** At a street hydrant. */
    hydrantMpa: optional("MPa", 0, 4),
    /** At the least favourable point indoors: the highest hydrant, or the last sprinkler. */
    indoorMpa: optional("MPa", 0, 4),
    flowM3PerH: optional("m3/h", 0, 2_000),
    tankLevelM: optional("m", 0, 30),
    tiltDeg: optional("deg", 0, 180),
    capOpen: flag(),
    temperatureCel: optional("Cel", -50, 90),
    pumpAuto: flag(),
  },
  { minProperties: 1, additionalProperties: false },
);

export const labels = {
  hydrantMpa: { zh: "室外消火栓压力", en: "Pressure at the street hydrant" },
  indoorMpa: { zh: "室内最不利点压力", en: "Pressure at the worst point indoors" },
  flowM3PerH: { zh: "流量", en: "Flow" },
  tankLevelM: { zh: "消防水箱（池）水位", en: "Level of the fire-water tank" },
  tiltDeg: { zh: "栓体倾角", en: "Tilt of the hydrant" },
  capOpen: { zh: "栓盖打开", en: "Cap open" },
  temperatureCel: { zh: "水温", en: "Temperature of the water" },
  pumpAuto: { zh: "消防泵自动", en: "Fire pump on automatic" },
};

export const site = Type.Object({
  indoorClass: Type.Optional(
    Type.Enum(["ordinary", "class-1", "over-100-m"], {
      label: {
        zh: "建筑类别（住宅及二类高层等、一类高层公建或自喷、100米以上）",
        en: "Class of building (ordinary, class 1 high-rise public or sprinklers, above 100 m)",
      },
    }),
  ),
  designLevelM: Type.Optional(
    Type.Number({
      unit: "m",
      exclusiveMinimum: 0,
      maximum: 30,
      label: { zh: "设计消防储水水位", en: "Level that holds the design fire volume" },
    }),
  ),
  sleepy: Type.Optional(
    Type.Boolean({ label: { zh: "电池供电（NB-IoT）", en: "On a battery (NB-IoT)" } }),
  ),
});

const number = (value: number, maximum: number, unit: string, zh: string, en: string) =>
  Type.Number({ default: value, minimum: 0, maximum, unit, label: { zh, en } });

export const params = Type.Object({
  hydrantMpa: number(0.14, 2, "MPa", "室外消火栓：低于", "Street hydrant: below"),
  hydrantClearMpa: number(0.16, 2, "MPa", "室外消火栓恢复", "Street hydrant clears: from"),
  fireUseMpa: number(0.1, 2, "MPa", "火场用水：低于", "For firefighting: below"),
  fireUseClearMpa: number(0.12, 2, "MPa", "火场用水恢复", "For firefighting clears: from"),
  ordinaryMpa: number(0.07, 2, "MPa", "室内最不利点：一般", "Worst point: ordinary"),
  classOneMpa: number(0.1, 2, "MPa", "室内最不利点：一类高层、自喷", "Worst point: class 1"),
  tallMpa: number(0.15, 2, "MPa", "室内最不利点：100米以上", "Worst point: above 100 m"),
  indoorClearMpa: number(0.02, 1, "MPa", "最不利点恢复：高出", "Worst point clears: so far above"),
  staticMpa: number(1, 4, "MPa", "静压高于", "Static pressure above"),
  staticClearMpa: number(0.95, 4, "MPa", "静压恢复：低于", "Static pressure clears: below"),
  dynamicMpa: number(0.7, 4, "MPa", "动压高于", "Dynamic pressure above"),
  dynamicClearMpa: number(0.65, 4, "MPa", "动压恢复：低于", "Dynamic pressure clears: below"),
  tankPct: number(90, 100, "%", "储水低于设计量", "Tank: below, of the design volume"),
  tankClearPct: number(95, 100, "%", "储水恢复", "Tank clears: from"),
  flowM3PerH: number(0.5, 100, "m3/h", "异常出水：流量高于", "Wrongful use: flow above"),
  tiltDeg: number(30, 90, "deg", "栓体被撞：倾角", "Knocked: tilt at least"),
  tiltClearDeg: number(5, 90, "deg", "栓体扶正：倾角低于", "Upright again: tilt below"),
});

export type Reading = Static<typeof reading>;
export type Site = Static<typeof site>;
export type Params = Static<typeof params>;
