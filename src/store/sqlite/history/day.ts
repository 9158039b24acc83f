// Writing the files of one day that is over: its blocks by source in order of time, and its roll-ups. They are plain files
// without a WAL; what is committed is in them.

import { join } from "node:path";
import type { Instant } from "../../../core/time.ts";
import { type Step, steps } from "../../history.ts";
import type { Schema, Source } from "../columns.ts";
import { type Database, type Migration, migrate, openDatabase } from "../database.ts";
import { type Day, dayFile, rollupFile } from "./calendar.ts";

/** The steps of the schema of a day's file. */
export const dayMigrations: readonly Migration[] = [
  {
    version: 1,
    name: "a day's readings",
    // facts: n, how many readings; lead, how far a sensor's time was ahead of receipt at most.
    sql: `
      CREATE TABLE facts(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
      CREATE TABLE sources(id INTEGER PRIMARY KEY, sensor TEXT NOT NULL, site TEXT NOT NULL,
        scenario TEXT NOT NULL, UNIQUE(sensor, site, scenario));
      CREATE TABLE schemas(id INTEGER PRIMARY KEY, fields TEXT NOT NULL UNIQUE);
      CREATE TABLE blocks(source INTEGER, start INTEGER, part INTEGER, "end" INTEGER NOT NULL,
        n INTEGER NOT NULL, schema INTEGER NOT NULL, body BLOB NOT NULL,
        PRIMARY KEY(source, start, part)) WITHOUT ROWID;`,
  },
];

/** The steps of the schema of a file of roll-ups. */
export const rollupMigrations: readonly Migration[] = [
  {
    version: 1,
    name: "roll-ups",
    sql: `CREATE TABLE rollups(day INTEGER, sensor TEXT, body BLOB NOT NULL,
      PRIMARY KEY(day, sensor)) WITHOUT ROWID;`,
  },
];

export type SealedBlock = {
  start: Instant;
  end: Instant;
  n: number;
  schema: Schema;
  body: Uint8Array;
};

const stepNames = Object.keys(steps) as Step[];

/** The file of a day and those of its roll-ups, open for writing. */
export class DayFile {
  readonly #day: Day;
  readonly #blocks: Database;
  readonly #rollups: ReadonlyMap<Step, Database>;

  constructor(folder: string, day: Day) {
    this.#day = day;
    const open = (file: string, migrations: readonly Migration[]): Database => {
      const db = openDatabase(join(folder, file), { journal: "delete" });
      migrate(db, migrations);
      return db;
    };
    this.#blocks = open(dayFile(day), dayMigrations);
    this.#rollups = new Map(
      stepNames.map((step) => [step, open(rollupFile(step, day), rollupMigrations)]),
    );
  }

  /** Gathers changes, to be committed together; roll-ups first, since they are only believed once the day is sealed. */
  batch(): Batch {
    return new Batch(this.#day, this.#blocks, this.#rollups);
  }

  close(): void {
    this.#blocks.close();
    for (const db of this.#rollups.values()) db.close();
  }
}

class Batch {
  readonly #day: Day;
  readonly #db: Database;
  readonly #rollups: ReadonlyMap<Step, Database>;
  readonly #blocks: [source: Source, blocks: readonly SealedBlock[]][] = [];
  readonly #bodies: [step: Step, sensorId: string, body: Uint8Array | null][] = [];

  constructor(day: Day, db: Database, rollups: ReadonlyMap<Step, Database>) {
    this.#day = day;
    this.#db = db;
    this.#rollups = rollups;
  }

  /** What the day's file holds of the source. */
  stored({ sensorId, siteId, scenario }: Source): SealedBlock[] {
    const find = `SELECT b.start, b."end", b.n, c.fields AS schema, b.body FROM sources o
      CROSS JOIN blocks b ON b.source = o.id CROSS JOIN schemas c ON c.id = b.schema
      WHERE o.sensor = ? AND o.site = ? AND o.scenario = ?`;
    return this.#db.prepare(find).all(sensorId, siteId, scenario) as SealedBlock[];
  }

  /** These are all blocks of the source now. */
  replace(source: Source, blocks: readonly SealedBlock[]): void {
    this.#blocks.push([source, blocks]);
  }

  /** The roll-up of the sensor's day; null when none is kept. */
  rollup(step: Step, sensorId: string, body: Uint8Array | null): void {
    this.#bodies.push([step, sensorId, body]);
  }

  commit(lead: number): void {
    for (const [step, db] of this.#rollups) {
      const own = this.#bodies.filter(([of]) => of === step);
      db.transaction(() => {
        for (const [, sensorId, body] of own) this.#putRollup(db, sensorId, body);
      });
    }
    this.#db.transaction(() => {
      for (const [source, blocks] of this.#blocks) this.#putBlocks(this.#sourceId(source), blocks);
      const put = `INSERT INTO facts VALUES ('lead', ?1)
        ON CONFLICT(name) DO UPDATE SET value = max(value, ?1)`;
      this.#db.prepare(put).run(lead);
    });
  }

  #putRollup(db: Database, sensorId: string, body: Uint8Array | null): void {
    if (body)
      db.prepare("INSERT OR REPLACE INTO rollups VALUES (?, ?, ?)").run(this.#day, sensorId, body);
    else db.prepare("DELETE FROM rollups WHERE day = ? AND sensor = ?").run(this.#day, sensorId);
  }

  #putBlocks(source: number, blocks: readonly SealedBlock[]): void {
    const db = this.#db;
    const before = db.prepare("SELECT sum(n) AS n FROM blocks WHERE source = ?").get(source)!;
    db.prepare("DELETE FROM blocks WHERE source = ?").run(source);
    const insert = db.prepare("INSERT INTO blocks VALUES (?, ?, ?, ?, ?, ?, ?)");
    let grown = -Number(before.n ?? 0);
    const parts = new Map<Instant, number>();
    for (const { start, end, n, schema, body } of blocks) {
      // Only a damaged block can begin at the instant of another.
      const part = parts.get(start) ?? 0;
      parts.set(start, part + 1);
      insert.run(source, start, part, end, n, this.#schemaId(schema), body);
      grown += n;
    }
    const add = `INSERT INTO facts VALUES ('n', ?1)
      ON CONFLICT(name) DO UPDATE SET value = value + ?1`;
    db.prepare(add).run(grown);
  }

  #sourceId({ sensorId, siteId, scenario }: Source): number {
    const db = this.#db;
    const insert = "INSERT OR IGNORE INTO sources(sensor, site, scenario) VALUES (?, ?, ?)";
    db.prepare(insert).run(sensorId, siteId, scenario);
    const find = "SELECT id FROM sources WHERE sensor = ? AND site = ? AND scenario = ?";
    return db.prepare(find).get(sensorId, siteId, scenario)!.id as number;
  }

  #schemaId(schema: Schema): number {
    this.#db.prepare("INSERT OR IGNORE INTO schemas(fields) VALUES (?)").run(schema);
    return this.#db.prepare("SELECT id FROM schemas WHERE fields = ?").get(schema)!.id as number;
  }
}
