import type { Grade } from "../level.ts";
import type { Rule, Signal } from "../rule.ts";
import type { Instant } from "../time.ts";
import type { Common, Condition } from "./preset.ts";

/**
 * Watches for a state of several fields at once. `raise` gives the level, false, or undefined where
 * it cannot be told; `clear` says when an alert may end, where that is more than the raise being
 * over.
 */
export function condition<R, F>(
  options: Common<R, F> & {
    raise: (reading: R, site: F, at: Instant) => Grade | false | undefined;
    clear?: Condition<R, F>;
    /** The number that says most about it, for the alert. */
    value?: (reading: R, site: F) => number | undefined;
  },
): Rule<R, F, null> {
  const { raise, clear = () => true, value = () => undefined, ...rest } = options;
  return {
    ...rest,
    initial: null,
    judge(state, event, at) {
      if (event.kind !== "reading") return { state };
      const level = raise(event.reading, event.site, at);
      const says = (signal: Signal) => ({ state, signal });
      if (level) return says({ level, value: value(event.reading, event.site) });
      const clears = level === false ? clear(event.reading, event.site, at) : undefined;
      if (clears === undefined) return says({ level: "unknown" });
      return says(clears ? { level: "ok" } : { level: "ok", lingers: true });
    },
  };
}
