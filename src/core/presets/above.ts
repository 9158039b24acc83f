import type { Rule } from "../rule.ts";
import { type BoundOptions, bounded } from "./bounds.ts";

/**
 * Watches one number climb: a level at or above each bound; an alert clears when it is below the
 * clear value.
 */
export function above<R, F>(options: BoundOptions<R, F>): Rule<R, F, null> {
  return bounded("at-or-above", options);
}
