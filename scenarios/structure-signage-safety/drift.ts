import {
  type Bounds,
  grades,
  hours,
  type Instant,
  minutes,
  type Rule,
  type Signal,
} from "#scenario";
import type { Reading, Site } from "./schema.ts";

type Place = readonly number[];
/** In minutes, since rows are kept short. */
type Mark = readonly [minute: number, ...place: Place];
/** Where it was, every hour and a half of the last day; heard without a long pause since `from`. */
type Track = { from: Instant; heardAt: Instant; marks: readonly Mark[] };

const WINDOW = hours(24);
const MARK_EVERY = minutes(85);
/** A pause of three periods and more: what happened meanwhile nobody knows. */
const PAUSE = hours(6);
/** 0.5 less 0.4 is 0.0999… in binary; just the bound counts. */
const ROUNDING = 1e-9;

/**
 * Watches how far something has moved from where it was within the last 24 hours. A movement counts
 * when it is seen from two marks at least, so that one bad mark is none; rest is said after twelve
 * hours of listening.
 */
export function drift(
  options: Pick<Rule<Reading, Site>, "asks" | "sources" | "rationale" | "alert"> & {
    of: (reading: Reading) => Place | undefined;
    /** How far `now` is from `then`. */
    apart: (now: Place, then: Place) => number;
    bounds: Bounds;
    /** Still less than this in 24 hours is rest. */
    clear: number;
  },
): Rule<Reading, Site, Track | null> {
  const { of, apart, bounds, clear, ...rest } = options;
  return {
    ...rest,
    initial: null,
    judge(before, event, at) {
      if (event.kind !== "reading") return { state: before };
      const place = of(event.reading);
      if (place === undefined) return { state: before, signal: { level: "unknown" } };
      const state = followed(before, place, at);
      const moves = state.marks.map(([, ...then]) => apart(place, then)).sort((a, b) => b - a);
      return { state, signal: told(moves[1], at - state.from >= WINDOW / 2, bounds, clear) };
    },
  };
}

function told(value: number | undefined, long: boolean, bounds: Bounds, clear: number): Signal {
  if (value === undefined) return { level: "unknown" };
  const level = grades.findLast(
    (grade) => value + ROUNDING >= (bounds[grade] ?? Number.POSITIVE_INFINITY),
  );
  if (level) return { level, value };
  if (!long) return { level: "unknown" };
  return value + ROUNDING >= clear ? { level: "ok", value, lingers: true } : { level: "ok", value };
}

function followed(before: Track | null, place: Place, at: Instant): Track {
  const from = before && at - before.heardAt <= PAUSE ? before.from : at;
  const marks = (before?.marks ?? []).filter(([then]) => minutes(then) >= at - WINDOW);
  const last = marks.at(-1);
  const isDue = last === undefined || at - minutes(last[0]) >= MARK_EVERY;
  return {
    from,
    heardAt: at,
    marks: isDue ? [...marks, [Math.floor(at / minutes(1)), ...place]] : marks,
  };
}
