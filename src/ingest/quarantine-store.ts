// The quarantine's file: a bounded ring of samples, and a counter for every reason that outlives restarts. A flood of bad
// messages costs a few rows a second, whatever its speed.

import type {
  Quarantined,
  QuarantineReader,
  QuarantineWriter,
  Reason,
  Refused,
} from "./quarantine.ts";

/** The schema, for `migrate` of the SQLite driver. */
export const quarantineMigrations = [
  {
    version: 1,
    name: "refused and counts",
    sql: `CREATE TABLE refused(
        id INTEGER PRIMARY KEY, reason TEXT NOT NULL, at INTEGER NOT NULL, client_id TEXT NOT NULL,
        topic TEXT NOT NULL, detail TEXT NOT NULL, excerpt TEXT NOT NULL);
      CREATE TABLE counts(reason TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID`,
  },
] as const;

/** What is needed of the SQLite driver: an open connection. */
export type Connection = {
  prepare(sql: string): {
    all(...parameters: (string | number | null)[]): unknown[];
    run(...parameters: (string | number | null)[]): unknown;
  };
  transaction<T>(work: () => T): T;
  close(): void;
};

export type QuarantineOptions = {
  /** Samples kept. 10,000 unless given. */
  rows?: number;
  /** Bytes of text that the samples may have together. 8 MiB unless given. */
  bytes?: number;
  /** Samples of one reason that are kept in a second, and of them from one client. 20 and 5 unless given. */
  perSecond?: number;
  perSecondAndClient?: number;
  /** The file could not be written; counters go on in memory and are written when it can be. Told once each time. */
  onFailure(cause: Error): void;
};

export interface QuarantineStore extends QuarantineWriter {
  /** Since the data folder began. */
  readonly total: number;
  /** Writes what has come since the last time. Does so by itself every second, so a crash forgets no more than that. */
  flush(): void;
  /** Writes the rest and closes the connection. */
  close(): void;
}

/** `db` is written by nobody else and has been migrated; `synchronous=NORMAL` is enough for it. */
export function openQuarantine(db: Connection, options: QuarantineOptions): QuarantineStore {
  return new Store(db, options);
}

const FLUSH_MS = 1_000;
type Kept = { id: number; bytes: number };
const bytesOf = (row: Refused): number =>
  row.clientId.length + row.topic.length + row.detail.length + row.excerpt.length;

class Store implements QuarantineStore {
  readonly #db: Connection;
  readonly #options: Required<QuarantineOptions>;
  readonly #counts = new Map<Reason, number>();
  readonly #changed = new Set<Reason>();
  /** Samples taken in this second, by reason, and by reason and client. */
  readonly #taken = new Map<string, number>();
  readonly #timer: NodeJS.Timeout;
  #waiting: Refused[] = [];
  /** What is in the file, oldest first. */
  #kept: Kept[];
  #nextId: number;
  #failing = false;

  constructor(db: Connection, options: QuarantineOptions) {
    this.#db = db;
    this.#options = {
      rows: 10_000,
      bytes: 8 * 1024 * 1024,
      perSecond: 20,
      perSecondAndClient: 5,
      ...options,
    };
    for (const row of db.prepare("SELECT reason, count FROM counts").all()) {
      const { reason, count } = row as { reason: Reason; count: number };
      this.#counts.set(reason, count);
    }
    const lengths = "length(client_id) + length(topic) + length(detail) + length(excerpt)";
    this.#kept = db
      .prepare(`SELECT id, ${lengths} AS bytes FROM refused ORDER BY id`)
      .all() as Kept[];
    this.#nextId = (this.#kept.at(-1)?.id ?? 0) + 1;
    this.#timer = setInterval(() => this.flush(), FLUSH_MS);
    this.#timer.unref();
  }

  get total(): number {
    let total = 0;
    for (const count of this.#counts.values()) total += count;
    return total;
  }

  count(reason: Reason, clientId: string): boolean {
    this.#counts.set(reason, (this.#counts.get(reason) ?? 0) + 1);
    this.#changed.add(reason);
    const ofReason = this.#taken.get(reason) ?? 0;
    if (ofReason >= this.#options.perSecond) return false;
    const key = `${reason} ${clientId}`;
    const ofClient = this.#taken.get(key) ?? 0;
    if (ofClient >= this.#options.perSecondAndClient) return false;
    this.#taken.set(reason, ofReason + 1);
    this.#taken.set(key, ofClient + 1);
    return true;
  }

  keep(refused: Refused): void {
    this.#waiting.push(refused);
  }

  flush(): void {
    this.#taken.clear();
    if (this.#changed.size === 0) return;
    const rows = this.#waiting.map((refused, i) => ({ id: this.#nextId + i, refused }));
    this.#waiting = [];
    const all = [
      ...this.#kept,
      ...rows.map(({ id, refused }) => ({ id, bytes: bytesOf(refused) })),
    ];
    const surplus = this.#surplus(all);
    try {
      this.#db.transaction(() => {
        this.#insert(rows);
        if (surplus > 0) this.#deleteThrough(all[surplus - 1]!.id);
        for (const reason of this.#changed) this.#writeCount(reason);
      });
    } catch (cause) {
      // The samples are lost, the counters are not.
      if (!this.#failing) this.#options.onFailure(cause as Error);
      this.#failing = true;
      return;
    }
    this.#failing = false;
    this.#changed.clear();
    this.#kept = all.slice(surplus);
    this.#nextId += rows.length;
  }

  close(): void {
    clearInterval(this.#timer);
    this.flush();
    this.#db.close();
  }

  /** How many of the oldest must go for the others to fit. */
  #surplus(all: readonly Kept[]): number {
    const { rows, bytes } = this.#options;
    let left = all.reduce((sum, kept) => sum + kept.bytes, 0);
    let gone = 0;
    while (gone < all.length && (all.length - gone > rows || left > bytes)) {
      left -= all[gone]!.bytes;
      gone++;
    }
    return gone;
  }

  #insert(rows: readonly { id: number; refused: Refused }[]): void {
    const insert = this.#db.prepare("INSERT INTO refused VALUES (?, ?, ?, ?, ?, ?, ?)");
    for (const { id, refused: r } of rows) {
      insert.run(id, r.reason, r.at, r.clientId, r.topic, r.detail, r.excerpt);
    }
  }

  #deleteThrough(id: number): void {
    this.#db.prepare("DELETE FROM refused WHERE id <= ?").run(id);
  }

  #writeCount(reason: Reason): void {
    const upsert =
      "INSERT INTO counts VALUES (?, ?) ON CONFLICT DO UPDATE SET count = excluded.count";
    this.#db.prepare(upsert).run(reason, this.#counts.get(reason) ?? 0);
  }
}

/** Reads on a connection of its own, from any thread; what came in the last second may not be there yet. */
export function openQuarantineReader(db: Connection): QuarantineReader & { close(): void } {
  const select = `SELECT id, reason, at, client_id AS clientId, topic, detail, excerpt FROM refused
    WHERE (?1 IS NULL OR reason = ?1) AND (?2 IS NULL OR client_id = ?2) AND (?3 IS NULL OR id < ?3)
    ORDER BY id DESC LIMIT ?4`;
  return {
    list({ reason = null, clientId = null, before = null, limit }) {
      return db.prepare(select).all(reason, clientId, before, limit) as Quarantined[];
    },
    counts() {
      const rows = db.prepare("SELECT reason, count FROM counts").all();
      return Object.fromEntries(
        (rows as { reason: Reason; count: number }[]).map(({ reason, count }) => [reason, count]),
      );
    },
    close: () => db.close(),
  };
}
