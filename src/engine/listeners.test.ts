// The second pass: rules that hear of other scenarios' transitions, on their site or below it, in the same entry.

import { expect, test } from "vitest";
import { type AlertPolicy, defineRule, minutes, type Rules } from "../core/index.ts";
import {
  exit,
  type Facts,
  gauge,
  listening,
  opened,
  plain,
  type Said,
  scenarioOf,
  text,
} from "../testing/town.ts";
import { lines, places, type SensorId, townWorld } from "../testing/town-story.ts";
import { Engine } from "./engine.ts";

const reading = (sensorId: SensorId, at: number, open: boolean, receivedAt = at) => ({
  sensorId,
  siteId: places[sensorId],
  scenario: "gauge",
  time: minutes(at),
  receivedAt: minutes(receivedAt),
  values: { levelM: 1, open },
  quality: "good" as const,
});

const now: AlertPolicy = { hold: 0, release: 0 };
const fire = { scenario: "gauge", rule: "shut" };
const engineOf = (own: Rules, listeners: Rules) =>
  new Engine({
    scenarios: [scenarioOf("gauge", own), scenarioOf("exit", listeners)].map((scenario) => ({
      scenario,
      params: {},
    })),
    world: townWorld(),
  });

/** Notes all that it hears, in its evidence. */
const noting = (hears: { scenario: string; rule: string }[], at?: string) => {
  const heard: string[] = [];
  const rule = defineRule<Said, null, Facts>({
    asks: text("What was that?"),
    ...plain,
    subject: "site",
    hears,
    ...(at === undefined ? {} : { at }),
    alert: now,
    initial: null,
    judge(state, event, when) {
      if (event.kind === "heard")
        heard.push(
          `${when / minutes(1)} ${event.heard.siteId} ${event.heard.rule} ${event.heard.change}`,
        );
      return { state };
    },
  });
  return { rule, heard };
};

test("a transition in a cellar is heard at its house, in the same entry, with what was heard as evidence", () => {
  const engine = engineOf({ shut: opened(now) }, { blocked: listening([fire], now) });
  const told = engine.take(reading("a", 0, true));
  expect(lines(told)).toEqual(["0 shut fired orange", "0 exit/blocked fired orange"]);
  expect(told[1]).toMatchObject({
    siteId: "house",
    sensorId: null,
    alert: { id: "exit~blocked~house~0" },
  });
  expect(told[1]!.evidence.heard).toEqual({
    scenario: "gauge",
    rule: "shut",
    change: "fired",
    level: "orange",
    siteId: "cellar-1",
    alertId: told[0]!.alert.id,
  });
  expect(lines(engine.take(reading("c", 1, true)))).toEqual(["1 shut fired orange"]);
  expect(lines(engine.take(reading("a", 2, false)))).toEqual(["2 shut resolved orange"]);
  expect(lines(engine.take(reading("c", 3, false)))).toEqual([
    "3 shut resolved orange",
    "3 exit/blocked resolved orange",
  ]);
});

test("each transition is told once, also to a rule that names it twice, and only to those who asked", () => {
  const { rule, heard } = noting([fire, fire], "house");
  const other = noting([{ scenario: "gauge", rule: "other" }], "house");
  const engine = engineOf({ shut: opened(now) }, { rule, other: other.rule });
  engine.take(reading("a", 0, true));
  engine.take(reading("a", 5, false));
  expect(heard).toEqual(["0 cellar-1 shut fired", "5 cellar-1 shut resolved"]);
  expect(other.heard).toEqual([]);
});

test("without `at` a rule hears of its very site, and with a kind that is not there, of nothing", () => {
  const [here, nowhere] = [noting([fire]), noting([fire], "lift")];
  const engine = engineOf({ shut: opened(now) }, { here: here.rule, nowhere: nowhere.rule });
  engine.take(reading("c", 0, true));
  expect(here.heard).toEqual(["0 cellar-2 shut fired"]);
  expect(nowhere.heard).toEqual([]);
});

