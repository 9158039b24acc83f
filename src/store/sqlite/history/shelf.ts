// Reading what is on disk: recent.db, the files of days and of roll-ups, on read-only connections of their own. A reading
// goes from memory to recent.db to its day's file, and is always looked for in that order: it may be met twice on its
// way, but never missed.

import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import type { Reading } from "../../../core/reading.ts";
import type { Instant } from "../../../core/time.ts";
import { HistoryCorrupt, type Step } from "../../history.ts";
import { BadBlock, decodeTimes, readBlock } from "../block.ts";
import { decodeReadings } from "../codec.ts";
import type { Columns, Schema, Source } from "../columns.ts";
import { type Database, type Migration, openDatabase, requireKnown } from "../database.ts";
import { DAY, type Day, dayFile, fileSpan, rollupFile } from "./calendar.ts";
import { dayMigrations, rollupMigrations } from "./day.ts";
import type { Facts } from "./pending.ts";
import { RECENT, recentMigrations } from "./recent.ts";
import { decodeTallies, type Tally } from "./rollup.ts";

/** A block as it stands in a file. */
export type StoredBlock = Source & {
  start: Instant;
  fields: Schema;
  body: Uint8Array;
  path: string;
};

const OPEN_MAX = 24;
const BLOCK = "o.sensor AS sensorId, o.site AS siteId, o.scenario, b.start, c.fields, b.body";

const OF_SENSORS = "FROM json_each(?1) j CROSS JOIN sources o ON o.sensor = j.value";
const RECENT_BLOCKS = `SELECT ${BLOCK} ${OF_SENSORS} CROSS JOIN spans s
  CROSS JOIN blocks b ON b.day = s.day AND b.flush = s.flush AND b.source = o.id
  CROSS JOIN schemas c ON c.id = b.schema
  WHERE s.day = ?2 AND s.start < ?4 AND s."end" >= ?3 AND b.start < ?4 AND b."end" >= ?3`;
// The blocks of a source follow one another in time, so the first is the one that begins last before the span.
const DAY_BLOCKS = `SELECT ${BLOCK} ${OF_SENSORS} CROSS JOIN blocks b ON b.source = o.id
  CROSS JOIN schemas c ON c.id = b.schema
  WHERE b.start < ?3 AND b."end" >= ?2 AND b.start >= ifnull(
    (SELECT max(start) FROM blocks WHERE source = o.id AND start <= ?2), ?2)`;

type Origin = Pick<StoredBlock, "path" | "sensorId" | "start">;

/** Adds the rows of a block to others; only one field when one is named. */
export function addBlock(block: StoredBlock, into: Columns, field: string | null = null): void {
  intact(block, () => readBlock(block.body, block.fields, into, field));
}

function intact<T>({ path, sensorId, start }: Origin, decode: () => T): T {
  try {
    return decode();
  } catch (error) {
    if (!(error instanceof BadBlock)) throw error;
    const which = `readings of sensor ${sensorId} from ${new Date(start).toISOString()}`;
    const remedy = `restore ${basename(path)} from a backup, or delete it to give up what it holds`;
    throw new HistoryCorrupt(`${path}: ${which} are damaged (${error.message}): ${remedy}`);
  }
}

/** The files of one history folder, open for reading. */
export class Shelf {
  readonly #folder: string;
  readonly #recent: Database;
  readonly #open = new Map<string, Database>();

  /** Throws when there is no history in the folder, or it is of a newer program. */
  constructor(folder: string) {
    this.#folder = folder;
    this.#recent = this.#connect(RECENT, recentMigrations);
  }

