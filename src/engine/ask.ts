// The single place where a scenario's code runs, and where its failure stops.

import type { AnyRule, Threshold } from "../core/rule.ts";
import { type Duration, type Instant, minutes } from "../core/time.ts";
import { faultIn } from "./json.ts";
import { type Asking, advance, Poison, putOff, type Step, unasked } from "./pipeline.ts";
import type { Subject } from "./subject.ts";

/** What a rule did that it may not do. */
export type Fault = {
  scenario: string;
  rule: string;
  fault: "throws" | "not-json" | "bad-answer";
  detail: string;
};

const DETAIL_MAX = 300;
/** A rule that failed when it was woken is woken again so much later: at once it would fail at once, and time would stand still. */
const RETRY: Duration = minutes(5);

/** Puts a rule of a subject to one event. One that fails has said nothing, and its memory stays as it was. */
export function ask(
  subject: Subject,
  index: number,
  asking: Asking,
  at: Instant,
  faults: Fault[],
): Step {
  const named = subject.rules[index]!;
  const memory = subject.memories[index]!;
  try {
    return advance(named, subject.key, memory, asking, at);
  } catch (error) {
    faults.push(faultOf(subject, named.name, error));
    return unasked(named.rule, putOff(memory, RETRY, at), asking.event, at);
  }
}

/** The bounds in force, for the evidence; none where the rule can't say. */
export function boundsOf(
  subject: Subject,
  name: string,
  rule: AnyRule,
  site: unknown,
  faults: Fault[],
): readonly Threshold[] {
  if (!rule.thresholds) return [];
  try {
    const bounds = rule.thresholds(site);
    const fault = Array.isArray(bounds) ? faultIn(bounds) : "are no list";
    if (fault) throw new Poison("not-json", `the thresholds of "${rule.asks.en}": ${fault}`);
    return bounds;
  } catch (error) {
    faults.push(faultOf(subject, name, error));
    return [];
  }
}

function faultOf(subject: Subject, rule: string, error: unknown): Fault {
  const detail = error instanceof Error ? `${error.name}: ${error.message}` : typeof error;
  return {
    scenario: subject.running.scenario.id,
    rule,
    fault: error instanceof Poison ? error.fault : "throws",
    detail: detail.slice(0, DETAIL_MAX),
  };
}
