// The embedded history: a block store over SQLite files in one folder.
//
//   recent.db              readings of today and late ones, as they were flushed; the position; last values
//   2026-11-21.db          a day that is over: blocks by source, in order of time
//   2026-11-21.minute.db, 2026-11.quarter.db, 2026.hour.db   roll-ups
//
// Readings wait in memory until there are many or they have waited long, and are then flushed all at once, in one commit
// with the position: what has a position is on disk once, what has none comes again from the log. So no crash can double
// or lose a reading. Days move to files of their own when they are over, and only then are roll-ups written, each from all
// readings of its bucket (history/seal.ts); buckets of a day that is not sealed are computed from its readings when asked
// for. An instant of a sensor that is not newer than its newest is looked up before it is taken, so a copy is never stored.

import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setImmediate as breathe } from "node:timers/promises";
import type { Reading } from "../../core/reading.ts";
import { type Duration, type Instant, minutes } from "../../core/time.ts";
import type { HistoryReader, HistoryWriter } from "../history.ts";
import type { Position } from "../log.ts";
import { openDatabase } from "./database.ts";
import type { Day } from "./history/calendar.ts";
import { Pending } from "./history/pending.ts";
import { Reader } from "./history/reader.ts";
import { Recent } from "./history/recent.ts";
import { deleteBefore, horizonFor, type Limits } from "./history/retain.ts";
import { Sealer } from "./history/seal.ts";
import { Shelf } from "./history/shelf.ts";

export type HistoryOptions = {
  /** Readings wait in memory, and their entries in the log, at most so long by the log's clock. Default 10 minutes. */
  flushEvery?: Duration;
  /** And at most so many of them. Default 2,000,000, which is about 150 MB in memory and 80 MB of log. */
  flushReadings?: number;
};

const FLUSH_EVERY = minutes(10);
const FLUSH_READINGS = 2_000_000;
// Readings that one checkpoint may seal; more when more have come since the last, so that sealing keeps up.
const SEAL_READINGS = 200_000;
/** Instants of sensors with late readings that are kept in memory; 16 MB. */
const STORED_INSTANTS = 2_000_000;

/**
 * Opens or creates a history. One writer at a time; reading and writing from one thread share what is not on disk yet.
 * `checkpoint` may be called as often as one likes: it flushes when there is enough, and seals days that are over.
 */
export async function openHistory(
  folder: string,
  options: HistoryOptions = {},
): Promise<HistoryWriter & HistoryReader> {
  mkdirSync(folder, { recursive: true });
  rollBack(folder);
  return new History(folder, options);
}

/** Reads a history that some thread writes; readings that are not flushed yet are not in it. The folder must hold one. */
export async function openHistoryReader(folder: string): Promise<HistoryReader> {
  return new Reader(new Shelf(folder), null);
}

/** A file that was being written in a crash is put right by opening it for writing; readers could not. */
function rollBack(folder: string): void {
  for (const file of readdirSync(folder)) {
    if (!file.endsWith(".db-journal")) continue;
    openDatabase(join(folder, file.slice(0, -"-journal".length)), { journal: "delete" }).close();
  }
}

