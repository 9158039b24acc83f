import { expect, test } from "vitest";
import { type Grade, minutes } from "#scenario";
import { AlertBook } from "./alert-book.ts";
import { emptyTally } from "./drive.ts";
import type { Allowance, Expectation } from "./expectations.ts";
import { compare, type SeenAlert } from "./matching.ts";
import { verdictJunit, verdictText } from "./report.ts";
import { noon, samplePopulation } from "./sample.ts";
import { failuresOf, verdictOf } from "./verdict.ts";

const population = samplePopulation();
const after = (n: number) => noon + minutes(n);

const expected = (sensorId: string, more: Partial<Expectation> = {}): Expectation => ({
  scenario: "well",
  rule: "high",
  siteId: "well-a",
  sensorId,
  incident: "full",
  from: after(5),
  by: after(15),
  until: after(60),
  ...more,
});
const seen = (minute: number, more: Partial<SeenAlert> = {}): SeenAlert => ({
  id: `alert-${minute}`,
  scenario: "well",
  rule: "high",
  siteId: "well-a",
  sensorId: "w-a",
  firedAt: after(minute),
  reached: [{ level: "yellow", at: after(minute) }],
  ...more,
});
const allowance = (more: Partial<Allowance> = {}): Allowance => ({
  scenario: "well",
  siteId: "well-a",
  from: after(5),
  until: after(60),
  ...more,
});
const compared = (
  expectations: Expectation[],
  alerts: SeenAlert[],
  allowed: Allowance[] = [],
  until = after(120),
) =>
  compare({
    outlook: { expected: expectations, allowed },
    seen: alerts,
    population,
    from: noon,
    until,
  });
const ids = (alerts: readonly SeenAlert[]) => alerts.map(({ id }) => id);

test("an alert of the very rule and sensor meets an expectation, and only one", () => {
  const { met, missed, unexplained } = compared([expected("w-a"), expected("w-a2")], [seen(9)]);
  expect(met.map(({ alert }) => alert.id)).toEqual(["alert-9"]);
  expect(missed.map(({ sensorId }) => sensorId)).toEqual(["w-a2"]);
  expect(unexplained).toEqual([]);
});

test("an alert after its time is late; one after the aftermath is none of its own", () => {
  expect(compared([expected("w-a")], [seen(16)]).late).toHaveLength(1);
  const tooLate = compared([expected("w-a")], [seen(61)]);
  expect(tooLate.missed).toHaveLength(1);
  expect(ids(tooLate.unexplained)).toEqual(["alert-61"]);
});

test("an older alert does not meet an incident; one from before the run is no one's", () => {
  const { missed, unexplained } = compared([expected("w-a")], [seen(4), seen(-1)]);
  expect(missed).toHaveLength(1);
  expect(ids(unexplained)).toEqual(["alert-4"]);
});

test("an alert that stays below its level has missed it, and reaching it late is late", () => {
  const orange = expected("w-a", { level: "orange" });
  const grown = (level: Grade, minute: number) =>
    seen(9, {
      reached: [
        { level: "yellow", at: after(9) },
        { level, at: after(minute) },
      ],
    });
  expect(compared([orange], [seen(9)]).missed).toHaveLength(1);
  expect(compared([orange], [grown("red", 14)]).met).toHaveLength(1);
  expect(compared([orange], [grown("orange", 16)]).late).toHaveLength(1);
});

test("what was not due when the run ended counts neither way, unless it came", () => {
  const early = compared([expected("w-a"), expected("w-a2")], [seen(9)], [], after(10));
  expect(early.met).toHaveLength(1);
  expect(early.missed).toEqual([]);
  expect(early.notYetDue.map(({ sensorId }) => sensorId)).toEqual(["w-a2"]);
});

test("what fires once the run is over is nobody's mistake, unless it was expected", () => {
  const [never, meant] = [seen(70, { sensorId: "w-b", siteId: "well-b" }), seen(12)];
  const over = compared([expected("w-a")], [never, meant], [], after(10));
  expect([over.unexplained.length, over.met.length]).toEqual([0, 1]);
  const during = compared([expected("w-a")], [never, meant], [], after(70));
  expect(during.unexplained).toHaveLength(1);
});

test("knock-on must be of the scenario allowed, in time, and at or around the place", () => {
  const rising = (minute: number, siteId: string) => seen(minute, { rule: "rising", siteId });
  const { knockOn, unexplained } = compared(
    [],
    [
      rising(7, "well-a"),
      rising(8, "yard"),
      rising(9, "well-b"),
      rising(61, "well-a"),
      seen(10, { scenario: "hall", siteId: "well-a" }),
    ],
    [allowance()],
  );
  expect(ids(knockOn)).toEqual(["alert-7", "alert-8"]);
  expect(ids(unexplained).sort()).toEqual(["alert-10", "alert-61", "alert-9"]);
  const within = compared([], [rising(7, "well-b")], [allowance({ siteId: "yard" })]);
  expect(within.knockOn).toHaveLength(1);
  const other = compared([], [rising(7, "well-a")], [allowance({ rule: "silent" })]);
  expect(other.unexplained).toHaveLength(1);
});

