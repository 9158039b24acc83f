// Lines of the flow log before they have their number.

import type { Instant } from "../core/time.ts";
import type { Case, CaseEvent } from "./case.ts";

/** What is known of a line before it is written down. */
export type Line = Omit<CaseEvent, "id" | "caseId" | "seq" | "at">;

/** Who writes what no person did. */
export const BRAIN = "brain";

/** Numbers lines on from a case's version. A line is never earlier than what happened before it. */
export const write = (before: Case, lines: readonly Line[], at: Instant): CaseEvent[] =>
  lines.map((line, i) =>
    lineOf(before.id, before.version + 1 + i, line, Math.max(at, before.changedAt)),
  );

export const lineOf = (caseId: string, seq: number, line: Line, at: Instant): CaseEvent => ({
  id: `${caseId}.${seq}`,
  caseId,
  seq,
  at,
  ...line,
});