class History implements HistoryWriter, HistoryReader {
  readonly #folder: string;
  readonly #recent: Recent;
  readonly #shelf: Shelf;
  readonly #stored: StoredInstants;
  readonly #pending: Pending;
  readonly #sealer: Sealer;
  readonly #reader: Reader;
  readonly #options: Required<HistoryOptions>;
  readonly #counts = { stored: 0, copies: 0, late: 0, refused: 0 };
  /** Taken; flushed; flushed and moved from the WAL into the file. */
  #position: Position;
  #flushed: Position;
  #durable: Position;
  #flushedAt: Instant | null = null;
  #sinceCheckpoint = 0;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(folder: string, options: HistoryOptions) {
    this.#folder = folder;
    this.#options = { flushEvery: FLUSH_EVERY, flushReadings: FLUSH_READINGS, ...options };
    const recent = new Recent(folder);
    const shelf = new Shelf(folder);
    this.#recent = recent;
    this.#shelf = shelf;
    this.#stored = new StoredInstants(shelf);
    this.#pending = new Pending(recent.sources(), recent.last(), this.#stored);
    this.#pending.horizon = shelf.horizon();
    this.#sealer = new Sealer(folder, recent, shelf);
    this.#reader = new Reader(shelf, this.#pending);
    this.#position = recent.position();
    this.#flushed = this.#position;
    this.#durable = this.#position;
  }

  raw: HistoryReader["raw"] = (...asked) => this.#reader.raw(...asked);
  buckets: HistoryReader["buckets"] = (...asked) => this.#reader.buckets(...asked);
  last: HistoryReader["last"] = (sensorIds) => this.#reader.last(sensorIds);
  scan: HistoryReader["scan"] = (...asked) => this.#reader.scan(...asked);

  /** One after the other, so that what is awaited inside sees nothing half done by another. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => {});
    return result;
  }

  position(): Position {
    return this.#position;
  }

  counts(): { stored: number; copies: number; late: number; refused: number } {
    return { ...this.#counts };
  }

  write(readings: readonly Reading[], through: Position): Promise<void> {
    return this.#inTurn(async () => {
      const counts = this.#counts;
      for (const reading of readings) {
        const taken = this.#pending.take(reading);
        if (taken === "copy") counts.copies++;
        else if (taken === "refused") counts.refused++;
        else counts.stored++;
        if (taken === "late") counts.late++;
      }
      this.#sinceCheckpoint += readings.length;
      this.#position = Math.max(this.#position, through);
      if (this.#pending.count >= this.#options.flushReadings) await this.#flush();
      // Who writes without a pause must not keep readers of the same thread waiting for ever.
      await breathe();
    });
  }

  checkpoint(now: Instant): Promise<Position> {
    return this.#inTurn(async () => {
      this.#flushedAt ??= now;
      if (now - this.#flushedAt >= this.#options.flushEvery) {
        this.#flushedAt = now;
        await this.#flush();
      }
      if (this.#durable < this.#flushed && this.#recent.checkpoint()) this.#durable = this.#flushed;
      const sealed = await this.#sealer.work(
        now,
        Math.max(SEAL_READINGS, 2 * this.#sinceCheckpoint),
      );
      // Purging what was sealed fills the WAL too.
      if (sealed) this.#recent.checkpoint();
      this.#sinceCheckpoint = 0;
      return this.#durable;
    });
  }

  async #flush(): Promise<void> {
    if (this.#position === this.#flushed && this.#pending.count === 0) return;
    const position = this.#position;
    await this.#recent.flush({ position, ...(await this.#pending.gather(breathe)) });
    this.#pending.flushed();
    this.#stored.clear();
    this.#flushed = position;
  }

  retain(now: Instant, limits: Limits): Promise<readonly string[]> {
    return this.#inTurn(async () => {
      const horizon = horizonFor(this.#folder, this.#recent, this.#shelf, now, limits);
      if (horizon > this.#shelf.horizon()) {
        // First it is not read any more, then it is deleted.
        this.#recent.setHorizon(horizon);
        this.#pending.dropBefore(horizon);
        this.#sealer.abandon(horizon);
        this.#stored.clear();
      }
      return deleteBefore(this.#folder, this.#shelf, horizon, now, limits);
    });
  }

  close(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#flush();
      this.#recent.checkpoint();
      this.#sealer.close();
      this.#recent.close();
      await this.#reader.close();
    });
  }
}

/** What is on disk of a sensor's day, remembered for sensors that send many late readings. */
class StoredInstants {
  readonly #shelf: Shelf;
  readonly #known = new Map<string, Float64Array>();
  #count = 0;

  constructor(shelf: Shelf) {
    this.#shelf = shelf;
  }

  of(sensorId: string, day: Day): Float64Array {
    const key = `${day} ${sensorId}`;
    let times = this.#known.get(key);
    if (times) return times;
    times = this.#shelf.times(sensorId, day);
    if (this.#count > STORED_INSTANTS) this.clear();
    this.#count += times.length + 16;
    this.#known.set(key, times);
    return times;
  }

  clear(): void {
    this.#known.clear();
    this.#count = 0;
  }
}
