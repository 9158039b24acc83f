// The three clocks of a limit (domain.md 2.4): urgent time runs always, work hours and work days
// follow a calendar.

import type { Limit } from "../core/alert.ts";
import { type Duration, hours, type Instant, minutes } from "../core/time.ts";
import { dateOf, dayOf, startOf, weekdayOf } from "./street-day.ts";

/**
 * When people work, in street time. A make-up day is worked whatever else is said of it; a holiday
 * is not.
 */
export type WorkCalendar = {
  /** Minutes of the day, from ≤ m < to, in order and apart: 09:00-12:00 is [540, 720]. */
  readonly workMinutes: readonly (readonly [from: number, to: number])[];
  /** Days of the week that are free, 0 Sunday to 6 Saturday. */
  readonly weekend: readonly number[];
  /** Free days, "2026-10-01". */
  readonly holidays: readonly string[];
  /** Days worked instead (调休), "2026-10-10". */
  readonly makeUpDays: readonly string[];
};

/**
 * Operator default: Monday to Friday, 09:00 to 17:00, no holidays. No standard sets it; the
 * street's own takes its place.
 */
export const operatorCalendar: WorkCalendar = {
  workMinutes: [[540, 1020]],
  weekend: [0, 6],
  holidays: [],
  makeUpDays: [],
};

/**
 * A calendar without any work in so many days is a mistake, and would be looked through for ever.
 */
const SEARCH_DAYS = 3_660;

/**
 * When a limit that began at `openedAt` runs out; null when it needs a calendar and there is none.
 * A work day is as many work minutes as a day of the calendar has, so half a day on Friday is made
 * up on Monday. Throws a RangeError on a calendar in which nobody works.
 */
export function dueAt(
  limit: Limit,
  openedAt: Instant,
  calendar: WorkCalendar | null,
): Instant | null {
  switch (limit.unit) {
    case "urgent-minute":
      return openedAt + minutes(limit.amount);
    case "urgent-hour":
      return openedAt + hours(limit.amount);
    case "work-hour":
      return calendar && addWork(openedAt, hours(limit.amount), calendar);
    case "work-day":
      return calendar && addWork(openedAt, limit.amount * workOfDay(calendar), calendar);
  }
}

/** Whether a day of the street is worked on. */
export function isWorkDay(day: number, calendar: WorkCalendar): boolean {
  const date = dateOf(day);
  if (calendar.makeUpDays.includes(date)) return true;
  return !calendar.holidays.includes(date) && !calendar.weekend.includes(weekdayOf(day));
}

const workOfDay = ({ workMinutes }: WorkCalendar): Duration =>
  minutes(workMinutes.reduce((sum, [from, to]) => sum + to - from, 0));

/** The instant by which so much work time has passed since `from`. */
function addWork(from: Instant, work: Duration, calendar: WorkCalendar): Instant {
  const first = dayOf(from);
  let left = work;
  let idle = 0;
  for (let day = first; idle < SEARCH_DAYS; day++) {
    idle++;
    if (!isWorkDay(day, calendar)) continue;
    for (const [begins, ends] of calendar.workMinutes) {
      const begin = Math.max(from, startOf(day) + minutes(begins));
      const span = startOf(day) + minutes(ends) - begin;
      if (span <= 0) continue;
      if (left <= span) return begin + left;
      left -= span;
      idle = 0;
    }
  }
  throw new RangeError(
    `The work calendar has no work time in the ${SEARCH_DAYS} days after ${dateOf(first)}: ` +
      "give workMinutes a span and leave a day of the week out of weekend.",
  );
}
