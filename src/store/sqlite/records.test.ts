import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { recordsContract } from "../contract/records.ts";
import { alertOf, emptyCommit } from "../contract/records-model.ts";
import { openDatabase } from "./database.ts";
import { openRecordsReader, openRecordsWriter, openTokenStore } from "./records.ts";

// Files in memory where there are such: hundreds of small databases would wait for nothing but the disk's sync.
const base = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

recordsContract("a SQLite file", async () => {
  const folder = mkdtempSync(join(base, "brain-records-"));
  const path = join(folder, "brain.db");
  return {
    openWriter: () => openRecordsWriter(path),
    openReader: async () => openRecordsReader(path),
    openTokens: async () => openTokenStore(path),
    async upgrade() {
      const db = openDatabase(path);
      db.exec("INSERT INTO kysely_migration VALUES ('9999-later', '2030-01-01')");
      db.close();
    },
    dispose: async () => rmSync(folder, { recursive: true, force: true }),
  };
});

test("the judge's commits and the front's tokens, on two threads, never get in each other's way", async () => {
  const folder = mkdtempSync(join(base, "brain-records-"));
  const path = join(folder, "brain.db");
  const writer = await openRecordsWriter(path);
  const tokens = new Worker(new URL("./records.tokens.ts", import.meta.url), { workerData: path });
  const told = (): Promise<unknown> => new Promise((resolve) => tokens.once("message", resolve));
  await told();
  for (let position = 1; position <= 400; position++) {
    const alerts = [alertOf(`a${position % 7}`, { version: position })];
    await writer.commit({ ...emptyCommit(position), alerts });
  }
  const ended = told();
  tokens.postMessage("stop");
  expect(await ended).toEqual({ made: expect.any(Number), error: null });
  expect((await writer.load()).position).toBe(400);
  await writer.close();
  rmSync(folder, { recursive: true });
});
