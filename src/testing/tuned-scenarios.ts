// A scenario with parameters, one of which makes its rule loop for ever; for tests of releases and shadows in a real brain.

import {
  defineRule,
  defineScenario,
  minutes,
  operatorDefault,
  type Rationale,
  Type,
} from "#scenario";

const text = (word: string) => ({ zh: `${word}（试）`, en: word });
const rationale: Rationale = { act: text("none"), within: 0, otherwise: text("none") };

export const tuned = defineScenario({
  id: "tuned",
  version: 1,
  name: text("tuned"),
  story: text("tuned"),
  every: minutes(10),
  siteKind: "bench",
  reading: Type.Object({ value: Type.Number() }),
  labels: { value: text("Value") },
  site: Type.Object({}),
  sampleSite: {},
  params: Type.Object({
    bound: Type.Number({ default: 5 }),
    spins: Type.Boolean({ default: false }),
  }),
  rules: ({ bound, spins }) => ({
    high: defineRule<{ value: number }, null, object>({
      asks: text("Is it high?"),
      sources: [operatorDefault],
      rationale,
      alert: { hold: 0, release: 0 },
      initial: null,
      thresholds: () => [{ field: "value", when: "at-or-above", bound, level: "orange" }],
      judge(state, event) {
        if (event.kind !== "reading") return { state };
        const { value } = event.reading;
        while (spins && value > bound);
        return { state, signal: { level: value >= bound ? "orange" : "ok", value } };
      },
    }),
  }),
  incidents: {},
  simulate: () => null,
});
