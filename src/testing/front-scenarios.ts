// Two scenarios for tests of the front: water, and a person's pulse. All that this file exports is a scenario.

import {
  above,
  defineScenario,
  minutes,
  operatorDefault,
  type Rationale,
  type Text,
  Type,
} from "../core/index.ts";

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
