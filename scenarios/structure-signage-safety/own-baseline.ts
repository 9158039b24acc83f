import { type Bounds, days, grades, type Rule } from "#scenario";
import type { Reading, Site } from "./schema.ts";

/** The slot that is being filled, and the means of the last ones. */
type Learnt = { slot: number; sum: number; count: number; past: readonly number[] };

const LEARN = days(7);
const SLOTS = 24;
/** So many slots must be known before a median speaks for the place. */
const ENOUGH = 12;

/**
 * Watches a number against a multiple of its own past: the median of 24 slots of a week. What it
 * calls bad it does not learn from. Until half a week is learnt the register's baseline stands in;
 * without one it says unknown.
 */
export function ownBaseline(
  options: Pick<Rule<Reading, Site>, "asks" | "sources" | "rationale" | "alert"> & {
    of: (reading: Reading) => number | undefined;
    /** Bad is more than so many times the baseline. */
    times: Bounds;
    clearTimes: number;
    /** A baseline below this counts as this: three times nothing is nothing. */
    floor: number;
    start: (site: Site) => number | undefined;
  },
): Rule<Reading, Site, Learnt | null> {
  const { of, times, clearTimes, floor, start, ...rest } = options;
  return {
    ...rest,
    initial: null,
    judge(before, event, at) {
      if (event.kind !== "reading") return { state: before };
      const value = of(event.reading);
      if (value === undefined) return { state: before, signal: { level: "unknown" } };
      const known = before && before.past.length >= ENOUGH ? median(before.past) : undefined;
      const base = known ?? start(event.site);
      const ratio = base === undefined ? undefined : value / Math.max(base, floor);
      const level = grades.findLast((one) => (ratio ?? 0) > (times[one] ?? Infinity));
      const slot = Math.floor((at * SLOTS) / LEARN);
      if (level) return { state: before, signal: { level, value } };
      const state = learn(before, value, slot);
      if (ratio === undefined) return { state, signal: { level: "unknown" } };
      const lingers = ratio > clearTimes || undefined;
      return { state, signal: { level: "ok", value, lingers } };
    },
  };
}

function learn(before: Learnt | null, value: number, slot: number): Learnt {
  if (!before) return { slot, sum: value, count: 1, past: [] };
  if (before.slot === slot) return { ...before, sum: before.sum + value, count: before.count + 1 };
  const past = [...before.past, before.sum / before.count].slice(-SLOTS);
  return { slot, sum: value, count: 1, past };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
