import { type Moment, minuteOfDay } from "#scenario";
import type { Reading, Site } from "./schema.ts";

/** Traffic by the hour of the street, 0 to 1. */
function traffic(at: number): number {
  const hour = minuteOfDay(at) / 60;
  const rush = (of: number) => Math.exp(-(((hour - of) / 2) ** 2));
  return 0.2 + 0.6 * rush(8) + 0.8 * rush(18);
}

/** Sunlight by the hour of the street, 0 to 1: it makes ozone, dries the air and works the sites. */
const sunlight = (at: number): number =>
  Math.max(0, Math.sin(((minuteOfDay(at) - 360) / 720) * Math.PI));

/** Clean spring air over a street with a building site that keeps its dust down. */
export function simulate({ at, rng, incident }: Moment<Site>): Reading | null {
  if (incident === "outage") return null;
  const [cars, sun] = [traffic(at), sunlight(at)];
  const near = (mean: number, share = 0.06) => Math.max(0, rng.gauss(mean, share * mean));
  const healthy: Reading = {
    pm25UgPerM3: round(near(22 + 10 * cars), 1),
    pm10UgPerM3: round(near(40 + 18 * cars), 1),
    no2UgPerM3: round(near(20 + 30 * cars), 1),
    so2UgPerM3: round(near(7), 1),
    o3UgPerM3: round(near(45 + 60 * sun), 1),
    coMgPerM3: round(near(0.5 + 0.3 * cars), 2),
    tspMgPerM3: round(near(0.1 + 0.25 * sun, 0.15), 3),
    districtPm10UgPerM3: round(near(42 + 15 * cars, 0.02), 1),
    temperatureCel: round(11 + 6 * sun + rng.gauss(0, 0.2), 1),
    relativeHumidityPct: round(Math.min(100, 78 - 20 * sun + rng.gauss(0, 1)), 1),
    windSpeedMPerS: round(near(2.2, 0.2), 1),
  };
  return { ...healthy, ...troubled(incident, near) };
}

function troubled(incident: string | undefined, near: (mean: number) => number): Partial<Reading> {
  switch (incident) {
    case "haze":
      return { pm25UgPerM3: round(near(92), 1), pm10UgPerM3: round(near(110), 1) };
    case "sandstorm":
      return {
        pm25UgPerM3: round(near(280), 1),
        pm10UgPerM3: round(near(700), 1),
        districtPm10UgPerM3: round(near(690), 1),
      };
    case "uncovered":
      return { tspMgPerM3: round(near(1.4), 3) };
    case "demolition":
      return { tspMgPerM3: round(near(2.8), 3) };
    case "sweeping":
      return { pm10UgPerM3: round(near(260), 1) };
    default:
      return {};
  }
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));
