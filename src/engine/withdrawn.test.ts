// What changes under open alerts: versions, numbers, rules, scenarios, sensors. No alert is left that nobody can end.

import { expect, test } from "vitest";
import { type AlertPolicy, minutes, type Rule, type Rules, silent } from "../core/index.ts";
import type { AnyScenario } from "../core/scenario.ts";
import {
  type Facts,
  high,
  listening,
  opened,
  plain,
  type Said,
  scenarioOf,
  text,
} from "../testing/town.ts";
import { lines, Rows, townWorld } from "../testing/town-story.ts";
import { Engine, type Saved } from "./engine.ts";

const engineOf = (scenarios: readonly AnyScenario[], saved: Saved = []) =>
  new Engine({
    scenarios: scenarios.map((scenario) => ({ scenario, params: {} })),
    world: townWorld(),
    saved,
  });

const reading = (at: number, levelM: number, open = false) => ({
  sensorId: "a",
  siteId: "cellar-1",
  scenario: "gauge",
  time: minutes(at),
  receivedAt: minutes(at),
  values: { levelM, open },
  quality: "good" as const,
});
const now: AlertPolicy = { hold: 0, release: 0 };
/** A rule that counts what it hears, and is orange while the door is open. */
const counting = (version: number, states: unknown[]): Rule<Said, Facts, number> => ({
  ...opened(now),
  version,
  initial: 0,
  judge(state, event, at) {
    states.push(state);
    const level = event.kind === "reading" && event.reading.open ? "orange" : "ok";
    const signal = event.kind === "reading" ? ({ level } as const) : undefined;
    return { state: state + 1, signal, wakeAt: at + minutes(10) };
  },
});

/** Judges some readings with one set of rules, and goes on with another. */
function upgrade(before: Rules, after: Rules, said: Parameters<typeof reading>[]) {
  const rows = new Rows();
  const first = engineOf([scenarioOf("gauge", before)]);
  for (const one of said) first.take(reading(...one));
  rows.take(first.changed());
  return { engine: engineOf([scenarioOf("gauge", after)], rows.load()), rows };
}

test("raising a rule's version drops its state and keeps its alert", () => {
  const states: unknown[] = [];
  const said = [
    [0, 1, true],
    [1, 1, true],
  ] as Parameters<typeof reading>[];
  const { engine } = upgrade({ door: counting(1, []) }, { door: counting(2, states) }, said);
  expect(engine.begin(minutes(2), minutes(2))).toEqual([]);
  expect(lines(engine.take(reading(3, 1)))).toEqual(["3 door resolved orange"]);
  expect(states).toEqual([0]);
});

// Red when: the wake goes with the state; a sensor that dies while its rule is raised would never be missed.
test("raising a rule's version keeps the wake that it asked for", () => {
  const quiet = silent<Said, Facts>({ after: minutes(15), level: "blue" });
  const { engine } = upgrade({ quiet }, { quiet: { ...quiet, version: 2 } }, [[0, 1]]);
  engine.begin(minutes(2), minutes(2));
  expect(lines(engine.passTo(minutes(16)))).toEqual(["15 quiet fired blue"]);
});

test("a hold that was changed takes effect without the clock beginning anew", () => {
  const shorter = { ...high, alert: { ...high.alert, hold: minutes(6) } };
  const { engine } = upgrade({ high }, { high: shorter }, [
    [0, 3],
    [4, 3],
  ]);
  expect(lines(engine.passTo(minutes(7)))).toEqual(["6 high fired yellow"]);
});

test("an open alert whose rule was withdrawn resolves when the brain begins, and is found then", () => {
  const { engine, rows } = upgrade({ high, door: opened(now) }, { high }, [[0, 5, true]]);
  const [told, ...others] = engine.begin(minutes(30), minutes(30) - 1);
  expect(others).toEqual([]);
  expect(told).toMatchObject({ rule: "door", change: "resolved", clock: minutes(30) });
  expect(told!.evidence).toMatchObject({ note: "rule withdrawn", ruleVersion: 0 });
  expect(told!.alert.phase).toBe("cooling");
  rows.take(engine.changed());
  expect(engineOf([scenarioOf("gauge", { high })], rows.load()).begin(minutes(60), null)).toEqual(
    [],
  );
});

// Red when: a commit before `begin` forgets the withdrawn alert, and a crash then leaves it open for ever.
test("a withdrawn alert is not lost by a commit and a crash before the brain begins", () => {
  const { engine, rows } = upgrade({ high, door: opened(now) }, { high }, [[0, 5, true]]);
  engine.take(reading(1, 5));
  rows.take(engine.changed());
  const again = engineOf([scenarioOf("gauge", { high })], rows.load());
  expect(lines(again.begin(minutes(2), null))).toEqual(["2 door resolved orange"]);
});

// Red when: what ends at the start is told in the order in which the records happen to give the rows.
test("withdrawn alerts end in one order, however the rows are read", () => {
  const first = engineOf([scenarioOf("gauge", { door: opened(now) })]);
  for (const sensorId of ["b", "a", "c"]) first.take({ ...reading(0, 1, true), sensorId });
  const rows = first.changed();
  const ended = [rows, rows.toReversed()].map((saved) =>
    engineOf([scenarioOf("gauge", {})], saved)
      .begin(minutes(1), null)
      .map(({ sensorId }) => sensorId),
  );
  expect(ended).toEqual([
    ["a", "b", "c"],
    ["a", "b", "c"],
  ]);
});

