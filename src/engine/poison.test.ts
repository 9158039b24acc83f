// Rules that break their contract: one scenario's fault is an alert of its own, and nobody else's trouble.

import fc from "fast-check";
import { expect, test } from "vitest";
import { minutes, type Rule } from "../core/index.ts";
import { exit, type Facts, gauge, plain, type Said, scenarioOf, text } from "../testing/town.ts";
import {
  type Dated,
  dated,
  type Happening,
  happen,
  lines,
  Rows,
  readingOf,
  readings,
  seen,
  townWorld,
} from "../testing/town-story.ts";
import { Engine } from "./engine.ts";
import type { Transition } from "./transition.ts";

type Judge = Rule<Said, Facts>["judge"];
const cyclic: Record<string, unknown> = {};
for (const name of "abcdefgh") cyclic[name] = cyclic;
const poisons: Record<string, Judge> = {
  throws: () => {
    throw new RangeError("off the scale");
  },
  "throws no error": () => {
    throw "a string";
  },
  "answers nothing": () => undefined as never,
  "answers later": (async () => ({ state: null })) as never,
  "keeps NaN": () => ({ state: { low: Number.NaN } }),
  "keeps undefined": () => ({ state: { low: undefined } as never }),
  "keeps a map": () => ({ state: new Map() as never }),
  "keeps a hole": () => ({ state: Object.assign([], { length: 2 }) as never }),
  "keeps a function": () => ({ state: { later: () => 1 } as never }),
  "keeps a cycle": () => ({ state: cyclic as never }),
  "keeps a date": (_state, _event, at) => ({ state: new Date(at) as never }),
  "keeps too much": () => ({ state: Array.from({ length: 10_000 }, () => 0) }),
  "keeps what it changes": (state) => {
    (state as { low: number }).low++;
    return { state };
  },
  "wakes in the past": (state, event, at) => ({
    state,
    wakeAt: event.kind === "wake" ? at : at + minutes(1),
  }),
  "throws when woken": (state, event, at) => {
    if (event.kind === "wake") throw new Error("not now");
    return { state, wakeAt: at + minutes(1) };
  },
  "wakes at no time": (state) => ({ state, wakeAt: Number.NaN }),
  "wakes at the end of time": (state) => ({ state, wakeAt: Number.POSITIVE_INFINITY }),
  "says purple": (state) => ({ state, signal: { level: "purple" as never } }),
  "says NaN": (state) => ({ state, signal: { level: "red", value: Number.NaN } }),
};
const poison = (judge: Judge, more: Partial<Rule<Said, Facts>> = {}): Rule<Said, Facts> => ({
  asks: text("Does it break?"),
  ...plain,
  alert: { hold: 0, release: 0 },
  initial: { low: 0 },
  judge,
  ...more,
});

/** So that no story goes by without a word. */
const first: Happening = {
  kind: "reads",
  gap: 0,
  sensorId: "a",
  said: { levelM: 1, open: false },
  lag: 0,
  quality: "good",
  times: 1,
};

/** The town with a scenario beside it that hears what the town's own sensors say. */
function live(
  story: readonly Dated[],
  rule: Rule<Said, Facts> | null,
): { told: Transition[]; rows: Rows } {
  const more = rule ? [scenarioOf("poison", { bad: rule })] : [];
  const engine = new Engine({
    scenarios: [...more, gauge, exit].map((scenario) => ({ scenario, params: {} })),
    world: townWorld(),
  });
  const told = story.flatMap((one) => [
    ...(rule && one.kind === "reads" ? engine.take({ ...readingOf(one), scenario: "poison" }) : []),
    ...happen(engine, new Set(), one),
  ]);
  const rows = new Rows();
  rows.take(engine.changed());
  return { told, rows };
}

test.each(Object.keys(poisons))(
  "a rule that %s changes nothing for the others, and is told of",
  (name) => {
    fc.assert(
      fc.property(readings, (story) => {
        const whole = dated([first, ...story]);
        const clean = live(whole, null);
        const { told, rows } = live(whole, poison(poisons[name]!));
        expect(seen(told.filter(({ scenario }) => scenario !== "brain-health"))).toEqual(
          seen(clean.told),
        );
        const faults = told.filter(({ scenario }) => scenario === "brain-health");
        expect(faults[0]).toMatchObject({ sensorId: "poison", change: "fired", lifeSafety: false });
        for (const row of rows.texts().values()) expect(row.length).toBeLessThan(16_384);
      }),
      { numRuns: 40 },
    );
  },
);

