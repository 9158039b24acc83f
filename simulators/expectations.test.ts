import { expect, test } from "vitest";
import { type AnyScenario, minutes } from "#scenario";
import { defaultRules, type OutlookOptions, outlookOf } from "./expectations.ts";
import type { Staged } from "./incidents.ts";
import { noon, samplePopulation, sampleScenarios } from "./sample.ts";

const at = (scenario: string, incident: string, siteId: string, more: Partial<Staged> = {}) => ({
  scenario,
  incident,
  siteId,
  from: noon,
  to: noon + minutes(30),
  knockOn: [],
  ...more,
});
const outlook = (staged: Staged[], more: Partial<OutlookOptions> = {}) =>
  outlookOf({
    population: samplePopulation(),
    scenarios: sampleScenarios,
    startAt: noon,
    staged,
    ...more,
  });

test("each sensor of a site must notice its incident, at the level and time promised", () => {
  const { expected } = outlook([at("well", "full", "well-a")]);
  expect(expected.map(({ sensorId }) => sensorId)).toEqual(["w-a", "w-a2"]);
  expect(expected[0]).toMatchObject({
    scenario: "well",
    rule: "high",
    siteId: "well-a",
    level: "orange",
  });
  expect(expected[0]!.by).toBe(noon + minutes(10) + minutes(5) * 1.05);
  expect(expected[0]!.until).toBeGreaterThan(noon + minutes(30));
});

test("what a rule asks of a site is expected once, at the site that it lives at", () => {
  const both = [
    at("hall", "rush", "hall-2", { from: noon + minutes(4) }),
    at("hall", "rush", "hall-1"),
  ];
  const { expected } = outlook(both);
  expect(expected).toHaveLength(1);
  expect(expected[0]).toMatchObject({ siteId: "house", rule: "crowded", from: noon });
  expect(expected[0]).not.toHaveProperty("sensorId");
});

test("nothing is expected where no reading reaches a rule", () => {
  expect(outlook([at("person", "fall", "flat-2")]).expected).toEqual([]);
  const population = samplePopulation([
    {
      put: "sensor",
      value: {
        id: "w-b",
        scenario: "well",
        siteId: "well-b",
        outOfService: { by: "x", since: noon, reason: "broken" },
      },
    },
  ]);
  expect(outlook([at("well", "full", "well-b")], { population }).expected).toEqual([]);
});

test("stretched periods give a rule as much more time", () => {
  const [first] = outlook([at("well", "full", "well-b")], { stretch: 2 }).expected;
  expect(first!.by).toBe(noon + minutes(10) + minutes(10) * 1.05);
});

test("an incident may raise its scenario's other rules, and what its step names", () => {
  const knockOn = [{ scenario: "hall", rule: "crowded" }];
  const { allowed } = outlook([at("well", "full", "well-a", { knockOn })]);
  expect(allowed).toMatchObject([
    { scenario: "well", siteId: "well-a", from: noon },
    { scenario: "hall", rule: "crowded", siteId: "well-a" },
  ]);
  expect(allowed[0]).not.toHaveProperty("rule");
});

test("a lost gateway excuses silence of its own sensors and nothing else", () => {
  const losses = [
    {
      kind: "gateway-loss" as const,
      gatewayId: "gw",
      from: noon + minutes(5),
      to: noon + minutes(45),
    },
  ];
  const { allowed } = outlook([], { losses });
  expect(allowed.map(({ rule, siteId }) => `${rule}@${siteId}`)).toEqual([
    "blind@yard",
    "silent@well-c",
    "silent@well-d",
  ]);
  expect(allowed[0]!.from).toBe(noon + minutes(5));
});

test("an incident that promises a rule which is not there is refused", () => {
  expect(() => outlook([at("well", "full", "well-b")], { rulesOf: () => ({}) })).toThrow(
    /full of scenario well.*"high"/,
  );
});

test("what a step must raise besides is expected where that rule is put, and refused where it is put to nothing", () => {
  const consequences = [{ scenario: "hall", rule: "crowded", within: 20 }];
  const { expected } = outlook([at("person", "fall", "flat-1", { consequences })]);
  expect(expected.find(({ scenario }) => scenario === "hall")).toMatchObject({
    rule: "crowded",
    siteId: "house",
    incident: "fall",
    by: noon + minutes(20) + minutes(1) * 1.05,
  });
  const wrong = (rule: string, siteId: string) => () =>
    outlook([at("person", "fall", siteId, { consequences: [{ ...consequences[0]!, rule }] })]);
  expect(wrong("empty", "flat-1")).toThrow(/person:fall.*"empty" of scenario hall/);
  expect(wrong("crowded", "well-a")).toThrow(/no site at or around well-a/);
});

test("where sensors go quiet, the brain may say that it is blind there", () => {
  const blind = (incident: string) =>
    outlook([at("well", incident, "well-a")]).allowed.filter(({ rule }) => rule === "blind");
  expect(blind("mute")).toMatchObject([{ scenario: "brain-health", siteId: "well-a" }]);
  expect(blind("full")).toEqual([]);
});

test("a rule that hears the scenario in trouble may speak up there", () => {
  const hears = [{ scenario: "well", rule: "high" }];
  const rulesOf = (scenario: AnyScenario) => {
    const rules = defaultRules(scenario);
    return scenario.id === "hall" ? { crowded: { ...rules.crowded!, hears } } : rules;
  };
  const { allowed } = outlook([at("well", "full", "well-a")], { rulesOf });
  expect(allowed).toContainEqual(
    expect.objectContaining({ scenario: "hall", rule: "crowded", siteId: "well-a" }),
  );
});
