import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { logContract } from "../contract/log.ts";
import { LogCorrupt, type NewEntry } from "../log.ts";
import { type Database, openDatabase } from "./database.ts";
import { openLogReader, openLogWriter } from "./log.ts";

const newFolder = () => mkdtempSync(join(tmpdir(), "brain-log-"));
const T0 = 1_795_000_000_000;
const tick = (time = T0): NewEntry => ({ kind: "tick", time });
const readings = (count: number, time = T0): NewEntry => ({
  kind: "readings",
  time,
  readings: Array.from({ length: count }, (_, i) => ({
    sensorId: `s-${i}`,
    siteId: "site",
    scenario: "river-level",
    time,
    receivedAt: time,
    values: { levelM: i / 7 },
    quality: "good",
  })),
});

logContract("a SQLite file", async () => {
  const folder = newFolder();
  return {
    openWriter: async () => openLogWriter(join(folder, "log.db")),
    openReader: async () => openLogReader(join(folder, "log.db")),
    // What a killed process leaves behind is the files as they are at that instant, the WAL not moved into the file.
    async crash(writer) {
      const copy = newFolder();
      cpSync(folder, copy, { recursive: true });
      writer.close();
      const path = join(folder, "log.db");
      for (const suffix of ["", "-wal", "-shm"]) rmSync(path + suffix, { force: true });
      for (const suffix of ["", "-wal"]) cpSync(join(copy, `log.db${suffix}`), path + suffix);
      rmSync(copy, { recursive: true });
    },
    dispose: async () => rmSync(folder, { recursive: true, force: true }),
  };
});

