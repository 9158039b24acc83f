// Figures and pictures of a trial: load against what a seat can bear, precision by the cases'
// verdicts, the drawing.

import { expect, test } from "vitest";
import type { Case } from "../cases/case.ts";
import type { Grade } from "../core/level.ts";
import { days, hours, minutes } from "../core/time.ts";
import { MONDAY } from "../testing/play.ts";
import { gauge } from "../testing/town.ts";
import type { Comparison, Outline } from "./compare.ts";
import { expectedLoad, expectedOf, loadOf } from "./load.ts";
import { pictureOf, spanOf } from "./picture.ts";
import { precisionOf } from "./precision.ts";

const fired = (minute: number, level: Grade = "yellow") => ({
  firedAt: MONDAY + minutes(minute),
  level,
});

test("six an hour and seat are acceptable, twelve bearable, more too much; two seats halve it", () => {
  const of = (count: number, seats: number) =>
    loadOf(
      Array.from({ length: count }, (_, i) => fired(i)),
      MONDAY,
      MONDAY + hours(1),
      seats,
    );
  expect(of(6, 1).burden).toBe("acceptable");
  expect(of(7, 1).burden).toBe("bearable");
  expect(of(12, 1).burden).toBe("bearable");
  expect(of(13, 1).burden).toBe("too-much");
  expect(of(13, 2)).toMatchObject({ burden: "bearable", perSeatHour: 6.5 });
});

test("the busiest hour is found wherever it begins, and a short last week is counted by its hours", () => {
  const alerts = [fired(40), fired(65), fired(100), fired(111), fired(8 * 24 * 60)];
  const { busiest, weeks } = loadOf(alerts, MONDAY, MONDAY + days(9), 1);
  expect(busiest).toEqual({ from: MONDAY + minutes(65), perSeat: 3 });
  expect(weeks).toEqual([
    { from: MONDAY, alerts: 4, perSeatHour: 4 / 168 },
    { from: MONDAY + days(7), alerts: 1, perSeatHour: 1 / 48 },
  ]);
});

test("blue and yellow are low, orange is middle, red is high; none has no shares", () => {
  const alerts = [fired(1, "blue"), fired(2), fired(3, "orange"), fired(4, "red")];
  const load = loadOf(alerts, MONDAY, MONDAY + hours(1), 1);
  expect(load.shares).toEqual({ low: 0.5, middle: 0.25, high: 0.25 });
  expect(loadOf([], MONDAY, MONDAY + hours(1), 1).shares).toBeNull();
});

test("what rules expect of a thousand sensors is scaled to those that there are; others are named", () => {
  const { high, ...others } = gauge.rules({});
  const rationale = { ...high!.rationale, load: { yellow: 84, red: 84 } };
  const scenario = { ...gauge, rules: () => ({ high: { ...high!, rationale }, ...others }) };
  const { expected, silent } = expectedOf([{ scenario, params: {}, sensors: 2_000 }]);
  expect(silent).toEqual(["gauge/dwell", "gauge/shut", "gauge/quiet", "gauge/flooded"]);
  expect(expectedLoad(expected, 1)).toMatchObject({
    alerts: 336,
    perSeatHour: 2,
    shares: { low: 0.5, middle: 0, high: 0.5 },
  });
});

const outline = (id: string): Outline => ({
  id,
  rule: "high",
  siteId: "s<1>",
  sensorId: "g-1",
  level: "orange",
  raisedAt: MONDAY + hours(4),
  firedAt: MONDAY + hours(4.5),
  resolvedAt: MONDAY + hours(6),
  thresholds: [{ field: "levelM", when: "at-or-above", bound: 3, level: "yellow", clear: 2.5 }],
  scenarioVersion: 1,
});

test("precision counts verdicts of alerts that are told still; what is lost or spared is told apart", () => {
  const [a, b, c, d, e] = ["a", "b", "c", "d", "e"].map(outline) as [
    Outline,
    Outline,
    Outline,
    Outline,
    Outline,
  ];
  const compared: Comparison = {
    unchanged: [{ ours: a, live: a }],
    differences: [
      { kind: "later", ours: b, live: b, byMs: 1 },
      { kind: "gone", ours: null, live: c, byMs: null },
      { kind: "gone", ours: null, live: d, byMs: null },
      { kind: "new", ours: e, live: null, byMs: null },
    ],
    apart: [],
  };
  const verdict = (alertId: string, its: Case["verdict"]) =>
    ({ alertIds: [alertId], verdict: its }) as unknown as Case;
  const cases = [verdict("a", "true"), verdict("b", "false"), verdict("c", "true")];
  expect(precisionOf(compared, [...cases, verdict("d", "false")])).toEqual([
    { rule: "high", right: 1, wrong: 1, precision: 0.5, missed: 1, spared: 1 },
  ]);
  expect(precisionOf(compared, [verdict("a", "duplicate")])).toEqual([]);
});

test("a picture shows readings, bounds and instants in both languages, broken where nobody spoke", () => {
  const points = [0, 5, 10, 60, 65].map((minute) => ({
    at: MONDAY + hours(4) + minutes(minute),
    values: { levelM: 2 + minute / 50, open: false },
    quality: "good" as const,
  }));
  const ours = outline("a");
  const span = spanOf(ours, null, MONDAY + days(1));
  expect(span).toEqual({ from: MONDAY + hours(1), to: MONDAY + hours(7) });
  const episode = { scenario: gauge, ours, live: null, sensorId: "g-1", points, ...span };
  const svg = pictureOf(episode);
  expect(svg.match(/<polyline/g)).toHaveLength(2);
  expect(svg).toContain("yellow ≥ 3");
  expect(svg).toContain("触发 · fired");
  expect(svg).toContain("s&lt;1&gt;");
  expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  expect(pictureOf({ ...episode, points: [] })).not.toMatch(/NaN|Infinity|undefined/);
});
