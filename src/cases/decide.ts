// What may be done to a case, and what comes of it: decide(case, command, at) → lines of its flow
// log, or a refusal.

import { type Instant, minutes } from "../core/time.ts";
import { type Case, type CaseAct, type CaseEvent, verdicts } from "./case.ts";
import { fold } from "./evolve.ts";
import { type CaseFact, isRelapse, opening, told } from "./facts.ts";
import { BRAIN, type Line, lineOf, write } from "./lines.ts";
import { isFinal } from "./look.ts";
import { type CaseProblem, type CaseRefusal, refuse } from "./refusal.ts";

/** What a person does to a case that is there. */
export type PersonAct = Exclude<CaseAct, { kind: "case.open" }>;
export type CaseCommand = (PersonAct & { by: string }) | CaseFact;
export type Decision = { ok: true; events: CaseEvent[] } | CaseRefusal;

/**
 * Decides one command. The lines, folded by evolve.ts, give the case after it; a refusal changes
 * nothing. Facts of alerts and sensors are never refused: what they say is written down or was
 * known. An `at` before the last change counts as that one.
 */
export function decide(before: Case | null, command: CaseCommand, at: Instant): Decision {
  switch (command.kind) {
    case "alert.opened":
      if (before) throw new Error(`${before.id} is open: an alert joins it`);
      return open(command, at);
    case "alert.joined":
    case "alert.escalated":
    case "alert.resolved":
    case "alert.relapsed":
    case "sensor.lost":
    case "sensor.heard":
      return { ok: true, events: before ? heard(before, command, at) : [] };
    default:
      return before ? acted(before, command, at) : refuse("case-not-found", { id: command.caseId });
  }
}

function open(fact: Extract<CaseFact, { kind: "alert.opened" }>, at: Instant): Decision {
  const first = opening(fact, at);
  return { ok: true, events: [lineOf(first.caseId, 1, first.line, first.at)] };
}

/**
 * A fact and what follows from it: the case is no longer ready, or the work has to be done again.
 */
function heard(
  before: Case,
  fact: Exclude<CaseFact, { kind: "alert.opened" }>,
  at: Instant,
): CaseEvent[] {
  const line = isFinal(before) ? null : told(before, fact, at);
  if (!line) return [];
  const lines = [line];
  const after = fold(write(before, lines, at), before)!;
  const cause = line.alertId === undefined ? {} : { alertId: line.alertId };
  if (before.readyToClose && after.sensorWord.says !== "normal")
    lines.push({ kind: "not-ready", by: BRAIN, ...cause });
  if (isRelapse(line) && wasHandled(before)) lines.push({ kind: "rework", by: BRAIN, ...cause });
  return write(before, lines, at);
}

const wasHandled = ({ state }: Case): boolean => state === "handled" || state === "checked";

function acted(before: Case, act: PersonAct & { by: string }, at: Instant): Decision {
  if ("version" in act && act.version !== undefined && act.version !== before.version)
    return refuse("version-conflict", { ...about(before), given: act.version });
  if (act.kind !== "case.comment" && isFinal(before)) return refuse("case-final", about(before));
  const line = lineFor(before, act);
  return "ok" in line ? line : { ok: true, events: write(before, [line], at) };
}

function lineFor(before: Case, act: PersonAct & { by: string }): Line | CaseRefusal {
  const { by } = act;
  switch (act.kind) {
    case "case.dispatch":
      return dispatch(before, act);
    case "case.accept":
      return (
        outOfTurn(before, { filed: "case-not-dispatched", accepted: "case-already-accepted" }) ??
        noteOn({ kind: "accepted", by }, act.note)
      );
    case "case.handle":
      return (
        outOfTurn(before, { filed: "case-not-dispatched", dispatched: "case-not-accepted" }) ??
        needed("case-note-required", before, act.note) ??
        noteOn({ kind: "handled", by }, act.note)
      );
    case "case.check":
      return check(before, act);
    case "case.close":
      return close(before, act);
    case "case.void":
      return (
        // Once it was handled, somebody went out for it: it was a case, whatever its verdict.
        (wasHandled(before) || before.reworks > 0
          ? refuse("case-void-after-handling", about(before))
          : undefined) ??
        needed("case-reason-required", before, act.reason) ??
        // Void means that the filing condition was not met, so the rule was wrong.
        noteOn({ kind: "voided", by, verdict: "false" }, act.reason)
      );
    case "case.comment":
      return (
        needed("case-note-required", before, act.note) ??
        noteOn({ kind: "commented", by }, act.note)
      );
  }
}

