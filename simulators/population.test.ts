import { expect, test } from "vitest";
import { minutes } from "#scenario";
import { fewer, populationOf } from "./population.ts";
import {
  hall,
  noon,
  person,
  sampleChanges,
  samplePopulation,
  sampleScenarios,
  well,
} from "./sample.ts";

const ids = (sensors: readonly { id: string }[]) => sensors.map(({ id }) => id);

test("only sensors in service and with consent are heard", () => {
  const population = samplePopulation();
  expect(ids(population.heardAt(well, "well-a", noon))).toEqual(["w-a", "w-a2"]);
  expect(ids(population.heardAt(person, "flat-1", noon))).toEqual(["p-1"]);
  expect(population.heardAt(person, "flat-1", noon - minutes(2))).toEqual([]);
  expect(population.heardAt(person, "flat-2", noon)).toEqual([]);
  expect(population.heardAt(hall, "well-a", noon)).toEqual([]);
});

test("fewer sensors keep the mix, lose no scenario, and are the same for a seed", () => {
  const half = populationOf(fewer(sampleChanges, 5, 1), sampleScenarios);
  const scenarios = half.sensors.map(({ scenario }) => scenario);
  expect(new Set(scenarios).size).toBe(3);
  expect(scenarios.filter((id) => id === "well")).toHaveLength(3);
  expect(fewer(sampleChanges, 5, 1)).toEqual(fewer(sampleChanges, 5, 1));
  expect(half.register.all("site")).toEqual(samplePopulation().register.all("site"));
  expect(fewer(sampleChanges, 1_000, 1)).toEqual(sampleChanges);
});
