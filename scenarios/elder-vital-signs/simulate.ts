import { days, hours, type Moment, minuteOfDay } from "#scenario";
import type { Reading, Site } from "./schema.ts";

/** A number in [0, 1) that differs from day to day and stays the same within one. */
function whim(at: number, salt: number): number {
  const day = Math.floor((at + hours(8)) / days(1));
  const x = Math.sin(day * 12.9898 + salt * 78.233) * 43_758.5453;
  return x - Math.floor(x);
}

/** Night from about half past nine to six with one short rise, and a nap after lunch. */
function isInBed(at: number): boolean {
  const minute = minuteOfDay(at);
  const to = 355 + 40 * whim(at, 1);
  const from = 1_270 + 35 * whim(at, 2);
  const risesAt = 100 + 120 * whim(at, 3);
  const isUp = minute >= risesAt && minute < risesAt + 9;
  const naps = minute >= 780 && minute < 815 + 20 * whim(at, 4);
  return ((minute < to || minute >= from) && !isUp) || naps;
}

/** In so many readings the person turns over, and the mat reads nonsense at low quality. */
const TURNS = 0.03;

/** An elder who sleeps well: the mat reads pulse and breath in bed, and an empty bed by day. */
export function simulate({ at, rng, incident, minutesIn }: Moment<Site>): Reading | null {
  if (incident === "outage") return null;
  const isAway = incident === "fall" || incident === "missing";
  const isTroubled = incident !== undefined && !isAway;
  if (isAway || !(isTroubled || isInBed(at)))
    return { inBed: false, movementIndex: 0, signalQuality: 1 };
  if (!isTroubled && rng.next() < TURNS)
    return {
      inBed: true,
      heartRatePerMin: Math.round(rng.gauss(120, 20)),
      movementIndex: round(Math.abs(rng.gauss(6, 1)), 1),
      signalQuality: round(0.2 + 0.2 * rng.next(), 2),
    };
  const asleep: Reading = {
    inBed: true,
    heartRatePerMin: Math.round(rng.gauss(62, 2)),
    respirationPerMin: Math.round(rng.gauss(15, 0.8)),
    movementIndex: round(0.1 + 0.3 * rng.next(), 2),
    apneaS: rng.next() < 0.004 ? 12 : 0,
    signalQuality: round(0.85 + 0.1 * rng.next(), 2),
  };
  return { ...asleep, ...ill(incident, minutesIn) };
}

const ill = (incident: string | undefined, minutesIn: number): Partial<Reading> => {
  switch (incident) {
    case "still":
      return { heartRatePerMin: 0, respirationPerMin: 0, movementIndex: 0 };
    case "slowPulse":
      return { heartRatePerMin: 38 };
    case "racing":
      return { heartRatePerMin: 136, respirationPerMin: 27 };
    case "fever":
      return { heartRatePerMin: 114, respirationPerMin: 22, bodyTemperatureCel: 38.6 };
    case "worsening":
      return {
        heartRatePerMin: 118,
        respirationPerMin: 23,
        bodyTemperatureCel: 39.3,
        spo2Pct: 95,
      };
    case "apnea":
      return { apneaS: Math.floor(minutesIn) % 2 === 0 ? 26 : 0 };
    case "longApnea":
      return { apneaS: 75 };
    default:
      return {};
  }
};

const round = (value: number, digits: number): number => Number(value.toFixed(digits));
