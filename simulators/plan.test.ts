import { expect, test } from "vitest";
import { minutes } from "#scenario";
import { type PlanOptions, planRun } from "./plan.ts";
import { noon, samplePopulation, sampleScenarios } from "./sample.ts";
import type { Storyline } from "./storyline.ts";

const plan = (more: Partial<PlanOptions> = {}) =>
  planRun({
    population: samplePopulation(),
    scenarios: sampleScenarios,
    seed: 7,
    startAt: noon,
    ...more,
  });
const hour = ({ source }: ReturnType<typeof plan>) => [...source.dueBefore(noon + minutes(60))];

const storyline: Storyline = {
  id: "night",
  name: { zh: "夜", en: "Night" },
  tells: { zh: "夜", en: "Night" },
  steps: [{ at: 5, scenario: "well", incident: "full", sites: { count: 1 }, lasts: 20 }],
};

test("what is staged is what the source shows and what must be noticed", () => {
  const night = plan({ storyline });
  const { siteId } = night.staged[0]!;
  const high = hour(night).filter(({ values }) => (values.levelM as number) > 6);
  expect(new Set(high.map(({ sensor }) => sensor.siteId))).toEqual(new Set([siteId]));
  expect(new Set(night.outlook.expected.map((one) => one.siteId))).toEqual(new Set([siteId]));
});

test("incidents asked for by hand join the storyline, at other sites than its own", () => {
  const { staged, outlook } = plan({ storyline, incidents: ["well:full@3", "hall:rush"] });
  const wells = staged.filter(({ scenario }) => scenario === "well");
  expect(new Set(wells.map(({ siteId }) => siteId)).size).toBe(4);
  expect(outlook.expected.some(({ rule }) => rule === "crowded")).toBe(true);
  expect(plan().staged).toEqual([]);
});

test("a wanted rate is the rate in real time, whatever the speed of the clock", () => {
  const inAMinute = (rate: number, speed: number) => {
    const { source } = plan({ rate, speed });
    return ([...source.dueBefore(noon + 60_000)].length / 60) * speed;
  };
  expect(inAMinute(60, 1) / 60).toBeCloseTo(1, 1);
  expect(inAMinute(600, 10) / 600).toBeCloseTo(1, 1);
});

test("a stretched fleet gives its rules as much more time", () => {
  const incidents = ["well:full@well-b"];
  const natural = plan({ incidents }).outlook.expected[0]!;
  const slowed = plan({ incidents, rate: 0.07, speed: 1 }).outlook.expected[0]!;
  expect(slowed.by).toBeGreaterThan(natural.by);
});

test("faults are laid over the fleet, and a lost gateway must be one of the register", () => {
  const lost = plan({ faults: ["gateway-loss:gw@10min+20min"] });
  expect(lost.outages).toMatchObject([{ id: "gw", from: noon + minutes(10) }]);
  const gone = hour(plan()).length - hour(lost).length;
  expect(gone).toBe(8);
  expect(() => plan({ faults: ["gateway-loss:gx@1min+1min"] })).toThrow(/no gateway gx/);
});

test("people are chosen by the consents of the day that the run begins on", () => {
  const incidents = ["person:fall"];
  expect(plan({ incidents }).staged[0]!.siteId).toBe("flat-1");
  expect(() => plan({ incidents, startAt: noon - minutes(60) })).toThrow(/wants 1.*found 0/);
});
