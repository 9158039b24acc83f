// The scenarios of the repository, and some that nobody should ever install: each does a thing that a rule may not do.

import {
  type AnyScenario,
  defineRule,
  defineScenario,
  minutes,
  operatorDefault,
  type Rationale,
  Type,
  type Verdict,
} from "#scenario";

export * from "../../scenarios/index.ts";

const text = (word: string) => ({ zh: `${word}（毒）`, en: word });
const rationale: Rationale = { act: text("none"), within: 0, otherwise: text("none") };

/** What its sensor says: whether the rule is to do its worst. */
type Said = { bad: boolean };

function poison(id: string, worst: () => Verdict<null>): AnyScenario {
  return defineScenario({
    id,
    version: 1,
    name: text(id),
    story: text(id),
    every: minutes(10),
    siteKind: "bench",
    reading: Type.Object({ bad: Type.Boolean() }),
    labels: { bad: text("Bad") },
    site: Type.Object({}),
    sampleSite: {},
    params: Type.Object({}),
    rules: () => ({
      worst: defineRule<Said, null, object>({
        asks: text("Is it bad?"),
        sources: [operatorDefault],
        rationale,
        alert: { hold: 0, release: 0 },
        initial: null,
        judge: (state, event) =>
          event.kind === "reading" && event.reading.bad
            ? worst()
            : { state, signal: { level: "ok" } },
      }),
    }),
    incidents: {},
    simulate: () => null,
  });
}

export const throwing = poison("throwing", () => {
  throw new TypeError("this rule always throws");
});

export const unkept = poison("unkept", () => ({ state: new Map() as never }));

/** Spends 200 ms of its thread's own time, however busy the machine is. */
export const slow = poison("slow", () => {
  const start = process.threadCpuUsage();
  for (;;) {
    const { user, system } = process.threadCpuUsage(start);
    if (user + system > 200_000) return { state: null, signal: { level: "ok" } };
  }
});

const forEver = (): never => {
  for (;;);
};
export const endless = poison("endless", forEver);
export const endlessToo = poison("endless-too", forEver);
