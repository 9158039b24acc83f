import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Reading } from "../core/reading.ts";
import { Group } from "../ingest/group.ts";
import type { Entry, LogWriter, Position } from "../store/log.ts";
import { openLogReader, openLogWriter } from "../store/sqlite/log.ts";
import { type Clock, drivenClock, realClock, scaledClock } from "./clock.ts";
import type { Command } from "./commands.ts";
import type { Door, Note, Trouble } from "./door.ts";
import { runDoor } from "./ingest.ts";

/** What a test sends: readings, and perhaps the link of a status. */
type Sent = { readings: number; link?: { id: string; online: boolean } };

let folder: string;
let log: LogWriter;
let doors: Door<Sent>[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "loop-"));
  log = openLogWriter(join(folder, "log.db"));
  doors = [];
});
afterEach(async () => {
  for (const door of doors) await door.close();
  log.close();
  rmSync(folder, { recursive: true, force: true });
});

function open(options: { clock?: Clock; log?: Partial<LogWriter>; maxLogBytes?: number } = {}) {
  const clock = options.clock ?? drivenClock(1_000);
  const seen = {
    answers: [] as (number | string)[],
    heads: [] as Position[],
    troubles: [] as (Trouble["kind"] | null)[],
  };
  const waiting = new Set<() => void>();
  const tell = () => {
    for (const look of [...waiting]) look();
  };
  const door = runDoor<Sent>({
    clock,
    log: {
      append: (entries) => log.append(entries),
      head: () => log.head(),
      trim: (through) => log.trim(through),
      bytes: () => log.bytes(),
      close: () => log.close(),
      ...options.log,
    },
    maxLogBytes: options.maxLogBytes ?? 2 ** 40,
    decode({ readings, link }, into) {
      for (let i = 0; i < readings; i++) into.push(reading(clock.now()));
      return link ?? null;
    },
    group: (write) => new Group<Sent, Note>({ write }),
    acks: {
      acknowledge(messages) {
        for (const { readings } of messages) seen.answers.push(readings);
        tell();
      },
      refuse(messages, why) {
        for (const _ of messages) seen.answers.push(why.message);
        tell();
      },
    },
    tell(head) {
      seen.heads.push(head);
      tell();
    },
    onTrouble(trouble) {
      seen.troubles.push(trouble?.kind ?? null);
      tell();
    },
  });
  doors.push(door);
  /** Resolves when it is true; looked at whenever the loop has told something. */
  const until = (isTrue: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!isTrue()) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
  return { door, ...seen, until };
}

const reading = (at: number): Reading => ({
  sensorId: "tank-1",
  siteId: "yard",
  scenario: "tank",
  time: at,
  receivedAt: at,
  values: { levelM: 1 },
  quality: "good",
});
const command = (key: string): Command => ({
  key,
  by: "lin",
  act: { kind: "alert.comment", alertId: "a1", note: "seen" },
});
function entries(): Entry[] {
  const reader = openLogReader(join(folder, "log.db"));
  const all = reader.read(0, 10_000);
  reader.close();
  return [...all];
}
const kinds = () => entries().map((entry) => entry.kind);