describe("the log as a SQLite file", () => {
  let folder = "";
  const path = () => join(folder, "log.db");
  beforeEach(() => {
    folder = newFolder();
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test("a damaged entry is refused with the file and the position, whatever part of its row is damaged", async () => {
    for (const damage of [
      "body = substr(body, 1, length(body) - 1)",
      "body = cast('x' || substr(body, 2) AS BLOB)",
      "kind = 2",
      "time = time + 1",
      "crc = crc + 1",
      "length = length + 1",
    ]) {
      const writer = openLogWriter(path());
      const position = await writer.append([readings(3), readings(3), tick()]);
      writer.close();
      const db = openDatabase(path());
      db.exec(`UPDATE entries SET ${damage} WHERE position = ${position - 1}`);
      db.close();
      const reader = openLogReader(path());
      expect(reader.read(position - 3, 1)).toHaveLength(1);
      expect(() => reader.read(position - 3, 9)).toThrow(LogCorrupt);
      expect(() => reader.read(position - 2, 9)).toThrow(
        new RegExp(`log\\.db: entry ${position - 1} `),
      );
      reader.close();
    }
  });

  test("a hole in the positions is damage, not an end", async () => {
    const writer = openLogWriter(path());
    await writer.append([tick(), tick(), tick(), tick()]);
    writer.close();
    const db = openDatabase(path());
    db.exec("DELETE FROM entries WHERE position = 3");
    db.close();
    const reader = openLogReader(path());
    expect(() => reader.read(1, 9)).toThrow(/entry 3 is missing/);
    reader.close();
  });

  test("bytes of the file flipped anywhere never give a wrong entry: right ones, or an error", async () => {
    const writer = openLogWriter(path());
    for (let i = 0; i < 20; i++) await writer.append([readings(50, T0 + i)]);
    writer.close();
    const whole = openLogReader(path());
    const truth = whole.read(0, 100);
    whole.close();
    const bytes = readFileSync(path());
    const refused = { open: 0, read: 0 };
    for (let i = 0; i < 200; i++) {
      const at = (i * 7_919 + 4_096) % bytes.length;
      const flipped = Buffer.from(bytes);
      flipped[at]! ^= 1 << (i % 8);
      writeFileSync(path(), flipped);
      let reader: ReturnType<typeof openLogReader>;
      try {
        reader = openLogReader(path());
      } catch {
        refused.open++;
        continue;
      }
      try {
        expect(reader.read(0, 100)).toStrictEqual(truth);
      } catch (error) {
        expect(error).toBeInstanceOf(LogCorrupt);
        refused.read++;
      }
      reader.close();
    }
    expect(refused.read).toBeGreaterThan(50);
  });

  test("a log that is older than its reader is refused: what the reader judged is gone from it", async () => {
    const writer = openLogWriter(path());
    await writer.append([tick(), tick()]);
    const reader = openLogReader(path());
    expect(reader.read(2, 1)).toEqual([]);
    expect(() => reader.read(5, 1)).toThrow(/entry 3 should be there, since 5 has been read/);
    reader.close();
    writer.close();
  });

  test("a full disk refuses the append, keeps what was there, and goes on when there is room", async () => {
    let db: Database | undefined;
    const writer = openLogWriter(path(), (...asked) => {
      db = openDatabase(...asked);
      return db;
    });
    await writer.append([readings(10)]);
    db!.exec(`PRAGMA max_page_count = ${Number(db!.pragma("page_count")) + 2}`);
    await expect(writer.append([readings(5_000)])).rejects.toThrow(/full/);
    expect(writer.head()).toEqual({ position: 1, time: T0 });
    db!.exec("PRAGMA max_page_count = 1000000");
    expect(await writer.append([readings(5_000)])).toBe(2);
    writer.close();
  });

  test("after a disk error the file is opened anew: a commit that reached it counts, one that did not is refused", async () => {
    let fail: "before" | "after" | null = null;
    let opened = 0;
    const failing: typeof openDatabase = (...asked) => {
      opened++;
      const db = openDatabase(...asked);
      const diskError = () => Object.assign(new Error("disk I/O error"), { errcode: 1034 });
      return {
        ...db,
        transaction(work) {
          if (fail === "before") throw diskError();
          const result = db.transaction(work);
          if (fail === "after") throw diskError();
          return result;
        },
      };
    };
    const writer = openLogWriter(path(), failing);
    await writer.append([tick()]);
    fail = "before";
    await expect(writer.append([tick()])).rejects.toThrow("disk I/O error");
    expect(opened).toBe(2);
    fail = "after";
    expect(await writer.append([readings(2), tick()])).toBe(3);
    expect(opened).toBe(3);
    fail = null;
    expect(await writer.append([tick()])).toBe(4);
    const reader = openLogReader(path());
    expect(reader.read(0, 9).map((entry) => entry.kind)).toEqual([
      "tick",
      "readings",
      "tick",
      "tick",
    ]);
    reader.close();
    writer.close();
  });

  test("a long log is moved out of the WAL as it grows, and trimming gives its room to what comes", async () => {
    const writer = openLogWriter(path());
    let most = 0;
    for (let i = 0; i < 1_000; i++) {
      const position = await writer.append([readings(1_024, T0 + i)]);
      if (i % 50 === 0) {
        writer.trim(position - 100);
        await new Promise(setImmediate);
      }
      most = Math.max(most, writer.bytes());
    }
    // All groups are 22 MB; about 150 of them and a WAL of some 1,000 pages are all that is ever kept.
    expect(most).toBeLessThan(14_000_000);
    writer.close();
  });

  test("what has been trimmed is no longer in use, so that a door that waits for room finds it", async () => {
    const writer = openLogWriter(path());
    const entries = Array.from({ length: 200 }, (_, i) => readings(1_024, T0 + i));
    const head = await writer.append(entries);
    await new Promise(setImmediate);
    const full = writer.bytes();
    for (let i = 0; i < 10; i++) writer.trim(head);
    expect(writer.bytes()).toBeLessThan(full - 2_000_000);
    writer.close();
  });

  test("a reader of a log that a newer program wrote refuses it", () => {
    openLogWriter(path()).close();
    const db = openDatabase(path());
    db.exec("INSERT INTO migrations VALUES (99, 'later')");
    db.close();
    expect(() => openLogReader(path())).toThrow(/schema version 99/);
    expect(() => openLogWriter(path())).toThrow(/schema version 99/);
  });

  test("every position a killed process had reported as appended is there afterwards, in order and intact", async () => {
    let reported = 0;
    for (let kill = 0; kill < 10; kill++) {
      const child = spawn(process.execPath, [join(import.meta.dirname, "log.crash.ts"), path()], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      reported = Math.max(reported, await killDuring(child, 60 + kill * 37));
      const reader = openLogReader(path());
      const entries = reader.read(0, 1_000_000);
      expect(entries.length).toBeGreaterThanOrEqual(reported);
      for (const entry of entries) {
        const first = entry.kind === "readings" ? entry.readings[0] : undefined;
        expect(first?.seq).toBe(entry.position);
      }
      reader.close();
    }
    expect(reported).toBeGreaterThan(1_000);
  });
});

/** Kills the child when it has reported so many more lines; returns the highest position it reported whole. */
async function killDuring(child: ChildProcess, lines: number): Promise<number> {
  let text = "";
  child.stdout!.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
    if (text.split("\n").length > lines) child.kill("SIGKILL");
  });
  await once(child, "close");
  return Number(text.split("\n").at(-2));
}
