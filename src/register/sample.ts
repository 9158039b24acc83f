// A very small street with one of everything, for tests: three scenarios, one compound, one square.

import Type from "typebox";
import { operatorDefault } from "../core/rule.ts";
import { type AnyScenario, defineScenario } from "../core/scenario.ts";
import type { Text } from "../core/text.ts";
import { minutes } from "../core/time.ts";
import type { EntityKind, RegisterChange } from "./entities.ts";

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
  every: minutes(5),
  reading: Type.Object({ n: Type.Number() }),
  labels: { n: text("n") },
  params: Type.Object({ bound: Type.Number({ default: 1 }) }),
  incidents: {},
  simulate: () => ({ n: 1 }),
};

/** A lift with two rules, one of them life safety. */
export const lifts = defineScenario({
  ...common,
  id: "lifts",
  name: text("lifts"),
  siteKind: "lift",
  site: Type.Object({
    ratedSpeed: Type.Number({ minimum: 0.1, maximum: 10 }),
    floors: Type.Integer({ default: 6 }),
  }),
  sampleSite: { ratedSpeed: 1.5, floors: 6 },
  lifeSafety: ["trapped"],
  rules: () => ({ trapped: quiet, door: quiet }),
});

/** Needs nothing of its site that has no default. */
export const crowds = defineScenario({
  ...common,
  id: "crowds",
  name: text("crowds"),
  siteKind: "square",
  site: Type.Object({
    areaM2: Type.Number({ default: 100 }),
    use: Type.Union([Type.Literal("standing"), Type.Literal("walkway")], { default: "standing" }),
  }),
  sampleSite: { areaM2: 500, use: "standing" as const },
  rules: () => ({ dense: quiet }),
});

/** Is about a person, so it asks for consent. */
export const elders = defineScenario({
  ...common,
  id: "elders",
  name: text("elders"),
  siteKind: "flat",
  site: Type.Object({}),
  sampleSite: {},
  consent: { purpose: "vital-signs" },
  rules: () => ({ still: quiet }),
});

export const sampleScenarios: readonly AnyScenario[] = [lifts, crowds, elders];

const square = (west: number) => [
  { lon: west, lat: 30 },
  { lon: west + 0.01, lat: 30 },
  { lon: west + 0.01, lat: 30.01 },
  { lon: west, lat: 30.01 },
];

/** 2026-01-01T00:00:00+08:00. */
export const newYear = 1_767_196_800_000;

/** Every row is right, and every row is needed by a later one or by a look-up. */
export const sampleStreet: readonly RegisterChange[] = [
  { put: "street", value: { id: "st", code: "990106001", name: text("街"), synthetic: true } },
  {
    put: "community",
    value: { id: "c1", code: "990106001001", name: text("一居"), streetId: "st" },
  },
  {
    put: "community",
    value: { id: "c2", code: "990106001002", name: text("二居"), streetId: "st" },
  },
  {
    put: "cell",
    value: { id: "g1", code: "990106001001001", communityId: "c1", ring: square(124) },
  },
  {
    put: "cell",
    value: { id: "g2", code: "990106001002001", communityId: "c2", ring: square(124.01) },
  },
  {
    put: "site",
    value: {
      id: "compound",
      kind: "compound",
      name: text("苑"),
      cellId: "g1",
      at: { lon: 124.005, lat: 30.005 },
      facts: {},
    },
  },
  {
    put: "site",
    value: {
      id: "house",
      kind: "building",
      name: text("楼"),
      parentId: "compound",
      cellId: "g1",
      facts: {},
    },
  },
  {
    put: "site",
    value: {
      id: "lift",
      kind: "lift",
      name: text("梯"),
      parentId: "house",
      cellId: "g1",
      facts: { lifts: { ratedSpeed: 1.75 } },
    },
  },
  {
    put: "site",
    value: {
      id: "flat",
      kind: "flat",
      name: text("室"),
      parentId: "house",
      cellId: "g1",
      facts: {},
    },
  },
  {
    put: "site",
    value: {
      id: "plaza",
      kind: "square",
      name: text("广场"),
      cellId: "g2",
      at: { lon: 124.015, lat: 30.005 },
      facts: { crowds: { areaM2: 900 } },
    },
  },
  { put: "gateway", value: { id: "gw", siteId: "house" } },
  { put: "sensor", value: { id: "s-lift", siteId: "lift", scenario: "lifts", gatewayId: "gw" } },
  { put: "sensor", value: { id: "s-bed", siteId: "flat", scenario: "elders", gatewayId: "gw" } },
  { put: "sensor", value: { id: "s-crowd-2", siteId: "plaza", scenario: "crowds" } },
  { put: "sensor", value: { id: "s-crowd-1", siteId: "plaza", scenario: "crowds" } },
  {
    put: "unit",
    value: { id: "u-all", name: text("全街"), roles: ["patrol", "lift-care"], communityIds: [] },
  },
  {
    put: "unit",
    value: { id: "u-1", name: text("一队"), roles: ["patrol"], communityIds: ["c1"] },
  },
  {
    put: "permit",
    value: {
      id: "works",
      kind: "works",
      name: text("施工"),
      from: newYear,
      to: newYear + minutes(60),
      siteId: "compound",
      mutes: [],
    },
  },
  {
    put: "permit",
    value: {
      id: "market",
      kind: "market",
      name: text("集市"),
      from: newYear + minutes(30),
      to: newYear + minutes(90),
      ring: square(124.01),
      mutes: ["crowds/dense"],
    },
  },
  {
    put: "consent",
    value: {
      id: "k-1",
      subjectRef: "p-7f3a",
      siteId: "flat",
      purpose: "vital-signs",
      textVersion: "2026-1",
      givenBy: "self",
      channel: "paper",
      givenAt: newYear,
      withdrawnAt: newYear + minutes(60),
    },
  },
];

/** The sample's row of that id, with some fields changed. */
export function changed(id: string, fields: Readonly<Record<string, unknown>>): RegisterChange {
  const row = sampleStreet.find((change) => "put" in change && change.value.id === id);
  if (!row || !("put" in row)) throw new Error(`the sample has no ${id}`);
  return { put: row.put as EntityKind, value: { ...row.value, ...fields } } as RegisterChange;
}
