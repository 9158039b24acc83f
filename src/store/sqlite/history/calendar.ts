// Days of UTC as whole numbers since the epoch, and the names of the history's files.

import type { Instant } from "../../../core/time.ts";
import type { Step } from "../../history.ts";

export const DAY = 86_400_000;
/** A UTC day, counted from 1970-01-01. */
export type Day = number;

export const dayOf = (at: Instant): Day => Math.floor(at / DAY);

// What a file can be named after. A sensor's clock can be wrong, but a reading from beyond these years says nothing.
const FIRST: Day = dayOf(Date.UTC(1900, 0, 1));
const LAST: Day = dayOf(Date.UTC(9999, 11, 31));
export const isNameable = (day: Day): boolean => day >= FIRST && day <= LAST;

const nameOf = (day: Day): string => new Date(day * DAY).toISOString().slice(0, 10);

/** The file of a day's readings: 2026-11-21.db. */
export const dayFile = (day: Day): string => `${nameOf(day)}.db`;

/**
 * The file of a day's roll-ups: minutes have one each day, which goes with the readings; quarters one each month and
 * hours one each year, since they are kept longer.
 */
export function rollupFile(step: Step, day: Day): string {
  const name = nameOf(day);
  if (step === "minute") return `${name}.minute.db`;
  return step === "quarter" ? `${name.slice(0, 7)}.quarter.db` : `${name.slice(0, 4)}.hour.db`;
}

/** What a file of the folder holds, from which day to which; null for what is none of the history's. */
export function fileSpan(file: string): { kind: "day" | Step; first: Day; last: Day } | null {
  const found = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:\.(minute|quarter|hour))?\.db$/.exec(file);
  if (!found) return null;
  const [, year, month, date, step] = found;
  const kind = (step ?? "day") as "day" | Step;
  const [y, m, d] = [Number(year), Number(month) - 1, Number(date)];
  const span = (from: number, to: number) => ({ kind, first: dayOf(from), last: dayOf(to) });
  if (kind === "hour") return month ? null : span(Date.UTC(y, 0, 1), Date.UTC(y, 11, 31));
  if (kind === "quarter")
    return !month || date ? null : span(Date.UTC(y, m, 1), Date.UTC(y, m + 1, 0));
  return date ? span(Date.UTC(y, m, d), Date.UTC(y, m, d)) : null;
}
