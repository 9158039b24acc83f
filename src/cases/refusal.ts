// Why a case says no: a closed list. Each has its words and its remedy in api/problems.ts, which
// must have them all.

/** Every refusal of cases. `version-conflict` and `alert-not-found` are shared with alerts. */
export type CaseProblem =
  | "case-not-found"
  | "version-conflict"
  | "case-final"
  | "case-unit-required"
  | "case-note-required"
  | "case-reason-required"
  | "case-already-with-unit"
  | "case-not-dispatched"
  | "case-not-accepted"
  | "case-already-accepted"
  | "case-not-handled"
  | "case-already-handled"
  | "case-already-checked"
  | "case-not-checked"
  | "case-verdict-required"
  | "case-sensors-not-normal"
  | "case-override-reason-required"
  | "case-override-needs-second-person"
  | "case-void-after-handling"
  | "alert-not-found"
  | "alert-resolved"
  | "alert-makes-no-case"
  | "alert-already-in-case";

/** A no with the facts that its words need. Instants are named …At and are ms since the epoch. */
export type CaseRefusal = {
  ok: false;
  problem: CaseProblem;
  params: Record<string, string | number>;
};

export const refuse = (
  problem: CaseProblem,
  params: Record<string, string | number> = {},
): CaseRefusal => ({ ok: false, problem, params });
