// When an alert becomes a case, and which: declared by the rule, run by the house.

import { type Grade, severity } from "./level.ts";
import type { Text } from "./text.ts";
import type { Duration, Instant } from "./time.ts";

/**
 * How long the limit of a case runs, and on which of the three clocks (GB/T 30428.8; domain.md
 * 2.4).
 */
export type Limit = {
  amount: number;
  unit: "urgent-minute" | "urgent-hour" | "work-hour" | "work-day";
};

/** When an alert becomes a case, and which. */
export type CasePolicy = {
  /** The lowest level that opens one. */
  from: Grade;
  /**
   * At once, or when nobody has acknowledged the alert for so long; `atOnceFrom` and worse do not
   * wait.
   */
  when: "at-once" | { unacknowledgedFor: Duration; atOnceFrom?: Grade };
  /** Small class: "99-89" (event 99, local extension 89). */
  class: string;
  /** Filing condition 立案条件. */
  filing: Text;
  /** Closing condition 结案条件. */
  closing: Text;
  limit: Limit;
  /** Role of the disposal unit; the register names the unit for the area. */
  unit: string;
  /** How long its trigger must have been valid and normal before the case is ready to close. */
  verify: Duration;
};

/**
 * When an alert that reached `level` at `at` opens its case unless somebody acknowledges it before:
 * `at` itself where that is at once, null where it opens none.
 */
export function caseDueAt(
  policy: CasePolicy | undefined,
  level: Grade,
  at: Instant,
): Instant | null {
  if (!policy || severity(level) < severity(policy.from)) return null;
  if (policy.when === "at-once") return at;
  const { unacknowledgedFor, atOnceFrom } = policy.when;
  const waits = atOnceFrom === undefined || severity(level) < severity(atOnceFrom);
  return waits ? at + unacknowledgedFor : at;
}
