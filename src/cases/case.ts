// One case 案卷: its state, what may be done to it, and what comes of that. Pure: decide(case, act, at) → events.

import type { Limit } from "../core/alert.ts";
import type { Grade } from "../core/level.ts";
import type { Text } from "../core/text.ts";
import type { Duration, Instant } from "../core/time.ts";

/** How a case ended, seen from the rule that opened it; gives each rule its precision. */
export const verdicts = ["true", "false", "duplicate", "no-action"] as const;
export type CaseVerdict = (typeof verdicts)[number];

/** States of domain.md 2.6 that a sensor-born case passes through. The six stages are derived from them. */
export const caseStates = [
  "filed",
  "dispatched",
  "accepted",
  "handled",
  "checked",
  "closed",
  "voided",
] as const;
export type CaseState = (typeof caseStates)[number];

/** What is done to one case. `version`, when given, must be the case's own; a stale one is a conflict. */
export type CaseAct =
  /** An operator opens the case of an alert before its policy does. */
  | { kind: "case.open"; alertId: string; note?: string }
  | { kind: "case.dispatch"; caseId: string; version?: number; unitId: string; note?: string }
  | { kind: "case.accept"; caseId: string; version?: number; note?: string }
  | { kind: "case.handle"; caseId: string; version?: number; note: string }
  | { kind: "case.check"; caseId: string; version?: number; passed: boolean; note: string }
  | {
      kind: "case.close";
      caseId: string;
      version?: number;
      verdict: CaseVerdict;
      note: string;
      /** Closes against the sensor's word: needs a reason and a second person. */
      override?: { reason: string; approvedBy: string };
    }
  | { kind: "case.void"; caseId: string; version?: number; reason: string }
  | { kind: "case.comment"; caseId: string; note: string };

/** What the sensors say of the trouble: it is there, it is gone since, or nobody knows. */
export type SensorWord =
  | { says: "abnormal"; since: Instant }
  | { says: "normal"; since: Instant }
  | { says: "unknown"; since: Instant };

export type Case = {
  /** Made of site, class and opening instant: opened twice is opened once. */
  id: string;
  /** What people call it: date and a short code. */
  number: string;
  siteId: string;
  communityId: string;
  cellId: string;
  /** "99-89". */
  class: string;
  level: Grade;
  state: CaseState;
  filing: Text;
  closing: Text;
  limit: Limit;
  /** Role of the unit that ought to have it, and the unit that has it. */
  unitRole: string;
  unitId: string | null;
  openedAt: Instant;
  /** When it must be handled, where the limit runs on the clock; null where it needs a work calendar. */
  dueAt: Instant | null;
  changedAt: Instant;
  closedAt: Instant | null;
  verdict: CaseVerdict | null;
  scenario: string;
  rule: string;
  /** Alerts that joined it and are still open, and all that ever did. */
  openAlertIds: readonly string[];
  alertIds: readonly string[];
  sensorWord: SensorWord;
  /** How long the sensors must have been normal before it is ready to close. */
  verify: Duration;
  /** The sensors have said normal for the whole of `verify`. */
  readyToClose: boolean;
  /** Times it had to be done again. */
  reworks: number;
  exercise: boolean;
  version: number;
};

/** One line of the append-only flow log. */
export type CaseEvent = {
  /** Case id and sequence number: written twice is written once. */
  id: string;
  caseId: string;
  /** The case's version after it. */
  seq: number;
  at: Instant;
  kind:
    | "opened"
    | "joined"
    | "alert-resolved"
    | "alert-relapsed"
    | "dispatched"
    | "accepted"
    | "handled"
    | "check-passed"
    | "rework"
    | "ready"
    | "not-ready"
    | "closed"
    | "voided"
    | "commented"
    | "escalated";
  by: string;
  alertId?: string;
  unitId?: string;
  note?: string;
  verdict?: CaseVerdict;
  override?: { reason: string; approvedBy: string };
};
