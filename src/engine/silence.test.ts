// Silence, and unknown: what is not heard is neither good nor bad, and is held against nobody who could not speak.

import { expect, test } from "vitest";
import { minutes, seconds, silent } from "../core/index.ts";
import type { Quality } from "../core/reading.ts";
import { dwell, type Facts, high, opened, type Said, scenarioOf } from "../testing/town.ts";
import { lines, Rows, townWorld } from "../testing/town-story.ts";
import { Engine } from "./engine.ts";

const quiet = silent<Said, Facts>({ after: minutes(15), level: "blue" });
const scenario = scenarioOf("gauge", { high, quiet });
const scenarios = [{ scenario, params: {} }];

/** A reading at a minute of the story. */
const reading = (
  at: number,
  levelM = 1,
  more: { quality?: Quality; sensorId?: string; receivedAt?: number; open?: boolean } = {},
) => ({
  sensorId: more.sensorId ?? "a",
  siteId: "cellar-1",
  scenario: "gauge",
  time: minutes(at),
  receivedAt: minutes(more.receivedAt ?? at),
  values: { levelM, open: more.open ?? false },
  quality: more.quality ?? "good",
});
const sensor = { scenario: "gauge", siteId: "cellar-1", sensorId: "a" };

test("a sensor that stops speaking is silent after its time, and speaks again with its next reading", () => {
  const engine = new Engine({ scenarios, world: townWorld() });
  engine.take(reading(0));
  expect(engine.passTo(minutes(15))).toEqual([]);
  expect(lines(engine.passTo(minutes(15) + 1))).toEqual(["15 quiet fired blue"]);
  expect(lines(engine.take(reading(20)))).toEqual(["20 quiet resolved blue"]);
});

test("silence counts from receipt, so a slow clock or a backfill is not silence", () => {
  const engine = new Engine({ scenarios, world: townWorld() });
  engine.take(reading(0, 1, { receivedAt: 300 }));
  engine.take(reading(5, 1, { receivedAt: 305 }));
  expect(engine.passTo(minutes(320))).toEqual([]);
  expect(lines(engine.passTo(minutes(321)))).toEqual(["320 quiet fired blue"]);
  expect(lines(engine.take(reading(30, 1, { receivedAt: 330 })))).toEqual([
    "330 quiet resolved blue",
  ]);
});

test("after our own downtime nobody is silent before one period has passed", () => {
  const engine = new Engine({ scenarios, world: townWorld() });
  engine.take(reading(0));
  engine.take(reading(3, 1, { sensorId: "b" }));
  expect(engine.begin(minutes(60), minutes(4))).toEqual([]);
  expect(engine.grace()).toMatchObject({ gauge: minutes(65) });
  engine.take(reading(62, 1, { sensorId: "b" }));
  expect(engine.passTo(minutes(65))).toEqual([]);
  expect(lines(engine.passTo(minutes(66)))).toEqual(["65 quiet fired blue"]);
});

// Red when: a wake of another rule on the same sensor asks about silence in the grace.
test("what wakes the other rules of a sensor in the grace does not ask about its silence", () => {
  const watched = scenarioOf("gauge", { dwell, quiet });
  const engine = new Engine({ scenarios: [{ scenario: watched, params: {} }], world: townWorld() });
  engine.take(reading(0, 1, { open: true }));
  engine.begin(minutes(60), minutes(1));
  expect(lines(engine.passTo(minutes(65)))).toEqual(["60 dwell fired yellow"]);
  expect(lines(engine.passTo(minutes(66)))).toEqual(["65 quiet fired blue"]);
});

// Red when: the grace is not saved, or is not taken up.
test("the grace outlives a crash in the midst of it", () => {
  const engine = new Engine({ scenarios, world: townWorld() });
  const rows = new Rows();
  engine.take(reading(0));
  engine.begin(minutes(60), minutes(4));
  rows.take(engine.changed());
  const grace = JSON.parse(JSON.stringify(engine.grace()));
  const again = new Engine({ scenarios, world: townWorld(), saved: rows.load() });
  again.resume({ grace, out: [] });
  expect(again.passTo(minutes(65))).toEqual([]);
  expect(lines(again.passTo(minutes(66)))).toEqual(["65 quiet fired blue"]);
});

test("a restart of a few seconds gives no grace, nor does the first start of all", () => {
  for (const downSince of [minutes(20) - seconds(9), null]) {
    const engine = new Engine({ scenarios, world: townWorld() });
    engine.take(reading(8));
    expect(engine.begin(minutes(20), downSince)).toEqual([]);
    expect(lines(engine.passTo(minutes(24)))).toEqual(["23 quiet fired blue"]);
  }
});

test("readings are judged at once in the grace, and holds run on", () => {
  const engine = new Engine({ scenarios, world: townWorld() });
  engine.take(reading(0, 3));
  engine.take(reading(5, 3));
  const told = engine.begin(minutes(30), minutes(6));
  expect(lines(told)).toEqual(["10 high fired yellow"]);
  expect(told[0]!.clock).toBe(minutes(30)); // people hear of it now
  expect(lines(engine.take(reading(31, 5)))).toEqual(["31 high escalated red"]);
});

