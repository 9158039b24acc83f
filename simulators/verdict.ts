// What a run came to: were all readings kept, and was all noticed that had to be.

import type { Tally } from "./drive.ts";
import type { Quantiles } from "./histogram.ts";
import type { Comparison } from "./matching.ts";

export type Findings = {
  tally: Readonly<Tally>;
  /** Publish to acknowledgement. */
  ackMs: Quantiles;
  /** What the brain counted during the run: readings in its history, refused ones, cases opened. */
  stored: number;
  quarantined: number;
  cases: number;
  /** From an alert's `firedAt` to its announcement, in real time; by whoever listened. */
  alertMs: Quantiles;
  comparison: Comparison;
};

/**
 * The numbers of a run. Readings without consent are counted apart, so `sent`, `acked` and `stored`
 * are of the same readings. `alertsExpected` counts what was due by the end of the run or had come
 * by then; `alertsSeen` those of them that came, late or not; `false` what nothing staged explains.
 * `excused`: neither missed nor late, because a fault that the tester laid over the
 * sensors is why. `lost`: acknowledged, and neither stored nor in quarantine. A brain cannot know a copy from a
 * sensor whose clock is ahead of it, and stores it too: under `skew` and `duplicate` at once a loss
 * may hide.
 */
export type Verdict = {
  sent: number;
  acked: number;
  stored: number;
  quarantined: number;
  alertsExpected: number;
  alertsSeen: number;
  cases: number;
  lost: number;
  ackMs: Quantiles;
  alertMs: Quantiles;
  missed: number;
  late: number;
  false: number;
  knockOn: number;
  excused: number;
  notYetDue: number;
  refused: number;
  copies: number;
  unsent: number;
  perScenario: Record<string, ScenarioVerdict>;
  /** The same as `perScenario`, under its older name. */
  scenarios: Record<string, ScenarioVerdict>;
};

export type ScenarioVerdict = {
  expected: number;
  seen: number;
  late: number;
  missed: number;
  false: number;
  knockOn: number;
  excused: number;
};

export const failures = ["lost", "unacknowledged", "missed", "late", "false"] as const;
export type Failure = (typeof failures)[number];

export function verdictOf(findings: Findings): Verdict {
  const { tally, comparison, stored, quarantined, cases, ackMs, alertMs } = findings;
  const { met, late, missed, unexplained, knockOn, excused, notYetDue } = comparison;
  const perScenario = byScenario(comparison);
  const { sent, acked, refusedAcked, refusedCopies, copies, unsent } = tally;
  const taken = acked + refusedAcked + refusedCopies;
  return {
    sent,
    acked,
    stored,
    quarantined,
    alertsExpected: met.length + late.length + missed.length,
    alertsSeen: met.length + late.length,
    cases,
    lost: Math.max(0, taken - stored - quarantined),
    ackMs,
    alertMs,
    missed: missed.length,
    late: late.length,
    false: unexplained.length,
    knockOn: knockOn.length,
    excused: excused.length,
    notYetDue: notYetDue.length,
    refused: tally.refusedSent,
    copies,
    unsent,
    perScenario,
    scenarios: perScenario,
  };
}

/** Why a run has not passed; empty when it has. */
export const failuresOf = (verdict: Verdict): Failure[] =>
  failures.filter((failure) =>
    failure === "unacknowledged" ? verdict.acked < verdict.sent : verdict[failure] > 0,
  );

function byScenario(comparison: Comparison): Record<string, ScenarioVerdict> {
  const rows = new Map<string, ScenarioVerdict>();
  const add = (scenario: string, ...columns: (keyof ScenarioVerdict)[]) => {
    const row = rows.get(scenario) ?? emptyRow();
    rows.set(scenario, row);
    for (const column of columns) row[column]++;
  };
  for (const { expectation } of comparison.met) add(expectation.scenario, "expected", "seen");
  for (const { expectation } of comparison.late)
    add(expectation.scenario, "expected", "seen", "late");
  for (const { scenario } of comparison.missed) add(scenario, "expected", "missed");
  for (const { scenario } of comparison.unexplained) add(scenario, "false");
  for (const { scenario } of comparison.knockOn) add(scenario, "knockOn");
  for (const { expectation } of comparison.excused) add(expectation.scenario, "excused");
  return Object.fromEntries([...rows].sort(([a], [b]) => (a < b ? -1 : 1)));
}

const emptyRow = (): ScenarioVerdict => ({
  expected: 0,
  seen: 0,
  late: 0,
  missed: 0,
  false: 0,
  knockOn: 0,
  excused: 0,
});
