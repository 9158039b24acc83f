import { type Moment, minuteOfDay } from "#scenario";
import type { Reading, Site } from "./schema.ts";

/** A sleepy device: it tells how it is once a day, twice in a row since one message may be lost. */
const HEARTBEAT_EVERY_MIN = 1_440;
const HEARTBEATS = 2;

const isHeartbeat = (minute: number, everyMin: number): boolean =>
  Math.floor(minute) % everyMin < HEARTBEATS;

/** A detector that hangs quietly: cool at night, warmer by day, its battery going down slowly. */
export function simulate({ at, minute, rng, incident, minutesIn }: Moment<Site>): Reading | null {
  if (incident === "outage") return null;
  const staged = troubled(incident, minutesIn);
  const isTime = isHeartbeat(minute, HEARTBEAT_EVERY_MIN);
  const isStaged = staged !== null && (staged.smokeAlarm === true || isHeartbeat(minutesIn, 60));
  const isOver = incident === "fumes" && Math.floor(minutesIn) === 1;
  if (!isTime && !isStaged && !isOver) return null;
  const warmth = Math.sin(((minuteOfDay(at) - 540) / 1_440) * 2 * Math.PI);
  return {
    smokeAlarm: false,
    smokeDensityPctPerM: round(Math.abs(rng.gauss(0.2, 0.1)), 2),
    temperatureCel: round(21 + 3 * warmth + rng.gauss(0, 0.5), 1),
    muted: false,
    tamper: false,
    contaminationPct: round(12 + rng.gauss(0, 0.5), 0),
    batteryPct: Math.max(40, 96 - Math.floor(minute / HEARTBEAT_EVERY_MIN / 10)),
    testMode: false,
    ...staged,
  };
}

const smoking = { smokeAlarm: true, smokeDensityPctPerM: 12 } as const;

/** What the incident changes; null: nothing is staged, or it is over. */
function troubled(incident: string | undefined, minutesIn: number): Partial<Reading> | null {
  switch (incident) {
    case "fumes":
      return minutesIn < 1 ? smoking : null;
    case "burntPot":
      return { ...smoking, muted: true };
    case "unanswered":
      return smoking;
    case "blaze":
      return {
        ...smoking,
        muted: true,
        temperatureCel: round(Math.min(140, 30 + 14 * minutesIn), 1),
      };
    case "removed":
      return { tamper: true };
    case "flatBattery":
      return { batteryPct: 7 };
    case "greasy":
      return { contaminationPct: 88 };
    default:
      return null;
  }
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));
