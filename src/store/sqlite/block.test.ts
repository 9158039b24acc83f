import fc from "fast-check";
import { expect, test } from "vitest";
import type { Reading } from "../../core/reading.ts";
import { anyReading } from "../contract/readings.ts";
import { BadBlock, decodeBlock, decodeTimes, encodeBlock } from "./block.ts";
import { ByteReader, ByteWriter } from "./bytes.ts";
import { Columns } from "./columns.ts";
import { readInts, readNumbers, writeInts, writeNumbers } from "./ints.ts";

const source = { sensorId: "s", siteId: "x", scenario: "river-level" };
const of = (readings: readonly Reading[]) => {
  const columns = new Columns(1);
  const taken = readings.filter((reading) => columns.add(reading));
  return { columns, taken };
};
const rows = (columns: Columns) =>
  Array.from({ length: columns.n }, (_, row) => columns.reading(row, source));
const T0 = 1_795_000_000_000;

test("any readings of a source come back from their block exactly, absent fields absent", () => {
  fc.assert(
    fc.property(fc.array(anyReading, { maxLength: 40 }), (readings) => {
      const { columns, taken } = of(
        readings.map((r) => ({
          ...r,
          ...source,
          time: r.time % 2 ** 47,
          receivedAt: r.receivedAt % 2 ** 47,
        })),
      );
      const bytes = encodeBlock(columns);
      const back = decodeBlock(bytes, columns.schema());
      expect(rows(back)).toEqual(taken);
      expect([...decodeTimes(bytes)]).toEqual(taken.map((r) => r.time));
      expect(rows(columns.copy())).toEqual(taken);
      expect(rows(columns.inOrder()).map((r) => r.time)).toEqual(
        taken.map((r) => r.time).sort((a, b) => a - b),
      );
    }),
    { numRuns: 1_500 },
  );
});

test("one field can be read alone, and is what it is among the others", () => {
  fc.assert(
    fc.property(fc.array(anyReading, { minLength: 1, maxLength: 20 }), (readings) => {
      const { columns } = of(readings.map((r) => ({ ...r, time: T0, receivedAt: T0 })));
      const whole = decodeBlock(encodeBlock(columns), columns.schema());
      for (const field of whole.fields) {
        const alone = decodeBlock(encodeBlock(columns), columns.schema(), field.name);
        expect(alone.fields).toEqual([field]);
        expect(alone.times).toEqual(whole.times);
      }
    }),
  );
});

test("a field that changes its type is not taken into the same block, and nothing of its reading is", () => {
  const columns = new Columns(4);
  const r = { ...source, time: T0, receivedAt: T0, quality: "good" as const };
  expect(columns.add({ ...r, values: { a: 1, b: "x" } })).toBe(true);
  expect(columns.add({ ...r, values: { a: 2, b: 7 } })).toBe(false);
  expect(columns.add({ ...r, values: { b: "y" } })).toBe(true);
  expect(rows(decodeBlock(encodeBlock(columns), columns.schema())).map((x) => x.values)).toEqual([
    { a: 1, b: "x" },
    { b: "y" },
  ]);
});

test("a block cut short or with any bit flipped is refused", () => {
  const { columns } = of([
    { ...source, time: T0, receivedAt: T0 + 5, values: { a: 1.5, on: true }, quality: "good" },
    {
      ...source,
      time: T0 + 9,
      receivedAt: T0 + 9,
      values: { a: 1.25, w: "开" },
      quality: "bad",
      seq: 1,
    },
  ]);
  const bytes = encodeBlock(columns);
  for (let length = 0; length < bytes.length; length++) {
    expect(() => decodeBlock(bytes.subarray(0, length), columns.schema())).toThrow(BadBlock);
  }
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const flipped = Uint8Array.from(bytes);
    flipped[bit >> 3]! ^= 1 << (bit & 7);
    expect(() => decodeBlock(flipped, columns.schema())).toThrow(BadBlock);
  }
});

test("whole numbers come back from a column whatever their size, sign, order and number", () => {
  const limits = fc.oneof(
    fc.integer({ min: -99, max: 99 }),
    fc.integer({ min: -(2 ** 48), max: 2 ** 48 }),
  );
  fc.assert(
    fc.property(fc.array(limits, { maxLength: 300 }), (numbers) => {
      const writer = new ByteWriter(1);
      writeInts(writer, numbers, numbers.length);
      const reader = new ByteReader();
      reader.open(writer.bytes, 0);
      const out = new Float64Array(numbers.length);
      readInts(reader, numbers.length, out);
      expect([...out]).toEqual(numbers);
      expect(reader.at).toBe(writer.at);
    }),
    { numRuns: 3_000 },
  );
});

test("numbers come back from a column to the last bit, minus zero and infinities too", () => {
  const decimal = fc.tuple(fc.integer({ min: -(10 ** 9), max: 10 ** 9 }), fc.nat({ max: 8 }));
  const number = fc.oneof(
    { weight: 4, arbitrary: decimal.map(([x, decimals]) => x / 10 ** decimals) },
    fc.double({ noNaN: true }),
    fc.constantFrom(-0, 2 ** 53, 1e15, 123456789012.5, 0.1 + 0.2),
  );
  fc.assert(
    fc.property(fc.array(number, { maxLength: 140 }), (numbers) => {
      const writer = new ByteWriter(1);
      writeNumbers(writer, numbers, numbers.length);
      const reader = new ByteReader();
      reader.open(writer.bytes, 0);
      const out = new Float64Array(numbers.length);
      readNumbers(reader, numbers.length, out);
      expect([...out]).toEqual(numbers);
    }),
    { numRuns: 3_000 },
  );
});

test("a sensor that reads every half minute takes at most six bytes a reading", () => {
  // The mix of the street's sensors: one to eight fields of slow numbers, counts, switches and words.
  let random = 1;
  const next = () => {
    random = (random * 48_271) % 2_147_483_647;
    return random / 2_147_483_647;
  };
  let [bytes, count] = [0, 0];
  for (let sensor = 0; sensor < 216; sensor++) {
    const columns = new Columns(128);
    const state = Array.from({ length: 8 }, () => Math.round(next() * 5_000) / 100);
    for (let i = 0; i < 128; i++) {
      const time = T0 + i * 36_000 + Math.floor(next() * 200);
      const values: Record<string, number | boolean | string> = {};
      for (let field = 0; field <= sensor % 8; field++) {
        const x = state[field]!;
        if (field === 3) values.active = x > 25;
        else if (field === 5) values.status = ["ok", "warn", "open", "closed"][Math.floor(x) % 4]!;
        else values[`f${field}`] = field === 2 ? Math.floor(x) : x;
        const moves = field === 3 || field === 5 ? next() < 0.05 : next() < 0.7;
        if (moves) state[field] = Math.abs(Math.round((x + next() - 0.5) * 100) / 100);
      }
      columns.add({
        ...source,
        time,
        receivedAt: time + 40 + Math.floor(next() * 60),
        values,
        quality: "good",
      });
    }
    bytes += encodeBlock(columns).length;
    count += columns.n;
  }
  expect(bytes / count).toBeLessThan(6);
});
