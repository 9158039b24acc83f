// A scenario that conforms, and one way to break each promise: a check that cannot fail proves
// nothing.

import { expect, test } from "vitest";
import { above, defineRule, defineScenario, minutes, silent, Type } from "#scenario";
import type { AnyRule } from "../core/rule.ts";
import type { AnyScenario } from "../core/scenario.ts";
import { checks, warnings } from "./conformance.ts";

const words = { zh: "水温", en: "Temperature" };
const rationale = { act: words, within: minutes(5), otherwise: words };
const number = () => Type.Number({ unit: "Cel", minimum: -50, maximum: 150 });

const hot = above<{ tankCel: number }, { hotCel: number }>({
  asks: words,
  field: "tankCel",
  bounds: (site) => ({ yellow: site.hotCel }),
  clear: (site) => ({ yellow: site.hotCel - 5 }),
  sources: [{ kind: "standard", title: "GB 1", edition: "2020" }],
  rationale,
  alert: {
    hold: minutes(10),
    release: minutes(10),
    case: {
      from: "yellow",
      when: { unacknowledgedFor: minutes(5) },
      class: "99-91",
      filing: words,
      closing: words,
      limit: { amount: 1, unit: "work-hour" },
      unit: "keeper",
      verify: minutes(10),
    },
  },
});

const tank = defineScenario({
  id: "tank",
  version: 1,
  name: words,
  story: words,
  every: minutes(5),
  siteKind: "tank",
  reading: Type.Object({ tankCel: number() }),
  labels: { tankCel: words },
  site: Type.Object({ hotCel: Type.Number({ unit: "Cel", label: words }) }),
  sampleSite: { hotCel: 60 },
  params: Type.Object({ noise: Type.Number({ default: 1, unit: "Cel", label: words }) }),
  lifeSafety: ["hot"],
  rules: (): Record<string, AnyRule> => ({
    hot,
    silent: silent({ after: minutes(15), level: "yellow" }),
  }),
  incidents: {
    boil: { raises: "hot", level: "yellow", within: minutes(30), tells: words },
    outage: { raises: "silent", within: minutes(30), tells: words },
  },
  simulate: ({ rng, incident }) =>
    incident === "outage" ? null : { tankCel: rng.gauss(incident ? 80 : 40, 1) },
});

/** The tank with something else in it. */
const tankWith = (change: Partial<AnyScenario>): AnyScenario => ({ ...tank, ...change });
/** The tank with one more rule, or another "hot". */
const tankAsking = (rules: Record<string, Partial<AnyRule>>): AnyScenario =>
  tankWith({
    rules: () => {
      const kept: Record<string, unknown> = tank.rules({ noise: 1 });
      for (const [name, change] of Object.entries(rules)) kept[name] = { ...hot, ...change };
      return kept as Record<string, AnyRule>;
    },
  });
const hotCase = (change: object): AnyScenario =>
  tankAsking({ hot: { alert: { ...hot.alert, case: { ...hot.alert.case!, ...change } } } });

/** A rule that keeps the last readings, and does something it may not with what it was given. */
const keeping = (judge: AnyRule["judge"]): AnyScenario =>
  tankAsking({
    hot: defineRule<unknown, never[]>({ ...hot, initial: [], thresholds: () => [], judge }),
  });
const says = { level: "ok" } as const;

