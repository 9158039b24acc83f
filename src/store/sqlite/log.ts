// The log in one SQLite file: an encoded entry a row, several entries in one transaction, trimmed behind its readers.

import type { Instant } from "../../core/time.ts";
import type { LogReader, LogWriter, NewEntry, Position } from "../log.ts";
import { LogTruncated } from "../log.ts";
import { type Database, type Migration, migrate, openDatabase, requireKnown } from "./database.ts";
import { damaged, type EntryRow, entryOf, rowOf } from "./entry.ts";

const migrations: readonly Migration[] = [
  {
    version: 1,
    name: "entries",
    sql: `CREATE TABLE entries(
      position INTEGER PRIMARY KEY, kind INTEGER NOT NULL, time INTEGER NOT NULL,
      crc INTEGER NOT NULL, length INTEGER NOT NULL, body BLOB NOT NULL)`,
  },
];

// A commit appends to the WAL; moving it into the file waits until so many pages have gathered and the answer is out.
const CHECKPOINT_PAGES = 1_000;
/** Rows that one `trim` deletes; what is left goes with the next appends, a little with each. */
const TRIM_STEP = 64;
// A file that has become so much larger than what is left in it is made small again when it is opened.
const SLACK_BYTES = 2 ** 28;

type Head = { position: Position; time: Instant | null };

/**
 * Opens or creates the log; there must be one writer at a time. The newest entry is never deleted, so that positions
 * go on where they stood when all others have been trimmed. `open` opens the file, for tests of failing disks.
 */
export function openLogWriter(path: string, open: typeof openDatabase = openDatabase): LogWriter {
  return new SqliteLogWriter(path, open);
}

class SqliteLogWriter implements LogWriter {
  readonly #path: string;
  readonly #open: typeof openDatabase;
  /** Null after a disk error, until the file could be opened again. */
  #db: Database | null = null;
  #head: Head = { position: 0, time: null };
  #first: Position = 1;
  #trimTo: Position = 0;
  #pages = 0;
  #opened = false;
  #closed = false;

  constructor(path: string, open: typeof openDatabase) {
    this.#path = path;
    this.#open = open;
    this.#connect();
  }

