// One case 案卷: its state, what may be done to it, and what comes of that. Pure: decide(case, act,
// at) → events.

import type { Limit } from "../core/alert.ts";
import type { Grade } from "../core/level.ts";
import type { Text } from "../core/text.ts";
import type { Duration, Instant } from "../core/time.ts";

/** How a case ended, seen from the rule that opened it; gives each rule its precision. */
export const verdicts = ["true", "false", "duplicate", "no-action"] as const;
export type CaseVerdict = (typeof verdicts)[number];

/**
 * States of domain.md 2.6 that a sensor-born case passes through. The six stages are derived from
 * them.
 */
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

/**
 * What is done to one case. `version`, when given, must be the case's own; a stale one is a
 * conflict.
 */
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

/** Why nobody knows how a watched thing is. Each reason is lifted by itself. */
export const lostReasons = [
  "silent",
  "bad-quality",
  "out-of-service",
  "scenario-out",
  "rule-unknown",
] as const;
export type LostReason = (typeof lostReasons)[number];

/**
 * What an alert of a case watches, and what keeps it from being heard; `lost` is empty while it is
 * heard.
 */
export type Watched = {
  alertId: string;
  scenario: string;
  rule: string;
  siteId: string;
  /** Null where the rule is about the whole site. */
  sensorId: string | null;
  lost: readonly LostReason[];
};

/**
 * What the sensors say of the trouble. Abnormal: an alert of the case is open and its sensor is
 * heard. Unknown: none such, and something watched is not heard. Normal: every alert has resolved
 * and everything watched is heard, without a break since then.
 */
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
  /**
   * When it must be handled (limits.ts); null where the limit needs a work calendar and the house
   * has none.
   */
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
  /** One for each of `alertIds`, in their order. */
  watched?: readonly Watched[];
  /** How long the sensors must have been normal before it is ready to close. */
  verify: Duration;
  /** The sensors have said normal for the whole of `verify`. */
  readyToClose: boolean;
  /** Times it had to be done again. */
  reworks: number;
  exercise: boolean;
  /** What was done to it last and by whom, at `changedAt`: what a conflict tells. */
  lastChange?: { kind: CaseEvent["kind"]; by: string };
  version: number;
};

/** All that a case begins with; its opening instant is the line's own. */
export type CaseOpening = Pick<
  Case,
  | "number"
  | "siteId"
  | "communityId"
  | "cellId"
  | "class"
  | "level"
  | "filing"
  | "closing"
  | "limit"
  | "dueAt"
  | "unitRole"
  | "scenario"
  | "rule"
  | "verify"
  | "exercise"
>;

/** One line of the append-only flow log. The lines of a case, folded by evolve.ts, are the case. */
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
    | "escalated"
    | "sensor-lost"
    | "sensor-heard";
  /** A person's name, or "brain". */
  by: string;
  alertId?: string;
  unitId?: string;
  note?: string;
  verdict?: CaseVerdict;
  override?: { reason: string; approvedBy: string };
  /** opened: all that the case begins with. */
  opening?: CaseOpening;
  /** opened, joined: what the alert watches. */
  watched?: Watched;
  /** joined, escalated, alert-relapsed: the case's level from now on, where it grew. */
  level?: Grade;
  /** joined: the limit from now on, where that of the joining alert falls due sooner. */
  limit?: Limit;
  dueAt?: Instant | null;
  /** joined: the verify period from now on, where that of the joining alert is longer. */
  verify?: Duration;
  /** sensor-lost, sensor-heard: which alerts' sensors, and the reason that came or went. */
  alertIds?: readonly string[];
  lost?: LostReason;
};
