// Roll-ups: what is kept of the readings of a minute, a quarter or an hour. They are always computed from all readings of
// the bucket at once, never added to, so that neither the order of arrival nor a crash can make them wrong.

import { crc32 } from "node:zlib";
import type { Instant } from "../../../core/time.ts";
import { type Bucket, type Step, steps } from "../../history.ts";
import { BadBlock } from "../block.ts";
import { ByteReader, ByteWriter, WHOLE_MAX } from "../bytes.ts";
import type { Columns } from "../columns.ts";
import { decimalsOf, readInts, readNumbers, roundTo, writeInts, writeNumbers } from "../ints.ts";
import { DAY, type Day } from "./calendar.ts";

/** A bucket before its mean is taken. */
export type Tally = {
  at: Instant;
  min: number;
  max: number;
  sum: number;
  count: number;
  last: number;
};

/** The buckets of one numeric field in order of time, empty ones left out, of the rows from `from` to before `to`. */
export function tally(rows: Columns, from: number, to: number, field: string, step: Step): Tally[] {
  const width = steps[step];
  const numbers = rows.numbersOf(field);
  const tallies: Tally[] = [];
  let open: Tally | null = null;
  let decimals = 0;
  for (let row = from; numbers && row < to; row++) {
    const value = numbers[row]!;
    if (Number.isNaN(value)) continue;
    const time = rows.times[row]!;
    if (!open || time >= open.at + width) {
      if (open) settle(open, decimals);
      const at = Math.floor(time / width) * width;
      open = { at, min: value, max: value, sum: 0, count: 0, last: value };
      tallies.push(open);
      decimals = 0;
    }
    if (value < open.min) open.min = value;
    if (value > open.max) open.max = value;
    open.sum += value;
    open.count++;
    open.last = value;
    if (decimals < 7) decimals = decimalsOf(value, decimals);
  }
  if (open) settle(open, decimals);
  return tallies;
}

/** The exact sum of numbers of few decimals has no more decimals: rounding takes away what adding has blurred. */
function settle(open: Tally, decimals: number): void {
  if (decimals < 7 && Math.abs(open.sum) * 10 ** decimals < WHOLE_MAX) {
    open.sum = roundTo(open.sum, decimals);
  }
}

export const bucketOf = ({ at, min, max, sum, count, last }: Tally): Bucket => {
  const mean = Math.min(max, Math.max(min, sum / count));
  return { at, min, max, mean, count, last };
};

/** The coarsest step that gives at least half of `points` buckets between the instants; else minutes. */
export function stepFor(from: Instant, to: Instant, points: number): Step {
  for (const step of ["hour", "quarter"] as const) {
    if ((to - from) / steps[step] >= points / 2) return step;
  }
  return "minute";
}

const writer = new ByteWriter(1 << 14);

/** The roll-ups of one sensor's day, all fields, as bytes. */
export function encodeTallies(
  day: Day,
  step: Step,
  fields: readonly (readonly [name: string, tallies: readonly Tally[]])[],
): Uint8Array {
  writer.at = 0;
  writer.need(8);
  writer.varint(fields.length);
  for (const [name, tallies] of fields) {
    writer.string(name);
    writer.need(16);
    const start = writer.at;
    writer.at += 4;
    writer.varint(tallies.length);
    const n = tallies.length;
    writeInts(
      writer,
      tallies.map((t) => (t.at - day * DAY) / steps[step]),
      n,
    );
    writeInts(
      writer,
      tallies.map((t) => t.count),
      n,
    );
    writeNumbers(
      writer,
      tallies.map((t) => t.min),
      n,
    );
    // Mostly little or nothing lies between the four; where the difference is not exact the number itself is kept.
    for (const key of ["max", "last", "sum"] as const) writeBeside(tallies, key);
    const end = writer.at;
    writer.at = start;
    writer.uint32(end - start - 4);
    writer.at = end;
  }
  writer.need(4);
  writer.uint32(crc32(writer.bytes.subarray(0, writer.at)));
  return new Uint8Array(writer.bytes.subarray(0, writer.at));
}

const base = (t: Tally, key: "max" | "last" | "sum"): number =>
  key === "sum" ? t.min * t.count : t.min;

/** The difference to what the minimum lets expect, where adding it again gives the very number; else the number. */
function writeBeside(tallies: readonly Tally[], key: "max" | "last" | "sum"): void {
  const differences = tallies.map((t) => rounded(t[key] - base(t, key)));
  const exact = tallies.every((t, i) => Object.is(rounded(base(t, key) + differences[i]!), t[key]));
  writer.need(1);
  writer.bytes[writer.at++] = exact ? 1 : 0;
  writeNumbers(writer, exact ? differences : tallies.map((t) => t[key]), tallies.length);
}

/** To six decimals, and no minus zero: only compared with what it should give, so any rounding is safe. */
const rounded = (x: number): number => (Math.abs(x) < 2 ** 30 ? roundTo(x, 6) + 0 : x);

const reader = new ByteReader();

/** One field of what `encodeTallies` wrote. Throws BadBlock for damaged bytes. */
export function decodeTallies(bytes: Uint8Array, day: Day, step: Step, field: string): Tally[] {
  const end = bytes.length - 4;
  reader.open(bytes, Math.max(end, 0));
  const sound = end > 0 && reader.uint32() === crc32(bytes.subarray(0, end));
  if (!sound) throw new BadBlock("roll-up does not match its checksum");
  reader.at = 0;
  for (let left = reader.varint(); left > 0; left--) {
    const name = reader.string();
    const next = reader.uint32() + reader.at;
    if (name === field) return readTallies(day, step);
    reader.at = next;
  }
  return [];
}

function readTallies(day: Day, step: Step): Tally[] {
  const n = reader.varint();
  const column = () => new Float64Array(n);
  const [at, count, min] = [column(), column(), column()];
  readInts(reader, n, at);
  readInts(reader, n, count);
  readNumbers(reader, n, min);
  const tallies = Array.from(at, (index, i): Tally => {
    const start = day * DAY + index * steps[step];
    return { at: start, min: min[i]!, max: 0, sum: 0, count: count[i]!, last: 0 };
  });
  for (const key of ["max", "last", "sum"] as const) {
    const exact = reader.bytes[reader.at++] === 1;
    const numbers = column();
    readNumbers(reader, n, numbers);
    tallies.forEach((t, i) => {
      t[key] = exact ? rounded(base(t, key) + numbers[i]!) : numbers[i]!;
    });
  }
  return tallies;
}
