import { type Duration, hours, type Instant, type Json, type Rule } from "#scenario";
import type { Reading, Site } from "./schema.ts";

type Mark = { at: Instant; levelM: number };
type Steady<S extends Json> = { last: Mark | null; doubted: Mark | null; inner: S };

/** After so long without a reading the water may be anywhere, and nothing is a step. */
const FORGOTTEN_AFTER: Duration = hours(1);

/**
 * Puts a rule behind a step check: water does not jump. A level more than `stepM` from the last
 * believed one is unknown to the rule, until the next reading bears it out.
 */
export function steady<S extends Json>(
  rule: Rule<Reading, Site, S>,
  stepM: number,
): Rule<Reading, Site, Steady<S>> {
  return {
    ...rule,
    initial: { last: null, doubted: null, inner: rule.initial },
    judge(state, event, at) {
      if (event.kind !== "reading") {
        const verdict = rule.judge(state.inner, event, at);
        return { ...verdict, state: { ...state, inner: verdict.state } };
      }
      const { levelM } = event.reading;
      const isNear = (mark: Mark | null) =>
        mark !== null && Math.abs(levelM - mark.levelM) <= stepM;
      const isFirst = state.last === null || at - state.last.at > FORGOTTEN_AFTER;
      if (!isFirst && !isNear(state.last) && !isNear(state.doubted))
        return {
          state: { ...state, doubted: { at, levelM } },
          signal: { level: "unknown", note: "suspect:step" },
        };
      const verdict = rule.judge(state.inner, event, at);
      return { ...verdict, state: { last: { at, levelM }, doubted: null, inner: verdict.state } };
    },
  };
}