const broken: [promise: string, how: string, scenario: AnyScenario][] = [
  ["every text stands", "no English name", tankWith({ name: { zh: "水温", en: "" } })],
  ["every text stands", "English in zh", tankWith({ story: { zh: "Tank", en: "Tank" } })],
  [
    "every text stands",
    "a question in one language",
    tankAsking({ hot: { asks: { zh: "热吗？", en: "热吗？" } } }),
  ],
  ["every text stands", "a case in one language", hotCase({ closing: { zh: "已降温", en: "" } })],
  ["every field has", "a field without a label", tankWith({ labels: {} })],
  [
    "every field has",
    "a label without a field",
    tankWith({ labels: { tankCel: words, ph: words } }),
  ],
  [
    "every field has",
    "a number without a unit",
    tankWith({ reading: Type.Object({ tankCel: Type.Number() }) }),
  ],
  [
    "every field has",
    "a nested field",
    tankWith({ reading: Type.Object({ tankCel: Type.Object({}) }) }),
  ],
  [
    "every field has",
    "a fact without a label",
    tankWith({ site: Type.Object({ hotCel: number() }) }),
  ],
  [
    "every field has",
    "a parameter without a default",
    tankWith({ params: Type.Object({ noise: number() }) }),
  ],
  ["the sample site", "a sample that is no site", tankWith({ sampleSite: { hotCel: "hot" } })],
  ["every rule says where", "no sources", tankAsking({ hot: { sources: [] } })],
  [
    "every rule says where",
    "a standard without edition",
    tankAsking({ hot: { sources: [{ kind: "standard", title: "GB 1", edition: "" }] } }),
  ],
  [
    "every rule says how soon",
    "no time to act in",
    tankAsking({ hot: { rationale: { ...rationale, within: 0 } } }),
  ],
  ["every case has", "no class code", hotCase({ class: "tank" })],
  ["every case has", "no limit", hotCase({ limit: undefined })],
  ["every case has", "no unit", hotCase({ unit: "" })],
  ["every case has", "no verify period", hotCase({ verify: 0 })],
  ["every rule that is named", "life safety that is no rule", tankWith({ lifeSafety: ["cold"] })],
  [
    "every rule that is named",
    "an incident that raises no rule",
    tankWith({ incidents: { boil: { ...tank.incidents.boil!, raises: "cold" } } }),
  ],
  [
    "every rule that is named",
    "hearing nobody",
    tankAsking({ hot: { subject: "site", hears: [{ scenario: "fire", rule: "smoke" }] } }),
  ],
  [
    "every rule that is named",
    "hearing as a sensor",
    tankAsking({ hot: { hears: [{ scenario: "tank", rule: "silent" }] } }),
  ],
  ["every rule is the target", "a rule that nobody proves", tankAsking({ cold: {} })],
  ["silence is noticed", "no rule for silence", tankWith({ rules: () => ({ hot }) })],
  ["seven healthy days", "a bound in the healthy range", tankWith({ sampleSite: { hotCel: 39 } })],
  [
    "its readings fit",
    "a reading beyond its schema",
    tankWith({ simulate: () => ({ tankCel: 1_000 }) }),
  ],
  [
    "its readings fit",
    "a reading that is changed",
    keeping((state, event) => {
      if (event.kind === "reading") (event.reading as { tankCel: number }).tankCel = 0;
      return { state, signal: says };
    }),
  ],
  [
    "its readings fit",
    "a fact that is changed",
    keeping((state, event) => {
      (event.site as { hotCel: number }).hotCel = 0;
      return { state, signal: says };
    }),
  ],
  [
    "its readings fit",
    "a state that is changed in place",
    keeping((state, _, at) => {
      (state as unknown as number[]).push(at);
      return { state, signal: says };
    }),
  ],
  [
    "its readings fit",
    "a state that is not JSON",
    keeping((_, __, at) => ({ state: { when: new Map([[at, 1]]) } as never, signal: says })),
  ],
  [
    "its readings fit",
    "a state that grows and grows",
    keeping((state, _, at) => ({ state: [...(state as number[]), at], signal: says })),
  ],
  [
    "its readings fit",
    "a wake in the past",
    keeping((state, _, at) => ({ state, signal: says, wakeAt: at })),
  ],
  [
    "its readings fit",
    "a rule that throws",
    keeping(() => {
      throw new Error("no tank");
    }),
  ],
  [
    "every incident is noticed",
    "a hold that is too long",
    tankAsking({ hot: { alert: { ...hot.alert, hold: minutes(60) } } }),
  ],
  [
    "every incident is noticed",
    "a level that is never reached",
    tankWith({ incidents: { boil: { ...tank.incidents.boil!, level: "red" } } }),
  ],
  [
    "the same seed",
    "chance of its own",
    tankWith({ simulate: () => ({ tankCel: 40 + Math.random() }) }),
  ],
];

const checkOf = (promise: string) => {
  const found = Object.entries(checks).filter(([name]) => name.startsWith(promise));
  expect(found, promise).toHaveLength(1);
  return found[0]![1];
};

test.each(Object.entries(checks))("a scenario that conforms passes: %s", (_, check) => {
  expect(check({ scenario: tank, all: [tank] })).toEqual([]);
});

test.each(broken)("%s … is refused with %s", (promise, _, scenario) => {
  expect(checkOf(promise)({ scenario, all: [scenario] })).not.toEqual([]);
});

test("every check is shown to fail at least once", () => {
  const shown = broken.map(([promise]) => promise);
  const idle = Object.keys(checks).filter((name) => !shown.some((one) => name.startsWith(one)));
  expect(idle).toEqual([]);
});

test("a rule that does not say what load to expect is named, and one that does is not", () => {
  const [check] = Object.values(warnings);
  const faults = (scenario: AnyScenario) => check!({ scenario, all: [scenario] });
  const load = { yellow: 3 };
  expect(faults(tank)).toHaveLength(2);
  expect(faults(tankAsking({ hot: { rationale: { ...rationale, load } } }))).toEqual([
    "silent: the rationale has no load",
  ]);
});