  async append(entries: readonly NewEntry[]): Promise<Position> {
    const db = this.#db ?? this.#connect();
    const rows = this.#rows(entries);
    const last = this.#head.position + rows.length;
    try {
      this.#write(db, rows);
    } catch (error) {
      if (!isDiskError(error)) throw error;
      // After a failed sync nobody knows what is on disk. Opening anew and moving the WAL into the file settles it.
      this.#connect();
      if (this.#head.position < last) throw error;
    }
    return last;
  }

  head(): Head {
    return this.#head;
  }

  trim(through: Position): void {
    this.#trimTo = Math.max(this.#trimTo, Math.min(through, this.#head.position - 1));
    const db = this.#db;
    if (!db || this.#first > this.#trimTo) return;
    this.#first = db.transaction(() => this.#delete(db, TRIM_STEP));
  }

  bytes(): number {
    const db = this.#db;
    if (!db) return 0;
    // The file keeps the room of what was trimmed for what comes; it is not in use.
    const free = Number(db.pragma("freelist_count")) * Number(db.pragma("page_size"));
    return db.bytes() - free;
  }

  close(): void {
    this.#closed = true;
    this.#db?.close();
  }

  #connect(): Database {
    if (this.#closed) throw new Error(`the log ${this.#path} is closed`);
    this.#db?.close();
    this.#db = null;
    const db = this.#open(this.#path, { autocheckpoint: 0, cacheKiB: 4_096 });
    try {
      migrate(db, migrations);
      if (!this.#opened) shrink(db);
      else if (db.checkpoint("full").busy)
        throw new Error(`${this.#path} is locked by another process`);
      const last = db.prepare("SELECT * FROM entries ORDER BY position DESC LIMIT 1").get();
      const first = db.prepare("SELECT min(position) AS first FROM entries").get()!;
      const head = last ? entryOf(last as EntryRow, this.#path) : { position: 0, time: null };
      this.#head = { position: head.position, time: head.time };
      this.#first = Number(first.first ?? 1);
    } catch (error) {
      db.close();
      throw error;
    }
    this.#opened = true;
    this.#db = db;
    return db;
  }

  #rows(entries: readonly NewEntry[]): EntryRow[] {
    let { position, time } = this.#head;
    return entries.map((entry) => {
      if (!Number.isSafeInteger(entry.time) || entry.time < (time ?? entry.time)) {
        const rule = "the log's clock gives whole milliseconds and never goes back";
        throw new RangeError(`entry of time ${entry.time} cannot follow one of ${time}: ${rule}`);
      }
      time = entry.time;
      return rowOf(entry, ++position);
    });
  }

  #write(db: Database, rows: readonly EntryRow[]): void {
    if (rows.length === 0) return;
    const insert = db.prepare("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?)");
    this.#first = db.transaction(() => {
      for (const r of rows) insert.run(r.position, r.kind, r.time, r.crc, r.length, r.body);
      // Trimming rides on the commit that is made anyway, a little faster than the log grows.
      return this.#delete(db, 2 * rows.length + 2);
    });
    const last = rows.at(-1)!;
    this.#head = { position: last.position, time: last.time };
    for (const row of rows) this.#pages += 2 + Math.ceil(row.length / 8_192);
    if (this.#pages < CHECKPOINT_PAGES) return;
    this.#pages = 0;
    setImmediate(() => this.#checkpoint());
  }

  /** Deletes up to `count` of the oldest rows and returns the first position that is left. */
  #delete(db: Database, count: number): Position {
    if (this.#first > this.#trimTo) return this.#first;
    const to = Math.min(this.#trimTo, this.#first + count - 1);
    db.prepare("DELETE FROM entries WHERE position BETWEEN ? AND ?").run(this.#first, to);
    return to + 1;
  }

  #checkpoint(): void {
    try {
      this.#db?.checkpoint();
    } catch {
      // A full disk or a failed sync: nothing acknowledged is at stake, the next append finds out where it stands.
      this.#db?.close();
      this.#db = null;
    }
  }
}

function isDiskError(error: unknown): boolean {
  const IOERR = 10;
  return ((error as { errcode?: number }).errcode ?? 0) % 256 === IOERR;
}

function shrink(db: Database): void {
  const [pages, free] = [Number(db.pragma("page_count")), Number(db.pragma("freelist_count"))];
  const size = Number(db.pragma("page_size"));
  if (free * size > SLACK_BYTES && free > 4 * (pages - free)) db.exec("VACUUM");
}

/** A reader on a connection of its own, for any thread; the log must exist. Reading is one short statement. */
export function openLogReader(path: string): LogReader {
  const db = openDatabase(path, { readOnly: true, cacheKiB: 4_096 });
  try {
    requireKnown(db, migrations);
  } catch (error) {
    db.close();
    throw error;
  }
  return {
    read(position, limit) {
      const rows = rowsAfter(db, position, limit);
      if (rows.length === 0) requireHead(db, position);
      return rows.map((row, i) => {
        const entry = entryOf(row, path);
        const expected = position + 1 + i;
        if (row.position === expected) return entry;
        if (i > 0) throw damaged(path, expected, "is missing");
        throw new LogTruncated(
          `${path} begins at position ${row.position}, but ${expected} was asked for: it has been trimmed away`,
        );
      });
    },
    close: () => db.close(),
  };
}

function rowsAfter(db: Database, position: Position, limit: number): EntryRow[] {
  try {
    const after = "SELECT * FROM entries WHERE position > ? ORDER BY position LIMIT ?";
    return db.prepare(after).all(position, limit) as EntryRow[];
  } catch (cause) {
    if (!isDamage(cause)) throw cause;
    throw damaged(db.path, position + 1, `or one near it cannot be read (${String(cause)})`);
  }
}

/** A reader that stands beyond the head has been given another log than the one it read before. */
function requireHead(db: Database, position: Position): void {
  const row = db.prepare("SELECT max(position) AS head FROM entries").get()!;
  const head = Number(row.head ?? 0);
  if (position <= head) return;
  throw damaged(
    db.path,
    head + 1,
    `should be there, since ${position} has been read before: this log is older than its readers`,
  );
}

/** What SQLite says of a file whose pages are not as it wrote them, and Node of a number that cannot be one of ours. */
function isDamage(error: unknown): boolean {
  const { errcode = 0, code } = error as { errcode?: number; code?: string };
  const [CORRUPT, NOT_A_DATABASE] = [11, 26];
  return errcode % 256 === CORRUPT || errcode === NOT_A_DATABASE || code === "ERR_OUT_OF_RANGE";
}
