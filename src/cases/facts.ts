// What alerts and sensors tell a case, and what the case writes down of it. Facts are never
// refused; some change nothing.

import type { CasePolicy } from "../core/alert.ts";
import { type Grade, severity } from "../core/level.ts";
import type { Instant } from "../core/time.ts";
import type { Case, LostReason, Watched } from "./case.ts";
import { caseIdOf, caseNumberOf, openingInstant } from "./identity.ts";
import { dueAt, type WorkCalendar } from "./limits.ts";
import { BRAIN, type Line } from "./lines.ts";

/** What a case takes from an alert; the engine's AlertRecord has it all. */
export type CaseAlert = {
  id: string;
  scenario: string;
  rule: string;
  siteId: string;
  sensorId: string | null;
  communityId: string;
  cellId: string;
  level: Grade;
  exercise: boolean;
  /** The case it was in before, which is closed by now; null: none. */
  caseId: string | null;
};

/** An alert enters a case, by its policy or by a person's hand. */
type Entry = {
  alert: CaseAlert;
  policy: CasePolicy;
  calendar: WorkCalendar | null;
  by: string;
  note?: string;
};

export type CaseFact =
  | ({ kind: "alert.opened" } & Entry)
  | ({ kind: "alert.joined" } & Entry)
  | { kind: "alert.escalated"; alertId: string; level: Grade }
  | { kind: "alert.resolved"; alertId: string }
  | { kind: "alert.relapsed"; alertId: string; level: Grade }
  /** Nobody knows any more what these alerts watch, for this reason. */
  | { kind: "sensor.lost"; alertIds: readonly string[]; why: LostReason }
  /** This reason is gone. While another remains, they are still unknown. */
  | { kind: "sensor.heard"; alertIds: readonly string[]; why: LostReason };

/**
 * Identity and first line of a new case. Its verify period, limit and words are those of the
 * policy.
 */
export function opening(entry: Entry, at: Instant): { caseId: string; at: Instant; line: Line } {
  const { alert, policy, calendar, by } = entry;
  const openedAt = openingInstant(alert.siteId, policy.class, at, alert.caseId);
  const caseId = caseIdOf(alert.siteId, policy.class, openedAt);
  const line: Line = {
    kind: "opened",
    by,
    alertId: alert.id,
    ...noted(entry.note),
    watched: watchedBy(alert),
    opening: {
      number: caseNumberOf(caseId, openedAt),
      siteId: alert.siteId,
      communityId: alert.communityId,
      cellId: alert.cellId,
      class: policy.class,
      level: alert.level,
      filing: policy.filing,
      closing: policy.closing,
      limit: policy.limit,
      dueAt: dueAt(policy.limit, openedAt, calendar),
      unitRole: policy.unit,
      scenario: alert.scenario,
      rule: alert.rule,
      verify: policy.verify,
      exercise: alert.exercise,
    },
  };
  return { caseId, at: openedAt, line };
}

/** The first line that a fact writes into an open case; null where it says nothing new. */
export function told(
  before: Case,
  fact: Exclude<CaseFact, { kind: "alert.opened" }>,
  at: Instant,
): Line | null {
  switch (fact.kind) {
    case "alert.joined":
      return joined(before, fact, at);
    case "alert.escalated":
      if (!before.openAlertIds.includes(fact.alertId)) return null;
      if (severity(fact.level) <= severity(before.level)) return null;
      return { kind: "escalated", by: BRAIN, alertId: fact.alertId, level: fact.level };
    case "alert.resolved":
      if (!before.openAlertIds.includes(fact.alertId)) return null;
      return { kind: "alert-resolved", by: BRAIN, alertId: fact.alertId };
    case "alert.relapsed":
      if (!before.alertIds.includes(fact.alertId)) return null;
      return {
        kind: "alert-relapsed",
        by: BRAIN,
        alertId: fact.alertId,
        ...grown(before, fact.level),
      };
    case "sensor.lost":
    case "sensor.heard":
      return remarked(before, fact);
  }
}

/**
 * Whether a fact's first line says that the trouble is there again, after it was or might have
 * been gone.
 */
export const isRelapse = ({ kind }: Line): boolean =>
  kind === "joined" || kind === "alert-relapsed";

function joined(
  before: Case,
  { alert, policy, calendar, by, note }: Entry,
  at: Instant,
): Line | null {
  if (before.alertIds.includes(alert.id)) return null;
  const due = dueAt(policy.limit, Math.max(at, before.changedAt), calendar);
  const sooner = due !== null && (before.dueAt === null || due < before.dueAt);
  return {
    kind: "joined",
    by,
    alertId: alert.id,
    watched: watchedBy(alert),
    ...noted(note),
    ...grown(before, alert.level),
    ...(sooner ? { limit: policy.limit, dueAt: due } : {}),
    ...(policy.verify > before.verify ? { verify: policy.verify } : {}),
  };
}

function remarked(
  before: Case,
  fact: Extract<CaseFact, { kind: "sensor.lost" | "sensor.heard" }>,
): Line | null {
  const lost = fact.kind === "sensor.lost";
  const concerned = (before.watched ?? [])
    .filter((one) => fact.alertIds.includes(one.alertId) && one.lost.includes(fact.why) !== lost)
    .map((one) => one.alertId);
  if (concerned.length === 0) return null;
  const kind = lost ? "sensor-lost" : "sensor-heard";
  return { kind, by: BRAIN, alertIds: concerned, lost: fact.why };
}

const watchedBy = ({ id, scenario, rule, siteId, sensorId }: CaseAlert): Watched => ({
  alertId: id,
  scenario,
  rule,
  siteId,
  sensorId,
  lost: [],
});

const grown = (before: Case, level: Grade): { level?: Grade } =>
  severity(level) > severity(before.level) ? { level } : {};

const noted = (note: string | undefined): { note?: string } => (note ? { note } : {});