const reading = (at: number, scenario = "poison", open = false) => ({
  sensorId: "a",
  siteId: "cellar-1",
  scenario,
  time: minutes(at),
  receivedAt: minutes(at),
  values: { levelM: 1, open },
  quality: "good" as const,
});
const engineOf = (rules: Record<string, Rule<Said, Facts>>) =>
  new Engine({
    scenarios: [{ scenario: scenarioOf("poison", rules), params: {} }],
    world: townWorld(),
  });

test("a fault says what failed and why, and is over half an hour after the last one", () => {
  const engine = engineOf({ bad: poison(poisons.throws!) });
  const [fault] = engine.take(reading(0));
  expect(fault).toMatchObject({
    scenario: "brain-health",
    rule: "faulty",
    siteId: "brain",
    sensorId: "poison",
  });
  expect(fault!.evidence.note).toBe("throws: bad");
  expect(fault!.evidence.witnesses.first[0]!.values).toEqual({
    fault: "throws",
    rule: "bad",
    detail: "RangeError: off the scale",
  });
  expect(engine.take(reading(20))).toEqual([]);
  expect(engine.passTo(minutes(50))).toEqual([]);
  expect(lines(engine.passTo(minutes(51)))).toEqual(["50 brain-health/faulty resolved orange"]);
});

test("each kind of fault has its name", () => {
  const notes = [
    "throws",
    "keeps NaN",
    "keeps too much",
    "wakes at no time",
    "says purple",
    "says NaN",
  ].map((name) => engineOf({ bad: poison(poisons[name]!) }).take(reading(0))[0]?.evidence.note);
  expect(notes).toEqual([
    "throws: bad",
    "not-json: bad",
    "not-json: bad",
    "bad-answer: bad",
    "bad-answer: bad",
    "bad-answer: bad",
  ]);
});

// Red when: a wake that failed is asked for again at the same instant. This test would then never end.
test("a rule that fails when woken is asked again a period later, and its alert goes on without it", () => {
  const asked: number[] = [];
  const judge: Judge = (state, event, at) => {
    if (event.kind === "reading")
      return { state, signal: { level: "red" }, wakeAt: at + minutes(1) };
    asked.push(at / minutes(1));
    throw new Error("not now");
  };
  const alert = { hold: minutes(3), release: 0, samples: 1 };
  const told = [engineOf({ bad: poison(judge, { alert }) })].flatMap((engine) => [
    ...engine.take(reading(0)),
    ...engine.passTo(minutes(12)),
  ]);
  expect(lines(told)).toEqual(["1 brain-health/faulty fired orange", "3 poison/bad fired red"]);
  expect(asked).toEqual([1, 6, 11]);
});

test("a rule that fails keeps its state and its alert as they were, and another of its scenario goes on", () => {
  let states: unknown[] = [];
  const picky: Judge = (state, event) => {
    states.push(state);
    if (event.kind === "reading" && event.reading.open) throw new Error("open");
    return { state: { low: (state as { low: number }).low + 1 }, signal: { level: "yellow" } };
  };
  const engine = engineOf({
    picky: poison(picky),
    fine: poison((state) => ({ state, signal: { level: "blue" } })),
  });
  expect(lines(engine.take(reading(0)))).toEqual([
    "0 poison/picky fired yellow",
    "0 poison/fine fired blue",
  ]);
  engine.take(reading(1, "poison", true));
  states = [];
  engine.take(reading(2));
  expect(states).toEqual([{ low: 1 }]);
});

// Red when: a reading that a rule failed at counts as no word at all, and the hold runs out on it.
test("a reading that a rule fails at is unknown to it: nothing fires until it can tell again", () => {
  const picky: Judge = (state, event) => {
    if (event.kind === "reading" && event.reading.open) throw new Error("open");
    return { state, signal: { level: "red" } };
  };
  const alert = { hold: minutes(3), release: 0, samples: 1 };
  const engine = engineOf({ picky: poison(picky, { alert }) });
  engine.take(reading(0));
  engine.take(reading(2, "poison", true));
  expect(engine.passTo(minutes(5))).toEqual([]);
  expect(lines(engine.take(reading(6)))).toEqual(["6 poison/picky fired red"]);
});

