// A small street for the tests of the judge: one scenario with holds, silence and cases, three sensors on two sites.

import type { CasePolicy } from "../core/alert.ts";
import {
  above,
  defineScenario,
  minutes,
  operatorDefault,
  type Rationale,
  silent,
  type Text,
  Type,
} from "../core/index.ts";
import type { Reading } from "../core/reading.ts";
import type { RegisterChange } from "../register/entities.ts";

const text = (en: string): Text => ({ zh: en, en });
const rationale: Rationale = { act: text("look"), within: 0, otherwise: text("wet feet") };
const casePolicy = (when: CasePolicy["when"]): CasePolicy => ({
  from: "yellow",
  when,
  class: "99-89",
  filing: text("water is high"),
  closing: text("water is low"),
  limit: { amount: 2, unit: "urgent-hour" },
  unit: "river",
  verify: minutes(20),
});

export const gauge = defineScenario({
  id: "gauge",
  version: 1,
  name: text("Gauge"),
  story: text("Watches water."),
  every: minutes(5),
  siteKind: "station",
  reading: Type.Object({ levelM: Type.Number() }),
  labels: { levelM: text("Level") },
  site: Type.Object({ alertM: Type.Number({ default: 3 }) }),
  sampleSite: { alertM: 3 },
  params: Type.Object({ raiseM: Type.Number({ default: 0 }) }),
  rules: ({ raiseM = 0 }) => ({
    high: above<{ levelM: number }, { alertM: number }>({
      asks: text("Is it high?"),
      field: "levelM",
      bounds: (site) => ({ yellow: site.alertM + raiseM, orange: site.alertM + raiseM + 1 }),
      clear: (site) => ({
        yellow: site.alertM + raiseM - 0.2,
        orange: site.alertM + raiseM + 0.8,
      }),
      sources: [operatorDefault],
      rationale,
      alert: {
        hold: { yellow: minutes(10), orange: minutes(5) },
        release: minutes(10),
        case: casePolicy({ unacknowledgedFor: minutes(5) }),
      },
    }),
    flood: above<{ levelM: number }, { alertM: number }>({
      asks: text("Is it over the wall?"),
      field: "levelM",
      bounds: (site) => ({ red: site.alertM + 2 }),
      clear: (site) => ({ red: site.alertM + 1.5 }),
      sources: [operatorDefault],
      rationale,
      alert: { hold: 0, release: minutes(5), case: casePolicy("at-once") },
    }),
    silent: silent({ after: minutes(15), level: "blue", rationale }),
  }),
  incidents: {},
  simulate: () => null,
});

export const sensors = ["a", "b", "c"] as const;
const siteOf = { a: "S1", b: "S1", c: "S2" } as const;

const name = text("x");
const ring = [
  { lon: 0, lat: 0 },
  { lon: 1, lat: 0 },
  { lon: 1, lat: 1 },
];
export const street: RegisterChange[] = [
  { put: "street", value: { id: "st", code: "990106001", name } },
  { put: "community", value: { id: "co", code: "990106001001", name, streetId: "st" } },
  { put: "cell", value: { id: "ce", code: "990106001001001", communityId: "co", ring } },
  ...["S1", "S2"].map(
    (id): RegisterChange => ({
      put: "site",
      value: { id, kind: "station", name, cellId: "ce", facts: {} },
    }),
  ),
  ...sensors.map(
    (id): RegisterChange => ({
      put: "sensor",
      value: { id, siteId: siteOf[id], scenario: "gauge" },
    }),
  ),
];

export const reading = (
  sensorId: (typeof sensors)[number],
  at: number,
  levelM: number,
  more: Partial<Reading> = {},
): Reading => ({
  sensorId,
  siteId: siteOf[sensorId],
  scenario: "gauge",
  time: at,
  receivedAt: at,
  values: { levelM },
  quality: "good",
  ...more,
});
