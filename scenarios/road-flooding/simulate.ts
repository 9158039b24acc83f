import { between, days, type Moment, minuteOfDay } from "#scenario";
import type { Reading, Site } from "./schema.ts";

/** How high the water comes, and by how much a minute, by what is being staged. */
const stages: Readonly<Record<string, { topCm: number; cmPerMin: number }>> = {
  puddle: { topCm: 7, cmPerMin: 0.6 },
  ponding: { topCm: 12.5, cmPerMin: 0.6 },
  flood: { topCm: 19, cmPerMin: 0.7 },
  torrent: { topCm: 13.5, cmPerMin: 1.6 },
  submerged: { topCm: 34, cmPerMin: 0.9 },
  pumpStopped: { topCm: 12, cmPerMin: 0.7 },
};

/** A wet road reports every minute, a dry one every five. */
const WET_CM = 2;
const DRY_EVERY_MIN = 5;
/** The pump starts on its float, well before the water must be pumped. */
const FLOAT_CM = 7;

/** A heavy shower in the late afternoon of every third day leaves a puddle. */
const isShower = (at: number): boolean => Math.floor(at / days(1)) % 3 === 0 && between(at, 16, 17);

/** A road that dries quickly, its inlets clear and its pump on its float. */
export function simulate({ at, rng, minute, incident, minutesIn }: Moment<Site>): Reading | null {
  if (incident === "outage") return null;
  const staged = incident === undefined ? undefined : stages[incident];
  const rain = staged ? 1.2 : isShower(at) ? 0.5 : 0;
  const puddleCm = isShower(at) ? 2.4 * Math.sin((Math.PI * (minuteOfDay(at) % 60)) / 60) : 0;
  const risen = staged ? Math.min(staged.topCm, staged.cmPerMin * minutesIn) : 0;
  const depth = Math.max(puddleCm, risen);
  const waterDepthCm = round(Math.max(0, depth + (depth > 0 ? rng.gauss(0, 0.05) : 0)), 1);
  if (rain === 0 && waterDepthCm <= WET_CM && Math.floor(minute) % DRY_EVERY_MIN !== 0) return null;
  return {
    waterDepthCm,
    rainfallMm: rain === 0 ? 0 : round(Math.abs(rng.gauss(rain, 0.1)), 1),
    pumpRunning: incident !== "pumpStopped" && waterDepthCm >= FLOAT_CM,
    gateClosed: waterDepthCm >= 25,
    floodedAreaM2: Math.round(9 * waterDepthCm),
    rainWarning: rain > 0,
  };
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));
