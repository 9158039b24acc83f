import fc from "fast-check";
import { expect, test } from "vitest";
import type { Reading } from "../../core/reading.ts";
import { anyReading } from "../contract/readings.ts";
import { BadBlock, decodeTimes, encodeBlock, readBlock } from "./block.ts";
import { ByteReader, ByteWriter } from "./bytes.ts";
import { Columns } from "./columns.ts";
import { Head } from "./head.ts";
import { readInts, readNumbers, writeInts, writeNumbers } from "./ints.ts";

const source = { sensorId: "s", siteId: "x", scenario: "river-level" };
const of = (readings: readonly Reading[]) => {
  const head = new Head(1);
  for (const reading of readings) head.add(reading);
  const columns = new Columns(1);
  head.addTo(columns);
  return columns;
};
const decode = (bytes: Uint8Array, schema: string, only: string | null = null) => {
  const columns = new Columns(0);
  readBlock(bytes, schema, columns, only);
  return columns;
};
const rows = (columns: Columns) =>
  Array.from({ length: columns.n }, (_, row) => columns.reading(row, source));
const T0 = 1_795_000_000_000;
const plain: Reading = { ...source, time: T0, receivedAt: T0, values: { a: 1 }, quality: "good" };

const near = (readings: readonly Reading[]): Reading[] =>
  readings.map((r) => ({
    ...r,
    ...source,
    time: (r.time % 2 ** 47) + 0,
    receivedAt: (r.receivedAt % 2 ** 47) + 0,
  }));

test("any readings of a source come back from their block exactly, absent fields absent", () => {
  fc.assert(
    fc.property(fc.array(anyReading, { maxLength: 40 }), (any) => {
      const readings = near(any);
      const columns = of(readings);
      const bytes = encodeBlock(columns);
      expect(rows(decode(bytes, columns.schema()))).toEqual(readings);
      expect([...decodeTimes(bytes)]).toEqual(readings.map((r) => r.time));
    }),
    { numRuns: 400 },
  );
});

test("blocks read one behind the other are the rows of all, whatever fields each has", () => {
  const part = fc.array(anyReading, { maxLength: 12 });
  fc.assert(
    fc.property(fc.array(part, { maxLength: 4 }), fc.nat(), (parts, cut) => {
      const all = new Columns(0);
      readBlock(encodeBlock(of([plain])), of([plain]).schema(), all);
      all.clear();
      for (const readings of parts) {
        const columns = of(near(readings));
        const middle = cut % (columns.n + 1);
        readBlock(encodeBlock(columns, 0, middle), columns.schema(), all);
        readBlock(encodeBlock(columns, middle), columns.schema(), all);
      }
      expect(rows(all)).toEqual(near(parts.flat()));
      const copy = new Columns(0);
      for (let row = 0; row < all.n; row++) copy.addRow(all, row);
      expect(rows(copy)).toEqual(rows(all));
    }),
    { numRuns: 200 },
  );
});

test("rows in order have each instant once, the first that was added, and are found by time", () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat({ max: 30 }), { maxLength: 30 }),
      fc.nat({ max: 31 }),
      (times, at) => {
        const columns = of(times.map((time, seq) => ({ ...plain, time, seq })));
        const ordered = columns.inOrder();
        const expected = [...new Set(times)].sort((a, b) => a - b);
        expect([...ordered.times.subarray(0, ordered.n)]).toEqual(expected);
        expect(rows(ordered).map((r) => r.seq)).toEqual(
          expected.map((time) => times.indexOf(time)),
        );
        expect(ordered.rowAt(at)).toBe(expected.filter((time) => time < at).length);
      },
    ),
  );
});

test("one field can be read alone, and is what it is among the others", () => {
  fc.assert(
    fc.property(fc.array(anyReading, { minLength: 1, maxLength: 6 }), (readings) => {
      const columns = of(readings.map((r) => ({ ...r, time: T0, receivedAt: T0 })));
      const whole = decode(encodeBlock(columns), columns.schema());
      for (const { name } of whole.fields) {
        const alone = rows(decode(encodeBlock(columns), columns.schema(), name));
        const expected = rows(whole).map(({ values, ...rest }) => ({
          ...rest,
          values: Object.fromEntries(Object.entries(values).filter(([key]) => key === name)),
        }));
        expect(alone).toEqual(expected);
      }
    }),
  );
});

test("a field that changes its type within a block is each time what it was", () => {
  const values = [{ a: 1, b: "x" }, { a: true, b: 7 }, { b: "y" }];
  const columns = of(values.map((each, i) => ({ ...plain, time: T0 + i, values: each })));
  expect(rows(decode(encodeBlock(columns), columns.schema())).map((r) => r.values)).toEqual(values);
});

test("a field of more bytes than most is read like the others", () => {
  const values = { long: "开".repeat(60_000), after: 1 };
  const columns = of([{ ...plain, values }]);
  expect(rows(decode(encodeBlock(columns), columns.schema()))[0]!.values).toEqual(values);
});

test("a block cut short or with any bit flipped is refused", () => {
  const columns = of([
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
    expect(() => decode(bytes.subarray(0, length), columns.schema())).toThrow(BadBlock);
  }
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const flipped = Uint8Array.from(bytes);
    flipped[bit >> 3]! ^= 1 << (bit & 7);
    expect(() => decode(flipped, columns.schema())).toThrow(BadBlock);
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
    const head = new Head(8);
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
      head.add({
        ...source,
        time,
        receivedAt: time + 40 + Math.floor(next() * 60),
        values,
        quality: "good",
      });
    }
    const columns = new Columns(128);
    head.addTo(columns);
    bytes += encodeBlock(columns).length;
    count += columns.n;
  }
  expect(bytes / count).toBeLessThan(6);
});
