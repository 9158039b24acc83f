// A staged run that is watched at every step: what the sensor says, what is kept, what is asked for
// later.

import { Compile } from "typebox/compile";
import type { AnyScenario } from "../core/scenario.ts";
import type { Instant } from "../core/time.ts";
import { HEALTH } from "../engine/health.ts";
import type { SubjectRow } from "../engine/subject.ts";
import type { Transition } from "../engine/transition.ts";
import { deepFreeze } from "./freeze.ts";
import { MONDAY } from "./play.ts";
import { type Staging, stage } from "./stage.ts";

/** A row larger than this would make a commit of a whole street slow. */
const ROW_BYTES_MAX = 8_192;

export type Watched = { startAt: Instant; transitions: readonly Transition[]; faults: string[] };

const known = new WeakMap<AnyScenario, Map<string, Watched>>();

/**
 * Stages it once, however many checks look at it. Transitions are the scenario's own; what broke is
 * in `faults`.
 */
export function staged(scenario: AnyScenario, staging: Omit<Staging, "onStep">): Watched {
  const runs = known.get(scenario) ?? new Map<string, Watched>();
  known.set(scenario, runs);
  const key = JSON.stringify(staging);
  const found = runs.get(key) ?? watch(scenario, staging);
  runs.set(key, found);
  return found;
}

function watch(scenario: AnyScenario, staging: Omit<Staging, "onStep">): Watched {
  const faults = new Set<string>();
  const fits = Compile(scenario.reading);
  deepFreeze(scenario.sampleSite);
  const all = stage(scenario, {
    ...staging,
    onStep(at, said, changed) {
      if (said !== null && !fits.Check(said))
        faults.add(`simulated a reading that its schema refuses: ${JSON.stringify(said)}`);
      for (const [subject, row] of changed)
        for (const fault of row ? inRow(row, at) : []) faults.add(`${subject}: ${fault}`);
    },
  });
  for (const { scenario: id, evidence } of all)
    if (id === HEALTH) faults.add(`failed: ${JSON.stringify(evidence.witnesses.first[0]?.values)}`);
  const transitions = all.filter((one) => one.scenario === scenario.id);
  return { startAt: MONDAY, transitions, faults: [...faults] };
}

/**
 * What is wrong with a row; freezes it, so that a rule which changes its state in place throws at
 * its next reading.
 */
function* inRow(row: SubjectRow, at: Instant): Generator<string> {
  const text = JSON.stringify(deepFreeze(row));
  if (JSON.stringify(JSON.parse(text)) !== text) yield "the row does not survive JSON";
  if (text.length > ROW_BYTES_MAX) yield `the row grows beyond ${ROW_BYTES_MAX} bytes`;
  for (const [rule, { askAt }] of Object.entries(row.memories))
    if (askAt !== null && askAt <= at) yield `${rule} asks to be woken in the past`;
}
