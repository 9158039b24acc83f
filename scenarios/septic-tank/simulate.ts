import { type Moment, minuteOfDay } from "#scenario";
import type { Reading, Site } from "./schema.ts";

/** Speaks every half hour, and every time while something is wrong. */
const EVERY_MIN = 30;
const STEP_MIN = 5;

/** A tank of a residential block: fuller after breakfast and supper, a little gas, shut. */
export function simulate(moment: Moment<Site>): Reading | null {
  const { site, minute, at, rng, incident, minutesIn } = moment;
  if (incident === "outage") return null;
  if (incident === undefined && minute % EVERY_MIN >= STEP_MIN) return null;
  const hour = minuteOfDay(at) / 60;
  const use = Math.exp(-(((hour - 9) / 2) ** 2)) + Math.exp(-(((hour - 21) / 2.5) ** 2));
  const depthM = site.tankDepthM ?? 3;
  const full = Math.min(0.66, Math.max(0.3, 0.52 + 0.04 * use + rng.gauss(0, 0.005)));
  const healthy: Reading = {
    liquidLevelM: round(depthM * full, 3),
    freeboardM: round(depthM * (1 - full), 3),
    ch4LelPct: round(Math.min(11, Math.max(0, rng.gauss(4 + use, 1))), 1),
    h2sMgPerM3: round(Math.min(5, Math.max(0, rng.gauss(1.5 + 0.5 * use, 0.4))), 2),
    o2Pct: round(Math.min(20.9, Math.max(20.3, rng.gauss(20.6, 0.06))), 2),
    coverOpen: false,
  };
  return { ...healthy, ...troubled(incident, Math.min(1, minutesIn / 30), healthy, depthM) };
}

function troubled(
  incident: string | undefined,
  grown: number,
  { liquidLevelM = 0, ch4LelPct = 0, h2sMgPerM3 = 0, o2Pct = 20.6 }: Reading,
  depthM: number,
): Partial<Reading> {
  const filled = (share: number): Partial<Reading> => {
    const levelM = liquidLevelM + (depthM * share - liquidLevelM) * grown;
    return { liquidLevelM: round(levelM, 3), freeboardM: round(depthM - levelM, 3) };
  };
  switch (incident) {
    case "filling":
      return filled(0.86);
    case "overflowing":
      return filled(0.995);
    case "methane":
      return { ch4LelPct: round(ch4LelPct + 22 * grown, 1) };
    case "explosive":
      return { ch4LelPct: round(ch4LelPct + 48 * grown, 1) };
    case "poison":
      return { h2sMgPerM3: round(h2sMgPerM3 + 15 * grown, 2) };
    case "thinAir":
      return { o2Pct: round(o2Pct - 2 * grown, 2) };
    case "open":
      return { coverOpen: true };
    default:
      return {};
  }
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));