// Red when: what a listener says by its own wake is told on, though what it says at once is not.
test("what a listener says is not heard again, whether it says so at once or when its hold has run out", () => {
  for (const hold of [0, minutes(2)]) {
    const circle = noting([{ scenario: "exit", rule: "blocked" }]);
    const engine = engineOf(
      { shut: opened(now) },
      { blocked: listening([fire], { hold, release: 0, samples: 1 }), circle: circle.rule },
    );
    const told = [...engine.take(reading("a", 0, true)), ...engine.passTo(minutes(10))];
    expect(told.map(({ rule }) => rule)).toEqual(["shut", "blocked"]);
    expect(circle.heard).toEqual([]);
  }
});

// Red when: a reset is not told on; the exit would stay blocked for ever.
test("a reset by a person is heard as well", () => {
  const engine = engineOf(
    { shut: opened({ ...now, latch: true }) },
    { blocked: listening([fire], now) },
  );
  engine.take(reading("a", 0, true));
  engine.take(reading("a", 1, false));
  const alert = { scenario: "gauge", rule: "shut", siteId: "cellar-1", sensorId: "a" };
  expect(lines(engine.reset(alert, minutes(2)) ?? [])).toEqual([
    "2 shut resolved orange",
    "2 exit/blocked resolved orange",
  ]);
  expect(engine.reset(alert, minutes(3))).toBeNull();
});

// Red when: what was heard is forgotten before the hold has run out.
test("a listener whose hold runs out later still says what it heard", () => {
  const hold = { hold: minutes(2), release: minutes(2), samples: 1 };
  const engine = engineOf({ shut: opened(now) }, { blocked: listening([fire], hold) });
  const [shut] = engine.take(reading("a", 0, true));
  const [fired] = engine.passTo(minutes(3));
  expect(fired).toMatchObject({
    change: "fired",
    evidence: { heard: { alertId: shut!.alert.id, change: "fired" } },
  });
  engine.take(reading("a", 5, false));
  const [resolved] = engine.passTo(minutes(8));
  expect(resolved).toMatchObject({
    change: "resolved",
    evidence: { heard: { change: "resolved" } },
  });
});

test("a scenario out of service hears nothing", () => {
  const { rule, heard } = noting([fire], "house");
  const engine = engineOf({ shut: opened(now) }, { rule });
  engine.setOut("exit", true, 0, "by hand");
  engine.take(reading("a", 1, true));
  expect(heard).toEqual([]);
});

test("a listener's time never goes back, though sensors of one house speak of different times", () => {
  const { rule, heard } = noting([fire], "house");
  const engine = engineOf({ shut: opened(now) }, { rule });
  engine.take(reading("a", 10, true));
  engine.take(reading("c", 3, true, 11));
  engine.take(reading("a", 12, false));
  expect(heard).toEqual([
    "10 cellar-1 shut fired",
    "10 cellar-2 shut fired",
    "12 cellar-1 shut resolved",
  ]);
});

test("a rule of a whole site is judged on all its sensors, at times that never go back", () => {
  const times: number[] = [];
  const noted = defineRule<Said, null, Facts>({
    asks: text("What is said?"),
    ...plain,
    subject: "site",
    alert: now,
    initial: null,
    judge(state, event, at) {
      if (event.kind === "reading") times.push(at / minutes(1));
      return { state };
    },
  });
  const engine = engineOf({ noted }, {});
  engine.take(reading("a", 10, true));
  engine.take(reading("b", 4, true, 11));
  engine.take(reading("a", 12, true));
  expect(times).toEqual([10, 10, 12]);
});

test("the town's listeners hear of four rules, and nobody hears of them", () => {
  const engine = new Engine({
    scenarios: [gauge, exit].map((scenario) => ({ scenario, params: {} })),
    world: townWorld(),
  });
  const told = [0, 1, 2, 3].flatMap((at) => engine.take(reading("a", at, true)));
  expect(lines([...told, ...engine.passTo(minutes(4))])).toEqual([
    "2 shut fired orange",
    "3 exit/blocked fired orange",
  ]);
});
