import { expect, test } from "vitest";
import { minutes } from "#scenario";
import { type Fault, withFaults } from "./faults.ts";
import { Fleet } from "./fleet.ts";
import { noon, samplePopulation, sampleScenarios } from "./sample.ts";
import { virtualRun } from "./virtual.ts";

const run = (faults: readonly Fault[] = [], batch?: number) => {
  const fleet = new Fleet({
    population: samplePopulation(),
    scenarios: sampleScenarios,
    seed: 7,
    startAt: noon,
  });
  const source = withFaults(fleet, faults, 1);
  const virtual = virtualRun({
    source,
    scenarios: sampleScenarios,
    from: noon,
    to: noon + minutes(120),
    ...(batch !== undefined && { batch }),
  });
  const batches = [...virtual.batches];
  return { ...virtual, batches, readings: batches.flat() };
};

test("readings come as the door would write them, in order of receipt, in groups", () => {
  const { batches, readings } = run([], 50);
  expect(batches.slice(0, -1).every((group) => group.length === 50)).toBe(true);
  const receipts = readings.map(({ receivedAt }) => receivedAt);
  expect(receipts).toEqual(receipts.toSorted((a, b) => a - b));
  expect(readings[0]).toEqual({
    sensorId: expect.any(String),
    siteId: expect.any(String),
    scenario: expect.any(String),
    time: readings[0]!.receivedAt,
    receivedAt: expect.any(Number),
    values: expect.any(Object),
    quality: "good",
    seq: 1,
  });
});

test("grouping changes nothing but the groups", () => {
  expect(run([], 7).readings).toEqual(run([], 1_000_000).readings);
});

test("readings without consent are counted and never given", () => {
  const { readings, tally } = run();
  expect(tally.refusedSent).toBeGreaterThan(100);
  expect(readings.some(({ sensorId }) => sensorId === "p-2")).toBe(false);
  expect(tally.sent).toBe(readings.length);
});

test("a clock ahead of the door's is held to the time of receipt; one behind is believed", () => {
  const ahead = run([{ kind: "skew", share: 1, by: minutes(5) }]).readings;
  expect(ahead.every(({ time, receivedAt, skewed }) => time === receivedAt && skewed)).toBe(true);
  const slightly = run([{ kind: "skew", share: 1, by: minutes(1) }]).readings;
  expect(slightly.every(({ time, receivedAt, skewed }) => time === receivedAt && !skewed)).toBe(
    true,
  );
  const behind = run([{ kind: "skew", share: 1, by: minutes(-5) }]).readings;
  expect(behind.every(({ time, receivedAt }) => receivedAt - time === minutes(5))).toBe(true);
});

test("values that do not fit their schema are counted as quarantined", () => {
  const { readings, quarantined, tally } = run([{ kind: "spike", share: 1, by: 10 }]);
  expect(readings.some(({ scenario }) => scenario === "well")).toBe(false);
  expect(quarantined()).toBe(tally.sent - readings.length);
  expect(quarantined()).toBeGreaterThan(100);
});

test("second copies are left out", () => {
  const { readings, tally } = run([{ kind: "duplicate", share: 1 }]);
  expect(readings).toEqual(run().readings);
  expect(tally.copies).toBe(tally.sent + tally.refusedSent);
});
