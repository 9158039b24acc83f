// A very small street for tests of the front: a gauge, and a person's wristband with consent.

import {
  above,
  defineScenario,
  minutes,
  operatorDefault,
  type Rationale,
  type Text,
  Type,
} from "../core/index.ts";
import type { RegisterChange } from "../register/entities.ts";

const same = (word: string): Text => ({ zh: `${word}（中）`, en: `${word} (en)` });
const rationale: Rationale = {
  act: same("close the underpass"),
  within: minutes(10),
  otherwise: same("people drive into the water"),
};

/** Water in metres: yellow from 3.5, orange from 4.5, red from 5.5; a case from orange at once. No hold. */
export const gauge = defineScenario({
  id: "gauge",
  version: 3,
  name: { zh: "水位", en: "Water level" },
  story: same("watches the water"),
  every: minutes(5),
  siteKind: "station",
  reading: Type.Object({
    levelM: Type.Number({ minimum: -2, maximum: 20, unit: "m" }),
    turbidity: Type.Optional(Type.Number({ minimum: 0, unit: "{NTU}" })),
    pumping: Type.Optional(Type.Boolean()),
  }),
  labels: {
    levelM: { zh: "水位", en: "Level" },
    turbidity: { zh: "浊度", en: "Turbidity" },
    pumping: { zh: "泵运行", en: "Pumping" },
  },
  site: Type.Object({ alertM: Type.Number({ default: 3.5 }) }),
  sampleSite: { alertM: 3.5 },
  params: Type.Object({ stepM: Type.Number({ default: 1 }) }),
  rules: ({ stepM }) => ({
    high: above<{ levelM: number }, { alertM: number }>({
      asks: { zh: "水位是否过高？", en: "Is the water too high?" },
      field: "levelM",
      bounds: ({ alertM }) => ({ yellow: alertM, orange: alertM + stepM, red: alertM + 2 * stepM }),
      clear: ({ alertM }) => ({
        yellow: alertM - 0.2,
        orange: alertM + stepM - 0.2,
        red: alertM + 2 * stepM - 0.2,
      }),
      sources: [{ kind: "standard", title: "SL 758", edition: "2018" }, operatorDefault],
      rationale,
      alert: {
        hold: 0,
        release: 0,
        cooldown: 0,
        case: {
          from: "orange",
          when: "at-once",
          class: "99-89",
          filing: same("water above the danger stage"),
          closing: same("water down"),
          limit: { amount: 2, unit: "urgent-hour" },
          unit: "water-authority",
          verify: minutes(5),
        },
      },
    }),
  }),
  incidents: { flood: { raises: "high", within: minutes(10), tells: same("the water comes") } },
  simulate: () => ({ levelM: 3 }),
});

/** A heart's rate, about a person. */
export const pulse = defineScenario({
  id: "pulse",
  version: 1,
  name: { zh: "脉搏", en: "Pulse" },
  story: same("watches over one who lives alone"),
  every: minutes(1),
  siteKind: "flat",
  reading: Type.Object({ heartRate: Type.Number({ minimum: 0, maximum: 300, unit: "/min" }) }),
  labels: { heartRate: { zh: "心率", en: "Heart rate" } },
  site: Type.Object({ restingRate: Type.Number({ default: 70 }) }),
  sampleSite: { restingRate: 70 },
  params: Type.Object({}),
  consent: { purpose: "vital-signs" },
  lifeSafety: ["racing"],
  rules: () => ({
    racing: above<{ heartRate: number }, unknown>({
      asks: { zh: "心率是否过快？", en: "Is the heart racing?" },
      field: "heartRate",
      bounds: () => ({ orange: 130 }),
      clear: () => ({ orange: 110 }),
      sources: [operatorDefault],
      rationale,
      alert: { hold: 0, release: 0, cooldown: 0, latch: true },
    }),
  }),
  incidents: {},
  simulate: () => ({ heartRate: 70 }),
});

const name = (zh: string, en: string): Text => ({ zh, en });
const corner = { lon: 121.46, lat: 31.29 };
const ring = [corner, { ...corner, lon: 121.47 }, { lon: 121.47, lat: 31.3 }];

/** Sensor WL-1 and its like at station ST-1 and so on; EV-1 in flat F-1; units U-1 and U-2. */
export const frontStreet = (gauges = 1): readonly RegisterChange[] => [
  {
    put: "street",
    value: {
      id: "S",
      code: "990106001",
      name: name("合成街道", "Synthetic Street"),
      synthetic: true,
    },
  },
  {
    put: "community",
    value: { id: "C", code: "990106001001", name: name("一居", "First"), streetId: "S" },
  },
  { put: "cell", value: { id: "G", code: "990106001001001", communityId: "C", ring } },
  ...Array.from({ length: gauges }, (_, i): RegisterChange[] => [
    {
      put: "site",
      value: {
        id: `ST-${i + 1}`,
        kind: "station",
        name: name(`${i + 1}号水位站`, `Station ${i + 1}`),
        cellId: "G",
        at: corner,
        facts: { gauge: { alertM: 3.5 } },
      },
    },
    { put: "sensor", value: { id: `WL-${i + 1}`, siteId: `ST-${i + 1}`, scenario: "gauge" } },
  ]).flat(),
  {
    put: "site",
    value: { id: "H", kind: "building", name: name("三号楼", "House 3"), cellId: "G", facts: {} },
  },
  {
    put: "site",
    value: {
      id: "F-1",
      kind: "flat",
      name: name("三号楼 402", "House 3, 402"),
      parentId: "H",
      cellId: "G",
      facts: { pulse: { restingRate: 63 } },
    },
  },
  { put: "sensor", value: { id: "EV-1", siteId: "F-1", scenario: "pulse", secretHash: "kept" } },
  {
    put: "consent",
    value: {
      id: "K",
      subjectRef: "p-1",
      siteId: "F-1",
      purpose: "vital-signs",
      textVersion: "1",
      givenBy: "self",
      channel: "paper",
      givenAt: 0,
    },
  },
  {
    put: "unit",
    value: {
      id: "U-1",
      name: name("水务所", "Water office"),
      roles: ["water-authority"],
      communityIds: [],
    },
  },
  {
    put: "unit",
    value: { id: "U-2", name: name("城管中队", "Patrol"), roles: ["patrol"], communityIds: ["C"] },
  },
];
