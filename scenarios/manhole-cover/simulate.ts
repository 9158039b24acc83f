import { between, type Moment } from "#scenario";
import type { Reading, Site } from "./schema.ts";

const DAY_MIN = 1_440;
/** Once a day, and once more in case that one is lost. */
const HEARTBEAT_MIN = 2;
/** In so many minutes of the day a lorry strikes the cover hard. */
const STRUCK = 0.004;

/** A cover in a side street: it sleeps, tells of itself once a day, and of a hard hit. */
export function simulate(moment: Moment<Site>): Reading | null {
  const { minute, at, rng, incident, minutesIn } = moment;
  if (incident === "outage") return null;
  const isStruck = rng.next() < (between(at, 6, 22) ? STRUCK : STRUCK / 8);
  const speaks = incident !== undefined || isStruck || minute % DAY_MIN < HEARTBEAT_MIN;
  if (!speaks) return null; // asleep, as nearly always
  const resting: Reading = {
    tiltDeg: round(Math.min(2.5, Math.abs(rng.gauss(0.8, 0.4))), 1),
    coverOpen: false,
    waterDistanceM: round(Math.max(1.2, rng.gauss(2.3, 0.1)), 2),
    ch4LelPct: round(Math.min(8, Math.max(0, rng.gauss(2, 1))), 1),
  };
  const told = troubled(incident, minutesIn, resting, rng);
  if (told !== undefined) return told;
  if (minute % DAY_MIN < HEARTBEAT_MIN) return resting;
  return isStruck ? { vibrationMPerS2: round(5 + 3 * rng.next(), 1) } : null;
}

/** What is staged tells; null: nothing now; undefined: nothing is staged. */
function troubled(
  incident: string | undefined,
  minutesIn: number,
  resting: Reading,
  rng: Moment<Site>["rng"],
): Reading | null | undefined {
  const grown = Math.min(1, minutesIn / 20);
  const { waterDistanceM = 2 } = resting;
  switch (incident) {
    case "stolen": // told when it goes, and with each heartbeat until it is back
      return minutesIn % DAY_MIN < HEARTBEAT_MIN ? { coverOpen: true, tiltDeg: 84 } : null;
    case "shifted":
      return { tiltDeg: round(9 + rng.gauss(0, 0.3), 1), coverOpen: false };
    case "banging":
      return { vibrationMPerS2: round(6 + 2 * rng.next(), 1) };
    case "backingUp":
      return { waterDistanceM: round(waterDistanceM + (0.2 - waterDistanceM) * grown, 2) };
    case "overflowing":
      return { waterDistanceM: round(waterDistanceM - (waterDistanceM + 0.05) * grown, 2) };
    case "methane":
      return { ch4LelPct: round(2 + 26 * grown, 1) };
    default:
      return undefined;
  }
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));
