import { type Grade, grades, severity } from "../level.ts";
import type { Rule } from "../rule.ts";
import type { Duration, Instant } from "../time.ts";
import type { Bounds } from "./bounds.ts";
import type { Common } from "./preset.ts";

/** A rise of so much within so long, a level each. */
export type Span = { within: Duration; by: Bounds };
type Low = readonly [at: Instant, value: number];
/** Lows in order of time, each higher than the one before; heard without a pause since `from`. */
type Lows = { from: Instant; heardAt: Instant; lows: readonly Low[] };

/** A window keeps no more lows than this; nearer ones are merged into the lower. */
const LOWS_MAX = 30;

/**
 * Watches how fast a number climbs above the lowest value of a window. A rise that is seen counts
 * at once; that there is none is said only when half of the longest window was heard without a
 * pause longer than `gap`.
 */
export function rise<R, F>(
  options: Common<R, F> & {
    of: (reading: R, site: F) => number | undefined;
    spans: (reading: R, site: F) => readonly Span[];
    /** An alert clears when the rise over the longest window is below this. */
    clear: number;
    gap: Duration;
  },
): Rule<R, F, Lows | null> {
  const { of, spans, clear, gap, ...rest } = options;
  return {
    ...rest,
    initial: null,
    judge(before, event, at) {
      if (event.kind !== "reading") return { state: before };
      const value = of(event.reading, event.site);
      if (value === undefined) return { state: before, signal: { level: "unknown" } };
      const asked = spans(event.reading, event.site);
      const longest = Math.max(...asked.map(({ within }) => within));
      const state = keep(before, value, at, longest, gap);
      const rose = (within: Duration) =>
        value - (state.lows.find(([since]) => since >= at - within)?.[1] ?? value);
      const level = worst(asked, rose);
      if (level) return { state, signal: { level, value: rose(longest) } };
      if (at - state.from < longest / 2) return { state, signal: { level: "unknown" } };
      const lingers = rose(longest) + ROUNDING >= clear || undefined;
      return { state, signal: { level: "ok", value: rose(longest), lingers } };
    },
  };
}

/** The window with one more value in it. */
function keep(
  before: Lows | null,
  value: number,
  at: Instant,
  window: Duration,
  gap: Duration,
): Lows {
  const from = before && at - before.heardAt <= gap ? before.from : at;
  const lows = (before?.lows ?? []).filter((low) => low[0] >= at - window && low[1] < value);
  const last = lows.at(-1);
  const merged = last !== undefined && at - last[0] < window / LOWS_MAX;
  return { from, heardAt: at, lows: merged ? lows : [...lows, [at, value]] };
}

/** 2.3 - 2 is 0.2999… in binary; a rise of just the bound counts. */
const ROUNDING = 1e-9;

/** The worst level that any span gives. */
const worst = (spans: readonly Span[], rose: (within: Duration) => number): Grade | undefined =>
  spans
    .map(({ within, by }) =>
      grades.findLast(
        (grade) => rose(within) + ROUNDING >= (by[grade] ?? Number.POSITIVE_INFINITY),
      ),
    )
    .reduce((a, b) => (severity(b ?? "ok") > severity(a ?? "ok") ? b : a), undefined);