  #connect(file: string, migrations: readonly Migration[]): Database {
    const db = openDatabase(join(this.#folder, file), { readOnly: true, cacheKiB: 4_096 });
    try {
      requireKnown(db, migrations);
      return db;
    } catch (error) {
      db.close();
      throw error;
    }
  }

  /** The file, opened before or now; null when there is none. */
  #file(file: string, migrations: readonly Migration[]): Database | null {
    let db = this.#open.get(file);
    if (db) this.#open.delete(file);
    else if (existsSync(join(this.#folder, file))) db = this.#connect(file, migrations);
    else return null;
    this.#open.set(file, db);
    if (this.#open.size > OPEN_MAX) this.forget(this.#open.keys().next().value!);
    return db;
  }

  /** Closes a file that is about to be deleted. */
  forget(file: string): void {
    this.#open.get(file)?.close();
    this.#open.delete(file);
  }

  /** Readings of days before this have been given up. */
  horizon(): Day {
    const row = this.#recent.prepare("SELECT value FROM state WHERE name = 'horizon'").get();
    return row ? (row.value as Day) : Number.NEGATIVE_INFINITY;
  }

  /** Days from `first` to `last` that have readings on disk, in order. */
  days(first: Day, last: Day): Day[] {
    const from = Math.max(first, this.horizon());
    const recent = "SELECT DISTINCT day FROM spans WHERE day BETWEEN ? AND ?";
    const days = this.#recent
      .prepare(recent)
      .all(from, last)
      .map((row) => row.day as Day);
    for (const file of readdirSync(this.#folder)) {
      const span = fileSpan(file);
      if (span?.kind === "day" && span.last >= from && span.last <= last) days.push(span.last);
    }
    return [...new Set(days)].sort((a, b) => a - b);
  }

  /** The first and last day that anything on disk can be of, roll-ups included. */
  reach(): [first: Day, last: Day] {
    const bounds = this.#recent
      .prepare("SELECT min(day) AS first, max(day) AS last FROM spans")
      .get()!;
    let first = Number(bounds.first ?? Number.POSITIVE_INFINITY);
    let last = Number(bounds.last ?? Number.NEGATIVE_INFINITY);
    for (const file of readdirSync(this.#folder)) {
      const span = fileSpan(file);
      if (!span) continue;
      first = Math.min(first, span.first);
      last = Math.max(last, span.last);
    }
    return [first, last];
  }

  /** The sensors' blocks of a day that touch the span, in no order; some readings may be in two. */
  blocks(sensorIds: readonly string[], day: Day, from: Instant, to: Instant): StoredBlock[] {
    if (day < this.horizon()) return [];
    const wanted = JSON.stringify(sensorIds);
    const recent = this.#recent.prepare(RECENT_BLOCKS).all(wanted, day, from, to);
    const file = this.#file(dayFile(day), dayMigrations);
    const sealed = file?.prepare(DAY_BLOCKS).all(wanted, from, to) ?? [];
    return [...at(recent, this.#recent), ...(file ? at(sealed, file) : [])];
  }

  /** Sensors that may have readings of the day on disk, of some scenarios or all. */
  sensors(day: Day, scenarios: readonly string[] | null): string[] {
    const all = `SELECT DISTINCT sensor FROM sources
      WHERE ?1 IS NULL OR scenario IN (SELECT value FROM json_each(?1))`;
    const wanted = scenarios ? JSON.stringify(scenarios) : null;
    const file = this.#file(dayFile(day), dayMigrations);
    const rows = [this.#recent, ...(file ? [file] : [])].flatMap((db) =>
      db.prepare(all).all(wanted),
    );
    return rows.map((row) => row.sensor as string);
  }

  /** What is stored of a sensor's day, by its instants, in order. */
  times(sensorId: string, day: Day): Float64Array {
    const blocks = this.blocks([sensorId], day, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
    const times = blocks.map((block) => intact(block, () => decodeTimes(block.body)));
    const all = new Float64Array(times.reduce((sum, { length }) => sum + length, 0));
    let next = 0;
    for (const some of times) {
      all.set(some, next);
      next += some.length;
    }
    return all.sort();
  }

  facts(day: Day): Facts {
    const sum = "SELECT sum(n) AS n, max(lead) AS lead FROM spans WHERE day = ?";
    const recent = this.#recent.prepare(sum).get(day)!;
    const facts: Facts = {
      n: Number(recent.n ?? 0),
      lead: Number(recent.lead ?? Number.NEGATIVE_INFINITY),
    };
    const file = this.#file(dayFile(day), dayMigrations);
    for (const { name, value } of file?.prepare("SELECT name, value FROM facts").all() ?? []) {
      if (name === "n") facts.n += value as number;
      if (name === "lead") facts.lead = Math.max(facts.lead, value as number);
    }
    return facts;
  }

  /** Days from `first` to `last` of which not all readings of the sensor are in the day's file and its roll-ups. */
  unsealed(sensorId: string, first: Day, last: Day): Set<Day> {
    const days = `SELECT DISTINCT s.day FROM sources o CROSS JOIN spans s
      CROSS JOIN blocks b ON b.day = s.day AND b.flush = s.flush AND b.source = o.id
      WHERE o.sensor = ? AND s.day BETWEEN ? AND ?`;
    const rows = this.#recent.prepare(days).all(sensorId, first, last);
    return new Set(rows.map((row) => row.day as Day));
  }

  /** One field's roll-ups of a sealed day; null when none were kept for the sensor. */
  tallies(step: Step, day: Day, sensorId: string, field: string): Tally[] | null {
    const file = this.#file(rollupFile(step, day), rollupMigrations);
    const find = "SELECT body FROM rollups WHERE day = ? AND sensor = ?";
    const row = file?.prepare(find).get(day, sensorId);
    if (!row || !file) return null;
    const block = { sensorId, start: day * DAY, path: file.path };
    return intact(block, () => decodeTallies(row.body as Uint8Array, day, step, field));
  }

  /** The newest reading of each of the sensors, as of the last flush. */
  last(sensorIds: readonly string[]): Reading[] {
    const wanted = new Set(sensorIds);
    const found: Reading[] = [];
    for (const { body } of this.#recent.prepare("SELECT body FROM last").all()) {
      for (const reading of decodeReadings(body as Uint8Array)) {
        if (wanted.has(reading.sensorId)) found.push(reading);
      }
    }
    return found;
  }

  close(): void {
    for (const file of [...this.#open.keys()]) this.forget(file);
    this.#recent.close();
  }
}

const at = (rows: readonly object[], { path }: Database): StoredBlock[] =>
  rows.map((row) => ({ ...row, path }) as StoredBlock);
