// Sunrise and sunset at a place, for rules that follow the sun (docs/adr/0020).

import { getTimes } from "suncalc";
import { days, hours, type Instant, nextHour } from "./time.ts";

/** Degrees, WGS-84: north and east are positive. */
export type Place = { latitudeDeg: number; longitudeDeg: number };
export type SunDay = { readonly riseAt: Instant; readonly setAt: Instant };

/** The day and place that were asked for last: every lamp of a street asks for the same ones. */
let last: { noon: Instant; place: Place; sun: SunDay | null } | undefined;

/**
 * When the sun's upper limb rises and sets on the street's day that holds `at`, refraction
 * included, right to about a minute; null where it does not do both that day.
 */
export function sunOf(at: Instant, { latitudeDeg, longitudeDeg }: Place): SunDay | null {
  const noon = nextHour(at, 0) - days(1) + hours(12);
  const isKnown =
    last?.noon === noon &&
    last.place.latitudeDeg === latitudeDeg &&
    last.place.longitudeDeg === longitudeDeg;
  if (!last || !isKnown) {
    const place = { latitudeDeg, longitudeDeg };
    last = { noon, place, sun: reckoned(noon, place) };
  }
  return last.sun;
}

function reckoned(noon: Instant, { latitudeDeg, longitudeDeg }: Place): SunDay | null {
  // biome-ignore lint/style/noRestrictedGlobals: suncalc speaks in dates; this one is made of `at`.
  const { sunrise, sunset } = getTimes(new Date(noon), latitudeDeg, longitudeDeg);
  return sunrise && sunset ? { riseAt: sunrise.getTime(), setAt: sunset.getTime() } : null;
}
