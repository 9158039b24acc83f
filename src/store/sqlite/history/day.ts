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
  /** Whether nothing of any source was in it when it was opened. */
  readonly #fresh: boolean;

  constructor(folder: string, day: Day) {
    this.#day = day;
    const open = (file: string, migrations: readonly Migration[]): Database => {
      const db = openDatabase(join(folder, file), { journal: "delete", pageSize: 16_384 });
      migrate(db, migrations);
      return db;
    };
    this.#blocks = open(dayFile(day), dayMigrations);
    this.#rollups = new Map(
      stepNames.map((step) => [step, open(rollupFile(step, day), rollupMigrations)]),
    );
    this.#fresh = !this.#blocks.prepare("SELECT 1 FROM sources LIMIT 1").get();
  }

  /** Gathers changes, to be committed together; roll-ups first, since they are only believed once the day is sealed. */
  batch(): Batch {
    return new Batch(this.#day, this.#blocks, this.#rollups, this.#fresh);
  }

  close(): void {
    this.#blocks.close();
    for (const db of this.#rollups.values()) db.close();
  }
}

/** Changes to the files of a day that are committed together. */
export class Batch {
  readonly #day: Day;
  readonly #db: Database;
  readonly #rollups: ReadonlyMap<Step, Database>;
  readonly #blocks: [source: Source, blocks: readonly SealedBlock[]][] = [];
  readonly #bodies: [step: Step, sensorId: string, body: Uint8Array | null][] = [];

  readonly #fresh: boolean;

  constructor(day: Day, db: Database, rollups: ReadonlyMap<Step, Database>, fresh: boolean) {
    this.#day = day;
    this.#db = db;
    this.#rollups = rollups;
    this.#fresh = fresh;
  }

  /** What the day's file holds of the source. */
  stored({ sensorId, siteId, scenario }: Source): SealedBlock[] {
    if (this.#fresh) return [];
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
      let grown = 0;
      for (const [source, blocks] of this.#blocks) {
        grown += this.#putBlocks(this.#sourceId(source), blocks);
      }
      const put = `INSERT INTO facts VALUES ('n', ?1), ('lead', ?2) ON CONFLICT(name) DO UPDATE
        SET value = CASE name WHEN 'n' THEN value + ?1 ELSE max(value, ?2) END`;
      this.#db.prepare(put).run(grown, lead);
    });
  }

  #putRollup(db: Database, sensorId: string, body: Uint8Array | null): void {
    if (body)
      db.prepare("INSERT OR REPLACE INTO rollups VALUES (?, ?, ?)").run(this.#day, sensorId, body);
    else db.prepare("DELETE FROM rollups WHERE day = ? AND sensor = ?").run(this.#day, sensorId);
  }

  /** Returns how many more readings the source has than before. */
  #putBlocks(source: number, blocks: readonly SealedBlock[]): number {
    const db = this.#db;
    let grown = 0;
    if (!this.#fresh) {
      const before = db.prepare("SELECT sum(n) AS n FROM blocks WHERE source = ?").get(source)!;
      grown -= Number(before.n ?? 0);
      db.prepare("DELETE FROM blocks WHERE source = ?").run(source);
    }
    const insert = db.prepare("INSERT INTO blocks VALUES (?, ?, ?, ?, ?, ?, ?)");
    const parts = new Map<Instant, number>();
    for (const { start, end, n, schema, body } of blocks) {
      // Only a damaged block can begin at the instant of another.
      const part = parts.get(start) ?? 0;
      parts.set(start, part + 1);
      insert.run(source, start, part, end, n, this.#schemaId(schema), body);
      grown += n;
    }
    return grown;
  }

  #sourceId({ sensorId, siteId, scenario }: Source): number {
    const db = this.#db;
    const insert = "INSERT OR IGNORE INTO sources(sensor, site, scenario) VALUES (?, ?, ?)";
    db.prepare(insert).run(sensorId, siteId, scenario);
    const find = "SELECT id FROM sources WHERE sensor = ? AND site = ? AND scenario = ?";
    return db.prepare(find).get(sensorId, siteId, scenario)!.id as number;
  }

  readonly #schemaIds = new Map<Schema, number>();

  #schemaId(schema: Schema): number {
    const known = this.#schemaIds.get(schema);
    if (known !== undefined) return known;
    this.#db.prepare("INSERT OR IGNORE INTO schemas(fields) VALUES (?)").run(schema);
    const find = this.#db.prepare("SELECT id FROM schemas WHERE fields = ?");
    const id = find.get(schema)!.id as number;
    this.#schemaIds.set(schema, id);
    return id;
  }
}