test("the open alerts of a scenario that is no longer installed resolve; its other rows stay for when it is", () => {
  const rows = new Rows();
  const first = engineOf([scenarioOf("gauge", { high }), scenarioOf("other", { high })]);
  first.take(reading(0, 5));
  first.take({ ...reading(0, 5), scenario: "other" });
  first.take({ ...reading(0, 3), scenario: "other", sensorId: "b" });
  rows.take(first.changed());
  const engine = engineOf([scenarioOf("gauge", { high })], rows.load());
  const told = engine.begin(minutes(2), null);
  expect(lines(told)).toEqual(["2 other/high resolved red"]);
  expect(told[0]!.evidence.note).toBe("scenario withdrawn");
  rows.take(engine.changed());
  expect([...rows.texts().keys()].sort()).toEqual(["gauge/cellar-1/a", "other/cellar-1/b"]);
});

test("a sensor that is removed ends its open alerts, is heard to, and leaves no row and no wake", () => {
  const listener = listening([{ scenario: "gauge", rule: "door" }], now);
  const quiet = silent<Said, Facts>({ after: minutes(15), level: "blue" });
  const engine = engineOf([
    scenarioOf("gauge", { high, door: opened(now), quiet }),
    scenarioOf("exit", { listener }),
  ]);
  const rows = new Rows();
  engine.take(reading(0, 3, true));
  rows.take(engine.changed());
  const told = engine.forget("gauge", "cellar-1", "a", minutes(5));
  expect(lines(told)).toEqual(["5 door resolved orange", "5 exit/listener resolved orange"]);
  expect(told[0]!.evidence.note).toBe("sensor removed");
  rows.take(engine.changed());
  expect([...rows.texts().keys()]).toEqual(["exit/house"]);
  expect(engine.passTo(minutes(60))).toEqual([]);
  expect(engine.forget("gauge", "cellar-1", "a", minutes(61))).toEqual([]);
});

test("a sensor that comes back after it was removed begins anew, also within one commit", () => {
  const engine = engineOf([scenarioOf("gauge", { door: opened(now) })]);
  const rows = new Rows();
  engine.take(reading(0, 1, true));
  engine.forget("gauge", "cellar-1", "a", minutes(1));
  expect(lines(engine.take(reading(2, 1, true)))).toEqual(["2 door fired orange"]);
  const changed = engine.changed();
  expect(changed.map(([key]) => key)).toEqual(["gauge/cellar-1/a"]);
  rows.take(changed);
  const again = engineOf([scenarioOf("gauge", { door: opened(now) })], rows.load());
  expect(lines(again.take(reading(3, 1)))).toEqual(["3 door resolved orange"]);
});

test("a sensor that moves is another subject at its new site, and leaves nothing behind at the old one", () => {
  const engine = engineOf([scenarioOf("gauge", { door: opened(now) })]);
  const moved = (at: number, open: boolean) => ({ ...reading(at, 1, open), siteId: "cellar-2" });
  const rows = new Rows();
  expect(lines(engine.take(reading(0, 1, true)))).toEqual(["0 door fired orange"]);
  expect(engine.take(moved(1, true))[0]).toMatchObject({ siteId: "cellar-2", change: "fired" });
  expect(engine.forget("gauge", "cellar-1", "a", minutes(2))[0]).toMatchObject({
    siteId: "cellar-1",
    change: "resolved",
  });
  expect(engine.take(moved(3, false))[0]).toMatchObject({ siteId: "cellar-2", change: "resolved" });
  rows.take(engine.changed());
  expect([...rows.texts().keys()]).toEqual(["gauge/cellar-2/a"]);
});

test("a site that is removed ends the alerts of its own rules", () => {
  const whole = { ...opened(now), subject: "site" as const };
  const engine = engineOf([scenarioOf("gauge", { whole })]);
  engine.take(reading(0, 1, true));
  expect(lines(engine.forget("gauge", "cellar-1", null, minutes(1)))).toEqual([
    "1 whole resolved orange",
  ]);
});

test("a reset is of the alert's own time, so a slow clock does not hold up the next alert", () => {
  const engine = engineOf([
    scenarioOf("gauge", {
      shut: opened({ ...now, latch: true, hold: minutes(1), samples: 1, cooldown: minutes(1) }),
    }),
  ]);
  const late = (at: number, open: boolean) =>
    lines(engine.take({ ...reading(at, 1, open), receivedAt: minutes(at + 60) }));
  late(0, true);
  expect(late(2, false)).toEqual(["1 shut fired orange", "2 shut latched orange"]);
  const alert = { scenario: "gauge", rule: "shut", siteId: "cellar-1", sensorId: "a" };
  expect(lines(engine.reset(alert, minutes(65)) ?? [])).toEqual(["5 shut resolved orange"]);
  late(10, true);
  expect(late(12, true)).toEqual(["11 shut fired orange"]);
});

test("only a latched alert that is there can be reset", () => {
  const engine = engineOf([scenarioOf("gauge", { shut: opened({ ...now, latch: true }) })]);
  const alert = { scenario: "gauge", rule: "shut", siteId: "cellar-1", sensorId: "a" };
  expect(engine.reset(alert, 0)).toBeNull();
  engine.take(reading(0, 1, true));
  expect(engine.reset(alert, 1)).toBeNull();
  expect(engine.reset({ ...alert, rule: "none" }, 1)).toBeNull();
});

test("a scenario whose rules can't be made says so, with its name", () => {
  const broken: AnyScenario = {
    ...scenarioOf("gauge", {}),
    rules() {
      throw new Error("no such number");
    },
  };
  expect(() => engineOf([broken])).toThrow(/scenario "gauge".*no such number/);
});

test("a rule that hears others but is not asked about sites is refused, since it would never hear anything", () => {
  const deaf = {
    ...opened(now),
    hears: [{ scenario: "gauge", rule: "high" }],
    ...plain,
    asks: text("Deaf?"),
  };
  expect(() => engineOf([scenarioOf("exit", { deaf })])).toThrow(/"exit".*"deaf".*subject "site"/);
});
