// What time alone does to a case: after the verify period of uninterrupted normal it is ready to
// close.

import type { Instant } from "../core/time.ts";
import type { Case, CaseEvent } from "./case.ts";
import { BRAIN, write } from "./lines.ts";

/** Closed and voided cases never change again, but for comments. */
export const isFinal = ({ state }: Case): boolean => state === "closed" || state === "voided";

/** When time itself next changes the case; null when only sensors or people can. */
export function nextLookAt(one: Case): Instant | null {
  if (isFinal(one) || one.readyToClose || one.sensorWord.says !== "normal") return null;
  return one.sensorWord.since + one.verify;
}

/** What has come of the time that passed until `at`, told at the instant it came. */
export function look(one: Case, at: Instant): CaseEvent[] {
  const dueAt = nextLookAt(one);
  if (dueAt === null || dueAt > at) return [];
  return write(one, [{ kind: "ready", by: BRAIN }], dueAt);
}
