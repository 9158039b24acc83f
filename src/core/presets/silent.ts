import type { CasePolicy } from "../alert.ts";
import type { Grade } from "../level.ts";
import { operatorDefault, type Rationale, type Rule, type Source } from "../rule.ts";
import type { Text } from "../text.ts";
import type { Duration } from "../time.ts";

/** Notices a sensor that has stopped speaking. Counts from receipt, so a slow clock is not silence. */
export function silent<R, F>(options: {
  asks?: Text;
  after: Duration;
  level: Grade;
  sources?: readonly Source[];
  rationale: Rationale;
  case?: CasePolicy;
}): Rule<R, F, null> {
  return {
    asks: options.asks ?? { zh: "传感器是否已失联？", en: "Has the sensor gone quiet?" },
    sources: options.sources ?? [operatorDefault],
    rationale: options.rationale,
    alert: { hold: 0, release: 0, ...(options.case ? { case: options.case } : {}) },
    silence: true,
    initial: null,
    judge: (state, event) =>
      event.kind === "reading"
        ? { state, signal: { level: "ok" }, wakeAt: event.receivedAt + options.after }
        : { state, signal: { level: options.level } },
  };
}
