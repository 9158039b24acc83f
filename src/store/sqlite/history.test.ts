import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { days, hours, minutes } from "../../core/time.ts";
import { historyContract } from "../contract/history.ts";
import { HistoryCorrupt } from "../history.ts";
import { openDatabase } from "./database.ts";
import { readingsAt, SENSORS, STEP, T0 } from "./history.crash.ts";
import { openHistory, openHistoryReader } from "./history.ts";

// Files in memory where there are such: hundreds of small histories would wait for nothing but the disk's sync.
const base = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();
const newFolder = () => mkdtempSync(join(base, "brain-history-"));

historyContract("SQLite files", async () => {
  const folder = newFolder();
  return {
    open: () => openHistory(folder, { flushReadings: 60 }),
    // What a killed process leaves behind is the files as they are at that instant.
    async crash(history) {
      const copy = newFolder();
      cpSync(folder, copy, { recursive: true });
      await history.close();
      for (const file of readdirSync(folder)) rmSync(join(folder, file));
      for (const file of readdirSync(copy)) {
        if (!file.endsWith("-shm")) cpSync(join(copy, file), join(folder, file));
      }
      rmSync(copy, { recursive: true });
    },
    dispose: async () => rmSync(folder, { recursive: true, force: true }),
  };
});

const level = (sensorId: string, time: number, levelM: number) => ({
  sensorId,
  siteId: "bridge",
  scenario: "river-level",
  time,
  receivedAt: time,
  values: { levelM },
  quality: "good" as const,
});

