// What a fleet has to know of the register: who stands where, and whose readings reach a rule.

import type { AnyScenario, Instant } from "#scenario";
import type { RegisterChange, Sensor } from "../src/register/entities.ts";
import { Register } from "../src/register/register.ts";
import { chanceFor, shuffled } from "../src/register/street/chance.ts";

export type Population = {
  register: Register;
  /** By id. */
  sensors: readonly Sensor[];
  /** The sensors of one scenario at the very site, by id; the order gives each its index. */
  sensorsAt(scenario: string, siteId: string): readonly Sensor[];
  /** Whether the door lets a sensor's readings in: no person's readings without consent. */
  isConsented(sensor: Sensor, scenario: AnyScenario, at: Instant): boolean;
  /** The sensors of a scenario at a site whose readings a rule will see. */
  heardAt(scenario: AnyScenario, siteId: string, at: Instant): readonly Sensor[];
};

/**
 * Reads the register's changes in order. They are taken as they are: the brain has checked them
 * when it took them.
 */
export function populationOf(
  changes: readonly RegisterChange[],
  scenarios: readonly AnyScenario[],
): Population {
  const register = new Register(scenarios);
  register.apply(changes);
  const sensors = register.all("sensor");
  const places = Map.groupBy(sensors, (sensor) => `${sensor.scenario}/${sensor.siteId}`);
  const population: Population = {
    register,
    sensors,
    sensorsAt: (scenario, siteId) => places.get(`${scenario}/${siteId}`) ?? [],
    isConsented: ({ siteId }, { consent }, at) =>
      consent === undefined || register.consented(siteId, consent.purpose, at),
    heardAt: (scenario, siteId, at) =>
      population
        .sensorsAt(scenario.id, siteId)
        .filter((sensor) => !sensor.outOfService && population.isConsented(sensor, scenario, at)),
  };
  return population;
}

/**
 * The register's changes with about so many of its sensors, in the same mix of scenarios and at
 * least one of each. Sensors of one cell stay together as far as that goes. Seeded.
 */
export function fewer(
  changes: readonly RegisterChange[],
  count: number,
  seed: number,
): RegisterChange[] {
  const sensors = changes.flatMap((one) => ("put" in one && one.put === "sensor" ? one.value : []));
  const cells = new Map(
    changes.flatMap((one) =>
      "put" in one && one.put === "site" ? [[one.value.id, one.value.cellId]] : [],
    ),
  );
  const order = shuffled(chanceFor(seed, "fewer"), [...new Set(cells.values())].sort());
  const turn = new Map(order.map((cellId, index) => [cellId, index]));
  const turnOf = ({ siteId }: Sensor) => turn.get(cells.get(siteId) ?? "") ?? order.length;
  const kept = new Set<string>();
  for (const own of Map.groupBy(sensors, ({ scenario }) => scenario).values()) {
    const quota = Math.max(1, Math.round((count * own.length) / sensors.length));
    const inTurn = own.toSorted((a, b) => turnOf(a) - turnOf(b) || (a.id < b.id ? -1 : 1));
    for (const { id } of inTurn.slice(0, quota)) kept.add(id);
  }
  return changes.filter((one) => !("put" in one && one.put === "sensor") || kept.has(one.value.id));
}
