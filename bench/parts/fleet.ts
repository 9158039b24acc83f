// The readings of a whole street in the order of their receipt, as the door writes them down; no
// time passes while they are made.

import { planRun } from "../../simulators/plan.ts";
import { virtualRun } from "../../simulators/virtual.ts";
import { Mind } from "../../src/app/mind.ts";
import { defaultsOf } from "../../src/cli/scenario.ts";
import type { Reading } from "../../src/core/reading.ts";
import { days } from "../../src/core/time.ts";
import type { Loaded } from "../../src/store/records.ts";
import type { Street } from "./street.ts";

/** 2026-11-20 10:00 on the street. */
export const MORNING = Date.UTC(2026, 10, 20, 2);
/** Readings that the door puts into one entry when it is busy. */
export const GROUP = 256;

/** So many healthy readings of all sensors, each at its own pace, in groups. */
export function groupsOf({ population, scenarios }: Street, readings: number): Reading[][] {
  const from = MORNING;
  const { source } = planRun({ population, scenarios, seed: 1, startAt: from });
  const to = from + days(30);
  const run = virtualRun({ source, scenarios, from, to, batch: GROUP });
  const groups: Reading[][] = [];
  let count = 0;
  for (const batch of run.batches) {
    groups.push([...batch]);
    count += batch.length;
    if (count >= readings) break;
  }
  return groups;
}

/** The payload in which a sensor would have sent it. */
export const payloadOf = ({ time, values, seq }: Reading): Buffer =>
  Buffer.from(JSON.stringify({ time, values, seq }));

/** A judge that knows the street and has heard of nobody. */
export function mindOf({ changes, scenarios }: Street, loaded: Partial<Loaded> = {}): Mind {
  const nothing: Loaded = {
    position: 0,
    time: null,
    memories: [],
    alerts: [],
    cases: [],
    register: changes,
    meta: {},
  };
  return new Mind({
    scenarios: scenarios.map((scenario) => ({ scenario, params: defaultsOf(scenario) })),
    loaded: { ...nothing, ...loaded },
    exercise: false,
  });
}
