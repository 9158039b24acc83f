// Bounds on one number, a level each, and what a value says against them.

import { type Grade, grades } from "../level.ts";
import type { Rule, Signal, Threshold } from "../rule.ts";
import type { Instant } from "../time.ts";
import type { Common, Condition } from "./preset.ts";

/** The bound of each level that has one. */
export type Bounds = { readonly [G in Grade]?: number | undefined };
export type Direction = Threshold["when"];

/** What `above` and `below` are made of. */
export type BoundOptions<R, F> = Common<R, F> & {
  /** The field whose plot the bounds belong to. */
  field: keyof R & string;
  /** The number itself, where it is not the field as sent. Undefined or not finite: unknown. */
  of?: (reading: R, site: F, at: Instant) => number | undefined;
  when?: Condition<R, F>;
  bounds: (site: F) => Bounds;
  /**
   * Only the lowest level's counts: an open alert never shrinks, so it ends where its mildest level
   * ends.
   */
  clear: (site: F) => Bounds;
};

/**
 * A rule on one number that keeps no state: whether an alert lingers between raise and clear is the
 * alert's to know.
 */
export function bounded<R, F>(direction: Direction, options: BoundOptions<R, F>): Rule<R, F, null> {
  const {
    field,
    of = (reading) => reading[field] as number | undefined,
    when,
    bounds,
    clear,
    ...rest
  } = options;
  return {
    ...rest,
    initial: null,
    thresholds: (site) => thresholdsOf(field, direction, bounds(site), clear(site)),
    judge(state, event, at) {
      if (event.kind !== "reading") return { state };
      const { reading, site } = event;
      const applies = when ? when(reading, site, at) : true;
      if (applies === undefined) return { state, signal: { level: "unknown" } };
      if (!applies) return { state, signal: { level: "ok" } };
      const value = of(reading, site, at);
      return { state, signal: against(direction, value, bounds(site), clear(site)) };
    },
  };
}

/**
 * What a value says against its bounds: the worst level it has reached, ok, or lingering before the
 * clear value.
 */
export function against(
  direction: Direction,
  value: number | undefined,
  raise: Bounds,
  clear: Bounds,
): Signal {
  const lowest = grades.find((grade) => raise[grade] !== undefined);
  if (value === undefined || !Number.isFinite(value) || lowest === undefined)
    return { level: "unknown" };
  const beyond = (bound: number | undefined): boolean =>
    bound !== undefined && (direction === "below" ? value < bound : value >= bound);
  const level = grades.findLast((grade) => beyond(raise[grade]));
  if (level) return { level, value };
  return beyond(clear[lowest]) ? { level: "ok", value, lingers: true } : { level: "ok", value };
}

/** The bounds as they are drawn beside the readings. */
export const thresholdsOf = (
  field: string,
  when: Direction,
  raise: Bounds,
  clear: Bounds,
): Threshold[] =>
  grades.flatMap((level): Threshold[] => {
    const [bound, left] = [raise[level], clear[level]];
    if (bound === undefined) return [];
    return [{ field, when, bound, level, ...(left === undefined ? {} : { clear: left }) }];
  });
