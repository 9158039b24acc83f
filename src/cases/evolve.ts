// A case is the fold of its flow log: evolve(case, line) → case. Nothing is decided here.

import { severity } from "../core/level.ts";
import type { Instant } from "../core/time.ts";
import type { Case, CaseEvent, LostReason, SensorWord, Watched } from "./case.ts";

/**
 * The case after one line of its flow log. Throws on a line that is not the next one: a bug, never
 * somebody's input.
 */
export function evolve(before: Case | null, line: CaseEvent): Case {
  if (!before) return opened(line);
  if (line.caseId !== before.id || line.seq !== before.version + 1)
    throw new Error(`${line.id} does not follow version ${before.version} of ${before.id}`);
  return {
    ...before,
    ...changes(before, line),
    changedAt: line.at,
    lastChange: { kind: line.kind, by: line.by },
    version: line.seq,
  };
}

/** The case that a whole flow log tells; null for an empty one. */
export const fold = (lines: readonly CaseEvent[], before: Case | null = null): Case | null =>
  lines.reduce<Case | null>(evolve, before);

function opened(line: CaseEvent): Case {
  const { opening, watched, alertId } = line;
  if (line.kind !== "opened" || line.seq !== 1 || !opening || !watched || !alertId)
    throw new Error(`${line.id} does not open a case`);
  return {
    id: line.caseId,
    ...opening,
    state: "filed",
    unitId: null,
    openedAt: line.at,
    changedAt: line.at,
    closedAt: null,
    verdict: null,
    openAlertIds: [alertId],
    alertIds: [alertId],
    sensorWord: { says: "abnormal", since: line.at },
    watched: [watched],
    readyToClose: false,
    reworks: 0,
    lastChange: { kind: line.kind, by: line.by },
    version: line.seq,
  };
}

function changes(before: Case, line: CaseEvent): Partial<Case> {
  const { at, unitId, verdict } = line;
  switch (line.kind) {
    case "opened":
      throw new Error(`${before.id} is opened a second time by ${line.id}`);
    case "dispatched":
      return { state: "dispatched", unitId: unitId! };
    case "accepted":
      return { state: "accepted" };
    case "handled":
      return { state: "handled" };
    case "check-passed":
      return { state: "checked" };
    case "rework":
      return { state: "dispatched", reworks: before.reworks + 1 };
    case "ready":
      return { readyToClose: true };
    case "not-ready":
      return { readyToClose: false };
    case "closed":
      return { state: "closed", verdict: verdict!, closedAt: at };
    case "voided":
      return { state: "voided", verdict: verdict!, closedAt: at };
    case "commented":
      return {};
    case "joined":
    case "escalated":
    case "alert-resolved":
    case "alert-relapsed":
    case "sensor-lost":
    case "sensor-heard":
      return heard(before, line);
  }
}

/** What alerts and sensors change. */
function heard(before: Case, line: CaseEvent): Partial<Case> {
  const { alertId, at } = line;
  const grown = line.level && severity(line.level) > severity(before.level) ? line.level : null;
  const level = grown ?? before.level;
  const open = before.openAlertIds;
  const watched = before.watched ?? [];
  switch (line.kind) {
    case "joined":
      return {
        level,
        limit: line.limit ?? before.limit,
        dueAt: line.dueAt ?? before.dueAt,
        verify: line.verify ?? before.verify,
        alertIds: [...before.alertIds, alertId!],
        ...spoken(before, [...open, alertId!], [...watched, line.watched!], at),
      };
    case "escalated":
      return { level };
    case "alert-resolved":
      return spoken(
        before,
        open.filter((id) => id !== alertId),
        watched,
        at,
      );
    case "alert-relapsed": {
      const again = open.includes(alertId!) ? open : [...open, alertId!];
      // Only a valid reading brings an alert back, so its sensor is heard.
      const found = watched.map((one) => (one.alertId === alertId ? { ...one, lost: [] } : one));
      return { level, ...spoken(before, again, found, at) };
    }
    default:
      return spoken(before, open, watched.map(remark(line)), at);
  }
}

/** Adds or lifts one reason why a watched thing is not heard. */
const remark =
  ({ kind, alertIds, lost }: CaseEvent) =>
  (one: Watched): Watched => {
    if (!alertIds?.includes(one.alertId)) return one;
    const others = one.lost.filter((reason) => reason !== lost);
    return { ...one, lost: kind === "sensor-lost" ? [...others, lost as LostReason] : others };
  };

/** The sensors' word after their alerts or what can be heard of them changed. */
function spoken(
  before: Case,
  openAlertIds: readonly string[],
  watched: readonly Watched[],
  at: Instant,
): Partial<Case> {
  const unheard = new Set(watched.filter(({ lost }) => lost.length > 0).map((one) => one.alertId));
  const says: SensorWord["says"] = openAlertIds.some((id) => !unheard.has(id))
    ? "abnormal"
    : unheard.size > 0
      ? "unknown"
      : "normal";
  const sensorWord = before.sensorWord.says === says ? before.sensorWord : { says, since: at };
  return { openAlertIds, watched, sensorWord };
}
