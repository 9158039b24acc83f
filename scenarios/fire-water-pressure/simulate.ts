import { type Moment, minuteOfDay } from "#scenario";
import type { Reading, Site } from "./schema.ts";

/** How much a neighbourhood draws from the mains, by the hour of the street, 0 to 1. */
function draw(at: number): number {
  const hour = minuteOfDay(at) / 60;
  return Math.exp(-(((hour - 7.5) / 1.5) ** 2)) + Math.exp(-(((hour - 19) / 2) ** 2));
}

/** Fire water at rest: the mains sag a little at breakfast and supper, the tank is topped up. */
export function simulate({ site, at, rng, incident, minutesIn }: Moment<Site>): Reading | null {
  if (incident === "outage") return null;
  const design = site.designLevelM ?? 2;
  const topped = 0.03 * Math.sin(at / 3_600_000);
  return {
    hydrantMpa: round(0.27 - 0.05 * Math.min(1, draw(at)) + rng.gauss(0, 0.004), 3),
    indoorMpa: round(0.24 + rng.gauss(0, 0.004), 3),
    flowM3PerH: 0,
    tankLevelM: round(design * (1.03 + topped), 2),
    tiltDeg: round(Math.abs(rng.gauss(1, 0.4)), 1),
    capOpen: false,
    temperatureCel: round(15 + 4 * Math.sin(at / 40_000_000) + rng.gauss(0, 0.2), 1),
    pumpAuto: true,
    ...troubled(incident, minutesIn, design),
  };
}

function troubled(
  incident: string | undefined,
  minutesIn: number,
  designM: number,
): Partial<Reading> {
  switch (incident) {
    case "weakMains":
      return { hydrantMpa: 0.125 };
    case "shutValve":
      return { hydrantMpa: round(Math.max(0.02, 0.2 - 0.03 * minutesIn), 3) };
    case "weakIndoors":
      return { indoorMpa: 0.03 };
    case "stuckReducer":
      return { indoorMpa: 1.12 };
    case "leakingTank":
      return { tankLevelM: round(designM * Math.max(0.5, 1 - 0.01 * minutesIn), 2) };
    case "waterThief":
      return { flowM3PerH: 6.5, capOpen: true, hydrantMpa: 0.21 };
    case "crash":
      return { tiltDeg: 48 };
    case "pumpOff":
      return { pumpAuto: false };
    default:
      return {};
  }
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));
