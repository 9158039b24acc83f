import { days, type Moment, minuteOfDay } from "#scenario";
import type { Reading, Site } from "./schema.ts";

/** How much water a building draws by the hour of the street, 0 to 1: morning and evening. */
function demand(at: number): number {
  const hour = minuteOfDay(at) / 60;
  const peak = (of: number, width: number) => Math.exp(-(((hour - of) / width) ** 2));
  return 0.1 + 0.6 * peak(7, 1.5) + 0.9 * peak(19.5, 2.5);
}

const SET_MPA = 0.35;

/** A clean tank fed from a good main; its chlorine fades in the night, when the water stands. */
export function simulate({ site, at, rng, incident }: Moment<Site>): Reading | null {
  if (incident === "outage") return null;
  const use = demand(at);
  const set = site.setPressureMpa ?? SET_MPA;
  const healthy: Reading = {
    turbidityNtu: round(Math.abs(rng.gauss(0.16, 0.03)), 3),
    freeChlorineMgPerL: round(Math.max(0, rng.gauss(0.32, 0.02)), 3),
    totalChlorineMgPerL: round(rng.gauss(0.55 + 0.25 * use, 0.02), 3),
    ph: round(rng.gauss(7.4, 0.04), 2),
    conductivityUsPerCm: round(rng.gauss(520, 6), 0),
    temperatureCel: round(12 + 2 * use + rng.gauss(0, 0.1), 1),
    outletPressureMpa: round(set * (1.02 - 0.06 * use) + rng.gauss(0, 0.003), 3),
    tankLevelM: round(2.2 - 0.8 * use + rng.gauss(0, 0.02), 2),
    hatchOpen: false,
    pumpFault: false,
    daysSinceCleaned: 20 + (Math.floor(at / days(1)) % 90),
  };
  return { ...healthy, ...troubled(incident, set, rng) };
}

function troubled(
  incident: string | undefined,
  setMpa: number,
  rng: Moment<Site>["rng"],
): Partial<Reading> {
  switch (incident) {
    case "murky":
      return { turbidityNtu: round(rng.gauss(2.3, 0.1), 3) };
    case "cloudy":
      return { turbidityNtu: round(rng.gauss(0.72, 0.03), 3) };
    case "stale":
      return { freeChlorineMgPerL: 0.01, totalChlorineMgPerL: round(rng.gauss(0.03, 0.003), 3) };
    case "overdosed":
      return { freeChlorineMgPerL: 2.4, totalChlorineMgPerL: round(rng.gauss(3.5, 0.05), 3) };
    case "acid":
      return { ph: round(rng.gauss(6.1, 0.05), 2) };
    case "alkaline":
      return { ph: round(rng.gauss(9.2, 0.05), 2) };
    case "intrusion":
      return { hatchOpen: true };
    case "contamination":
      return {
        turbidityNtu: round(rng.gauss(6, 0.3), 2),
        freeChlorineMgPerL: 0.01,
        totalChlorineMgPerL: 0.02,
        conductivityUsPerCm: 900,
      };
    case "burst":
      return { outletPressureMpa: round(setMpa * 0.4, 3) };
    case "neglected":
      return { daysSinceCleaned: 181 };
    default:
      return {};
  }
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));
