// Instants as people write them. A pure room has no Date, which would read a clock and the
// machine's time zone.

import { days, hours, type Instant, minutes, seconds } from "../core/time.ts";

const WRITTEN =
  /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.](\d{1,3}))?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/;

/** Without a zone a time is the street's, UTC+8, which all of China keeps. */
const STREET_ZONE = "+08:00";

/**
 * Reads "2026-09-15T08:00:00+08:00", "2026-09-15 08:00", "2026/9/15" or epoch milliseconds; null:
 * it is none of these.
 */
export function readInstant(text: string): Instant | null {
  if (/^\d{11,15}$/.test(text)) return Number(text);
  const found = WRITTEN.exec(text);
  if (!found) return null;
  const [year, month, day, hour, minute, second] = found
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const midnight = dayNumber(year!, month!, day!);
  if (
    dateOf(midnight) !== `${found[1]}-${found[2]!.padStart(2, "0")}-${found[3]!.padStart(2, "0")}`
  )
    return null; // there is no such day
  if (hour! > 23 || minute! > 59 || second! > 59) return null;
  const parts = hours(hour!) + minutes(minute!) + seconds(second!);
  const at = days(midnight) + parts + Number((found[7] ?? "").padEnd(3, "0"));
  return at - zoneOf(found[8] ?? STREET_ZONE);
}

/**
 * In the street's time with its zone, to the millisecond where there are any; `readInstant` gives
 * the same back.
 */
export function instantText(at: Instant): string {
  const local = at + zoneOf(STREET_ZONE);
  const day = Math.floor(local / days(1));
  const rest = local - days(day);
  const [h, m, s, ms] = [
    Math.floor(rest / hours(1)),
    Math.floor(rest / minutes(1)) % 60,
    Math.floor(rest / seconds(1)) % 60,
    rest % 1000,
  ];
  const fraction = ms === 0 ? "" : `.${String(ms).padStart(3, "0")}`;
  return `${dateOf(day)}T${two(h)}:${two(m)}:${two(s)}${fraction}${STREET_ZONE}`;
}

const two = (n: number): string => String(n).padStart(2, "0");

function zoneOf(zone: string): number {
  if (zone === "Z") return 0;
  const [h, m] = [Number(zone.slice(1, 3)), Number(zone.slice(-2))];
  return (zone.startsWith("-") ? -1 : 1) * (hours(h) + minutes(m));
}

/**
 * Days from 1970-01-01 in the Gregorian calendar, years beginning in March so that the leap day is
 * last (H. Hinnant).
 */
function dayNumber(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const ofEra = shifted - era * 400;
  const ofYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const leaps = Math.floor(ofEra / 4) - Math.floor(ofEra / 100);
  return era * 146_097 + ofEra * 365 + leaps + ofYear - 719_468;
}

function dateOf(dayNumber: number): string {
  const shifted = dayNumber + 719_468;
  const era = Math.floor(shifted / 146_097);
  const ofEra = shifted - era * 146_097;
  const leapDays =
    Math.floor(ofEra / 1_460) - Math.floor(ofEra / 36_524) + Math.floor(ofEra / 146_096);
  const yearOfEra = Math.floor((ofEra - leapDays) / 365);
  const ofYear =
    ofEra - (yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * ofYear + 2) / 153);
  const day = ofYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = ((shiftedMonth + 2) % 12) + 1;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
}
