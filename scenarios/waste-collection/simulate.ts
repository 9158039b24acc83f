import { hours, type Moment, minuteOfDay, nextHour } from "#scenario";
import type { Reading, Site } from "./schema.ts";

/** Speaks every half hour, and every time while something is wrong. */
const EVERY_MIN = 30;
const STEP_MIN = 5;
/** The lorry comes before dawn and before supper. */
const ROUNDS = [5, 17] as const;

const lastRound = (at: number): number =>
  Math.max(...ROUNDS.map((hour) => nextHour(at, hour) - hours(24)));

/** A bin of a busy street, emptied twice a day, at the gate of a small transfer station. */
export function simulate(moment: Moment<Site>): Reading | null {
  const { site, minute, at, rng, incident, minutesIn } = moment;
  if (incident === "outage") return null;
  if (incident === undefined && minute % EVERY_MIN >= STEP_MIN) return null;
  const emptiedAt = lastRound(at);
  const warmth = Math.sin(((minuteOfDay(at) - 540) / 1_440) * 2 * Math.PI);
  const filled = 0.06 + (0.045 * (at - emptiedAt)) / hours(1);
  const fillLevel = round(Math.min(0.74, Math.max(0.01, rng.gauss(filled, 0.012))), 2);
  const lorries = minuteOfDay(at) % 720 < 120 ? 2 : 0;
  const healthy: Reading = {
    fillLevel,
    overflowSeen: false,
    temperatureCel: round(rng.gauss(19 + 6 * warmth, 0.5), 1),
    tiltDeg: round(Math.min(8, Math.abs(rng.gauss(1.5, 0.7))), 1),
    status: "ok",
    lastEmptiedAt: emptiedAt,
    ...(site.transferStation && {
      nh3MgPerM3: round(Math.min(0.9, Math.max(0, rng.gauss(0.35 + 0.1 * warmth, 0.06))), 3),
      h2sMgPerM3: round(Math.min(0.04, Math.max(0, rng.gauss(0.015, 0.004))), 4),
      queueLength: lorries + Math.floor(rng.next() * 2),
    }),
  };
  return { ...healthy, ...troubled(incident, minutesIn, healthy, at) };
}

function troubled(
  incident: string | undefined,
  minutesIn: number,
  { temperatureCel = 20, nh3MgPerM3 = 0 }: Reading,
  at: number,
): Partial<Reading> {
  switch (incident) {
    case "filling":
      return { fillLevel: 0.86 };
    case "overflowing":
      return { fillLevel: 0.98, overflowSeen: true };
    case "missedRounds": {
      const lastEmptiedAt = lastRound(at - minutesIn * 60_000);
      const fillLevel = Math.min(0.79, 0.06 + (0.03 * (at - lastEmptiedAt)) / hours(1));
      return { lastEmptiedAt, fillLevel: round(fillLevel, 2) };
    }
    case "burning":
      return { temperatureCel: round(temperatureCel + Math.min(160, 4 * minutesIn), 1) };
    case "tippedOver":
      return { tiltDeg: 87, status: "dropped" };
    case "stench":
      return { nh3MgPerM3: round(nh3MgPerM3 + 2.4, 3) };
    case "jam":
      return { queueLength: 7, compressorState: "fault" };
    default:
      return {};
  }
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));
