// A verdict for other programs: the numbers, and every alert that was expected or seen.

import type { Instant } from "#scenario";
import type { Expectation } from "./expectations.ts";
import type { Comparison, SeenAlert } from "./matching.ts";
import { failuresOf, type Verdict } from "./verdict.ts";

/**
 * The run as JSON: `passed`, why not, the street's time that it took, the verdict, and its alerts
 * under what became of them. Times are ISO 8601 in UTC.
 */
export function reportJson(run: {
  verdict: Verdict;
  comparison: Comparison;
  from: Instant;
  until: Instant;
}): string {
  const { verdict, comparison, from, until } = run;
  const failures = failuresOf(verdict);
  const { met, late, missed, excused, notYetDue, knockOn, unexplained } = comparison;
  const report = {
    passed: failures.length === 0,
    failures,
    from: iso(from),
    until: iso(until),
    verdict,
    alerts: {
      met: met.map((one) => ({ ...due(one.expectation), ...told(one.alert) })),
      late: late.map((one) => ({ ...due(one.expectation), ...told(one.alert) })),
      missed: missed.map(due),
      excused: excused.map(({ expectation, alert, fault }) => ({
        ...due(expectation),
        ...(alert && told(alert)),
        fault,
      })),
      notYetDue: notYetDue.map(due),
      knockOn: knockOn.map(told),
      false: unexplained.map(told),
    },
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

const due = ({ scenario, rule, siteId, sensorId, incident, by }: Expectation) => ({
  scenario,
  rule,
  siteId,
  sensorId: sensorId ?? null,
  incident,
  by: iso(by),
});

const told = ({ id, scenario, rule, siteId, sensorId, firedAt, reached }: SeenAlert) => ({
  scenario,
  rule,
  siteId,
  sensorId,
  id,
  firedAt: iso(firedAt),
  level: reached.at(-1)!.level,
});

const iso = (at: Instant): string => new Date(at).toISOString();
