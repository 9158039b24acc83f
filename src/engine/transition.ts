// What the engine tells when an alert moves.

import type { Alert, Change } from "../core/alert.ts";
import type { AnyRule, Threshold } from "../core/rule.ts";
import type { Instant } from "../core/time.ts";
import type { Evidence } from "./evidence.ts";
import { type Memory, type Moved, versionOf } from "./pipeline.ts";
import type { Subject } from "./subject.ts";

/** An alert moved: what, when, and why. */
export type Transition = {
  change: Change;
  /** The instant it is about, in its subject's own time; for one alert it never goes back. */
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

/** Makes one out of an alert that moved. `rule` is null where the rule itself is gone. */
export function transition(told: {
  subject: Subject;
  name: string;
  rule: AnyRule | null;
  moved: Moved;
  thresholds: readonly Threshold[];
  clock: Instant;
}): Transition {
  const { subject, name, rule, moved, thresholds, clock } = told;
  const { scenario, release } = subject.running;
  const { change, alert, at, witnesses, heard } = moved;
  const over = change === "resolved" || change === "latched";
  const evidence: Evidence = {
    witnesses,
    heard,
    // A hold that runs out between two readings fires for what the last one said.
    note: moved.note ?? (over ? null : (alert.note ?? null)),
    value: alert.value ?? null,
    thresholds,
    sources: rule?.sources ?? [],
    since: alert.raisedAt,
    hold: rule?.alert.hold ?? 0,
    release: rule?.alert.release ?? 0,
    scenarioVersion: scenario.version,
    ruleVersion: rule ? versionOf(rule) : 0,
    ...(release > 0 ? { scenarioRelease: release } : {}),
  };
  return {
    change,
    at,
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

/** The end of an alert that nobody can judge any more. */
export function ended(memory: Memory, note: string, now: Instant): Moved {
  const { alert, seenAt, witnesses, heard } = memory;
  const at = Math.max(now, seenAt ?? now);
  const over: Alert = { ...alert!, phase: "cooling", since: at, cooledAt: at, reached: {} };
  return { change: "resolved", alert: over, at, witnesses, heard, note };
}
