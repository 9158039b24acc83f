// The thin driver over node:sqlite: how every database file of the house is opened, written and migrated.

import { statSync } from "node:fs";
import { DatabaseSync, type StatementSync } from "node:sqlite";

export type OpenOptions = {
  /**
   * `full` (the default) syncs the WAL at each commit: what is committed survives a power cut. SQLite's own
   * default would be this too, but distributions have changed it, so it is always set.
   */
  synchronous?: "full" | "normal";
  readOnly?: boolean;
  /** Bytes; counts only for a file that does not exist yet. Default 8192. */
  pageSize?: number;
  /** Page cache of this connection, KiB. Default 16384. */
  cacheKiB?: number;
  /**
   * `wal` (the default) lets readers and the writer go on at the same time. `delete` leaves one plain file behind each
   * commit and writes bulk once, but a commit waits for readers: for files that are written seldom.
   */
  journal?: "wal" | "delete";
  /** WAL pages after which a commit checkpoints by itself; 0: only `checkpoint` does. Default 1000, SQLite's own. */
  autocheckpoint?: number;
  /** How long a statement waits for a lock, ms. Default 5000. */
  busyTimeoutMs?: number;
};

/** What a checkpoint achieved: `complete` when every frame of the WAL is in the database file and synced. */
export type Checkpoint = { complete: boolean; busy: boolean; log: number; checkpointed: number };

/** One connection. It belongs to one thread and is synchronous; errors are node:sqlite's own (`code` ERR_SQLITE_ERROR, `errcode`). */
export interface Database {
  readonly path: string;
  /** A statement from the cache; the same text gives the same statement, so do not nest `iterate` on one text. */
  prepare(sql: string): StatementSync;
  /** One or more statements without parameters. */
  exec(sql: string): void;
  /** Runs `work` between BEGIN IMMEDIATE and COMMIT; what it throws rolls back and is thrown on. Not reentrant. */
  transaction<T>(work: () => T): T;
  /** Moves the WAL into the file. `passive` never waits; `truncate` waits for readers and empties the WAL. */
  checkpoint(mode?: "passive" | "full" | "truncate"): Checkpoint;
  /** The value of a one-row pragma. */
  pragma(name: string): unknown;
  /** Bytes on disk of the file and its WAL. */
  bytes(): number;
  close(): void;
}

/** Thrown by `migrate` for a file written by a newer version. Names file, both versions and the remedy. */
export class SchemaTooNew extends Error {}

// Query builders make new texts for every length of an IN list; this bounds what they leave behind.
const CACHED_STATEMENTS = 256;

/** Opens (and unless `readOnly` creates) a database file, in WAL with `synchronous=FULL` unless told otherwise. */
export function openDatabase(path: string, options: OpenOptions = {}): Database {
  const db = connect(path, options);
  const cache = new Map<string, StatementSync>();
  const prepare = (sql: string): StatementSync => {
    const known = cache.get(sql);
    if (known) return known;
    const statement = db.prepare(sql);
    if (cache.size >= CACHED_STATEMENTS) cache.delete(cache.keys().next().value!);
    cache.set(sql, statement);
    return statement;
  };
  const pragma = (name: string): unknown => Object.values(db.prepare(`PRAGMA ${name}`).get()!)[0];
  return {
    path,
    prepare,
    exec: (sql) => db.exec(sql),
    transaction: (work) => inTransaction(db, work),
    checkpoint: (mode = "passive") => {
      const row = db.prepare(`PRAGMA wal_checkpoint(${mode})`).get() as Record<string, number>;
      const [busy, log, checkpointed] = [row.busy === 1, row.log!, row.checkpointed!];
      return { complete: !busy && log === checkpointed, busy, log, checkpointed };
    },
    pragma,
    bytes: () => sizeOf(path) + sizeOf(`${path}-wal`),
    close: () => {
      cache.clear();
      if (db.isOpen) db.close();
    },
  };
}

function connect(path: string, options: OpenOptions): DatabaseSync {
  const { readOnly = false, synchronous = "full", journal = "wal" } = options;
  let db: DatabaseSync;
  try {
    db = new DatabaseSync(path, {
      readOnly,
      timeout: options.busyTimeoutMs ?? 5_000,
      enableForeignKeyConstraints: true,
    });
  } catch (cause) {
    const remedy = "check that the folder exists and that this user may read and write it";
    throw new Error(`cannot open database ${path}: ${remedy}`, { cause });
  }
  try {
    if (!readOnly) {
      db.exec(`PRAGMA page_size=${options.pageSize ?? 8192}`);
      db.exec(`PRAGMA journal_mode=${journal}`);
    }
    db.exec(`PRAGMA synchronous=${synchronous}`);
    db.exec(`PRAGMA wal_autocheckpoint=${options.autocheckpoint ?? 1000}`);
    db.exec(`PRAGMA cache_size=-${options.cacheKiB ?? 16_384}`);
    return db;
  } catch (cause) {
    db.close();
    throw new Error(`${path} is not a readable SQLite database: restore it from a backup`, {
      cause,
    });
  }
}

function inTransaction<T>(db: DatabaseSync, work: () => T): T {
  db.exec("BEGIN IMMEDIATE");
  try {
    const result = work();
    if (result instanceof Promise) throw new TypeError("a transaction must be synchronous");
    db.exec("COMMIT");
    return result;
  } catch (error) {
    // SQLite may have rolled back by itself (disk full, I/O error); a second ROLLBACK would hide the cause.
    if (db.isOpen && db.isTransaction) db.exec("ROLLBACK");
    throw error;
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** One step of a schema. Versions count 1, 2, 3 …; a released step is never changed, only followed by another. */
export type Migration = { version: number; name: string; sql: string };

/**
 * Brings the file to the newest version, each step in one transaction and recorded in the table `migrations`;
 * returns the versions applied now. A file newer than the newest step is refused with SchemaTooNew, untouched.
 */
export function migrate(db: Database, steps: readonly Migration[]): readonly number[] {
  const table =
    "CREATE TABLE IF NOT EXISTS migrations(version INTEGER PRIMARY KEY, name TEXT NOT NULL)";
  db.exec(table);
  const found = requireKnown(db, steps);
  const applied: number[] = [];
  steps.forEach((step, i) => {
    if (step.version !== i + 1)
      throw new RangeError(`migration ${step.name} must be version ${i + 1}`);
    if (step.version <= found) return;
    const done = db.transaction(() => {
      // Asked inside the transaction, since another process may be migrating the same file.
      if (db.prepare("SELECT 1 FROM migrations WHERE version = ?").get(step.version)) return false;
      try {
        db.exec(step.sql);
      } catch (cause) {
        const what = `migration ${step.version} (${step.name}) of ${db.path} failed and was rolled back`;
        throw new Error(what, { cause });
      }
      db.prepare("INSERT INTO migrations VALUES (?, ?)").run(step.version, step.name);
      return true;
    });
    if (done) applied.push(step.version);
  });
  return applied;
}

/** The file's version. Throws SchemaTooNew when the newest step is older; for connections that only read. */
export function requireKnown(db: Database, steps: readonly Migration[]): number {
  const newest = db.prepare("SELECT max(version) AS version FROM migrations").get()!;
  const found = Number(newest.version ?? 0);
  if (found <= steps.length) return found;
  throw new SchemaTooNew(
    `${db.path} has schema version ${found}, this program knows ${steps.length}: ` +
      "run the newer program again, or restore the backup made before the upgrade",
  );
}
