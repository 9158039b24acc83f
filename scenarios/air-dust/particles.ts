// A station's particles as they are judged: those of a cheap counter corrected for damp air.

import { minutes } from "#scenario";
import { dried } from "./humidity.ts";
import type { Params, Reading, Site } from "./schema.ts";

type Particles = { pm25?: number | undefined; pm10?: number | undefined; tsp?: number | undefined };

/** ug/m3, tsp in mg/m3. A cheap counter that does not tell the humidity is taken at its word. */
export function particlesOf(p: Params, reading: Reading, { sensorKind }: Site): Particles {
  const { pm25UgPerM3: pm25, pm10UgPerM3: pm10, tspMgPerM3: tsp } = reading;
  const humidity = reading.relativeHumidityPct;
  if (sensorKind === "reference" || humidity === undefined) return { pm25, pm10, tsp };
  const dry = (value: number | undefined) =>
    value === undefined ? undefined : dried(value, humidity, p.kappa);
  return { pm25: dry(pm25), pm10: dry(pm10), tsp: dry(tsp) };
}

/** For how long one of its readings speaks. */
export const periodOf = ({ periodMin = 1 }: Site): number => minutes(periodMin);
