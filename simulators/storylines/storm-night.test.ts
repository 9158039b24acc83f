// The storm night before the real scenarios and the real engine, without a broker: everything that
// it stages is noticed in time, and nothing else is.

import { expect, test } from "vitest";
import { type AnyScenario, type Instant, minutes } from "#scenario";
import crowd from "../../scenarios/crowd-density/index.ts";
import elder from "../../scenarios/elder-vital-signs/index.ts";
import lift from "../../scenarios/elevator-safety/index.ts";
import parking from "../../scenarios/non-motor-parking/index.ts";
import river from "../../scenarios/river-level/index.ts";
import type { Json } from "../../src/core/rule.ts";
import { Engine } from "../../src/engine/engine.ts";
import type { Transition } from "../../src/engine/transition.ts";
import type { RegisterChange } from "../../src/register/entities.ts";
import { defaultsOf } from "../../src/testing/defaults.ts";
import { AlertBook } from "../alert-book.ts";
import { compare } from "../matching.ts";
import { type Plan, planRun } from "../plan.ts";
import { type Population, populationOf } from "../population.ts";
import { virtualRun } from "../virtual.ts";
import { stormNight } from "./index.ts";

const scenarios: readonly AnyScenario[] = [crowd, elder, lift, parking, river];
/** Ten in the evening on the street. */
const evening: Instant = Date.UTC(2026, 6, 14, 14);
const text = (word: string) => ({ zh: word, en: word });

/** So many sites of every scenario's kind, six to a compound, each with a sensor and consent. */
function street(perScenario: number): Population {
  const changes: RegisterChange[] = [
    { put: "community", value: { id: "q", code: "1", name: text("q"), streetId: "s" } },
    { put: "cell", value: { id: "c", code: "2", communityId: "q", ring: [] } },
  ];
  for (let i = 0; i < perScenario; i++) {
    const parentId = `compound-${Math.floor(i / 6)}`;
    if (i % 6 === 0)
      changes.push({
        put: "site",
        value: { id: parentId, kind: "compound", name: text(parentId), cellId: "c", facts: {} },
      });
    for (const { id: scenario, siteKind: kind, sampleSite, consent } of scenarios) {
      const id = `${kind}-${i}`;
      const facts = { [scenario]: sampleSite as Json };
      changes.push(
        { put: "site", value: { id, kind, name: text(id), parentId, cellId: "c", facts } },
        { put: "sensor", value: { id: `s-${id}`, siteId: id, scenario } },
      );
      if (consent) changes.push({ put: "consent", value: consentFor(id, consent.purpose) });
    }
  }
  return populationOf(changes, scenarios);
}

const consentFor = (siteId: string, purpose: string) => ({
  id: `yes-${siteId}`,
  subjectRef: "x",
  siteId,
  purpose,
  textVersion: "1",
  givenBy: "self" as const,
  channel: "paper",
  givenAt: 0,
});

/** Lets the real engine judge the run, and compares what it told with what was staged. */
function judged(population: Population, plan: Plan, until: Instant) {
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

const population = street(24);
const planFor = (seed: number, staged: boolean) =>
  planRun({
    population,
    scenarios,
    seed,
    startAt: evening,
    ...(staged && { storyline: stormNight }),
  });

test.each([1, 2, 3])(
  "everything the storm stages is noticed in time, and nothing else (seed %i)",
  (seed) => {
    const plan = planFor(seed, true);
    const { met, missed, late, unexplained, notYetDue } = judged(
      population,
      plan,
      evening + minutes(60 * 12),
    );
    expect(missed).toEqual([]);
    expect(late).toEqual([]);
    expect(unexplained).toEqual([]);
    expect(notYetDue).toEqual([]);
    expect(met).toHaveLength(15);
    expect(new Set(met.map(({ expectation }) => expectation.scenario)).size).toBe(5);
  },
);

test("an hour of it is enough to see a square, a shelter, a dark compound and a sick person", () => {
  const { met, missed, notYetDue } = judged(population, planFor(1, true), evening + minutes(60));
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
  const { met, knockOn, unexplained } = judged(
    population,
    planFor(4, false),
    evening + minutes(60 * 12),
  );
  expect([...met, ...knockOn, ...unexplained]).toEqual([]);
});