const run = (expectations: Expectation[], alerts: SeenAlert[], more = {}) => {
  const comparison = compared(expectations, alerts);
  const verdict = verdictOf({
    tally: { ...emptyTally(), sent: 100, acked: 100, refusedSent: 7, refusedAcked: 7 },
    ackMs: { p50: 3, p99: 9 },
    stored: 100,
    quarantined: 7,
    cases: 1,
    alertMs: { p50: 20, p99: 80 },
    comparison,
    ...more,
  });
  return { comparison, verdict };
};

test("a run has passed when all acknowledged is stored and all staged is seen", () => {
  const { verdict } = run([expected("w-a")], [seen(9)]);
  expect(verdict).toMatchObject({
    sent: 100,
    acked: 100,
    stored: 100,
    alertsExpected: 1,
    alertsSeen: 1,
    lost: 0,
    missed: 0,
    refused: 7,
  });
  expect(failuresOf(verdict)).toEqual([]);
});

test("lost, unacknowledged, missed, late and false each fail a run by name", () => {
  expect(failuresOf(run([], [], { stored: 98 }).verdict)).toEqual(["lost"]);
  expect(run([], [], { stored: 98 }).verdict.lost).toBe(2);
  const tally = { ...emptyTally(), sent: 100, acked: 99 };
  expect(failuresOf(run([], [], { tally, stored: 99, quarantined: 0 }).verdict)).toEqual([
    "unacknowledged",
  ]);
  expect(failuresOf(run([expected("w-a")], []).verdict)).toEqual(["missed"]);
  expect(failuresOf(run([expected("w-a")], [seen(20)]).verdict)).toEqual(["late"]);
  expect(failuresOf(run([], [seen(9)]).verdict)).toEqual(["false"]);
});

test("copies that the door refuses once more do not hide a loss", () => {
  const tally = {
    ...emptyTally(),
    sent: 100,
    acked: 100,
    refusedSent: 7,
    refusedAcked: 7,
    copies: 12,
    refusedCopies: 4,
  };
  expect(run([], [], { tally, stored: 98, quarantined: 11 }).verdict.lost).toBe(2);
});

test("false alerts do not fill up for missed ones", () => {
  const { verdict } = run([expected("w-a2")], [seen(9)]);
  expect(verdict).toMatchObject({ alertsExpected: 1, alertsSeen: 0, missed: 1, false: 1 });
});

test("the table and its troubles are told in both languages, aligned for Chinese", () => {
  const { verdict, comparison } = run([expected("w-a"), expected("w-a2")], [seen(9), seen(70)]);
  const zh = verdictText(verdict, comparison, "zh");
  expect(zh).toContain("漏报 well/high，地点 well-a/w-a2（险情 full）");
  expect(zh).toContain("误报 well/high");
  expect(zh).toContain("未通过：有漏报；有误报");
  const rows = zh.split("\n").filter((line) => /^(场景|well|合计)/.test(line));
  const widths = rows.map((row) => [...row].reduce((n, c) => n + (c >= "\u2e80" ? 2 : 1), 0));
  expect(new Set(widths).size).toBe(1);
  const en = verdictText(verdict, comparison, "en");
  expect(en).toContain("Missed well/high at well-a/w-a2 (incident full)");
  expect(en).not.toMatch(/[\u4e00-\u9fff]|\{/);
  expect(zh).not.toContain("{");
});

test("JUnit has a case for every alert expected, says which failed, and escapes", () => {
  const { verdict, comparison } = run([expected("w-a"), expected("w-a2")], [seen(9), seen(70)]);
  const xml = verdictJunit(verdict, comparison, 'a "night" & more');
  expect(xml).toContain(
    '<testsuites name="a &quot;night&quot; &amp; more" tests="5" failures="2">',
  );
  expect(xml).toContain('<testsuite name="well" tests="2" failures="1">');
  expect(xml).toContain(
    '<testcase classname="well" name="full at well-a/w-a2 raises high"><failure message="missed:',
  );
  expect(xml).toContain('<failure message="alert-70"/>');
});

test("the alert book keeps each alert once, when it reached which level, and how soon", () => {
  const time = { realAt: 1_000_000, simAt: noon, speed: 60 };
  const book = new AlertBook(time);
  const told = {
    id: "x",
    scenario: "well",
    rule: "high",
    siteId: "well-a",
    sensorId: "w-a",
    level: "yellow" as const,
    firedAt: after(1),
    changedAt: after(1),
  };
  book.hear(told, 1_000_000 + 1_000 + 40);
  book.hear(told, 1_000_000 + 9_000);
  book.hear({ ...told, level: "red", changedAt: after(3) }, 1_000_000 + 9_000);
  expect(book.seen()).toEqual([
    expect.objectContaining({
      id: "x",
      reached: [
        { level: "yellow", at: after(1) },
        { level: "red", at: after(3) },
      ],
    }),
  ]);
  expect(book.alertMs.count).toBe(1);
  expect(book.alertMs.quantile(0.5)).toBeCloseTo(40, -1);
});
