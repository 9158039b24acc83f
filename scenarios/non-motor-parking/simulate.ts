import { between, type Moment, minuteOfDay } from "#scenario";
import type { Reading, Site } from "./schema.ts";

/** How full the bays are by the hour of the street, 0 to 1: commuters by day, few at night. */
function usage(at: number): number {
  const hour = minuteOfDay(at) / 60;
  const day = Math.exp(-(((hour - 13) / 5) ** 2)); // broad, with its middle after noon
  const rush = Math.exp(-(((hour - 8.5) / 1) ** 2)) + Math.exp(-(((hour - 18) / 1.2) ** 2));
  return 0.15 + 0.4 * day + 0.2 * Math.min(1, rush);
}

/** One poll in so many sees somebody stop beside the bays for a moment. */
const STOPS_BY_DAY = 0.02;

/** A kerb with bays: mostly tidy, somebody stopping for a moment, never long. */
export function simulate({ site, at, rng, incident, minutesIn }: Moment<Site>): Reading | null {
  if (incident === "outage") return null;
  const capacity = site.capacity ?? 40;
  const grown = Math.min(1, 0.5 + minutesIn / 20);
  const isFull = incident === "overflow";
  const share = isFull ? 1.15 : Math.min(0.85, Math.max(0.02, usage(at) + rng.gauss(0, 0.03)));
  const stops = between(at, 7, 22) && rng.next() < STOPS_BY_DAY ? 1 : 0;
  const outside: Record<string, number> = { stray: 2, swarm: 9, overflow: 8, blocked: 4 };
  const outsideBayCount = incident ? Math.ceil((outside[incident] ?? 0) * grown) : stops;
  const isBlocked = incident === "blocked";
  const parkedCount = Math.round(share * capacity);
  return {
    parkedCount,
    outsideBayCount,
    zoneType: incident === "stray" || incident === "swarm" ? "noParking" : "bay",
    occupancyPct: Math.round((100 * parkedCount) / capacity),
    clearWidthM: Number(Math.max(0.3, rng.gauss(isBlocked ? 0.9 : 2.6, 0.08)).toFixed(2)),
    blindPathBlocked: isBlocked,
    confidence: Number(Math.min(1, Math.max(0.65, rng.gauss(0.9, 0.05))).toFixed(2)),
  };
}