describe("the history as SQLite files", () => {
  let folder = "";
  beforeEach(() => {
    folder = newFolder();
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const files = () => readdirSync(folder).filter((file) => file.endsWith(".db"));

  /** Two sensors, a reading a minute for a day, sealed; then one reading of the day after. */
  async function sealedDay() {
    const history = await openHistory(folder);
    const readings = Array.from({ length: 1_440 }, (_, i) => [
      level("r", T0 + minutes(i), i % 7),
      level("q", T0 + minutes(i), i % 5),
    ]);
    await history.write(readings.flat(), 1);
    await history.checkpoint(T0);
    await history.write([level("r", T0 + days(1), 1)], 2);
    for (let i = 0; i < 4; i++) await history.checkpoint(T0 + days(1) + minutes(20 * (i + 1)));
    return history;
  }

  test("a day that is over has a file of its own, and its roll-ups have theirs", async () => {
    const history = await sealedDay();
    expect(files()).toEqual([
      "2026-11-21.db",
      "2026-11-21.minute.db",
      "2026-11.quarter.db",
      "2026.hour.db",
      "recent.db",
    ]);
    await history.close();
    const recent = openDatabase(join(folder, "recent.db"));
    const left = recent.prepare("SELECT sum(n) AS n FROM blocks").get();
    expect(left).toEqual({ n: 1 });
    recent.close();
  });

  test("a reader of another connection sees what has been flushed, and nothing is there before", async () => {
    await expect(openHistoryReader(folder)).rejects.toThrow(/recent\.db/);
    const history = await sealedDay();
    const reader = await openHistoryReader(folder);
    expect((await reader.raw("r", T0, T0 + days(2), 9_999)).points).toHaveLength(1_441);
    expect(await reader.last(["r"])).toMatchObject([{ at: T0 + days(1), values: { levelM: 1 } }]);
    await history.write([level("r", T0 + days(1) + 1, 2)], 3);
    expect((await reader.raw("r", T0, T0 + days(2), 9_999)).points).toHaveLength(1_441);
    await reader.close();
    await history.close();
  });

  test("damaged readings are named with their file and sensor, and hide no other sensor's", async () => {
    await (await sealedDay()).close();
    const db = openDatabase(join(folder, "2026-11-21.db"), { journal: "delete" });
    db.exec(`UPDATE blocks SET body = cast('x' || substr(body, 2) AS BLOB)
      WHERE source = (SELECT id FROM sources WHERE sensor = 'r')`);
    db.close();
    const history = await openHistory(folder);
    const asked = history.raw("r", T0, T0 + days(1), 9);
    await expect(asked).rejects.toThrow(HistoryCorrupt);
    await expect(asked).rejects.toThrow(
      /2026-11-21\.db: readings of sensor r from 2026-11-21T.*backup/,
    );
    expect((await history.raw("q", T0, T0 + days(1), 9_999)).points).toHaveLength(1_440);
    await history.close();
  });

  test("sealing goes on past a damaged block, which is still told of afterwards", async () => {
    const first = await openHistory(folder);
    await first.write([level("r", T0, 1), level("q", T0, 2)], 1);
    await first.close();
    const db = openDatabase(join(folder, "recent.db"));
    db.exec("UPDATE blocks SET body = substr(body, 1, length(body) - 1) WHERE source = 1");
    db.close();
    const history = await openHistory(folder);
    await history.checkpoint(T0 + days(2));
    expect(files()).toContain("2026-11-21.db");
    await expect(history.raw("r", T0, T0 + days(1), 9)).rejects.toThrow(/2026-11-21\.db/);
    expect((await history.raw("q", T0, T0 + days(1), 9)).points).toHaveLength(1);
    await history.close();
  });

  test("retention names the files it deletes, and keeps quarters and hours longer than readings", async () => {
    const history = await sealedDay();
    const limits = { keep: days(2), maxBytes: 2 ** 40 };
    expect(await history.retain(T0 + days(2), limits)).toEqual([]);
    const later = T0 + days(40);
    expect(await history.retain(later, limits)).toEqual(["2026-11-21.db", "2026-11-21.minute.db"]);
    expect(files()).toEqual(["2026-11.quarter.db", "2026.hour.db", "recent.db"]);
    const { step, buckets } = await history.buckets("r", "levelM", T0, T0 + hours(1), 60);
    expect([step, buckets.map(({ count }) => count)]).toEqual(["quarter", [15, 15, 15, 15]]);
    const shorter = { ...limits, keepRollups: days(3) };
    expect(await history.retain(later, shorter)).toEqual(["2026-11.quarter.db"]);
    await history.close();
  });

  test("a history that a newer program wrote is refused, and left as it is", async () => {
    await (await openHistory(folder)).close();
    const db = openDatabase(join(folder, "recent.db"));
    db.exec("INSERT INTO migrations VALUES (99, 'later')");
    db.close();
    await expect(openHistory(folder)).rejects.toThrow(/recent\.db has schema version 99/);
    await expect(openHistoryReader(folder)).rejects.toThrow(/schema version 99/);
  });

  test("a process killed while it flushes and seals leaves what the log makes whole again, each reading once", async () => {
    for (let kill = 0; kill < 6; kill++) {
      const child = spawn(
        process.execPath,
        [join(import.meta.dirname, "history.crash.ts"), folder],
        {
          stdio: ["ignore", "pipe", "inherit"],
        },
      );
      const durable = await killDuring(child, 3 + kill * 4);
      const history = await openHistory(folder);
      const position = history.position();
      expect(position).toBeGreaterThanOrEqual(durable);
      await history.write(readingsAt(position + 1), position + 1);
      const end = T0 + (position + 2) * STEP;
      for (const sensorId of SENSORS) {
        const { points } = await history.raw(sensorId, T0, end, 1_000_000);
        expect(points.map(({ at }) => at)).toEqual(
          Array.from({ length: position + 1 }, (_, i) => T0 + (i + 1) * STEP),
        );
        const { buckets } = await history.buckets(sensorId, "levelM", T0, end, 2);
        expect(buckets.reduce((sum, { count }) => sum + count, 0)).toBe(position + 1);
      }
      await history.close();
    }
  }, 120_000);
});

/** Kills the child at so many lines; returns the highest durable position that it reported whole. */
async function killDuring(child: ChildProcess, lines: number): Promise<number> {
  let text = "";
  child.stdout!.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
    if (text.split("\n").length > lines) child.kill("SIGKILL");
  });
  await once(child, "close");
  return Number(text.split("\n").at(-2) ?? 0);
}
