// The records on SQLite: brain.db.

import { Kysely } from "kysely";
import type { Commit, RecordsReader, RecordsWriter, TokenStore } from "../records.ts";
import { migrateRecords } from "../sql/migrate.ts";
import { recordsReader } from "../sql/reader.ts";
import type { Tables } from "../sql/tables.ts";
import { tokenStore } from "../sql/tokens.ts";
import { recordsWriter } from "../sql/writer.ts";
import { type Database, openDatabase } from "./database.ts";
import { kyselyDialect } from "./kysely-dialect.ts";

/** Opens the judge's connection, making or migrating the file. What a commit resolves for is on disk (WAL, synchronous FULL). */
export async function openRecordsWriter(path: string): Promise<RecordsWriter> {
  const database = openDatabase(path, { cacheKiB: 65_536 });
  const db = new Kysely<Tables>({ dialect: kyselyDialect(database) });
  try {
    await migrateRecords(db, path);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return recordsWriter(
    db,
    (_trx, memories) => putMemories(database, memories),
    () => db.destroy(),
  );
}

/** Opens a connection that only reads, for a front or a door; the writer must have made the file before. */
export function openRecordsReader(path: string): RecordsReader {
  const database = openDatabase(path, { readOnly: true });
  const db = new Kysely<Tables>({ dialect: kyselyDialect(database) });
  return recordsReader(db, () => db.destroy());
}

/** Opens the front's own connection for what no rule sees: tokens. Writes are rare and wait for the judge's commit. */
export function openTokenStore(path: string): TokenStore & { close(): Promise<void> } {
  const db = new Kysely<Tables>({ dialect: kyselyDialect(openDatabase(path)) });
  return { ...tokenStore(db), close: () => db.destroy() };
}

/** Thousands a second: prepared once, and on the connection whose transaction is open. */
function putMemories(database: Database, memories: Commit["memories"]): void {
  const put = database.prepare(
    "INSERT INTO memories(subject, row) VALUES (?, ?) ON CONFLICT(subject) DO UPDATE SET row = excluded.row",
  );
  const remove = database.prepare("DELETE FROM memories WHERE subject = ?");
  for (const [subject, row] of memories)
    if (row === null) remove.run(subject);
    else put.run(subject, row);
}
