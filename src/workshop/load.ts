// What alerts ask of the people at the desk: how many an hour and seat, and how many of each level.

import { type Grade, grades } from "../core/level.ts";
import type { AnyScenario } from "../core/scenario.ts";
import { days, hours, type Instant } from "../core/time.ts";

/** Alerts an hour that one seat can bear, and at most (ISA-18.2, quoted at second hand). */
export const acceptablePerHour = 6;
export const mostPerHour = 12;
/**
 * How alerts ought to be spread over low, middle and high; the house takes blue and yellow for low,
 * red for high.
 */
export const shares = { low: 0.8, middle: 0.15, high: 0.05 } as const;
export type Share = keyof typeof shares;
const shareOf: Readonly<Record<Grade, Share>> = {
  blue: "low",
  yellow: "low",
  orange: "middle",
  red: "high",
};

export type Burden = "acceptable" | "bearable" | "too-much";
export type Week = { from: Instant; alerts: number; perSeatHour: number };
export type Load = {
  seats: number;
  alerts: number;
  perSeatHour: number;
  burden: Burden;
  /** Null where the alerts have no instants: they are only expected. */
  busiest: { from: Instant; perSeat: number } | null;
  weeks: readonly Week[];
  /** Of all alerts, by the worst level each reached; null: there are none. */
  shares: Readonly<Record<Share, number>> | null;
};

type Fired = { firedAt: Instant; level: Grade };

/**
 * The load of what fired in a period. The last week may be short, and is counted by its own hours.
 */
export function loadOf(alerts: readonly Fired[], from: Instant, to: Instant, seats: number): Load {
  const weeks: Week[] = [];
  for (let start = from; start < to; start += days(7)) {
    const end = Math.min(to, start + days(7));
    const own = alerts.filter(({ firedAt }) => firedAt >= start && firedAt < end).length;
    weeks.push({ from: start, alerts: own, perSeatHour: perHour(own, end - start, seats) });
  }
  const perSeatHour = perHour(alerts.length, Math.max(1, to - from), seats);
  return {
    seats,
    alerts: alerts.length,
    perSeatHour,
    burden: burdenOf(perSeatHour),
    busiest: busiest(alerts, seats),
    weeks,
    shares: sharesOf(counted(alerts)),
  };
}

/** Expected alerts of one rule in a week. */
export type Expected = { scenario: string; rule: string; perWeek: Readonly<Record<Grade, number>> };

/**
 * What the rules of scenarios say of themselves, for so many sensors of each; and which say
 * nothing.
 */
export function expectedOf(
  scenarios: readonly { scenario: AnyScenario; params: object; sensors: number }[],
): { expected: Expected[]; silent: string[] } {
  const expected: Expected[] = [];
  const silent: string[] = [];
  for (const { scenario, params, sensors } of scenarios)
    for (const [rule, { rationale }] of Object.entries(scenario.rules(params))) {
      if (!rationale.load) silent.push(`${scenario.id}/${rule}`);
      else {
        const { load } = rationale;
        const perWeek = byGrade((grade) => ((load[grade] ?? 0) * sensors) / 1_000);
        expected.push({ scenario: scenario.id, rule, perWeek });
      }
    }
  return { expected, silent };
}

/** The load that is expected of all of them together. */
export function expectedLoad(expected: readonly Expected[], seats: number): Load {
  const counts = byGrade((grade) => expected.reduce((sum, one) => sum + one.perWeek[grade], 0));
  const alerts = grades.reduce((sum, grade) => sum + counts[grade], 0);
  const perSeatHour = perHour(alerts, days(7), seats);
  return {
    seats,
    alerts,
    perSeatHour,
    burden: burdenOf(perSeatHour),
    busiest: null,
    weeks: [],
    shares: sharesOf(counts),
  };
}

const burdenOf = (perSeatHour: number): Burden =>
  perSeatHour <= acceptablePerHour
    ? "acceptable"
    : perSeatHour <= mostPerHour
      ? "bearable"
      : "too-much";

const perHour = (alerts: number, ms: number, seats: number): number =>
  alerts / (ms / hours(1)) / seats;

function busiest(alerts: readonly Fired[], seats: number): Load["busiest"] {
  const times = alerts.map(({ firedAt }) => firedAt).sort((a, b) => a - b);
  let best: { from: Instant; alerts: number } | null = null;
  let first = 0;
  for (const [i, at] of times.entries()) {
    while (times[first]! <= at - hours(1)) first++;
    if (i - first + 1 > (best?.alerts ?? 0)) best = { from: times[first]!, alerts: i - first + 1 };
  }
  return best && { from: best.from, perSeat: best.alerts / seats };
}

const byGrade = (of: (grade: Grade) => number): Record<Grade, number> => ({
  blue: of("blue"),
  yellow: of("yellow"),
  orange: of("orange"),
  red: of("red"),
});

const counted = (alerts: readonly Fired[]): Record<Grade, number> =>
  byGrade((grade) => alerts.filter(({ level }) => level === grade).length);

function sharesOf(counts: Readonly<Record<Grade, number>>): Record<Share, number> | null {
  const all = grades.reduce((sum, grade) => sum + counts[grade], 0);
  if (all === 0) return null;
  const found: Record<Share, number> = { low: 0, middle: 0, high: 0 };
  for (const grade of grades) found[shareOf[grade]] += counts[grade] / all;
  return found;
}
