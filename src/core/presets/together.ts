import type { Grade } from "../level.ts";
import type { Rule } from "../rule.ts";
import type { Duration, Instant } from "../time.ts";
import type { Common, Condition } from "./preset.ts";

/** Sensor id → when it last said so. */
type Voices = { readonly [sensorId: string]: Instant };

/** More voices than this are not kept; the oldest go first. */
const VOICES_MAX = 64;

/**
 * Notices when enough sensors of one site agree within a time, whatever each would mean alone.
 * `value` counts them.
 */
export function together<R, F>(
  options: Omit<Common<R, F>, "subject"> & {
    bad: Condition<R, F>;
    atLeast: number;
    within: Duration;
    level: Grade;
  },
): Rule<R, F, Voices> {
  const { bad, atLeast, within, level, ...rest } = options;
  return {
    ...rest,
    subject: "site",
    initial: {},
    judge(before, event, at) {
      if (event.kind === "heard") return { state: before };
      const says = event.kind === "reading" ? bad(event.reading, event.site, at) : undefined;
      const voices = Object.entries(before).filter(([, saidAt]) => at - saidAt < within);
      const state =
        event.kind === "reading"
          ? spoken(voices, event.sensorId, says, at)
          : Object.fromEntries(voices);
      const value = Object.keys(state).length;
      const wakeAt = value > 0 ? Math.min(...Object.values(state)) + within : undefined;
      if (value >= atLeast) return { state, signal: { level, value }, wakeAt };
      // A voice that only fell silent has not said that all is well.
      return {
        state,
        signal: says === false ? { level: "ok", value } : { level: "unknown" },
        wakeAt,
      };
    },
  };
}

/** The voices with one more heard: bad joins them, good leaves them, undefined changes nothing. */
function spoken(
  voices: readonly (readonly [string, Instant])[],
  sensorId: string,
  says: boolean | undefined,
  at: Instant,
): Voices {
  if (says === undefined) return Object.fromEntries(voices);
  const others = voices.filter(([id]) => id !== sensorId).sort((a, b) => a[1] - b[1]);
  const kept = says ? [...others.slice(1 - VOICES_MAX), [sensorId, at] as const] : others;
  return Object.fromEntries(kept);
}
