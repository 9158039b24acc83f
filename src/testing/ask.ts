// Puts one rule to a row of readings by itself, without engine or alert: what it says, and what it
// keeps.

import type { AnyRule, Event, Json, Rule, Verdict } from "../core/rule.ts";
import type { Instant } from "../core/time.ts";
import { deepFreeze } from "./freeze.ts";

/**
 * What happens to a rule: a reading of a sensor ("s1" unless said), or null for the wake that it
 * asked for.
 */
export type Asked<R> = { at: Instant; reading: R | null; sensorId?: string };
export type Answered<S> = Asked<unknown> & { verdict: Verdict<S> };

/** Folds a rule over a story; its state and all that it is given are frozen. */
export function ask<R, F, S extends Json>(
  rule: Rule<R, F, S>,
  story: readonly Asked<R>[],
  site: F,
): Answered<S>[] {
  deepFreeze(site);
  let state = deepFreeze(rule.initial);
  return story.map((asked) => {
    const { at, reading, sensorId = "s1" } = asked;
    const event: Event<R, F> =
      reading === null
        ? { kind: "wake", site }
        : { kind: "reading", sensorId, reading: deepFreeze(reading), receivedAt: at, site };
    const verdict = rule.judge(state, event, at);
    state = deepFreeze(verdict.state);
    return { ...asked, verdict };
  });
}

/** Steps with the time between them, as steps with the instant of each. */
export function inTime<T extends { gapS: number }>(steps: readonly T[]): (T & { at: Instant })[] {
  let at = 0;
  return steps.map((step) => {
    at += step.gapS * 1_000;
    return { ...step, at };
  });
}

/** What a signal says, in short: "yellow 3.9", "ok", "lingers 3.6", "unknown", "-" for nothing. */
export function inShort({ signal }: Verdict<Json>): string {
  if (!signal) return "-";
  const word = signal.lingers ? "lingers" : signal.level;
  return signal.value === undefined ? word : `${word} ${Number(signal.value.toFixed(3))}`;
}

/**
 * The parts of a rule that a preset leaves to its caller, for tests that are about something else.
 */
export const anyWords: Pick<AnyRule, "asks" | "sources" | "rationale" | "alert"> = {
  asks: { zh: "如何？", en: "How?" },
  sources: [{ kind: "operator-default" }],
  rationale: {
    act: { zh: "看", en: "Look" },
    within: 60_000,
    otherwise: { zh: "无", en: "Nothing" },
  },
  alert: { hold: 0, release: 0 },
};
