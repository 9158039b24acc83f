// recent.db: the readings of days that are not over yet, or came late, as they were flushed; and in the same file the
// position they were flushed up to, so that one commit says both. Days that are over move on to files of their own.
//
// Each flush adds its blocks at the end of its day, ordered by source: appending is cheap on a disk, and what it costs in
// reading is bounded by the flushes of a day. Nothing in here is ever changed, only added and, once sealed, deleted.

import { join } from "node:path";
import { setImmediate as breathe } from "node:timers/promises";
import type { Reading } from "../../../core/reading.ts";
import type { Instant } from "../../../core/time.ts";
import type { Position } from "../../log.ts";
import { decodeReadings, encodeReadings } from "../codec.ts";
import type { Schema, Source } from "../columns.ts";
import { type Database, type Migration, migrate, openDatabase } from "../database.ts";
import type { Day } from "./calendar.ts";

export const RECENT = "recent.db";

/** The steps of the schema of recent.db. */
export const recentMigrations: readonly Migration[] = [
  {
    version: 1,
    name: "recent readings",
    // spans: which flushes hold readings of a day, and of when. purge: those that are in the day's file by now.
    // last: the newest reading of each sensor, 256 sensors a row.
    sql: `
      CREATE TABLE state(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
      CREATE TABLE sources(id INTEGER PRIMARY KEY, sensor TEXT NOT NULL, site TEXT NOT NULL,
        scenario TEXT NOT NULL, UNIQUE(sensor, site, scenario));
      CREATE TABLE schemas(id INTEGER PRIMARY KEY, fields TEXT NOT NULL UNIQUE);
      CREATE TABLE spans(day INTEGER, flush INTEGER, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
        n INTEGER NOT NULL, lead INTEGER NOT NULL, PRIMARY KEY(day, flush)) WITHOUT ROWID;
      CREATE TABLE blocks(day INTEGER, flush INTEGER, source INTEGER, part INTEGER,
        start INTEGER NOT NULL, "end" INTEGER NOT NULL, n INTEGER NOT NULL, schema INTEGER NOT NULL,
        body BLOB NOT NULL, PRIMARY KEY(day, flush, source, part)) WITHOUT ROWID;
      CREATE TABLE purge(day INTEGER, flush INTEGER, PRIMARY KEY(day, flush)) WITHOUT ROWID;
      CREATE TABLE last(slot INTEGER PRIMARY KEY, body BLOB NOT NULL);`,
  },
];

/** A block on its way to the disk. `lead` is how far the sensor's time was ahead of receipt at most (or behind, if negative). */
export type NewBlock = {
  source: number;
  start: Instant;
  end: Instant;
  n: number;
  lead: number;
  schema: Schema;
  body: Uint8Array;
};
export type NumberedSource = Source & { id: number };

export type RecentBlock = Omit<NewBlock, "lead">;

export type Flush = {
  position: Position;
  sources: readonly NumberedSource[];
  /** By day, each in the order of sources. */
  blocks: ReadonlyMap<Day, readonly NewBlock[]>;
  /** Rows of the table `last`, of at most 256 readings. */
  last: ReadonlyMap<number, readonly Reading[]>;
};

const ROWS_BETWEEN_BREATHS = 2_000;

/** The writing side of recent.db; one at a time. */
export class Recent {
  readonly #db: Database;
  #flush: number;

  constructor(folder: string) {
    // The WAL is checkpointed after each flush, where its result is looked at, and never by a commit in between.
    this.#db = openDatabase(join(folder, RECENT), { autocheckpoint: 0, cacheKiB: 32_768 });
    try {
      migrate(this.#db, recentMigrations);
      this.#flush = this.#state("flush") ?? 0;
    } catch (error) {
      this.#db.close();
      throw error;
    }
  }

  /** Up to where the log has been flushed. */
  position(): Position {
    return this.#state("position") ?? 0;
  }

  /** The first day that retention has left. */
  horizon(): Day | null {
    return this.#state("horizon");
  }

  sources(): NumberedSource[] {
    const all = "SELECT id, sensor AS sensorId, site AS siteId, scenario FROM sources ORDER BY id";
    return this.#db.prepare(all).all() as NumberedSource[];
  }

  /** The newest readings of all sensors, slot by slot. */
  last(): Reading[][] {
    const rows = this.#db.prepare("SELECT body FROM last ORDER BY slot").all();
    return rows.map((row) => decodeReadings(row.body as Uint8Array));
  }

  /** Takes all of a flush or, when it throws, nothing. Others may read meanwhile, and see it when it is done. */
  async flush(flush: Flush): Promise<void> {
    const db = this.#db;
    db.exec("BEGIN IMMEDIATE");
    try {
      const number = this.#flush + 1;
      for (const { id, sensorId, siteId, scenario } of flush.sources) {
        db.prepare("INSERT INTO sources VALUES (?, ?, ?, ?)").run(id, sensorId, siteId, scenario);
      }
      for (const [day, blocks] of flush.blocks) await this.#insert(day, number, blocks);
      for (const [slot, readings] of flush.last) {
        const put =
          "INSERT INTO last VALUES (?, ?) ON CONFLICT(slot) DO UPDATE SET body = excluded.body";
        db.prepare(put).run(slot, encodeReadings(readings));
      }
      this.#setState("position", flush.position);
      this.#setState("flush", number);
      db.exec("COMMIT");
      this.#flush = number;
    } catch (error) {
      this.#rollback();
      throw error;
    }
  }

  async #insert(day: Day, flush: number, blocks: readonly NewBlock[]): Promise<void> {
    const insert = this.#db.prepare("INSERT INTO blocks VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    const span = {
      start: Number.POSITIVE_INFINITY,
      end: Number.NEGATIVE_INFINITY,
      n: 0,
      lead: Number.NEGATIVE_INFINITY,
    };
    let [source, part] = [0, 0];
    for (const [i, block] of blocks.entries()) {
      part = block.source === source ? part + 1 : 0;
      source = block.source;
      const { start, end, n, schema, body } = block;
      insert.run(day, flush, source, part, start, end, n, this.#schemaId(schema), body);
      span.start = Math.min(span.start, start);
      span.end = Math.max(span.end, end);
      span.n += n;
      span.lead = Math.max(span.lead, block.lead);
      if (i % ROWS_BETWEEN_BREATHS === ROWS_BETWEEN_BREATHS - 1) await breathe();
    }
    const spans = this.#db.prepare("INSERT INTO spans VALUES (?, ?, ?, ?, ?, ?)");
    spans.run(day, flush, span.start, span.end, span.n, span.lead);
  }

