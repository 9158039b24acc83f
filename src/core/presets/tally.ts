import type { Rule } from "../rule.ts";
import type { Duration, Instant } from "../time.ts";
import { against, type Bounds, type Direction } from "./bounds.ts";
import type { Common } from "./preset.ts";

type Bucket = readonly [index: number, sum: number, heardMs: number];
/** `was`: what the last reading added, before `once` had its say. */
type Tally = { heardAt: Instant; was: number; buckets: readonly Bucket[] };

/** A window is kept in so many buckets; the count is right to one of them. */
const BUCKETS = 20;

/**
 * Counts or sums over a rolling window, and knows how much of it was missed: a reading speaks for
 * the time since the one before, up to `speaksFor`. When less than `share` of the window was heard,
 * only what has already happened is said.
 */
export function tally<R, F>(
  options: Common<R, F> & {
    /** What this reading adds; undefined: it cannot be told. */
    adds: (reading: R, site: F, at: Instant) => number | undefined;
    /** The same trouble told again by the next reading is not counted again. */
    once?: true;
    within: Duration;
    speaksFor: Duration;
    /** Default 0.8. */
    share?: number;
    /**
     * Default: many are bad. "below": few are bad, and are never told from a part of the window.
     */
    direction?: Direction;
    bounds: (site: F) => Bounds;
    clear: (site: F) => Bounds;
  },
): Rule<R, F, Tally | null> {
  const {
    adds,
    once,
    within,
    speaksFor,
    share = 0.8,
    direction = "at-or-above",
    ...more
  } = options;
  const { bounds, clear, ...rest } = more;
  return {
    ...rest,
    initial: null,
    judge(before, event, at) {
      if (event.kind !== "reading") return { state: before };
      const was = adds(event.reading, event.site, at);
      if (was === undefined) return { state: before, signal: { level: "unknown" } };
      const state = counted(before, { at, was, once: once === true, within, speaksFor });
      const { buckets } = state;
      const signal = against(direction, total(buckets, 1), bounds(event.site), clear(event.site));
      const happened = direction === "at-or-above" && signal.level !== "ok";
      const certain = happened || total(buckets, 2) >= share * within;
      return { state, signal: certain ? signal : { level: "unknown" } };
    },
  };
}

const total = (buckets: readonly Bucket[], part: 1 | 2): number =>
  buckets.reduce((sum, bucket) => sum + bucket[part], 0);

/** The buckets that still reach into the window, with one more reading in the last. */
function counted(
  before: Tally | null,
  now: { at: Instant; was: number; once: boolean; within: Duration; speaksFor: Duration },
): Tally {
  const { at, was, once, within, speaksFor } = now;
  const index = Math.floor((at * BUCKETS) / within);
  const again = once && before !== null && before.was > 0;
  const heardMs = before ? Math.min(at - before.heardAt, speaksFor) : 0;
  const all = before?.buckets ?? [];
  const kept = all.filter((bucket) => bucket[0] > index - BUCKETS - 1 && bucket[0] < index);
  const [, sum, heard] = all.find((bucket) => bucket[0] === index) ?? [index, 0, 0];
  const last: Bucket = [index, sum + (again ? 0 : was), heard + heardMs];
  return { heardAt: at, was, buckets: [...kept, last] };
}
