// An alert in outline: what a comparison of two judgements needs of it, told by its transitions.

import { type Grade, severity } from "../core/level.ts";
import type { Json } from "../core/rule.ts";
import type { Instant } from "../core/time.ts";
import type { AlertRecord } from "./alert-record.ts";
import type { Transition } from "./transition.ts";

/** An alert as it stood at the end of a period. */
export type Outline = {
  id: string;
  rule: string;
  siteId: string;
  sensorId: string | null;
  /** The worst it had reached. */
  level: Grade;
  raisedAt: Instant;
  firedAt: Instant;
  /** Null: it was still open. */
  resolvedAt: Instant | null;
  /** The bounds in force when it fired. */
  thresholds: Json;
  scenarioVersion: number;
};

/** An alert's outline after a transition; `before` is undefined where this is the first. */
export function outlined(before: Outline | undefined, told: Transition): Outline {
  const { change, at, alert, evidence } = told;
  const known: Outline = before ?? {
    id: alert.id,
    rule: told.rule,
    siteId: told.siteId,
    sensorId: told.sensorId,
    level: alert.level,
    raisedAt: alert.raisedAt,
    firedAt: at,
    resolvedAt: null,
    thresholds: evidence.thresholds as unknown as Json,
    scenarioVersion: evidence.scenarioVersion,
  };
  const { level } = severity(alert.level) > severity(known.level) ? alert : known;
  return { ...known, level, resolvedAt: change === "resolved" ? at : null };
}

/** The outline of an alert as it is on record; its bounds stand with its flow log alone. */
export const outlineOf = (record: AlertRecord): Outline => ({
  id: record.id,
  rule: record.rule,
  siteId: record.siteId,
  sensorId: record.sensorId,
  level: record.level,
  raisedAt: record.raisedAt,
  firedAt: record.firedAt,
  resolvedAt: record.resolvedAt,
  thresholds: [],
  scenarioVersion: record.scenarioVersion,
});
