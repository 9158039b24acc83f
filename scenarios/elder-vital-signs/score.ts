// Points per parameter by the chart of the Royal College of Physicians (2017). With fewer than its
// seven parameters the sum is a partial score, a prompt to look after somebody; it is never called
// by the chart's name and is no diagnosis.

import { type Instant, minutes } from "#scenario";
import type { Params, Reading, Site } from "./schema.ts";

/**
 * Up to and including this value, so many points. Bounds are whole numbers, so values are rounded
 * first.
 */
type Band = readonly [upTo: number, points: number];
const beyond = Number.POSITIVE_INFINITY;

const respiration: readonly Band[] = [
  [8, 3],
  [11, 1],
  [20, 0],
  [24, 2],
  [beyond, 3],
];
const spo2Scale1: readonly Band[] = [
  [91, 3],
  [93, 2],
  [95, 1],
  [beyond, 0],
];
const spo2Scale2OnAir: readonly Band[] = [
  [83, 3],
  [85, 2],
  [87, 1],
  [beyond, 0],
];
const spo2Scale2OnOxygen: readonly Band[] = [
  [83, 3],
  [85, 2],
  [87, 1],
  [92, 0],
  [94, 1],
  [96, 2],
  [beyond, 3],
];
const systolic: readonly Band[] = [
  [90, 3],
  [100, 2],
  [110, 1],
  [219, 0],
  [beyond, 3],
];
const pulse: readonly Band[] = [
  [40, 3],
  [50, 1],
  [90, 0],
  [110, 1],
  [130, 2],
  [beyond, 3],
];
/** In tenths of a degree. */
const temperature: readonly Band[] = [
  [350, 3],
  [360, 1],
  [380, 0],
  [390, 1],
  [beyond, 2],
];

const inBand = (bands: readonly Band[], value: number): number =>
  bands.find(([upTo]) => Math.round(value) <= upTo)![1];

/** 0 is what an instrument sends when it could not measure. */
export const isMeasured = (value: number | undefined): value is number =>
  value !== undefined && value > 0;

export const parameters = [
  "respiration",
  "spo2",
  "oxygen",
  "systolic",
  "pulse",
  "consciousness",
  "temperature",
] as const;
export type Parameter = (typeof parameters)[number];

/** The points of what this reading tells; a parameter that it does not tell is not there. */
export function pointsOf(reading: Reading, site: Site): Partial<Record<Parameter, number>> {
  const { heartRatePerMin, respirationPerMin, systolicMmHg, bodyTemperatureCel } = reading;
  const { supplementalOxygen, consciousness } = reading;
  const points: Partial<Record<Parameter, number>> = {};
  if (isMeasured(respirationPerMin)) points.respiration = inBand(respiration, respirationPerMin);
  if (isMeasured(heartRatePerMin)) points.pulse = inBand(pulse, heartRatePerMin);
  if (isMeasured(systolicMmHg)) points.systolic = inBand(systolic, systolicMmHg);
  if (isMeasured(bodyTemperatureCel))
    points.temperature = inBand(temperature, 10 * bodyTemperatureCel);
  const spo2 = spo2Points(reading, site);
  if (spo2 !== undefined) points.spo2 = spo2;
  if (supplementalOxygen !== undefined) points.oxygen = supplementalOxygen ? 2 : 0;
  if (consciousness !== undefined) points.consciousness = consciousness === "A" ? 0 : 3;
  return points;
}

/**
 * On scale 2 the same saturation means another thing on oxygen than on air: where that is not told,
 * no points.
 */
function spo2Points({ spo2Pct, supplementalOxygen }: Reading, site: Site): number | undefined {
  if (!isMeasured(spo2Pct)) return undefined;
  if ((site.spo2Scale ?? 1) === 1) return inBand(spo2Scale1, spo2Pct);
  if (Math.round(spo2Pct) <= 92) return inBand(spo2Scale2OnAir, spo2Pct);
  if (supplementalOxygen === undefined) return undefined;
  return inBand(supplementalOxygen ? spo2Scale2OnOxygen : spo2Scale2OnAir, spo2Pct);
}

/**
 * What is known of a person: points by parameter and since when, not the values themselves.
 * `raisedOn`: how many parameters were known when it was last bad, since fewer cannot say that it
 * is better. `clearAt`: since when it is.
 */
export type Known = {
  points: { readonly [P in Parameter]?: readonly [at: Instant, points: number] };
  raisedOn: number;
  clearAt: Instant | null;
};

export type Score = { sum: number; highest: number; threes: number; count: number };

/**
 * Takes up what a reading tells and forgets what is too old. No score: the reading told nothing, or
 * not well enough.
 */
export function follow(
  before: Known | null,
  reading: Reading,
  site: Site,
  p: Params,
  at: Instant,
): { known: Known; score: Score | null } {
  const isClear = (reading.signalQuality ?? 1) >= p.quality;
  const told = isClear ? pointsOf(reading, site) : {};
  const points: { [P in Parameter]?: readonly [Instant, number] } = {};
  for (const parameter of parameters) {
    const isBeat = parameter === "pulse" || parameter === "respiration";
    const validFor = minutes(isBeat ? p.beatValidMin : p.spotValidMin);
    const now = told[parameter];
    const old = before?.points[parameter];
    if (now !== undefined) points[parameter] = [at, now];
    else if (old && at - old[0] <= validFor) points[parameter] = old;
  }
  const { raisedOn = 0, clearAt = null } = before ?? {};
  const known: Known = { points, raisedOn, clearAt };
  const all = Object.values(points).map(([, each]) => each);
  if (Object.keys(told).length === 0) return { known, score: null };
  const sum = all.reduce((total, each) => total + each, 0);
  const threes = all.filter((each) => each === 3).length;
  return { known, score: { sum, threes, highest: Math.max(...all), count: all.length } };
}

/** What a score is called: how many of the seven parameters it rests on. */
export const labelOf = (score: Score): string =>
  score.count < parameters.length ? `partial:${score.count}/7` : "7/7";
