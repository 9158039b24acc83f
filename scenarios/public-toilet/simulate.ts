import { between, type Moment, minuteOfDay } from "#scenario";
import type { Reading, Site } from "./schema.ts";

/** How busy it is by the hour of the street, 0 to 1. */
function usage(at: number): number {
  const hour = minuteOfDay(at) / 60;
  if (between(at, 23, 6)) return 0.05;
  return (
    0.3 + 0.4 * Math.exp(-(((hour - 8) / 1.5) ** 2)) + 0.3 * Math.exp(-(((hour - 17) / 3) ** 2))
  );
}

/** People come by the quarter: in each, somebody may stay for a part of it. */
const VISIT_MIN = 15;

/** 0 to 1, the same for the same number, so that a visit is one from minute to minute. */
function chanceOf(n: number): number {
  const mixed = Math.imul((n ^ (n >>> 15)) + 0x9e3779b9, 0x85ebca6b);
  return (Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35) >>> 0) / 2 ** 32;
}

/** For how many minutes somebody has been in the stall now, and since it was left; null: neither. */
function visit(minute: number, at: number): { inside: number | null; refilling: boolean } {
  const quarter = Math.floor(minute / VISIT_MIN);
  const into = Math.floor(minute) % VISIT_MIN;
  const isVisited = chanceOf(quarter) < usage(at);
  const stays = 2 + Math.floor(chanceOf(quarter + 1_000_003) * 9);
  const inside = isVisited && into < stays ? into : null;
  return { inside, refilling: isVisited && into >= stays && into < stays + 2 };
}

/** A small toilet with an attendant: opened in time, flushed after each visit, refilled twice a day. */
export function simulate(moment: Moment<Site>): Reading | null {
  const { site, minute, at, rng, incident, minutesIn } = moment;
  if (incident === "outage") return null;
  const { inside, refilling } = visit(minute, at);
  const sinceRefill = ((minuteOfDay(at) / 60 + 24 - 14) % 24) % 16;
  const [opens, closes] = [site.opensAtHour ?? 0, site.closesAtHour ?? 24];
  const healthy: Reading = {
    nh3MgPerM3: round(Math.max(0.01, rng.gauss(0.07 + 0.08 * usage(at), 0.015)), 3),
    h2sMgPerM3: round(Math.max(0, rng.gauss(0.003, 0.0005)), 4),
    temperatureCel: round(rng.gauss(21, 0.4), 1),
    humidityPct: round(Math.min(95, Math.max(30, rng.gauss(62, 2))), 0),
    stallOccupied: inside !== null,
    occupiedMin: inside ?? 0,
    peopleCount: inside === null ? 0 : 1 + Math.floor(rng.next() * 3),
    waterFlowLPerMin: inside !== null || refilling ? round(2 + 4 * rng.next(), 1) : 0,
    paperPct: round(Math.max(25, 96 - 4 * sinceRefill), 0),
    sos: false,
    doorOpen: between(at, opens, closes),
  };
  return { ...healthy, ...troubled(incident, minutesIn, healthy) };
}

function troubled(
  incident: string | undefined,
  minutesIn: number,
  { nh3MgPerM3 = 0, waterFlowLPerMin = 0 }: Reading,
): Partial<Reading> {
  const grown = Math.min(1, minutesIn / 10);
  switch (incident) {
    case "smell":
      return { nh3MgPerM3: round(nh3MgPerM3 + 0.35 * grown, 3) };
    case "stench":
      return { nh3MgPerM3: round(nh3MgPerM3 + 1.4 * grown, 3), h2sMgPerM3: 0.013 };
    case "collapsed":
      return { stallOccupied: true, occupiedMin: Math.floor(minutesIn), peopleCount: 1 };
    case "callForHelp":
      return { sos: minutesIn < 5 };
    case "runningCistern":
      return { waterFlowLPerMin: round(waterFlowLPerMin + 2.4, 1) };
    case "noPaper":
      return { paperPct: 4 };
    case "shut":
      return { doorOpen: false };
    default:
      return {};
  }
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));
