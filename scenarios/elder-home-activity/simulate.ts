import { days, hours, type Moment, minuteOfDay, minutes } from "#scenario";
import type { Reading, Site } from "./schema.ts";

/** A number in [0, 1) that differs from day to day and stays the same within one. */
function whim(day: number, salt: number): number {
  const x = Math.sin(day * 12.9898 + salt * 78.233) * 43_758.5453;
  return x - Math.floor(x);
}

const dayOf = (at: number): number => Math.floor((at + hours(8)) / days(1));

/** What is done at a minute of the day: in which room, with how much water, with what switched on. */
type Deed = { at: number; room: "bathroom" | "kitchen" | "door"; litres: number };

const deedsOf = (day: number): Deed[] => {
  const leaves = 540 + 60 * whim(day, 1);
  return [
    { at: 90 + 60 * whim(day, 2), room: "bathroom", litres: 6 },
    { at: 255 + 40 * whim(day, 3), room: "bathroom", litres: 6 },
    { at: 370 + 25 * whim(day, 4), room: "bathroom", litres: 12 },
    { at: 425 + 20 * whim(day, 5), room: "kitchen", litres: 9 },
    { at: leaves, room: "door", litres: 0 },
    { at: leaves + 70, room: "door", litres: 0 },
    { at: 695 + 20 * whim(day, 6), room: "kitchen", litres: 16 },
    { at: 950 + 30 * whim(day, 7), room: "bathroom", litres: 6 },
    { at: 1_070 + 30 * whim(day, 8), room: "kitchen", litres: 15 },
    { at: 1_165 + 30 * whim(day, 9), room: "bathroom", litres: 34 },
    { at: 1_285 + 10 * whim(day, 10), room: "bathroom", litres: 6 },
  ];
};
const LITRES_A_DAY = 110;

/** The meter is a sum of all days, so that it counts the same whoever reads it, and when. */
function volumeM3(at: number): number {
  const day = dayOf(at);
  const today = deedsOf(day).filter((deed) => deed.at <= minuteOfDay(at));
  const litres = today.reduce((sum, deed) => sum + deed.litres, 0);
  return ((day % 10_000) * LITRES_A_DAY + litres) / 1_000;
}

/** The hub speaks so often, of all that was seen meanwhile; of the water at every third time. */
const STEP_MIN = 10;
const WATER_EVERY_MIN = 30;

/** An elder who gets up twice a night, goes out in the morning, and cooks, washes and rests. */
export function simulate(moment: Moment<Site>): Reading | null {
  const { at, minute, rng, incident, minutesIn } = moment;
  if (incident === "outage") return null;
  const now = minuteOfDay(at);
  const deeds = deedsOf(dayOf(at));
  const isNow = (deed: Deed) => now >= deed.at && now < deed.at + STEP_MIN;
  const [leaves, returns] = deeds.filter(({ room }) => room === "door").map((deed) => deed.at);
  const isOut = now >= leaves! + STEP_MIN && now < returns!;
  const isAwake = now >= 370 && now < 1_295;
  const isNapping = now >= 790 && now < 860;
  const inBathroom = deeds.some((deed) => deed.room === "bathroom" && isNow(deed));
  const justBack = deeds.some(({ at: then }) => now >= then && now < then + 2 * STEP_MIN);
  const restless = isNapping ? 0.1 : 0.85;
  const chance = rng.next();
  const isCooking = deeds.some((deed) => deed.room === "kitchen" && isNow(deed));
  const healthy: Reading = {
    doorOpened: deeds.some((deed) => deed.room === "door" && isNow(deed)),
    motion: !isOut && (justBack || (isAwake && chance < restless)),
    bathroomMotion: inBathroom,
    activePowerW: Math.round(rng.gauss(90, 8) + (isCooking ? 1_500 : 0)),
    sos: false,
    away: false,
  };
  const isMeterTime = Math.floor(minute) % WATER_EVERY_MIN < STEP_MIN;
  const meter = isMeterTime ? { cumulativeVolumeM3: meterM3(at, incident, minutesIn) } : {};
  return { ...healthy, ...meter, ...troubled(incident, minutesIn) };
}

function meterM3(at: number, incident: string | undefined, minutesIn: number): number {
  const isDry = incident === "fallen" || incident === "stroke" || incident === "dry";
  const counted = volumeM3(isDry || incident === "noLife" ? at - minutes(minutesIn) : at);
  const runs = incident === "tapOpen" ? (0.09 * minutesIn) / 60 : 0;
  return Number((counted + runs).toFixed(3));
}

const still = { doorOpened: false, motion: false, bathroomMotion: false, activePowerW: 88 };

function troubled(incident: string | undefined, minutesIn: number): Partial<Reading> {
  switch (incident) {
    case "fallen":
    case "stroke":
    case "noLife":
      return still;
    case "withdrawn":
    case "shutIn":
      return { doorOpened: false, motion: minutesIn % 60 < STEP_MIN };
    case "bathroomFall":
      return { ...still, bathroomMotion: minutesIn < STEP_MIN };
    case "callsForHelp":
      return { sos: true };
    default:
      return {};
  }
}