  readonly #schemaIds = new Map<Schema, number>();

  #schemaId(schema: Schema): number {
    let id = this.#schemaIds.get(schema);
    if (id !== undefined) return id;
    this.#db.prepare("INSERT OR IGNORE INTO schemas(fields) VALUES (?)").run(schema);
    id = Number(this.#db.prepare("SELECT id FROM schemas WHERE fields = ?").get(schema)!.id);
    // A roll-back may take the row away again, so what is remembered must go with it.
    this.#schemaIds.set(schema, id);
    return id;
  }

  #rollback(): void {
    this.#schemaIds.clear();
    try {
      this.#db.exec("ROLLBACK");
    } catch {
      // SQLite has rolled back by itself (disk full, I/O error); the first error is the one to tell.
    }
  }

  /** Moves the WAL into the file; true when all of it is there and synced. */
  checkpoint(): boolean {
    return this.#db.checkpoint("passive").complete;
  }

  /** Blocks of one flush of a day, of the sources from `first` to `last`, by source. */
  blocks(day: Day, flush: number, first: number, last: number): RecentBlock[] {
    const some = `SELECT b.source, b.start, b."end", b.n, c.fields AS schema, b.body
      FROM blocks b CROSS JOIN schemas c ON c.id = b.schema
      WHERE b.day = ? AND b.flush = ? AND b.source BETWEEN ? AND ? ORDER BY b.source, b.part`;
    return this.#db.prepare(some).all(day, flush, first, last) as RecentBlock[];
  }

  /** Flushes that hold readings of a day, with what they hold. */
  spans(day: Day): { flush: number; n: number; lead: number }[] {
    const all = "SELECT flush, n, lead FROM spans WHERE day = ? ORDER BY flush";
    return this.#db.prepare(all).all(day) as { flush: number; n: number; lead: number }[];
  }

  /** Days that have readings in here, oldest first. */
  days(): Day[] {
    const rows = this.#db.prepare("SELECT DISTINCT day FROM spans ORDER BY day").all();
    return rows.map((row) => row.day as Day);
  }

  /** These flushes of the day are in its file now: they are not read any more, and purged by and by. */
  sealed(day: Day, flushes: readonly number[]): void {
    this.#db.transaction(() => {
      for (const flush of flushes) this.#retire(day, flush);
    });
  }

  /** Days before this are given up: no readings of them are kept or taken. */
  setHorizon(horizon: Day): void {
    this.#db.transaction(() => {
      const gone = this.#db.prepare("SELECT day, flush FROM spans WHERE day < ?").all(horizon);
      for (const { day, flush } of gone) this.#retire(day as Day, flush as number);
      this.#setState("horizon", horizon);
    });
  }

  #retire(day: Day, flush: number): void {
    this.#db.prepare("DELETE FROM spans WHERE day = ? AND flush = ?").run(day, flush);
    this.#db.prepare("INSERT OR IGNORE INTO purge VALUES (?, ?)").run(day, flush);
  }

  /** Deletes some of what has been sealed; false when there is no more. */
  purge(): boolean {
    const next = this.#db.prepare("SELECT day, flush FROM purge LIMIT 1").get();
    if (!next) return false;
    const [day, flush] = [next.day as Day, next.flush as number];
    this.#db.transaction(() => {
      const some = `DELETE FROM blocks WHERE day = ?1 AND flush = ?2 AND source <= (
        SELECT max(source) FROM (
          SELECT source FROM blocks WHERE day = ?1 AND flush = ?2 ORDER BY source LIMIT 5000))`;
      if (this.#db.prepare(some).run(day, flush).changes === 0) {
        this.#db.prepare("DELETE FROM purge WHERE day = ? AND flush = ?").run(day, flush);
      }
    });
    return true;
  }

  /** Bytes on disk that are in use. */
  bytes(): number {
    const free = Number(this.#db.pragma("freelist_count")) * Number(this.#db.pragma("page_size"));
    return this.#db.bytes() - free;
  }

  close(): void {
    this.#db.close();
  }

  #state(name: string): number | null {
    const row = this.#db.prepare("SELECT value FROM state WHERE name = ?").get(name);
    return row ? (row.value as number) : null;
  }

  #setState(name: string, value: number): void {
    const put =
      "INSERT INTO state VALUES (?, ?) ON CONFLICT(name) DO UPDATE SET value = excluded.value";
    this.#db.prepare(put).run(name, value);
  }
}
