// What the engine tells when an alert moves.

import type { Alert, Change } from "../core/alert.ts";
import type { AnyRule, Heard } from "../core/rule.ts";
import type { Instant } from "../core/time.ts";
import type { Evidence } from "./evidence.ts";
import { type Step, versionOf } from "./pipeline.ts";
import type { Subject } from "./subject.ts";

/** An alert moved: what, when, and why. */
export type Transition = {
  change: Change;
  /** The instant it is about: the sensor's time, or the wake's. */
  at: Instant;
  /** The clock of receipt when it was found; people's and cases' timers follow this one. */
  clock: Instant;
  scenario: string;
  rule: string;
  siteId: string;
  sensorId: string | null;
  alert: Alert;
  lifeSafety: boolean;
  evidence: Evidence;
};

/** Makes one out of what a step did. `rule` is null where the rule itself is gone. */
export function transition(told: {
  subject: Subject;
  name: string;
  rule: AnyRule | null;
  step: Omit<Step, "memory">;
  heard: Heard | null;
  at: Instant;
  clock: Instant;
  site: unknown;
}): Transition {
  const { subject, name, rule, step, heard, at, clock, site } = told;
  const { scenario } = subject.running;
  const alert = step.alert!;
  const evidence: Evidence = {
    witnesses: step.witnesses,
    heard,
    note: step.note ?? null,
    value: alert.value ?? null,
    thresholds: rule?.thresholds?.(site) ?? [],
    sources: rule?.sources ?? [],
    since: alert.raisedAt,
    hold: rule?.alert.hold ?? 0,
    release: rule?.alert.release ?? 0,
    scenarioVersion: scenario.version,
    ruleVersion: rule ? versionOf(rule) : 0,
  };
  return {
    change: step.change!,
    at: Math.max(at, alert.since),
    clock,
    scenario: scenario.id,
    rule: name,
    siteId: subject.siteId,
    sensorId: subject.sensorId,
    alert,
    lifeSafety: scenario.lifeSafety?.includes(name) ?? false,
    evidence,
  };
}
