// Every storyline of the house before the installed scenarios and the real engine, on a small street
// without a broker: what it stages is noticed in time, and nothing else is.

import { expect, test } from "vitest";
import { type AnyScenario, minutes } from "#scenario";
import * as index from "../../scenarios/index.ts";
import { Engine } from "../../src/engine/engine.ts";
import type { Transition } from "../../src/engine/transition.ts";
import { syntheticStreet } from "../../src/register/street/synthetic-street.ts";
import { defaultsOf } from "../../src/testing/defaults.ts";
import { AlertBook } from "../alert-book.ts";
import { compare } from "../matching.ts";
import { planRun } from "../plan.ts";
import { populationOf } from "../population.ts";
import { beginOf } from "../storyline.ts";
import { virtualRun } from "../virtual.ts";
import { storylineNamed, storylineNames } from "./index.ts";

const scenarios: readonly AnyScenario[] = Object.values(index);
const { changes } = syntheticStreet(1, { scenarios, sensors: 400 });
const population = populationOf(changes, scenarios);
const today = Date.UTC(2026, 6, 15, 4);

test.each(storylineNames())(
  "%s: all that it stages is noticed in time, and nothing else",
  (name) => {
    const storyline = storylineNamed(name);
    const from = beginOf(storyline, today)!;
    const lasts = storyline.steps.map((step) => step.at + Math.min(step.lasts, 60));
    const until = from + minutes(Math.max(...lasts));
    const plan = planRun({ population, scenarios, seed: 1, startAt: from, storyline });
    const { register } = population;
    const engine = new Engine({
      scenarios: scenarios.map((scenario) => ({ scenario, params: defaultsOf(scenario) })),
      world: {
        facts: (scenario, siteId) => register.facts(scenario, siteId),
        nearest: (siteId, kind) => register.nearest(siteId, kind),
        outOfService: (sensorId) => register.outOfService(sensorId),
      },
    });
    const book = new AlertBook({ realAt: 0, simAt: from, speed: 1 });
    const hear = (told: Transition) => {
      const { scenario, rule, siteId, sensorId, alert, at } = told;
      const { id, level } = alert;
      book.hear({ id, scenario, rule, siteId, sensorId, level, firedAt: at, changedAt: at }, at);
    };
    for (const batch of virtualRun({ source: plan.source, scenarios, from, to: until }).batches)
      for (const reading of batch) for (const told of engine.take(reading)) hear(told);
    for (const told of engine.passTo(until)) hear(told);
    const seen = book.seen();
    const found = compare({ outlook: plan.outlook, seen, population, from, until });
    expect({ ...found, met: [], knockOn: [], notYetDue: [] }).toEqual({
      met: [],
      late: [],
      missed: [],
      excused: [],
      notYetDue: [],
      knockOn: [],
      unexplained: [],
    });
    expect(found.met.length).toBeGreaterThanOrEqual(storyline.steps.length / 2);
  },
);

test("a fire in a compound whose lane is blocked must raise the alert that hears both", () => {
  const storyline = storylineNamed("fire-in-compound");
  const from = beginOf(storyline, today)!;
  const { outlook } = planRun({ population, scenarios, seed: 1, startAt: from, storyline });
  expect(outlook.expected.map(({ scenario, rule }) => `${scenario}/${rule}`)).toContain(
    "fire-lane-occupation/withFire",
  );
});

test("a storyline begins at its own hour, the last time that it was so", () => {
  const at = (begins: string) =>
    new Date(beginOf({ ...storylineNamed("storm-night"), begins }, today)!).toISOString();
  expect(at("22:00")).toBe("2026-07-14T14:00:00.000Z");
  expect(at("12:00")).toBe("2026-07-15T04:00:00.000Z");
  expect(at("12:01")).toBe("2026-07-14T04:01:00.000Z");
});
