// Everything that people and the brain itself do to alerts, cases, the register and scenarios. Each enters through the log.

import type { CaseAct } from "../cases/case.ts";
import type { Json } from "../core/rule.ts";
import type { Instant } from "../core/time.ts";
import type { RegisterChange } from "../register/entities.ts";
import type { Position } from "../store/log.ts";

/** What is done to one alert. `version`, when given, must be the alert's; else the answer says what the other did. */
export type AlertAct =
  | { kind: "alert.acknowledge"; alertId: string; version?: number; note?: string }
  | { kind: "alert.shelve"; alertId: string; version?: number; until: Instant; reason: string }
  | { kind: "alert.unshelve"; alertId: string; version?: number }
  | { kind: "alert.reset"; alertId: string; version?: number; note?: string }
  | { kind: "alert.comment"; alertId: string; note: string };

export type Act =
  | AlertAct
  | CaseAct
  /** The brain begins to run; it was not running since `downSince` (null: it never ran on this log). */
  | { kind: "brain.start"; downSince: Instant | null }
  /** Birth or last will of a sensor or gateway. */
  | { kind: "link"; id: string; online: boolean }
  | { kind: "register.change"; changes: readonly RegisterChange[] }
  /** The judge's own finding on a rule; makes the fault alert. */
  | { kind: "scenario.slow"; scenario: string; rule: string; tookMs: number }
  | { kind: "scenario.out"; scenario: string; reason: string }
  | { kind: "scenario.in"; scenario: string }
  /**
   * The scenario is judged beside itself from now on, with these parameters laid over those in force; null ends that. What
   * the shadow finds is on record apart, and nobody is told of it.
   */
  | { kind: "scenario.shadow"; scenario: string; params: Readonly<Record<string, Json>> | null }
  /** The scenario judges with these parameters laid over those in force from now on, or with those of the release before. */
  | {
      kind: "scenario.release";
      scenario: string;
      params: Readonly<Record<string, Json>>;
      approvedBy?: string;
    }
  | { kind: "scenario.rollback"; scenario: string; approvedBy?: string };

/** `key` makes a repeated command answer as it did the first time; `by` is a person's or token's name, or "brain". */
export type Command = { key: string; by: string; act: Act };

/** What came of a command. A refusal names a problem of api/problems.ts and its parameters. */
export type Outcome = { key: string; position: Position } & (
  | { ok: true; result: Json }
  | { ok: false; problem: string; params: Record<string, string | number> }
);
