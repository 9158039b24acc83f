import type { Rule } from "../rule.ts";
import { type BoundOptions, bounded } from "./bounds.ts";

/**
 * Watches one number fall: a level below each bound; an alert clears when it is at or above the
 * clear value.
 */
export function below<R, F>(options: BoundOptions<R, F>): Rule<R, F, null> {
  return bounded("below", options);
}
