// Stories of the town: readings, silence, service and resets, to be lived through by any engine.

import fc from "fast-check";
import { type Instant, minutes } from "../core/index.ts";
import type { Reading } from "../core/reading.ts";
import type { Engine, Saved, World } from "../engine/engine.ts";
import type { SubjectRow } from "../engine/subject.ts";
import type { Transition } from "../engine/transition.ts";
import type { Said } from "./town.ts";

/** Where each sensor is: two share a cellar, and all are in one house. */
export const places = { a: "cellar-1", b: "cellar-1", c: "cellar-2" } as const;
export type SensorId = keyof typeof places;

/** The register of the town: which sensors are out of service changes as the story goes. */
export function townWorld(out: ReadonlySet<string> = new Set()): World {
  return {
    facts: () => ({ alertM: 3 }),
    nearest: (siteId, kind) =>
      kind === "house" && siteId.startsWith("cellar") ? "house" : undefined,
    outOfService: (sensorId) => out.has(sensorId),
  };
}

/** A spell: the same said `times` times, `gap` after one another. */
type Reads = { said: Said; lag: number; quality: Reading["quality"]; times: number };
/** One thing that happens, `gap` after the one before. */
export type Happening = { gap: number } & (
  | ({ kind: "reads"; sensorId: SensorId } & Reads)
  | { kind: "passes" }
  | { kind: "reset"; sensorId: SensorId }
  | { kind: "service"; sensorId: SensorId; out: boolean }
  | { kind: "scenario"; out: boolean }
);

const spans = (...steps: number[]) => fc.constantFrom(...steps);
const gaps = fc.oneof(
  { weight: 6, arbitrary: spans(0, 1, 2, 2, 3, 5).map(minutes) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 300_000 }) },
  { weight: 1, arbitrary: spans(9, 15, 16, 30).map(minutes) },
);
const lags = fc.oneof(
  { weight: 6, arbitrary: fc.constant(0) },
  { weight: 2, arbitrary: spans(80, 1_500, -60_000) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: minutes(30) }) },
);
const said: fc.Arbitrary<Said> = fc.record({
  levelM: fc.constantFrom(1, 1, 1, 1, 2.7, 3.2, 4.2, 5.2),
  open: fc.constantFrom(false, false, false, true),
});
const sensorId = fc.constantFrom<SensorId>("a", "a", "a", "b", "c");
const quality = fc.constantFrom<Reading["quality"]>(
  "good",
  "good",
  "good",
  "good",
  "good",
  "good",
  "suspect",
  "bad",
);
const reads = fc.record({
  gap: gaps,
  kind: fc.constant("reads"),
  sensorId,
  said,
  lag: lags,
  quality,
  times: fc.integer({ min: 1, max: 6 }),
});
const passes = fc.record({ gap: gaps, kind: fc.constant("passes") });
const reset = fc.record({ gap: gaps, kind: fc.constant("reset"), sensorId });
const service = fc.record({ gap: gaps, kind: fc.constant("service"), sensorId, out: fc.boolean() });
const scenario = fc.record({ gap: gaps, kind: fc.constant("scenario"), out: fc.boolean() });

/** Stories of the town. Sensors come in weighted towards readings, as on a street. */
export const stories = fc.array(
  fc.oneof(
    { weight: 14, arbitrary: reads },
    { weight: 2, arbitrary: passes },
    { weight: 2, arbitrary: reset },
    { weight: 1, arbitrary: service },
    { weight: 1, arbitrary: scenario },
  ) as fc.Arbitrary<Happening>,
  { maxLength: 20, size: "+1" },
);
/** Stories in which everybody is in service and nobody touches anything. */
export const readings = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: reads },
    { weight: 1, arbitrary: passes },
  ) as fc.Arbitrary<Happening>,
  { maxLength: 20, size: "+1" },
);

/** A happening at its instant. */
export type Dated = Happening & { at: Instant };
const START: Instant = 1_772_380_800_000;

/** The story with its instants, and its end: a time in which nearly everything that still waits comes out. */
export function dated(story: readonly Happening[]): Dated[] {
  let at = START;
  const all = story.flatMap((one) =>
    Array.from({ length: one.kind === "reads" ? one.times : 1 }, () => {
      at += one.gap;
      return { ...one, at };
    }),
  );
  return [...all, { kind: "passes", gap: minutes(45), at: at + minutes(45) }];
}

export const readingOf = (one: Dated & { kind: "reads" }): Reading => ({
  sensorId: one.sensorId,
  siteId: places[one.sensorId],
  scenario: "gauge",
  time: one.at - one.lag,
  receivedAt: one.at,
  values: one.said,
  quality: one.quality,
});

/** Lets one thing happen to an engine and its register, as the judge does: time passes first. */
export function happen(engine: Engine, out: Set<string>, one: Dated): Transition[] {
  const { at } = one;
  if (one.kind === "reads") return engine.take(readingOf(one));
  const told = engine.passTo(at);
  if (one.kind === "reset") {
    const alert = {
      scenario: "gauge",
      rule: "shut",
      siteId: places[one.sensorId],
      sensorId: one.sensorId,
    };
    return [...told, ...(engine.reset(alert, at) ?? [])];
  }
  if (one.kind === "scenario") return [...told, ...engine.setOut("gauge", one.out, at, "by hand")];
  if (one.kind === "service") {
    const was = out.delete(one.sensorId);
    if (one.out) out.add(one.sensorId);
    else if (was)
      engine.refresh(
        { scenario: "gauge", siteId: places[one.sensorId], sensorId: one.sensorId },
        at,
      );
  }
  return told;
}

/** The records: rows as text, as commits leave them. */
export class Rows {
  readonly #rows = new Map<string, SubjectRow | string>();

  /** Takes what an engine says has changed. */
  take(changed: Saved): void {
    for (const [key, row] of changed)
      if (row) this.#rows.set(key, row);
      else this.#rows.delete(key);
  }

  /** What a new engine reads after a crash, in another order than it was written. */
  load(): Saved {
    return [...this.texts()].reverse().map(([key, row]) => [key, JSON.parse(row)] as const);
  }

  /** Each row as it stands in the records. */
  texts(): ReadonlyMap<string, string> {
    for (const [key, row] of this.#rows)
      if (typeof row !== "string") this.#rows.set(key, JSON.stringify(row));
    return this.#rows as ReadonlyMap<string, string>;
  }
}

/** All that is seen of a transition, byte for byte. */
export const seen = (transitions: readonly Transition[]): string[] =>
  transitions.map((told) => JSON.stringify(told));

/** One line a transition: minutes since the start, rule, change, level. */
export const lines = (transitions: readonly Transition[], start: Instant = 0): string[] =>
  transitions.map(({ at, scenario, rule, change, alert }) => {
    const name = scenario === "gauge" ? rule : `${scenario}/${rule}`;
    return `${(at - start) / minutes(1)} ${name} ${change} ${alert.level}`;
  });
