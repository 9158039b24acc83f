// Days of the street: whole days since 1970-01-01 by the clock of UTC+8, which China keeps without
// daylight saving.

import { days, hours, type Instant } from "../core/time.ts";

const OFFSET = hours(8);

/** The street's day that an instant falls in. */
export const dayOf = (at: Instant): number => Math.floor((at + OFFSET) / days(1));

/** The instant at which a day begins on the street. */
export const startOf = (day: number): Instant => day * days(1) - OFFSET;

/** 0 Sunday to 6 Saturday. */
export const weekdayOf = (day: number): number => (((day + 4) % 7) + 7) % 7;

/** "2026-11-21". Right for every day of the Gregorian calendar from year 0 to 9999. */
export function dateOf(day: number): string {
  // Counted from 0000-03-01, a year ends with its leap day, so that months have fixed beginnings.
  const since = day + 719_468;
  const era = Math.floor(since / 146_097);
  const inEra = since - era * 146_097;
  const leaps =
    Math.floor(inEra / 1_460) - Math.floor(inEra / 36_524) + Math.floor(inEra / 146_096);
  const yearOfEra = Math.floor((inEra - leaps) / 365);
  const inYear =
    inEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const march = Math.floor((5 * inYear + 2) / 153);
  const date = inYear - Math.floor((153 * march + 2) / 5) + 1;
  const month = march < 10 ? march + 3 : march - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(date, 2)}`;
}

const padded = (n: number, width: number): string => String(n).padStart(width, "0");
