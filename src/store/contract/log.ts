// What every driver of the log must keep, as tests: a driver's own test file runs them in three lines.

import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Json } from "../../core/rule.ts";
import { type Entry, type LogReader, LogTruncated, type LogWriter, type NewEntry } from "../log.ts";
import { anyReading } from "./readings.ts";

/** One log on storage of its own, empty at first. */
export type LogStore = {
  openWriter(): Promise<LogWriter>;
  openReader(): Promise<LogReader>;
  /** Leaves the storage as the sudden end of the writer's process would. Readers have been closed; the writer is not used afterwards. */
  crash(writer: LogWriter): Promise<void>;
  /** Forgets the storage. */
  dispose(): Promise<void>;
};

const T0 = 1_795_000_000_000;
const tick = (time: number): NewEntry => ({ kind: "tick", time });

const command = fc
  .jsonValue()
  .filter((value) => !JSON.stringify(value).includes("-0"))
  .map((value) => JSON.parse(JSON.stringify(value)) as Json);
/** What an entry says; its time is given by how much later it is than the one before. */
const content = fc.record({
  later: fc.nat({ max: 5_000 }),
  says: fc.oneof(
    fc
      .array(anyReading, { maxLength: 6 })
      .map((readings) => ({ kind: "readings" as const, readings })),
    fc.constant({ kind: "tick" as const }),
    command.map((json) => ({ kind: "command" as const, command: json })),
  ),
});
const act = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      act: fc.constant("append" as const),
      entries: fc.array(content, { maxLength: 5 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      act: fc.constant("read" as const),
      after: fc.nat(),
      limit: fc.integer({ min: 1, max: 9 }),
    }),
  },
  fc.record({ act: fc.constant("trim" as const), through: fc.nat() }),
  fc.record({ act: fc.constantFrom("reopen" as const, "crash" as const) }),
);

/** Runs the suite on a driver; `create` gives a new empty log each time. */
export function logContract(name: string, create: () => Promise<LogStore>): void {
  describe(`the log as ${name}`, () => {
    let store: LogStore;
    beforeEach(async () => {
      store = await create();
    });
    afterEach(() => store.dispose());

    test("an empty log stands at 0, and its first entry is 1", async () => {
      const writer = await store.openWriter();
      const reader = await store.openReader();
      expect(writer.head()).toEqual({ position: 0, time: null });
      expect(reader.read(0, 10)).toEqual([]);
      expect(await writer.append([tick(T0), tick(T0)])).toBe(2);
      expect(reader.read(0, 10).map((entry) => entry.position)).toEqual([1, 2]);
      reader.close();
      writer.close();
    });

    test("entries whose time goes back are refused, all or none of them", async () => {
      const writer = await store.openWriter();
      await writer.append([tick(T0)]);
      await expect(writer.append([tick(T0 + 5), tick(T0 + 4)])).rejects.toThrow(RangeError);
      await expect(writer.append([tick(T0 - 1)])).rejects.toThrow(`${T0 - 1}`);
      expect(writer.head()).toEqual({ position: 1, time: T0 });
      expect(await writer.append([tick(T0)])).toBe(2);
      writer.close();
    });

    test("positions go on where they stood when everything was trimmed and the log opened again", async () => {
      const writer = await store.openWriter();
      for (let i = 0; i < 300; i++) await writer.append([tick(T0 + i)]);
      for (let i = 0; i < 10; i++) writer.trim(300);
      writer.close();
      const again = await store.openWriter();
      expect(again.head()).toEqual({ position: 300, time: T0 + 299 });
      expect(await again.append([tick(T0 + 300)])).toBe(301);
      again.close();
    });

    test("a reader whose position was trimmed away is told so; one that is past it reads on", async () => {
      const writer = await store.openWriter();
      for (let i = 0; i < 300; i++) await writer.append([tick(T0 + i)]);
      for (let i = 0; i < 10; i++) writer.trim(200);
      const reader = await store.openReader();
      expect(() => reader.read(0, 5)).toThrow(LogTruncated);
      expect(() => reader.read(198, 5)).toThrow(LogTruncated);
      expect(reader.read(200, 5).map((entry) => entry.position)).toEqual([201, 202, 203, 204, 205]);
      reader.close();
      writer.close();
    });

    test("trimming and appending go on beside each other until the log is as short as asked", async () => {
      const writer = await store.openWriter();
      for (let i = 0; i < 1_000; i++) await writer.append([tick(T0)]);
      writer.trim(990);
      for (let i = 0; i < 400; i++) await writer.append([tick(T0)]);
      const reader = await store.openReader();
      expect(() => reader.read(989, 1)).toThrow(LogTruncated);
      expect(reader.read(990, 2_000)).toHaveLength(410);
      reader.close();
      writer.close();
    });

    test("what was appended is read back as it was, in order, whatever is trimmed, reopened or crashed", async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(act, { maxLength: 25 }), async (acts) => {
          const own = await create();
          try {
            await follow(own, acts);
          } finally {
            await own.dispose();
          }
        }),
        { numRuns: 60 },
      );
    });
  });
}

type Act = typeof act extends fc.Arbitrary<infer A> ? A : never;

/** Does the acts on the log and on an array, and compares. */
async function follow(store: LogStore, acts: readonly Act[]): Promise<void> {
  const model: Entry[] = [];
  let trimmed = 0;
  let time = T0;
  let writer = await store.openWriter();
  let reader = await store.openReader();
  for (const step of acts) {
    if (step.act === "append") {
      const entries = step.entries.map(({ later, says }): NewEntry => {
        time += later;
        return { ...says, time };
      });
      const position = await writer.append(entries);
      for (const entry of entries) model.push({ ...entry, position: model.length + 1 });
      expect(position).toBe(model.length);
    } else if (step.act === "read") {
      compare(reader, model, step.after % (model.length + 1), step.limit, trimmed);
    } else if (step.act === "trim") {
      trimmed = Math.max(trimmed, step.through % (model.length + 2));
      writer.trim(trimmed);
    } else {
      reader.close();
      if (step.act === "crash") await store.crash(writer);
      else writer.close();
      writer = await store.openWriter();
      reader = await store.openReader();
    }
    expect(writer.head()).toEqual({
      position: model.length,
      time: model.at(-1)?.time ?? null,
    });
  }
  compare(reader, model, Math.min(trimmed, model.length), 1_000, trimmed);
  reader.close();
  writer.close();
}

function compare(
  reader: LogReader,
  model: readonly Entry[],
  after: number,
  limit: number,
  trimmed: number,
): void {
  let read: readonly Entry[];
  try {
    read = reader.read(after, limit);
  } catch (error) {
    // Only what was given up may be gone.
    expect(error).toBeInstanceOf(LogTruncated);
    expect(after).toBeLessThan(trimmed);
    return;
  }
  expect(read).toStrictEqual(model.slice(after, after + limit));
}
