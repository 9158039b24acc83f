import { days, hours, type Moment, minuteOfDay } from "#scenario";
import type { Reading, Site } from "./schema.ts";

/** A number in [0, 1) that differs from day to day and stays the same within one. */
function whim(day: number, salt: number): number {
  const x = Math.sin(day * 12.9898 + salt * 78.233) * 43_758.5453;
  return x - Math.floor(x);
}

/** How long a bike has been charging, and for how long it will in all; null: the port is free. */
function session(at: number, index: number): { since: number; lasts: number } | null {
  const day = Math.floor((at + hours(8)) / days(1)) * 16 + index;
  const now = minuteOfDay(at);
  const from = 1_050 + 90 * whim(day, 1);
  const lasts = 180 + 110 * whim(day, 2);
  const noon = 700 + 60 * whim(day, 3);
  if (now >= from && now < from + lasts) return { since: now - from, lasts };
  if (now >= noon && now < noon + 100) return { since: now - noon, lasts: 100 };
  return null;
}

/** A port that charges a bike at noon and in the evening: strongly at first, then less. */
export function simulate(moment: Moment<Site>): Reading | null {
  const { site, at, rng, index, incident, minutesIn } = moment;
  if (incident === "outage") return null;
  const seen = inLift(incident, minutesIn);
  if (seen) return seen;
  const charging = session(at, index);
  const warmth = Math.sin(((minuteOfDay(at) - 540) / 1_440) * 2 * Math.PI);
  const share = charging ? Math.min(1, 1.3 * (1 - charging.since / charging.lasts)) : 0;
  const powerW = charging ? round(60 + 160 * share + rng.gauss(0, 3), 1) : 0;
  return {
    powerW,
    currentA: round(powerW / 220, 2),
    portCel: round(20 + 5 * warmth + 9 * share + rng.gauss(0, 0.3), 1),
    durationMin: charging ? Math.floor(charging.since) : 0,
    energyKwh: charging ? round((charging.since / 60) * 0.15, 2) : 0,
    smoke: false,
    wildCharging: "none",
    ...troubled(incident, minutesIn, site),
  };
}

/** What the camera of a lift tells, where one is staged. */
function inLift(incident: string | undefined, minutesIn: number): Reading | null {
  const minute = Math.floor(minutesIn);
  const seen = { ebikeDetected: true, confidence: 0.93, doorHeld: true, floor: 1 } as const;
  const gone = { ebikeDetected: false, confidence: 0.04, doorHeld: false, floor: 1 } as const;
  switch (incident) {
    case "boards":
      return minute < 2 ? seen : gone;
    case "rides":
      return minute < 3 ? { ...seen, doorHeld: minute === 0, floor: 1 + 4 * minute } : gone;
    case "ridesAgain":
      return minute % 5 === 0 ? seen : gone;
    default:
      return null;
  }
}

function troubled(
  incident: string | undefined,
  minutesIn: number,
  { ratedW = 400 }: Site,
): Partial<Reading> {
  switch (incident) {
    case "warmPort":
      return { powerW: 210, portCel: round(Math.min(64, 40 + 4 * minutesIn), 1) };
    case "runaway":
      return { powerW: 320, portCel: round(45 + 12 * minutesIn, 1) };
    case "tooMuch":
      return { powerW: round(1.3 * ratedW, 1), currentA: round((1.3 * ratedW) / 220, 2) };
    case "forgotten":
      return { powerW: 22, durationMin: 601 + Math.floor(minutesIn) };
    case "smoke":
      return { smoke: true };
    case "flyingWire":
      return { wildCharging: "flying-wire" };
    default:
      return {};
  }
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));
