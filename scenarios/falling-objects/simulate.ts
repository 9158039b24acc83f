import { between, type Moment } from "#scenario";
import { fallSeconds } from "./free-fall.ts";
import type { Reading, Site } from "./schema.ts";

/** In so many minutes of the day something flies by: a bird, a leaf, a drop of rain on the lens. */
const PASSING = 0.008;
const FLOOR_M = 3;

/** A camera under a residential facade: heartbeats, birds, and hardly ever a throw. */
export function simulate(moment: Moment<Site>): Reading | null {
  const { site, minute, at, rng, incident, minutesIn } = moment;
  if (incident === "outage") return null;
  const heartbeat: Reading = { masksOn: true };
  const top = site.floors ?? 18;
  const startFloor = 1 + Math.floor(rng.next() * top);
  const flies = rng.next() < (between(at, 6, 19) ? PASSING : PASSING / 4);
  const track: Reading = {
    ...heartbeat,
    trackId: `t${Math.floor(minute)}`,
    startFloor,
    startHeightM: round(startFloor * FLOOR_M, 1),
    unitBand: `${1 + Math.floor(rng.next() * 6)}`,
    landing: "forecourt",
  };
  switch (incident) {
    case "litter":
      return minutesIn < 3 ? { ...track, objectClass: "paper", confidence: 0.74 } : heartbeat;
    case "bottle":
      return minutesIn < 3 ? { ...track, ...bottle(Math.max(6, top - 4)) } : heartbeat;
    case "habit":
      return { ...track, unitBand: "4", review: "confirmed" };
    case "injured":
      return { ...heartbeat, injuryReported: minutesIn < 5 };
    default:
      return flies ? { ...track, ...bird(rng, startFloor) } : heartbeat;
  }
}

const bottle = (startFloor: number): Partial<Reading> => ({
  startFloor,
  startHeightM: startFloor * FLOOR_M,
  objectClass: "bottle",
  fallTimeS: round(1.06 * fallSeconds(startFloor * FLOOR_M), 2),
  confidence: 0.86,
});

/** What flies is either unsure, or takes its time. */
function bird(rng: Moment<Site>["rng"], startFloor: number): Partial<Reading> {
  const isUnsure = rng.next() < 0.7;
  const times = isUnsure ? 1 : 2 + rng.next();
  return {
    objectClass: "other",
    confidence: round(isUnsure ? 0.15 + 0.3 * rng.next() : 0.55 + 0.2 * rng.next(), 2),
    fallTimeS: round(times * fallSeconds(startFloor * FLOOR_M), 2),
  };
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));