type Acting<K extends PersonAct["kind"]> = Extract<PersonAct, { kind: K }> & { by: string };

/** A case may go to another unit until it is handled; the flow log keeps who had it. */
function dispatch(before: Case, act: Acting<"case.dispatch">): Line | CaseRefusal {
  const { by, note } = act;
  const unitId = act.unitId.trim();
  const refusal = outOfTurn(before, {}) ?? needed("case-unit-required", before, unitId);
  if (refusal) return refusal;
  if (before.unitId === unitId)
    return refuse("case-already-with-unit", { ...about(before), unitId });
  return noteOn({ kind: "dispatched", by, unitId }, note);
}

/**
 * A failed check sends the case back to its unit. What was passed may still be found wanting
 * later.
 */
function check(before: Case, act: Acting<"case.check">): Line | CaseRefusal {
  const { by, passed, note } = act;
  if (!wasHandled(before)) return refuse("case-not-handled", about(before));
  if (passed && before.state === "checked") return refuse("case-already-checked", about(before));
  return (
    needed("case-note-required", before, note) ??
    noteOn({ kind: passed ? "check-passed" : "rework", by }, note)
  );
}

/**
 * Work done, seen to be done, and the sensors agree: only then is it over, or two people answer
 * for it.
 */
function close(before: Case, act: Acting<"case.close">): Line | CaseRefusal {
  const { by, verdict, note, override } = act;
  if (!wasHandled(before)) return refuse("case-not-handled", about(before));
  if (before.state === "handled" && !before.readyToClose)
    return refuse("case-not-checked", about(before));
  if (!verdicts.includes(verdict))
    return refuse("case-verdict-required", { ...about(before), allowed: verdicts.join(", ") });
  const missing = needed("case-note-required", before, note);
  if (missing) return missing;
  const line: Line = noteOn({ kind: "closed", by, verdict }, note);
  if (override) {
    const refusal = overridden(before, by, override);
    if (refusal) return refusal;
  }
  if (before.readyToClose) return line; // nothing was overridden, so nothing is said to have been
  return override ? { ...line, override } : refuse("case-sensors-not-normal", wordOf(before));
}

/** An override needs a reason, and a second person who is a person. */
function overridden(
  before: Case,
  by: string,
  { reason, approvedBy }: { reason: string; approvedBy: string },
): CaseRefusal | undefined {
  const approver = nameOf(approvedBy);
  if (approver === "" || approver === nameOf(by) || approver === BRAIN)
    return refuse("case-override-needs-second-person", { ...about(before), approvedBy });
  return needed("case-override-reason-required", before, reason);
}

/** The same person in other letters is the same person. */
const nameOf = (name: string): string => name.trim().normalize("NFKC").toLowerCase();

/**
 * Refuses what must come before handling, by the state the case is in; undefined where it may be
 * done.
 */
function outOfTurn(
  before: Case,
  refusals: Partial<Record<Case["state"], CaseProblem>>,
): CaseRefusal | undefined {
  const late: CaseProblem | undefined = wasHandled(before) ? "case-already-handled" : undefined;
  const problem = refusals[before.state] ?? late;
  return problem && refuse(problem, about(before));
}

const needed = (problem: CaseProblem, before: Case, text: string): CaseRefusal | undefined =>
  text.trim() === "" ? refuse(problem, about(before)) : undefined;

const noteOn = (line: Line, note: string | undefined): Line => (note ? { ...line, note } : line);

/** What every refusal says of the case: what it is now and what was done to it last. */
const about = (one: Case): Record<string, string | number> => ({
  id: one.id,
  number: one.number,
  version: one.version,
  state: one.state,
  changedAt: one.changedAt,
  ...(one.lastChange ? { change: one.lastChange.kind, by: one.lastChange.by } : {}),
});

const wordOf = (one: Case): Record<string, string | number> => ({
  ...about(one),
  word: one.sensorWord.says,
  wordSinceAt: one.sensorWord.since,
  verifyMinutes: one.verify / minutes(1),
});
