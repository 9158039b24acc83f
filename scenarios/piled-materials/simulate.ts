import { isValid, type Moment, minuteOfDay, type Point } from "#scenario";
import type { Reading, Site } from "./schema.ts";

type Permit = NonNullable<Site["permits"]>[number];

/** The northernmost corner of a permit, and so many metres north of it. */
function northOf({ polygon }: Permit, metres: number): Point {
  const [lon = 0, lat = 0] = polygon.reduce((a, b) => ((b[1] ?? 0) > (a[1] ?? 0) ? b : a));
  return { lon, lat: lat + metres / 111_195 };
}

function middleOf({ polygon }: Permit): Point {
  const mean = (i: 0 | 1) => polygon.reduce((sum, corner) => sum + (corner[i] ?? 0), 0);
  return { lon: mean(0) / polygon.length, lat: mean(1) / polygon.length };
}

const trouble: Record<string, Reading["eventType"]> = {
  pile: "roadPile",
  waste: "constructionWaste",
  sofa: "bulkyWaste",
  garbage: "exposedGarbage",
  corridor: "corridorPile",
  exit: "corridorPile",
};

/** Somebody sets down sacks to load a van: seen by one poll, twice a day, and gone at the next. */
const unloads = (at: number): boolean => [640, 980].includes(Math.floor(minuteOfDay(at) / 10) * 10);

/** A stretch of street: a permitted heap of a building site, a van that loads, else nothing. */
export function simulate({ site, at, rng, incident, minutesIn }: Moment<Site>): Reading | null {
  if (incident === "outage") return null;
  const [permit] = site.permits ?? [];
  const away = permit && northOf(permit, 40);
  const seen = (eventType: Reading["eventType"], areaM2: number, place?: Point): Reading => ({
    eventType,
    areaM2: Number(Math.max(0.4, areaM2 + rng.gauss(0, 0.05)).toFixed(2)),
    confidence: Number(Math.min(1, Math.max(0.65, rng.gauss(0.86, 0.06))).toFixed(2)),
    blocksExit: incident === "exit",
    ...(place ? { lon: Number(place.lon.toFixed(7)), lat: Number(place.lat.toFixed(7)) } : {}),
  });
  const kind = incident === undefined ? undefined : trouble[incident];
  if (kind) return { ...seen(kind, 1.8, away), dwellS: Math.round(60 * minutesIn) };
  if (unloads(at)) return seen("roadPile", 0.9, away);
  if (permit && isValid(permit, at)) return seen("roadPile", 3, middleOf(permit));
  return { eventType: "none", confidence: 0.95, blocksExit: false };
}
