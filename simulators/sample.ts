// A very small street for tests: wells of one sensor each, a hall that is judged as one, persons
// with and without consent, and a gateway that speaks for two wells.

import {
  type AnyScenario,
  defineScenario,
  type Instant,
  minutes,
  operatorDefault,
  type Text,
  Type,
} from "#scenario";
import type { RegisterChange } from "../src/register/entities.ts";
import { type Population, populationOf } from "./population.ts";

export const noon: Instant = Date.UTC(2026, 5, 1, 4);

const text = (word: string): Text => ({ zh: word, en: word });

const quiet = {
  asks: text("?"),
  initial: null,
  sources: [operatorDefault],
  rationale: { act: text("!"), within: minutes(10), otherwise: text("…") },
  alert: { hold: 0, release: 0 },
  judge: () => ({ state: null }),
};

const common = {
  version: 1,
  story: text("?"),
  site: Type.Object({ baseM: Type.Number({ default: 2 }) }),
  sampleSite: { baseM: 2 },
  params: Type.Object({}),
};

/** Every five minutes; `full` must be noticed within ten, `mute` is silence. */
export const well = defineScenario({
  ...common,
  id: "well",
  name: text("well"),
  every: minutes(5),
  siteKind: "well",
  reading: Type.Object({ levelM: Type.Number({ minimum: 0, maximum: 10 }), turns: Type.Integer() }),
  labels: { levelM: text("level"), turns: text("turns") },
  rules: () => ({
    high: quiet,
    rising: quiet,
    silent: { ...quiet, silence: true as const },
  }),
  incidents: {
    full: { raises: "high", level: "orange", within: minutes(10), tells: text("full") },
    mute: { raises: "silent", within: minutes(20), tells: text("mute") },
  },
  simulate({ site, minute, rng, index, incident }) {
    if (incident === "mute") return null;
    const swellM = incident === "full" ? 5 : 0;
    const levelM = site.baseM + index + 0.1 * Math.sin(minute / 60) + swellM;
    return { levelM: levelM + rng.gauss(0, 0.01), turns: Math.floor(rng.next() * 3) };
  },
});

/** Every minute; `crowded` is noticed once on the whole building. */
export const hall = defineScenario({
  ...common,
  id: "hall",
  name: text("hall"),
  every: minutes(1),
  siteKind: "hall",
  reading: Type.Object({ people: Type.Integer({ minimum: 0 }), open: Type.Boolean() }),
  labels: { people: text("people"), open: text("open") },
  rules: () => ({ crowded: { ...quiet, subject: "site" as const, at: "building" } }),
  incidents: { rush: { raises: "crowded", within: minutes(3), tells: text("rush") } },
  simulate: ({ incident }) => ({ people: incident ? 500 : 5, open: true }),
});

/** Every minute, and only with consent. */
export const person = defineScenario({
  ...common,
  id: "person",
  name: text("person"),
  every: minutes(1),
  siteKind: "flat",
  consent: { purpose: "welfare" },
  reading: Type.Object({ pulse: Type.Number() }),
  labels: { pulse: text("pulse") },
  rules: () => ({ weak: quiet }),
  incidents: { fall: { raises: "weak", within: minutes(2), tells: text("fall") } },
  simulate: ({ incident, rng }) => ({ pulse: (incident ? 20 : 70) + rng.gauss(0, 1) }),
});

export const sampleScenarios: readonly AnyScenario[] = [well, hall, person];

const site = (id: string, kind: string, parentId?: string): RegisterChange => ({
  put: "site",
  value: {
    id,
    kind,
    name: text(id),
    cellId: "c-1",
    ...(parentId !== undefined && { parentId }),
    facts: Object.fromEntries(sampleScenarios.map((scenario) => [scenario.id, {}])),
  },
});
const sensor = (
  id: string,
  scenario: string,
  siteId: string,
  gatewayId?: string,
): RegisterChange => ({
  put: "sensor",
  value: { id, scenario, siteId, ...(gatewayId !== undefined && { gatewayId }) },
});

export const sampleChanges: readonly RegisterChange[] = [
  { put: "community", value: { id: "q-1", code: "1", name: text("q"), streetId: "s" } },
  { put: "cell", value: { id: "c-1", code: "2", communityId: "q-1", ring: [] } },
  site("yard", "compound"),
  site("house", "building", "yard"),
  site("hall-1", "hall", "house"),
  site("hall-2", "hall", "house"),
  ...["a", "b", "c", "d"].map((name) => site(`well-${name}`, "well", "yard")),
  site("flat-1", "flat", "house"),
  site("flat-2", "flat", "house"),
  { put: "gateway", value: { id: "gw", siteId: "yard" } },
  sensor("w-a", "well", "well-a"),
  sensor("w-a2", "well", "well-a"),
  sensor("w-b", "well", "well-b"),
  sensor("w-c", "well", "well-c", "gw"),
  sensor("w-d", "well", "well-d", "gw"),
  sensor("h-1", "hall", "hall-1"),
  sensor("h-2", "hall", "hall-2"),
  sensor("p-1", "person", "flat-1"),
  sensor("p-2", "person", "flat-2"),
  {
    put: "consent",
    value: {
      id: "yes",
      subjectRef: "x",
      siteId: "flat-1",
      purpose: "welfare",
      textVersion: "1",
      givenBy: "self",
      channel: "paper",
      givenAt: noon - minutes(1),
    },
  },
];

/** The street, or one made of further changes on top of it. */
export const samplePopulation = (more: readonly RegisterChange[] = []): Population =>
  populationOf([...sampleChanges, ...more], sampleScenarios);
