// Sunrise and sunset at a place, for rules that follow the sun (docs/adr/0020).

import { getTimes } from "suncalc";
import { days, hours, type Instant, nextHour } from "./time.ts";

/** Degrees, WGS-84: north and east are positive. */
export type Place = { latitudeDeg: number; longitudeDeg: number };
export type SunDay = { riseAt: Instant; setAt: Instant };

/**
 * When the sun's upper limb rises and sets on the street's day that holds `at`, refraction
 * included, right to about a minute; null where it does not do both that day.
 */
export function sunOf(at: Instant, { latitudeDeg, longitudeDeg }: Place): SunDay | null {
  const noon = nextHour(at, 0) - days(1) + hours(12);
  // biome-ignore lint/style/noRestrictedGlobals: suncalc speaks in dates; this one is made of `at`.
  const { sunrise, sunset } = getTimes(new Date(noon), latitudeDeg, longitudeDeg);
  return sunrise && sunset ? { riseAt: sunrise.getTime(), setAt: sunset.getTime() } : null;
}