describe("the door's loop", () => {
  test("answers when it is on disk, tells the readers after that, and puts lumps into entries of 512", async () => {
    const { door, answers, heads, until } = open();
    door.take({ readings: 1 });
    door.take({ readings: 1_100 });
    door.take({ readings: 0 });
    await until(() => heads.length === 1);
    expect(answers).toEqual([1, 1_100, 0]);
    expect(heads).toEqual([3]);
    expect(entries().map((entry) => entry.kind === "readings" && entry.readings.length)).toEqual([
      512, 512, 77,
    ]);
  });

  test("writes nothing and tells nobody when all that came was refused, but answers it", async () => {
    const { door, answers, heads, until } = open();
    door.take({ readings: 0 });
    await until(() => answers.length === 1);
    expect(heads).toEqual([]);
    expect(log.head().position).toBe(0);
  });

  test("says where a command stands, also of several in one group with readings and links", async () => {
    const { door } = open();
    door.take({ readings: 3 });
    const first = door.submit(command("k1"));
    door.link("tank-1", true);
    const second = door.submit(command("k2"));
    const places = [await first, await second];
    const all = entries();
    expect(places.map((place) => all[place - 1])).toMatchObject([
      { kind: "command", command: command("k1") },
      { kind: "command", command: command("k2") },
    ]);
    expect(all.map((entry) => entry.position)).toEqual([1, 2, 3, 4]);
  });

  test("notes a link once until it changes, and every note has a key of its own", async () => {
    const { door } = open();
    door.take({ readings: 0, link: { id: "tank-1", online: true } });
    door.link("tank-1", true);
    door.link("tank-1", false);
    door.link("tank-1", true);
    door.link("tank-2", false);
    await door.close();
    const notes = entries().map((entry) => (entry as unknown as { command: Command }).command);
    expect(notes.map((note) => note.act)).toEqual([
      { kind: "link", id: "tank-1", online: true },
      { kind: "link", id: "tank-1", online: false },
      { kind: "link", id: "tank-1", online: true },
      { kind: "link", id: "tank-2", online: false },
    ]);
    expect(new Set(notes.map((note) => note.key)).size).toBe(4);
  });

  test("refuses what it could not write, messages and commands alike, and goes on when it can", async () => {
    let broken = true;
    const { door, answers, troubles, until } = open({
      log: {
        append: (news) => (broken ? Promise.reject(new Error("disk full")) : log.append(news)),
      },
    });
    door.take({ readings: 1 });
    door.link("tank-1", true);
    await expect(door.submit(command("k1"))).rejects.toThrow("disk full");
    expect(answers).toEqual(["disk full"]);
    broken = false;
    door.take({ readings: 2 });
    door.link("tank-1", true);
    await until(() => answers.length === 2);
    expect(troubles).toEqual(["append-failed", null]);
    expect(kinds(), "the link is news again").toEqual(["readings", "command"]);
  });

  test("acknowledges nothing while the log is over its bound, and all of it when there is room", async () => {
    let bytes = 2_000;
    const { door, answers, troubles, until } = open({
      maxLogBytes: 1_000,
      log: { bytes: () => bytes },
    });
    door.take({ readings: 1 });
    await until(() => troubles.length === 1);
    expect([answers, troubles, log.head().position]).toEqual([[], ["log-full"], 0]);
    bytes = 500;
    await until(() => answers.length === 1);
    await until(() => troubles.length === 2);
    expect(troubles).toEqual(["log-full", null]);
    expect(kinds()).toEqual(["readings"]);
  });

  test("ends although the log is full, and refuses what is not on disk", async () => {
    const { door, answers, troubles, until } = open({
      maxLogBytes: 1_000,
      log: { bytes: () => 2_000 },
    });
    door.take({ readings: 1 });
    await until(() => troubles.length === 1);
    await door.close();
    expect(answers).toEqual(["the door is closing and the log is full"]);
    await expect(door.submit(command("k1"))).rejects.toMatchObject({ code: "shutting-down" });
  });

  test("puts a tick a second of its clock into the log, and none when readings drive it", async () => {
    const fast = open({ clock: scaledClock(60, 0, Date.now()) });
    await fast.until(() => fast.heads.length >= 5);
    const times = entries().map((entry) => entry.time);
    expect(kinds().every((kind) => kind === "tick")).toBe(true);
    expect(times.at(-1)! - times[0]!, "seconds pass in milliseconds").toBeGreaterThan(2_000);
    await fast.door.close();
    const after = log.head().position;
    const driven = open({ clock: drivenClock(log.head().time!) });
    driven.door.take({ readings: 1 });
    await driven.until(() => driven.heads.length === 1);
    await driven.door.close();
    expect(kinds().slice(after)).toEqual(["readings"]);
  });

  test("never lets time go back, although the machine's clock does", async () => {
    let now = 5_000_000;
    const { door, heads, until } = open({ clock: realClock(0, () => now) });
    door.take({ readings: 1 });
    await until(() => heads.length === 1);
    now -= 3_600_000;
    door.take({ readings: 1 });
    await until(() => heads.length === 2);
    now += 3_600_500;
    door.take({ readings: 1 });
    await until(() => heads.length === 3);
    const readings = entries().filter((entry) => entry.kind === "readings");
    expect(readings.map((entry) => entry.time)).toEqual([5_000_000, 5_000_000, 5_000_500]);
    expect(readings.flatMap((entry) => entry.readings.map((one) => one.receivedAt))).toEqual([
      5_000_000, 5_000_000, 5_000_500,
    ]);
  });
});
