// A small town for the tests of the engine: a scenario that does all that rules may do, and one that listens to it.

import {
  type AlertPolicy,
  above,
  defineRule,
  defineScenario,
  type Instant,
  minutes,
  operatorDefault,
  type Rationale,
  type Rule,
  type Rules,
  silent,
  type Text,
  Type,
  together,
} from "../core/index.ts";
import type { AnyScenario } from "../core/scenario.ts";

export const text = (en: string): Text => ({ zh: en, en });
const rationale: Rationale = { act: text("look"), within: 0, otherwise: text("wet feet") };
/** What every rule must have and no test of the engine looks at. */
export const plain = { sources: [operatorDefault], rationale };

/** What a sensor of the town says. */
export type Said = { levelM: number; open: boolean };
export type Facts = { alertM: number };

/** A scenario of these rules. */
export const scenarioOf = (
  id: string,
  rules: Rules,
  more: Partial<AnyScenario> = {},
): AnyScenario => ({
  ...defineScenario({
    id,
    version: 1,
    name: text(id),
    story: text(id),
    every: minutes(5),
    siteKind: "cellar",
    reading: Type.Object({ levelM: Type.Number(), open: Type.Boolean() }),
    labels: { levelM: text("Level"), open: text("Open") },
    site: Type.Object({ alertM: Type.Number() }),
    sampleSite: { alertM: 3 },
    params: Type.Object({}),
    rules: () => ({}),
    incidents: {},
    simulate: () => null,
  }),
  rules: () => rules,
  ...more,
});

/** A rule that says a level whenever the door is open. */
export const opened = (alert: AlertPolicy, more: object = {}): Rule<Said, Facts, null> => ({
  asks: text("Is the door open?"),
  ...plain,
  alert,
  initial: null,
  judge: (state, event) =>
    event.kind === "reading"
      ? { state, signal: event.reading.open ? { level: "orange", value: 1 } : { level: "ok" } }
      : { state },
  ...more,
});

/** Holds that grow shorter with the level, a release, and a cooldown. */
export const high = above<Said, Facts>({
  asks: text("Is it high?"),
  ...plain,
  field: "levelM",
  bounds: ({ alertM }) => ({ yellow: alertM, orange: alertM + 1, red: alertM + 2 }),
  clear: ({ alertM }) => ({ yellow: alertM - 0.5 }),
  alert: { hold: { yellow: minutes(10), orange: minutes(5), red: 0 }, release: minutes(10) },
});

type Open = { since: Instant; told: number } | null;
/** Wakes that it asks for itself: a door that stays open is yellow after four minutes, and looked at every two from then on. */
export const dwell = defineRule<Said, Open, Facts>({
  asks: text("Has the door been open for long?"),
  ...plain,
  alert: { hold: 0, release: minutes(3) },
  initial: null,
  judge(state, event, at) {
    if (event.kind === "reading" && !event.reading.open)
      return { state: null, signal: { level: "ok" } };
    const since = state?.since ?? at;
    if (at - since < minutes(4)) return { state: { since, told: 0 }, wakeAt: since + minutes(4) };
    const told = (state?.told ?? 0) + 1;
    const level = told > 4 ? "red" : "yellow";
    return { state: { since, told }, signal: { level, value: told }, wakeAt: at + minutes(2) };
  },
});

/** The town's own scenario: thresholds, a latch, wakes of its own, silence, and a question to a whole site. */
export const gauge = scenarioOf(
  "gauge",
  {
    high,
    dwell,
    shut: opened({ hold: minutes(2), release: minutes(4), latch: true, samples: 1 }),
    quiet: silent<Said, Facts>({ after: minutes(15), level: "blue" }),
    flooded: together<Said, Facts>({
      asks: text("Are several high at once?"),
      ...plain,
      alert: { hold: minutes(1), release: minutes(2), samples: 1 },
      bad: ({ levelM }, { alertM }) => levelM >= alertM,
      atLeast: 2,
      within: minutes(15),
      level: "red",
    }),
  },
  { lifeSafety: ["shut"] },
);

type Ids = readonly string[];
/** Lives at the house around the cellars, and is orange while any alert that it heard of is open. */
export const listening = (hears: { scenario: string; rule: string }[], alert: AlertPolicy) =>
  defineRule<Said, Ids, Facts>({
    asks: text("Is the way out under water?"),
    ...plain,
    subject: "site",
    hears,
    at: "house",
    alert,
    initial: [],
    judge(state, event, at) {
      if (event.kind !== "heard") return { state };
      const { alertId, change } = event.heard;
      const others = state.filter((id) => id !== alertId);
      const open = change === "resolved" ? others : [...others, alertId];
      const signal = { level: open.length > 0 ? "orange" : "ok", value: open.length } as const;
      return { state: open, signal, wakeAt: at + minutes(30) };
    },
  });

/** Listens to the other scenario; `echo` listens to what only listens, and so must never hear anything. */
export const exit = scenarioOf("exit", {
  blocked: listening(
    ["high", "shut", "quiet", "flooded"].map((rule) => ({ scenario: "gauge", rule })),
    { hold: minutes(1), release: minutes(2), samples: 1 },
  ),
  echo: listening([{ scenario: "exit", rule: "blocked" }], {
    hold: 0,
    release: 0,
  }),
});
