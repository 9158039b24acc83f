// A case on its way: commands to it, and the case after them.

import type { Case, CaseEvent } from "../../cases/case.ts";
import { type CaseCommand, decide } from "../../cases/decide.ts";
import { fold } from "../../cases/evolve.ts";
import { operatorCalendar } from "../../cases/limits.ts";
import { look } from "../../cases/look.ts";
import { minutes } from "../../core/time.ts";
import { sampleAlert, samplePolicy } from "./sample.ts";

export const T0 = Date.parse("2026-11-20T22:00+08:00");
export const alert = sampleAlert();
export const policy = samplePolicy();
export const entry = { alert, policy, calendar: operatorCalendar, by: "brain" };
export const A = alert.id;

export const opened = { kind: "alert.opened", ...entry } as const satisfies CaseCommand;
export const resolved = { kind: "alert.resolved", alertId: A } as const satisfies CaseCommand;
export const relapsed = {
  kind: "alert.relapsed",
  alertId: A,
  level: "yellow",
} as const satisfies CaseCommand;
export const by = "li";
export const caseId = `case~S-1~99-89~${T0.toString(36)}`;
export const dispatch = {
  kind: "case.dispatch",
  caseId,
  unitId: "U-1",
  by,
} as const satisfies CaseCommand;
export const accept = { kind: "case.accept", caseId, by: "unit" } as const satisfies CaseCommand;
export const handle = {
  kind: "case.handle",
  caseId,
  note: "pumped out",
  by: "unit",
} as const satisfies CaseCommand;
export const pass = {
  kind: "case.check",
  caseId,
  passed: true,
  note: "dry",
  by,
} as const satisfies CaseCommand;
export const fail = {
  kind: "case.check",
  caseId,
  passed: false,
  note: "still wet",
  by,
} as const satisfies CaseCommand;
export const close = {
  kind: "case.close",
  caseId,
  verdict: "true",
  note: "done",
  by,
} as const satisfies CaseCommand;
export const void_ = {
  kind: "case.void",
  caseId,
  reason: "below the stage",
  by,
} as const satisfies CaseCommand;
export const ready = "look" as const;

/**
 * The case after commands a minute apart, time passing when told to. Throws when one is refused.
 */
export function caseAfter(...steps: (CaseCommand | typeof ready)[]): Case {
  let one: Case | null = null;
  steps.forEach((step, i) => {
    const at = T0 + minutes(i);
    const events: CaseEvent[] =
      step === ready ? look(one!, at + minutes(60)) : accepted(one, step, at);
    one = fold(events, one);
  });
  return one!;
}

export function accepted(before: Case | null, command: CaseCommand, at: number): CaseEvent[] {
  const decision = decide(before, command, at);
  if (!decision.ok) throw new Error(`${command.kind} was refused: ${decision.problem}`);
  return decision.events;
}

export const kinds = (before: Case | null, command: CaseCommand, at = T0 + minutes(90)) =>
  accepted(before, command, at).map(({ kind }) => kind);
export const refusal = (before: Case | null, command: CaseCommand) => {
  const decision = decide(before, command, T0 + minutes(90));
  return decision.ok ? "accepted" : decision.problem;
};

export const handled = [opened, dispatch, accept, handle];
export const handledReady = [opened, dispatch, accept, resolved, ready, handle];
export const closed = [...handledReady, close];