test("an initial state that a row can't hold, or that a rule changes in place, is told of, and shared by nobody", () => {
  const map = engineOf({ bad: poison((state) => ({ state }), { initial: new Map() as never }) });
  expect(map.take(reading(0))[0]?.evidence.note).toBe("not-json: bad");
  const pushes = (state: unknown) => {
    (state as number[]).push(1);
    return { state: state as number[] };
  };
  const shared = engineOf({ bad: poison(pushes, { initial: [] }) });
  expect(shared.take(reading(0))[0]?.evidence.witnesses.first[0]?.values.detail).toMatch(
    /^TypeError/,
  );
});

test("thresholds that fail cost the evidence its bounds, and the alert nothing", () => {
  const engine = engineOf({
    bad: poison((state) => ({ state, signal: { level: "red" } }), {
      thresholds: () => {
        throw new Error("no bounds");
      },
    }),
  });
  const told = engine.take(reading(0));
  expect(lines(told)).toEqual(["0 brain-health/faulty fired orange", "0 poison/bad fired red"]);
  expect(told[1]!.evidence.thresholds).toEqual([]);
});

test("a rule that is slow is yellow, one that also throws is orange", () => {
  const engine = engineOf({ bad: poison(poisons.throws!) });
  const told = engine.slow("poison", "bad", "240 ms", minutes(1));
  expect(lines([...told, ...engine.take(reading(2))])).toEqual([
    "1 brain-health/faulty fired yellow",
    "2 brain-health/faulty escalated orange",
  ]);
  expect(told[0]!.evidence.note).toBe("slow: bad");
  expect(engine.slow("nobody", "bad", "240 ms", minutes(3))).toEqual([]);
});

test("a scenario out of service judges nothing, is told of until it is put back, and remembers what it heard", () => {
  const engine = engineOf({ bad: poison((state) => ({ state, signal: { level: "red" } })) });
  expect(lines(engine.setOut("poison", true, minutes(0), "too slow"))).toEqual([
    "0 brain-health/faulty fired orange",
  ]);
  expect(engine.setOut("poison", true, minutes(1), "again")).toEqual([]);
  expect(engine.take(reading(2))).toEqual([]);
  expect(engine.slow("poison", "bad", "a late word", minutes(3))).toEqual([]);
  expect(engine.passTo(minutes(300))).toEqual([]);
  expect(lines(engine.setOut("poison", false, minutes(300), ""))).toEqual([
    "300 brain-health/faulty resolved orange",
  ]);
  expect(engine.take({ ...reading(2), receivedAt: minutes(301) })).toEqual([]);
  expect(lines(engine.take(reading(302)))).toEqual(["302 poison/bad fired red"]);
  expect(engine.counts).toEqual({ judged: 1, copy: 1, late: 0, out: 1 });
});

test("the brain's own scenario can't be taken out of service, nor muted by a sensor of the same name", () => {
  const engine = new Engine({
    scenarios: [{ scenario: scenarioOf("poison", { bad: poison(poisons.throws!) }), params: {} }],
    world: townWorld(new Set(["poison"])),
  });
  expect(engine.setOut("brain-health", true, 0, "")).toEqual([]);
  expect(lines(engine.take(reading(1)))).toEqual(["1 brain-health/faulty fired orange"]);
  expect(lines(engine.passTo(minutes(32)))).toEqual(["31 brain-health/faulty resolved orange"]);
});

test("each time a rule is entered it is left, before anything else is asked", () => {
  const log: string[] = [];
  const engine = new Engine({
    scenarios: [{ scenario: scenarioOf("poison", { bad: poison(poisons.throws!) }), params: {} }],
    world: townWorld(),
    meter: { enter: (id) => log.push(`+${id}`), leave: (id) => log.push(`-${id}`) },
  });
  engine.take(reading(0));
  const own = ["+brain-health", "-brain-health"]; // has two rules
  expect(log).toEqual(["+poison", "-poison", ...own, ...own]);
});
