import { type Moment, minuteOfDay } from "#scenario";
import type { Reading, Site } from "./schema.ts";

/** A calm device speaks once an hour; a moved or shaken one, and any in a storm, every time. */
const CALM_EVERY_MIN = 60;
const STEP_MIN = 5;

/** An old facade with a sign on it: it breathes with the sun, and the sign with the wind. */
export function simulate({
  site,
  minute,
  at,
  rng,
  incident,
  minutesIn,
}: Moment<Site>): Reading | null {
  if (incident === "outage") return null;
  if (incident === undefined && minute % CALM_EVERY_MIN >= STEP_MIN) return null;
  const warmth = Math.sin(((minuteOfDay(at) - 540) / 1_440) * 2 * Math.PI);
  const windSpeedMPerS = round(Math.min(11, Math.abs(rng.gauss(3.5 + warmth, 1.4))), 1);
  const accBase = site.accBaselineMPerS2 ?? 0.02;
  const onBuilding: Reading = {
    tiltXDeg: round(0.05 + 0.004 * warmth + rng.gauss(0, 0.001), 4),
    tiltYDeg: round(-0.02 + 0.002 * warmth + rng.gauss(0, 0.001), 4),
    settlementMm: round(1.5 + rng.gauss(0, 0.05), 2),
    crackWidthMm: round(0.8 + 0.01 * warmth + rng.gauss(0, 0.002), 3),
    accRmsMPerS2: round(accBase * Math.min(1.3, Math.max(0.5, rng.gauss(1, 0.08))), 4),
  };
  const onSign: Reading = {
    tiltDeltaDeg: round(0.01 * windSpeedMPerS + rng.gauss(0, 0.03), 3),
    windSpeedMPerS,
    unlistedSign: rng.next() < PASSING,
    confidence: round(Math.min(1, Math.max(0.4, rng.gauss(0.85 + 0.05 * warmth, 0.05))), 2),
  };
  const healthy = { ...onBuilding, ...onSign };
  if (incident === undefined) return healthy;
  const told = SIGN_TROUBLES.includes(incident) ? onSign : onBuilding; // what has not moved is still
  return { ...told, ...troubled(incident, minutesIn, healthy, rng) };
}

const SIGN_TROUBLES: readonly string[] = [
  "looseSign",
  "hangingSign",
  "looseSignInStorm",
  "fallingSign",
  "gale",
  "newSign",
];

/** A banner on a lorry, a reflection: so often the camera sees a sign that is gone next time. */
const PASSING = 0.01;

function troubled(
  incident: string,
  minutesIn: number,
  { tiltXDeg = 0, tiltDeltaDeg = 0, crackWidthMm = 0, accRmsMPerS2 = 0 }: Reading,
  rng: Moment<Site>["rng"],
): Partial<Reading> {
  const grown = (perHour: number, most: number) => Math.min(most, (minutesIn / 60) * perHour);
  const gale = { windSpeedMPerS: round(Math.max(17.5, rng.gauss(20, 0.8)), 1) };
  switch (incident) {
    case "settling": // so slow that a day moves it by less than a tenth of a degree
      return { tiltXDeg: round(tiltXDeg + grown(0.0038, 0.18), 4) };
    case "tipping":
      return { tiltXDeg: round(tiltXDeg + 1.6, 4) };
    case "leaning":
      return { tiltXDeg: round(tiltXDeg + grown(0.03, 0.4), 4) };
    case "hairline":
      return { crackWidthMm: round(crackWidthMm + grown(0.03, 0.3), 3) };
    case "cracking":
      return { crackWidthMm: round(crackWidthMm + grown(0.15, 2), 3) };
    case "looseSign":
      return { tiltDeltaDeg: round(tiltDeltaDeg + 1.6, 3) };
    case "hangingSign":
      return { tiltDeltaDeg: round(tiltDeltaDeg + 3.6, 3) };
    case "looseSignInStorm":
      return { tiltDeltaDeg: round(tiltDeltaDeg + 1.6, 3), ...gale };
    case "fallingSign":
      return { tiltDeltaDeg: round(tiltDeltaDeg + 6, 3) };
    case "gale":
      return gale;
    case "newSign":
      return { unlistedSign: true };
    case "drilling":
      return { accRmsMPerS2: round(accRmsMPerS2 * 9, 4) };
    default:
      return {};
  }
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));
