import { afterEach, beforeEach, expect, test } from "vitest";
import { minutes } from "#scenario";
import { type RunOptions, runFleet } from "./run.ts";
import { noon, samplePopulation, sampleScenarios } from "./sample.ts";
import { openBroker, type SampleBroker } from "./sample-broker.ts";

let broker: SampleBroker;
beforeEach(async () => {
  broker = await openBroker();
});
afterEach(() => broker.close());

const run = (more: Partial<RunOptions> = {}) =>
  runFleet({
    population: samplePopulation(),
    scenarios: sampleScenarios,
    seed: 7,
    url: broker.url,
    secretOf: () => "x",
    clock: async () => ({ realAt: Date.now(), simAt: noon, speed: 6_000 }),
    forMs: 300,
    ...more,
  });

test("a run starts on the brain's clock once all are connected, shows its incidents and leaves", async () => {
  let up = 0;
  const { plan, driven } = await run({
    incidents: ["well:full@well-b+5/10"],
    onStart: ({ links }) => {
      up = links.up();
    },
  });
  expect(up).toBe(8);
  expect(plan.outlook.expected.map(({ sensorId }) => sensorId)).toEqual(["w-b"]);
  expect(plan.outlook.expected[0]!.from).toBeGreaterThanOrEqual(noon + minutes(5));
  expect(driven.tally.acked).toBe(driven.tally.sent);
  const high = broker.heard
    .filter(({ topic }) => topic === "readings/well-b/w-b")
    .map(({ payload }) => JSON.parse(payload) as { time: number; values: { levelM: number } })
    .filter(({ values }) => values.levelM > 6);
  expect(high.length).toBe(2);
  expect(high.every(({ time }) => time >= plan.staged[0]!.from)).toBe(true);
  const left = broker.heard.filter(({ payload }) => payload === "offline");
  expect(left).toHaveLength(8);
});

test("a wanted rate is the rate, whatever the speed of the clock", async () => {
  const { driven } = await run({ rate: 2_000, forMs: 500 });
  const readings = driven.tally.sent + driven.tally.refusedSent;
  expect(readings / 1_000).toBeCloseTo(1, 0);
});

test("what cannot be planned is told before anybody connects", async () => {
  await expect(run({ incidents: ["well:fire"] })).rejects.toThrow(/no incident "fire"/);
  await expect(run({ faults: ["gateway-loss:gx@1min+1min"] })).rejects.toThrow(/no gateway gx/);
  expect(broker.heard).toEqual([]);
});

test("everybody says goodbye also when the brain goes away before the run begins", async () => {
  let asked = 0;
  const time = { realAt: Date.now(), simAt: noon, speed: 6_000 };
  const clock = async () => {
    if (++asked > 1) throw new Error("no clock");
    return time;
  };
  await expect(run({ clock })).rejects.toThrow("no clock");
  expect(broker.heard.filter(({ payload }) => payload === "offline")).toHaveLength(8);
});

test("what a run stages is chosen for the brain's own day, on which consents hold", async () => {
  const fall = { incidents: ["person:fall"], forMs: 20 };
  const { plan } = await run(fall);
  expect(plan.staged[0]!.siteId).toBe("flat-1");
  const early = async () => ({ realAt: Date.now(), simAt: noon - minutes(60), speed: 1 });
  await expect(run({ ...fall, clock: early })).rejects.toThrow(/wants 1.*found 0/);
});
