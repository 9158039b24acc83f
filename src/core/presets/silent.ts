import type { CasePolicy } from "../alert.ts";
import type { Grade } from "../level.ts";
import { operatorDefault, type Rationale, type Rule, type Source } from "../rule.ts";
import type { Text } from "../text.ts";
import { type Duration, hours, minutes } from "../time.ts";

/**
 * Notices a sensor that has stopped speaking: silence is not zero. Counts from receipt, so a slow
 * clock is not silence. `after` may depend on the last reading and on the site.
 */
export function silent<R, F>(options: {
  after: Duration | ((reading: R, site: F) => Duration);
  level: Grade;
  asks?: Text;
  sources?: readonly Source[];
  rationale?: Rationale;
  case?: CasePolicy;
}): Rule<R, F, null> {
  const { after, level, asks = question, rationale = soon } = options;
  const patience = typeof after === "number" ? () => after : after;
  return {
    asks,
    rationale,
    sources: options.sources ?? [operatorDefault],
    alert: { hold: 0, release: 0, case: options.case ?? offlineCase(hours(4)) },
    silence: true,
    initial: null,
    judge(state, event) {
      if (event.kind === "heard") return { state };
      if (event.kind === "wake") return { state, signal: { level } };
      const wakeAt = event.receivedAt + patience(event.reading, event.site);
      return { state, signal: { level: "ok" }, wakeAt };
    },
  };
}

/**
 * The case of a sensor that is offline (local class 99-87), opened when nobody has acknowledged it
 * for so long.
 */
export const offlineCase = (unacknowledgedFor: Duration): CasePolicy => ({
  from: "blue",
  when: { unacknowledgedFor },
  class: "99-87",
  filing: {
    zh: "传感器超过规定时间无有效数据",
    en: "No valid reading from the sensor for longer than its limit",
  },
  closing: { zh: "恢复上报有效数据", en: "Valid readings have come again" },
  limit: { amount: 2, unit: "work-day" },
  unit: "sensor-maintenance",
  verify: minutes(30),
});

const question: Text = { zh: "传感器是否已失联？", en: "Has the sensor gone quiet?" };
const soon: Rationale = {
  act: {
    zh: "先查网关，再查供电和网络；仍无数据派运维单位到场。",
    en: "Check gateway first, then power and network; then send the maintainer.",
  },
  within: hours(4),
  otherwise: {
    zh: "此处出现险情时无人知晓。",
    en: "Trouble in this place would go unnoticed.",
  },
};
