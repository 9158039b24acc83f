import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Kysely } from "kysely";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Migration, migrate, openDatabase, SchemaTooNew } from "./database.ts";
import { kyselyDialect } from "./kysely-dialect.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "brain-db-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const file = () => join(folder, "x.db");

const first: Migration = {
  version: 1,
  name: "base",
  sql: "CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT)",
};
const second: Migration = {
  version: 2,
  name: "b",
  sql: "ALTER TABLE t ADD COLUMN b TEXT; UPDATE t SET b = a",
};

test("a file is opened in WAL with synchronous FULL, foreign keys and the page size asked for", () => {
  const db = openDatabase(file(), { pageSize: 16384 });
  expect(db.pragma("journal_mode")).toBe("wal");
  expect(db.pragma("synchronous")).toBe(2);
  expect(db.pragma("foreign_keys")).toBe(1);
  db.exec("CREATE TABLE t(id INTEGER)");
  expect(db.pragma("page_size")).toBe(16384);
  db.close();
});

test("a transaction that throws leaves nothing behind and the connection usable", () => {
  const db = openDatabase(file());
  migrate(db, [first]);
  const failing = () =>
    db.transaction(() => {
      db.prepare("INSERT INTO t VALUES (1, 'x')").run();
      throw new Error("no");
    });
  expect(failing).toThrow("no");
  expect(db.prepare("SELECT count(*) AS n FROM t").get()).toEqual({ n: 0 });
  expect(() => db.transaction(async () => 1)).toThrow("synchronous");
  db.transaction(() => db.prepare("INSERT INTO t VALUES (1, 'x')").run());
  expect(db.prepare("SELECT count(*) AS n FROM t").get()).toEqual({ n: 1 });
  db.close();
});

test("a checkpoint says so when a reader keeps it from completing", () => {
  const db = openDatabase(file(), { busyTimeoutMs: 1 });
  migrate(db, [first]);
  db.checkpoint("truncate");
  db.prepare("INSERT INTO t VALUES (1, 'x')").run();
  const reader = openDatabase(file(), { readOnly: true });
  reader.exec("BEGIN");
  reader.prepare("SELECT * FROM t").all();
  db.prepare("INSERT INTO t VALUES (2, 'y')").run();
  expect(db.checkpoint("passive")).toMatchObject({ complete: false, busy: false });
  expect(db.checkpoint("truncate")).toMatchObject({ complete: false, busy: true });
  reader.exec("COMMIT");
  expect(db.checkpoint("truncate")).toMatchObject({ complete: true, busy: false });
  reader.close();
  db.close();
});

test("a database of the version before is migrated, its rows kept, each step once", () => {
  const before = openDatabase(file());
  expect(migrate(before, [first])).toEqual([1]);
  before.prepare("INSERT INTO t VALUES (1, 'kept')").run();
  before.close();
  const after = openDatabase(file());
  expect(migrate(after, [first, second])).toEqual([2]);
  expect(migrate(after, [first, second])).toEqual([]);
  expect(after.prepare("SELECT b FROM t").get()).toEqual({ b: "kept" });
  after.close();
});

test("a migration that fails half way leaves the version and the rows of before", () => {
  const db = openDatabase(file());
  migrate(db, [first]);
  const broken = { version: 2, name: "broken", sql: "ALTER TABLE t ADD COLUMN c; NONSENSE" };
  expect(() => migrate(db, [first, broken])).toThrow(/migration 2 \(broken\) of .*x\.db/);
  expect(migrate(db, [first, second])).toEqual([2]);
  db.close();
});

test("a database newer than the program is refused with its file, both versions and what to do", () => {
  const newer = openDatabase(file());
  migrate(newer, [first, second]);
  newer.close();
  const db = openDatabase(file());
  expect(() => migrate(db, [first])).toThrow(SchemaTooNew);
  expect(() => migrate(db, [first])).toThrow(/x\.db has schema version 2.* knows 1: .*backup/);
  db.close();
});

test("a file that is no database, or a folder that is not there, is refused with its path", () => {
  writeFileSync(file(), "not a database, but long enough to look at".repeat(10));
  expect(() => openDatabase(file())).toThrow(/x\.db is not a readable SQLite database/);
  expect(() => openDatabase(join(folder, "no", "x.db"))).toThrow(/cannot open database .*x\.db/);
});

test("kysely reads and writes through the same connection", async () => {
  const db = openDatabase(file());
  migrate(db, [first]);
  const sql = new Kysely<{ t: { id: number; a: string | null } }>({ dialect: kyselyDialect(db) });
  await sql.transaction().execute(async (trx) => {
    await trx.insertInto("t").values({ id: 1, a: "x" }).execute();
  });
  const changed = await sql
    .updateTable("t")
    .set({ a: null })
    .where("id", "=", 1)
    .executeTakeFirst();
  expect(changed.numUpdatedRows).toBe(1n);
  expect(await sql.selectFrom("t").selectAll().execute()).toEqual([{ id: 1, a: null }]);
  await sql.destroy();
});

test("statements beyond the cache's bound still work", () => {
  const db = openDatabase(file());
  for (let i = 0; i < 600; i++) expect(db.prepare(`SELECT ${i} AS n`).get()).toEqual({ n: i });
  expect(db.prepare("SELECT 0 AS n").get()).toEqual({ n: 0 });
  db.close();
});
