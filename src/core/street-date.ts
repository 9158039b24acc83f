// Days and hours as permits write them: "2026-06-01" and "06:30", on the street's own clock.

import { days, hours, type Instant, minuteOfDay } from "./time.ts";

/** What is allowed from one day to another, both included, and within hours of the day. */
export type Validity = {
  readonly validFrom: string;
  readonly validTo: string;
  /** Hours of each day; may pass midnight. None: the whole day. */
  readonly daily?: readonly { readonly from: string; readonly to: string }[];
};

/** The day on the street as "2026-06-01", so that later days sort after earlier ones. */
export function streetDate(at: Instant): string {
  // Days since 0000-03-01 in the Gregorian calendar: February last, so leap days come at year's end.
  const day = Math.floor((at + hours(8)) / days(1)) + 719_468;
  const era = Math.floor(day / 146_097);
  const ofEra = day - era * 146_097;
  const year = Math.floor(
    (ofEra - Math.floor(ofEra / 1_460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) /
      365,
  );
  const ofYear = ofEra - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
  const shifted = Math.floor((5 * ofYear + 2) / 153);
  const date = ofYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const civil = year + era * 400 + (month <= 2 ? 1 : 0);
  return `${padded(civil, 4)}-${padded(month, 2)}-${padded(date, 2)}`;
}

/** Whether `at` lies on a day between the two, both included. */
export function isValid({ validFrom, validTo }: Validity, at: Instant): boolean {
  const today = streetDate(at);
  return validFrom <= today && today <= validTo;
}

/** Minutes until the nearest hour that is allowed, before or behind; 0 within. */
export function minutesOutside({ daily }: Validity, at: Instant): number {
  if (daily === undefined || daily.length === 0) return 0;
  const now = minuteOfDay(at);
  return Math.min(...daily.map(({ from, to }) => outside(now, minuteOf(from), minuteOf(to))));
}

const DAY_MIN = 1_440;
const padded = (n: number, width: number): string => String(n).padStart(width, "0");
const minuteOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
const ahead = (from: number, to: number): number => (to - from + DAY_MIN) % DAY_MIN;

function outside(now: number, from: number, to: number): number {
  const isIn = ahead(from, now) < (ahead(from, to) || DAY_MIN);
  return isIn ? 0 : Math.min(ahead(to, now), ahead(now, from));
}
