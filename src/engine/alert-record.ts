// An alert as people see it, and its flow log.

import type { Change } from "../core/alert.ts";
import type { Grade } from "../core/level.ts";
import type { Json } from "../core/rule.ts";
import type { Instant } from "../core/time.ts";

/** One alert as people see it: from its firing to its end. */
export type AlertRecord = {
  /** scenario~rule~site[~sensor]~start, the start in base 36: written twice is written once. */
  id: string;
  scenario: string;
  rule: string;
  siteId: string;
  sensorId: string | null;
  communityId: string;
  cellId: string;
  level: Grade;
  value: number | null;
  /** firing and clearing: active; latched: normal again, waits for a reset; resolved: over. */
  phase: "firing" | "clearing" | "latched" | "resolved";
  /** When the condition began, and when it had lasted long enough. */
  raisedAt: Instant;
  firedAt: Instant;
  changedAt: Instant;
  resolvedAt: Instant | null;
  acked: { by: string; at: Instant } | null;
  shelved: { by: string; at: Instant; until: Instant; reason: string } | null;
  /** Muted by a permit or another alert: its id. */
  suppressed: { by: string; at: Instant } | null;
  outOfService: boolean;
  lifeSafety: boolean;
  caseId: string | null;
  /** Opens a case then, unless somebody acknowledges it before. */
  caseDueAt: Instant | null;
  scenarioVersion: number;
  ruleVersion: number;
  /** The release of the parameters that it fired with; without one they were the scenario's own. */
  scenarioRelease?: number;
  /** Times it reopened within its cooldown. */
  reopened: number;
  exercise: boolean;
  /** What was done to it last and by whom, at `changedAt`: what a conflict tells. */
  lastChange?: { kind: AlertEvent["kind"]; by: string };
  /** Grows with every line of its flow log. */
  version: number;
};

/** One line of an alert's flow log. A transition carries its evidence. */
export type AlertEvent = {
  /** Alert id and sequence number. */
  id: string;
  alertId: string;
  seq: number;
  at: Instant;
  kind:
    | Change
    | "acknowledged"
    | "shelved"
    | "unshelved"
    | "suppressed"
    | "unsuppressed"
    | "reset"
    | "commented"
    | "case-opened";
  /** A person's name, or "brain". */
  by: string;
  level: Grade;
  value: number | null;
  note: string | null;
  /** See engine/evidence.ts; null for what people do. */
  evidence: Json;
};
