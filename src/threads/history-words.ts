// What the history and main say to each other.

import type { MessagePort } from "node:worker_threads";
import type { Reading } from "../core/reading.ts";
import type { Instant } from "../core/time.ts";
import type { Bucket, HistoryPoint, LastValue, Step } from "../store/history.ts";
import type { Position } from "../store/log.ts";

export type HistoryCounts = { position: Position; stored: number; copies: number; late: number };

/** What the history tells main. */
export type FromHistory = {
  ready(): void;
  counts(counts: HistoryCounts): void;
  /** The log is not needed by the history up to here. */
  durable(position: Position): void;
  /** New readings of a sensor that somebody watches. */
  readings(sensorId: string, readings: readonly Reading[]): void;
  ended(message: string | null): void;
};
/** What main may ask of the history. */
export type ToHistory = {
  door(port: MessagePort): void;
  stop(): void;
  /** Drops what is older or more than the configuration keeps; names the files. */
  retain(): Promise<readonly string[]>;
  watch(sensorId: string): void;
  unwatch(sensorId: string): void;
  raw(
    sensorId: string,
    from: Instant,
    to: Instant,
    limit: number,
  ): Promise<{ points: readonly HistoryPoint[]; more: boolean }>;
  buckets(
    sensorId: string,
    field: string,
    from: Instant,
    to: Instant,
    points: number,
  ): Promise<{ step: Step; buckets: readonly Bucket[] }>;
  last(sensorIds: readonly string[]): Promise<readonly LastValue[]>;
};
