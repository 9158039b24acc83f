// The policy on slow rules: each is reported, and the third time in ten minutes its scenario is taken out of service.

import type { Act } from "../app/commands.ts";
import { type Duration, type Instant, minutes, seconds } from "../core/time.ts";
import type { Slow } from "./watch.ts";

const WINDOW: Duration = minutes(10);
const STRIKES = 3;
/** One rule is reported at most so often; a slow rule is slow at every reading. */
const REPORT: Duration = seconds(5);

/** Says what to do about a slow rule at an instant of any steady clock. */
export function strikes(): (one: Slow, at: Instant) => Act[] {
  const seen = new Map<string, Instant[]>();
  const reported = new Map<string, Instant>();
  return ({ scenario, rule, tookMs }, at) => {
    const recent = [...(seen.get(scenario) ?? []).filter((before) => before > at - WINDOW), at];
    seen.set(scenario, recent.slice(-STRIKES));
    const acts: Act[] = [];
    if (at - (reported.get(`${scenario}/${rule}`) ?? Number.NEGATIVE_INFINITY) >= REPORT) {
      reported.set(`${scenario}/${rule}`, at);
      acts.push({ kind: "scenario.slow", scenario, rule, tookMs });
    }
    if (recent.length === STRIKES) {
      const reason = `rule ${rule} took ${Math.round(tookMs)} ms, the third slow one in ten minutes`;
      acts.push({ kind: "scenario.out", scenario, reason });
      seen.delete(scenario);
    }
    return acts;
  };
}
