// What all presets share: the parts of a rule that they pass on as they are, and a condition under
// which they are armed.

import type { Rule } from "../rule.ts";
import type { Instant } from "../time.ts";

/** What a preset leaves to its caller: words, sources, rationale and policy. */
export type Common<R, F> = Pick<
  Rule<R, F>,
  "asks" | "subject" | "version" | "sources" | "rationale" | "alert"
>;

/**
 * Whether a rule applies to this reading. False: there is nothing wrong here (ok). Undefined: it
 * cannot be told (unknown).
 */
export type Condition<R, F> = (reading: R, site: F, at: Instant) => boolean | undefined;
