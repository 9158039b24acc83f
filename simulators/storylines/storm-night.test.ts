// The storm night before the real scenarios and the real engine, without a broker: everything that
// it stages is noticed in time, and nothing else is.

import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type AnyScenario, type Instant, minutes } from "#scenario";
import crowd from "../../scenarios/crowd-density/index.ts";
import elder from "../../scenarios/elder-vital-signs/index.ts";
import lift from "../../scenarios/elevator-safety/index.ts";
import parking from "../../scenarios/non-motor-parking/index.ts";
import river from "../../scenarios/river-level/index.ts";
import { Engine } from "../../src/engine/engine.ts";
import type { Transition } from "../../src/engine/transition.ts";
import { syntheticStreet } from "../../src/register/street/synthetic-street.ts";
import { defaultsOf } from "../../src/testing/defaults.ts";
import { AlertBook } from "../alert-book.ts";
import { compare } from "../matching.ts";
import { type Plan, planRun } from "../plan.ts";
import { populationOf } from "../population.ts";
import { readStoryline } from "../storyline-file.ts";
import { virtualRun } from "../virtual.ts";
import { stormNight } from "./index.ts";

const scenarios: readonly AnyScenario[] = [crowd, elder, lift, parking, river];
/** Ten in the evening on the street, and seven in the morning, when all that was staged is due. */
const evening: Instant = Date.UTC(2026, 6, 14, 14);
const dawn = evening + minutes(9 * 60);
/** A small street with more of what the storm needs than a whole one would have. */
const weights = {
  "crowd-density": 28,
  "elder-vital-signs": 10,
  "elevator-safety": 40,
  "non-motor-parking": 20,
  "river-level": 12,
};
const street = syntheticStreet(1, { scenarios, sensors: 110, weights });
const population = populationOf(street.changes, scenarios);

/** Lets the real engine judge the run, and compares what it told with what was staged. */
function judged(plan: Plan, until: Instant) {
  const { register } = population;
  const engine = new Engine({
    scenarios: scenarios.map((scenario) => ({ scenario, params: defaultsOf(scenario) })),
    world: {
      facts: (scenario, siteId) => register.facts(scenario, siteId),
      nearest: (siteId, kind) => register.nearest(siteId, kind),
      outOfService: (sensorId) => register.outOfService(sensorId),
    },
  });
  const book = new AlertBook({ realAt: 0, simAt: evening, speed: 1 });
  const hear = (told: Transition) => {
    const { scenario, rule, siteId, sensorId, alert, at } = told;
    const { id, level } = alert;
    book.hear({ id, scenario, rule, siteId, sensorId, level, firedAt: at, changedAt: at }, at);
  };
  const run = virtualRun({ source: plan.source, scenarios, from: evening, to: until });
  for (const batch of run.batches)
    for (const reading of batch) for (const told of engine.take(reading)) hear(told);
  for (const told of engine.passTo(until)) hear(told);
  return compare({
    outlook: plan.outlook,
    seen: book.seen(),
    population,
    from: evening,
    until,
  });
}

const planFor = (seed: number, staged: boolean) =>
  planRun({
    population,
    scenarios,
    seed,
    startAt: evening,
    ...(staged && { storyline: stormNight }),
  });

test.each([1, 2, 3])(
  "all that the storm stages is noticed in time, and nothing else (seed %i)",
  (seed) => {
    const plan = planFor(seed, true);
    const { met, missed, late, unexplained, notYetDue } = judged(plan, dawn);
    expect(missed).toEqual([]);
    expect(late).toEqual([]);
    expect(unexplained).toEqual([]);
    expect(notYetDue).toEqual([]);
    expect(met.length).toBeGreaterThanOrEqual(15); // more where several cameras see one square
    expect(new Set(met.map(({ expectation }) => expectation.scenario)).size).toBe(5);
  },
);

test("an hour is enough to see a square, a shelter, dark lifts and a sick person", () => {
  const { met, missed, notYetDue } = judged(planFor(1, true), evening + minutes(60));
  expect(missed).toEqual([]);
  expect(notYetDue.length).toBeGreaterThan(0);
  const told = new Set(met.map(({ expectation: { scenario, rule } }) => `${scenario}/${rule}`));
  for (const rule of [
    "crowd-density/silent",
    "crowd-density/density",
    "crowd-density/forecast",
    "elevator-safety/trapped",
    "elevator-safety/silent",
    "elder-vital-signs/sum",
    "non-motor-parking/blocked",
    "river-level/rising",
  ])
    expect(told).toContain(rule);
});

test("a night without a storm raises nothing", () => {
  const { met, knockOn, unexplained } = judged(planFor(4, false), dawn);
  expect([...met, ...knockOn, ...unexplained]).toEqual([]);
});

test("the storyline that the README shows can be read and played", () => {
  const readme = readFileSync(join(import.meta.dirname, "../README.md"), "utf8");
  const file = join(mkdtempSync(join(tmpdir(), "readme-")), "storyline.yaml");
  writeFileSync(file, /```yaml\n(.*?)```/s.exec(readme)![1]!);
  const storyline = readStoryline(file);
  const { staged } = planRun({ population, scenarios, seed: 1, startAt: evening, storyline });
  expect(staged).toHaveLength(3);
});