test("a rule is asked once for all the times that we slept through", () => {
  let asked = 0;
  const watched = scenarioOf("gauge", {
    dwell: {
      ...dwell,
      judge(...asking) {
        asked++;
        return dwell.judge(...asking);
      },
    },
  });
  const engine = new Engine({ scenarios: [{ scenario: watched, params: {} }], world: townWorld() });
  engine.take(reading(0, 1, { open: true }));
  asked = 0;
  const told = [...engine.begin(minutes(1_000), minutes(1)), ...engine.passTo(minutes(1_000) + 1)];
  expect(lines(told)).toEqual(["1000 dwell fired yellow"]);
  expect(asked).toBe(1);
});

test("suspect and bad readings neither fire nor resolve, and only the bad ones are silence", () => {
  for (const quality of ["suspect", "bad"] as const) {
    const engine = new Engine({ scenarios, world: townWorld() });
    for (const at of [0, 5, 10, 15, 20])
      expect(engine.take(reading(at, 5, { quality }))).toEqual([]);
    expect(lines(engine.take(reading(21, 5)))).toEqual(["21 high fired red"]);
    for (const at of [24, 28, 32, 36]) expect(engine.take(reading(at, 1, { quality }))).toEqual([]);
    const silence = quality === "bad" ? ["36 quiet fired blue"] : [];
    expect(lines(engine.passTo(minutes(38)))).toEqual(silence);
  }
});

// Red when: a reading that is not good leaves a release running.
test("a release does not run out while all that is heard is bad, but with the next valid reading", () => {
  const engine = new Engine({ scenarios, world: townWorld() });
  expect(lines(engine.take(reading(0, 5)))).toEqual(["0 high fired red"]);
  engine.take(reading(5, 1));
  for (const at of [8, 12, 16]) engine.take(reading(at, 1, { quality: "suspect" }));
  expect(engine.passTo(minutes(19))).toEqual([]);
  expect(lines(engine.take(reading(19, 1)))).toEqual(["19 high resolved red"]);
});

test("a release that nothing valid was heard of for longer than its gap begins anew", () => {
  const engine = new Engine({ scenarios, world: townWorld() });
  engine.take(reading(0, 5));
  engine.take(reading(5, 1));
  for (const at of [8, 12, 16, 19]) engine.take(reading(at, 1, { quality: "suspect" }));
  expect(engine.take(reading(21, 1))).toEqual([]);
  expect(lines(engine.passTo(minutes(32)))).toEqual(["31 high resolved red"]);
});

test("out of service nothing fires, clears or runs out, and what is said then is not judged", () => {
  const out = new Set<string>();
  const watched = scenarioOf("gauge", {
    high,
    quiet,
    shut: opened({ hold: 0, release: minutes(4) }),
  });
  const engine = new Engine({
    scenarios: [{ scenario: watched, params: {} }],
    world: townWorld(out),
  });
  engine.take(reading(0, 3));
  engine.take(reading(1, 3, { open: true }));
  expect(lines(engine.take(reading(2, 3, { open: false })))).toEqual([]);
  out.add("a");
  const told = [10, 20, 30].flatMap((at) => engine.take(reading(at, 5, { open: true })));
  expect([...told, ...engine.passTo(minutes(40))]).toEqual([]);
  expect(engine.counts).toEqual({ judged: 3, copy: 0, late: 0, out: 3 });
  out.delete("a");
  engine.refresh(sensor, minutes(40));
  // The hold of `high` was lost meanwhile, the release of `shut` begins anew, and silence has a period to wait.
  expect(engine.take(reading(41, 3))).toEqual([]);
  expect(lines(engine.passTo(minutes(50)))).toEqual(["45 shut resolved orange"]);
  expect(lines(engine.take(reading(51, 3)))).toEqual(["51 high fired yellow"]);
});

test("put back in service, a sensor has one period before silence is held against it", () => {
  const out = new Set<string>();
  const engine = new Engine({ scenarios, world: townWorld(out) });
  engine.take(reading(0));
  out.add("a");
  expect(engine.passTo(minutes(100))).toEqual([]);
  out.delete("a");
  engine.refresh(sensor, minutes(100));
  expect(engine.passTo(minutes(105))).toEqual([]);
  expect(lines(engine.passTo(minutes(106)))).toEqual(["105 quiet fired blue"]);
});

test("a scenario that is put back in service gives every sensor one period before silence counts", () => {
  const engine = new Engine({ scenarios, world: townWorld() });
  engine.take(reading(0));
  engine.setOut("gauge", true, minutes(1), "by hand");
  engine.setOut("gauge", false, minutes(28), "by hand");
  expect(engine.passTo(minutes(33))).toEqual([]);
  expect(lines(engine.passTo(minutes(34)))).toEqual(["33 quiet fired blue"]);
});

test("a rule's own wake that came due out of service is asked for again a period after, on what is heard then", () => {
  const out = new Set<string>();
  const watched = scenarioOf("gauge", { dwell });
  const engine = new Engine({
    scenarios: [{ scenario: watched, params: {} }],
    world: townWorld(out),
  });
  engine.take(reading(0, 1, { open: true }));
  out.add("a");
  expect(engine.passTo(minutes(30))).toEqual([]);
  out.delete("a");
  expect(engine.take(reading(31, 1, { open: false }))).toEqual([]);
  expect(engine.passTo(minutes(90))).toEqual([]);
});
