// The history: time series of readings, another reader of the log with a position of its own.

import type { Quality, Reading, Values } from "../core/reading.ts";
import type { Duration, Instant } from "../core/time.ts";
import type { Position } from "./log.ts";

export type HistoryPoint = { at: Instant; values: Values; quality: Quality };

/** One bucket of one numeric field. `count` is the number of readings that had it; `last` the newest by the sensor's time. */
export type Bucket = {
  at: Instant;
  min: number;
  max: number;
  mean: number;
  count: number;
  last: number;
};

/** Roll-ups are kept per minute, quarter and hour. */
export const steps = { minute: 60_000, quarter: 900_000, hour: 3_600_000 } as const;
export type Step = keyof typeof steps;

export type LastValue = {
  sensorId: string;
  scenario: string;
  siteId: string;
  at: Instant;
  receivedAt: Instant;
  values: Values;
  quality: Quality;
  batteryPct?: number;
  rssiDbm?: number;
};

/** Thrown when stored readings do not match their checksum. Names the file, the sensor and what can be done. */
export class HistoryCorrupt extends Error {}

export interface HistoryWriter {
  /** Everything up to here has been taken; after a crash, reading goes on from here. */
  position(): Position;
  /** Takes readings that stood in the log up to `through`. The same sensor and instant twice is one point. */
  write(readings: readonly Reading[], through: Position): Promise<void>;
  /**
   * Makes durable what has waited long enough, and returns the position up to which the log is no longer needed. May be
   * called at any rate, best every few seconds: the driver decides what is worth a write. `close` writes everything.
   */
  checkpoint(now: Instant): Promise<Position>;
  /**
   * Drops days older than `keep`, and the oldest until at most `maxBytes` are left; never today. Roll-ups of quarters and
   * hours stay for `keepRollups` (default 3 years). Returns what it dropped by name. Readings of such days are refused.
   */
  retain(
    now: Instant,
    limits: { keep: Duration; maxBytes: number; keepRollups?: Duration },
  ): Promise<readonly string[]>;
  /** Since it was opened. `late` are those of `stored` older than their sensor's newest; `refused` those of days given up. */
  counts(): { stored: number; copies: number; late: number; refused: number };
  close(): Promise<void>;
}

export interface HistoryReader {
  /** Readings of one sensor, from ≤ at < to, in order of the sensor's time; at most `limit`, and whether there are more. */
  raw(
    sensorId: string,
    from: Instant,
    to: Instant,
    limit: number,
  ): Promise<{ points: readonly HistoryPoint[]; more: boolean }>;
  /**
   * Buckets of one numeric field that touch the span, whole and in order of time, from the coarsest step of which at least
   * `points`/2 fit into it. Empty buckets are left out. Where minutes have been given up, quarters stand in for them.
   */
  buckets(
    sensorId: string,
    field: string,
    from: Instant,
    to: Instant,
    points: number,
  ): Promise<{ step: Step; buckets: readonly Bucket[] }>;
  last(sensorIds: readonly string[]): Promise<readonly LastValue[]>;
  /** Every reading whose time is in the span, of some scenarios or all, in order of receipt: for replay and backtest. */
  scan(
    from: Instant,
    to: Instant,
    scenarios: readonly string[] | null,
  ): AsyncIterable<readonly Reading[]>;
  close(): Promise<void>;
}
