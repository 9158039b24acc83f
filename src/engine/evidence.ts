// Why an alert did what it did: kept with the transition for as long as the alert itself.

import type { AlertPolicy } from "../core/alert.ts";
import type { Quality, Reading, Values } from "../core/reading.ts";
import type { Heard, Source, Threshold } from "../core/rule.ts";
import type { Instant } from "../core/time.ts";

/** A reading that counted while the alert was pending or open. */
export type Witness = {
  sensorId: string;
  at: Instant;
  receivedAt: Instant;
  quality: Quality;
  values: Values;
};

/** The witnesses of one spell: the first few, the last few, and how many between them were left out. */
export type Witnesses = { first: readonly Witness[]; last: readonly Witness[]; between: number };

/** What is stored with each transition. */
export type Evidence = {
  witnesses: Witnesses;
  /** What a rule that listens last heard. */
  heard: Heard | null;
  note: string | null;
  value: number | null;
  thresholds: readonly Threshold[];
  sources: readonly Source[];
  /** Since when the condition held, and what it had to hold and release for, ms. */
  since: Instant;
  hold: AlertPolicy["hold"];
  release: number;
  scenarioVersion: number;
  ruleVersion: number;
  /** The release of the parameters that it was judged with; without one they are the scenario's own. */
  scenarioRelease?: number;
};

const FIRST = 2;
const LAST = 8;

export const noWitnesses: Witnesses = { first: [], last: [], between: 0 };

/** Adds a reading to the witnesses; memory stays bounded however long an alert lasts. */
export function witness(before: Witnesses, reading: Reading): Witnesses {
  const { sensorId, time, receivedAt, quality, values } = reading;
  const one = { sensorId, at: Math.min(time, receivedAt), receivedAt, quality, values };
  if (before.first.length < FIRST) return { ...before, first: [...before.first, one] };
  const last = [...before.last, one];
  if (last.length <= LAST) return { ...before, last };
  return { first: before.first, last: last.slice(1), between: before.between + 1 };
}
