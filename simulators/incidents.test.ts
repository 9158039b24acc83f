import { expect, test } from "vitest";
import { minutes } from "#scenario";
import { Complaint } from "./complaint.ts";
import { readIncident, stageStoryline } from "./incidents.ts";
import { noon, samplePopulation, sampleScenarios } from "./sample.ts";
import type { Step } from "./storyline.ts";

const stage = (steps: Step[], seed = 3) =>
  stageStoryline(
    { id: "night", name: { zh: "夜", en: "n" }, tells: { zh: "夜", en: "n" }, steps },
    { population: samplePopulation(), scenarios: sampleScenarios, seed, startAt: noon },
  );
const full = { at: 5, scenario: "well", incident: "full", lasts: 30 };

test("a step plays its incident at every site that fits, for as long as it says", () => {
  const staged = stage([{ ...full, sites: { kind: "well" } }]);
  expect(staged.map(({ siteId }) => siteId).sort()).toEqual([
    "well-a",
    "well-b",
    "well-c",
    "well-d",
  ]);
  expect(staged[0]).toMatchObject({
    scenario: "well",
    incident: "full",
    from: noon + minutes(5),
    to: noon + minutes(35),
  });
});

test("sites chosen by chance are the same for a seed and differ between seeds", () => {
  const chosen = (seed: number) =>
    stage([{ ...full, sites: { count: 2 } }], seed)
      .map(({ siteId }) => siteId)
      .join();
  expect(chosen(3)).toBe(chosen(3));
  const all = Array.from({ length: 20 }, (_, seed) => chosen(seed));
  expect(new Set(all).size).toBeGreaterThan(3);
});

test("sites can be asked for by what they lie in, named or chosen", () => {
  const rush = { at: 0, scenario: "hall", incident: "rush", lasts: 10 };
  expect(stage([{ ...rush, sites: { within: "house" } }])).toHaveLength(2);
  expect(stage([{ ...rush, sites: { withinOne: "building", count: 2 } }])).toHaveLength(2);
  expect(stage([{ ...rush, sites: { community: "q-1", count: 1 } }])).toHaveLength(1);
  expect(() => stage([{ ...rush, sites: { within: "well-a" } }])).toThrow(/found 0/);
  expect(() => stage([{ ...rush, sites: { withinOne: "compound", count: 3 } }])).toThrow(/found 0/);
});

test("steps that name the same place happen there, at one that has room for all of them", () => {
  const population = samplePopulation([
    ...["e", "f", "g"].map((name) => ({
      put: "site" as const,
      value: {
        id: `well-${name}`,
        kind: "well",
        name: { zh: name, en: name },
        parentId: "house",
        cellId: "c-1",
        facts: { well: {} },
      },
    })),
    ...["e", "f", "g"].map((name) => ({
      put: "sensor" as const,
      value: { id: `w-${name}`, scenario: "well", siteId: `well-${name}` },
    })),
  ]);
  const dark = { withinOne: "building", place: "dark" };
  const at = (steps: Step[], seed: number) =>
    stageStoryline(
      { id: "night", name: { zh: "夜", en: "n" }, tells: { zh: "夜", en: "n" }, steps },
      { population, scenarios: sampleScenarios, seed, startAt: noon },
    ).map(({ siteId }) => siteId);
  const steps = [
    { ...full, sites: { ...dark, count: 1 } },
    { ...full, incident: "mute", sites: { ...dark, count: 2 } },
  ];
  for (let seed = 0; seed < 5; seed++)
    expect(at(steps, seed).sort()).toEqual(["well-e", "well-f", "well-g"]);
  expect(() => at([...steps, { ...full, sites: { ...dark, count: 1 } }], 1)).toThrow(/found 0/);
});

test("chance never chooses a flat whose readings the door drops", () => {
  const fall = { at: 0, scenario: "person", incident: "fall", lasts: 10, sites: { count: 1 } };
  for (let seed = 0; seed < 10; seed++) expect(stage([fall], seed)[0]!.siteId).toBe("flat-1");
  expect(() => stage([{ ...fall, sites: { count: 2 } }])).toThrow(/wants 2.*found 1/);
});

test("one site plays one incident of a scenario, and a later step chooses among the others", () => {
  const steps = [
    { ...full, sites: { count: 2 } },
    { ...full, incident: "mute", sites: { count: 2 } },
  ];
  expect(new Set(stage(steps).map(({ siteId }) => siteId)).size).toBe(4);
  expect(() => stage([...steps, { ...full, sites: { ids: ["well-a"] } }])).toThrow(
    /steps\[2\].*well-a.*another site/,
  );
});

test("a step that cannot be played says where, what, and what there is instead", () => {
  const fault = (step: Partial<Step>) => {
    try {
      stage([{ ...full, sites: { count: 1 }, ...step }]);
    } catch (error) {
      return (error as Complaint).text;
    }
    throw new Error("was taken");
  };
  expect(fault({ scenario: "wel" }).en).toMatch(/night\.steps\[0\].*"wel".*well, hall, person/);
  expect(fault({ scenario: "wel" }).zh).toMatch(/night\.steps\[0\].*“wel”.*well/);
  expect(fault({ incident: "fire" }).en).toMatch(/"fire".*full, mute/);
  expect(fault({ sites: { ids: ["hall-1"] } }).en).toMatch(/hall-1 has no sensor of scenario well/);
});

test("an incident asked for by hand is read with its place, start and length", () => {
  expect(readIncident("well:full@well-b+10/45", sampleScenarios)).toEqual({
    at: 10,
    scenario: "well",
    incident: "full",
    sites: { ids: ["well-b"] },
    lasts: 45,
  });
  expect(readIncident("well:full", sampleScenarios)).toMatchObject({
    at: 0,
    sites: { count: 1 },
    lasts: 15,
  });
  expect(readIncident("well:mute@3", sampleScenarios).sites).toEqual({ count: 3 });
  expect(() => readIncident("well full", sampleScenarios)).toThrow(Complaint);
  expect(() => readIncident("well:fire", sampleScenarios)).toThrow(/full, mute/);
});

test("what happens at one place finds room there for all of it, whoever comes first", () => {
  const at = { withinOne: "compound", place: "dark" };
  const steps: Step[] = [
    { ...full, sites: { ...at, count: 1 } },
    { at: 5, scenario: "hall", incident: "rush", lasts: 5, sites: { ...at, count: 2 } },
  ];
  expect(
    stage(steps)
      .map(({ siteId }) => siteId)
      .sort(),
  ).toMatchObject(["hall-1", "hall-2", expect.stringMatching(/^well-/)]);
  expect(() => stage([steps[0]!, { ...steps[1]!, sites: { ...at, count: 3 } }])).toThrow(
    /wants 1 sites.*found 0/,
  );
  const community = { withinOne: "community", place: "fair", count: 2 };
  expect(stage([{ ...full, sites: community }])).toHaveLength(2);
});
