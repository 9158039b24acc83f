// How loud it may be: by the class of the zone, what makes the noise, and day or night.

import { between, days, type Instant, nextHour } from "#scenario";
import type { Params, Reading, Site, Source } from "./schema.ts";

/** dB(A). */
export type DayAndNight = { day: number; night: number };

/** GB 3096-2008, table 1. GB 22337-2008 has the same figures at the boundary, and none for 4b. */
const zones: Readonly<Record<Site["zoneClass"], DayAndNight>> = {
  "0": { day: 50, night: 40 },
  "1": { day: 55, night: 45 },
  "2": { day: 60, night: 50 },
  "3": { day: 65, night: 55 },
  "4a": { day: 70, night: 55 },
  "4b": { day: 70, night: 60 },
};
/** GB 12523-2025, at the boundary of a building site, whatever the zone. */
const construction: DayAndNight = { day: 70, night: 55 };

/** Night is from 22 to 6. */
export const isNight = (at: Instant): boolean => between(at, 22, 6);

/** When the day or the night that holds `at` began. */
export const periodSince = (at: Instant): Instant => nextHour(at, isNight(at) ? 22 : 6) - days(1);

export const sourceOf = (reading: Reading, site: Site): Source | undefined =>
  reading.sourceType ?? site.sourceType;

export const limitsOf = (zoneClass: Site["zoneClass"], source: Source | undefined): DayAndNight =>
  source === "construction" ? construction : zones[zoneClass];

/** The limit in force. */
export function limitAt(reading: Reading, site: Site, at: Instant): number {
  const limits = limitsOf(site.zoneClass, sourceOf(reading, site));
  return isNight(at) ? limits.night : limits.day;
}

/** In rain, snow, thunder or strong wind a microphone hears the weather: nothing is valid then. */
export const isSpoilt = (p: Params, { rain, windSpeedMPerS }: Reading): boolean =>
  rain === true || (windSpeedMPerS ?? 0) > p.windMPerS;
