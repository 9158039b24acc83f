import { isValid, type Moment, minuteOfDay, minutesOutside, type Point } from "#scenario";
import type { Reading, Site, Stall } from "./schema.ts";

/** A northernmost corner, and so many metres north of it: certainly so far outside. */
function northOf({ polygon }: Stall, metres: number): Point {
  const [lon = 0, lat = 0] = polygon.reduce((a, b) => ((b[1] ?? 0) > (a[1] ?? 0) ? b : a));
  return { lon, lat: lat + metres / 111_195 };
}

/** A mean of the corners: inside for a stall, which has no notches. */
function middleOf({ polygon }: Stall): Point {
  const mean = (i: 0 | 1) => polygon.reduce((sum, corner) => sum + (corner[i] ?? 0), 0);
  return { lon: mean(0) / polygon.length, lat: mean(1) / polygon.length };
}

const nothing: Reading = {
  objectCount: 0,
  confidence: 0.95,
  laneCovered: false,
  exitCovered: false,
};

/** A hawker who passes is seen once in an hour at most, in its first half, and is gone. */
const passes = (at: number): boolean => {
  const hour = Math.floor(at / 3_600_000);
  const slot = (hour * 7) % 6;
  const minute = minuteOfDay(at) % 60;
  return hour % 3 === 0 && minute >= slot * 5 && minute < slot * 5 + 5;
};

/** How often somebody who comes again and again comes, and stays, in minutes. */
const AGAIN_MIN = 90;
const STAYS_MIN = 30;

/** A stretch of street with permitted stalls: they trade at their hours, and hawkers pass by. */
export function simulate(moment: Moment<Site>): Reading | null {
  const { site, at, incident, minutesIn } = moment;
  if (incident === "outage") return null;
  const [stall] = site.stalls ?? [];
  const away: Partial<Point> = stall ? northOf(stall, 60) : {};
  switch (incident) {
    case "hawker":
      return seen("streetVendor", away, moment);
    case "shop":
      return seen("outOfStore", away, moment);
    case "roadTrade":
      return seen("roadTrading", away, moment);
    case "obstruction":
      return { ...seen("roadTrading", away, moment), exitCovered: true };
    case "again":
      return minutesIn % AGAIN_MIN < STAYS_MIN ? seen("streetVendor", away, moment) : nothing;
    case "breach":
      return stall
        ? { ...seen("roadTrading", northOf(stall, 4), moment), stallId: stall.stallId }
        : nothing;
  }
  if (passes(at)) return seen("streetVendor", away, moment);
  const open = site.stalls?.find((one) => isValid(one, at) && minutesOutside(one, at) === 0);
  return open ? seen("roadTrading", middleOf(open), moment) : nothing;
}

function seen(
  eventType: NonNullable<Reading["eventType"]>,
  place: Partial<Point>,
  { rng, minutesIn }: Moment<Site>,
): Reading {
  const drift = () => 3e-6 * Math.max(-2, Math.min(2, rng.gauss(0, 1)));
  const { lon, lat } = place;
  return {
    eventType,
    objectCount: 1 + Math.floor(rng.next() * 2),
    confidence: Number(Math.min(1, Math.max(0.65, rng.gauss(0.88, 0.06))).toFixed(2)),
    dwellS: Math.round(60 * Math.min(minutesIn, 1_000)),
    laneCovered: false,
    exitCovered: false,
    ...(lon === undefined || lat === undefined
      ? {}
      : { lon: Number((lon + drift()).toFixed(7)), lat: Number((lat + drift()).toFixed(7)) }),
  };
}
