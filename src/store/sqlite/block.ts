// A block: some readings of one source, column by column, each packed by its own nature. Five bytes a reading are usual.
//
//   version u8 · n varint · which optional columns u8 · times · received − times · flags
//   · [seq] [battery] [rssi] · each field: its length, then its numbers, bits or strings · crc32 of all before
//
// The names and types of the fields stand beside the block, as a schema; blocks of one kind share it.

import { crc32 } from "node:zlib";
import { ByteReader, ByteWriter } from "./bytes.ts";
import { ABSENT, type Column, type Columns, type Schema, setAbsent } from "./columns.ts";
import { readInts, readNumbers, writeInts, writeNumbers } from "./ints.ts";
import { BOOLEAN, type FieldType, NUMBER } from "./shapes.ts";

const VERSION = 1;
const SEQ = 1;
const BATTERY = 2;
const RSSI = 4;

// Before each column that may have gaps.
const NOWHERE = 0;
const EVERYWHERE = 1;
const SOMEWHERE = 2;

// A field's length takes two bytes; this one says that it is longer and takes four more.
const LONG = 0xffff;

/** Thrown for bytes that are not a whole, undamaged block. */
export class BadBlock extends Error {}

const writer = new ByteWriter(1 << 16);
let dense = new Float64Array(256);

function makeRoom(n: number): void {
  if (dense.length < n) dense = new Float64Array(n * 2);
}

/** The rows from `from` to before `to` as bytes; `readBlock` with the same schema gives them back exactly. */
export function encodeBlock(columns: Columns, from = 0, to: number = columns.n): Uint8Array {
  const n = to - from;
  const { times, received, flags } = columns;
  makeRoom(n);
  writer.at = 0;
  writer.need(32);
  writer.bytes[writer.at++] = VERSION;
  writer.varint(n);
  const optional =
    (columns.seq.length > 0 ? SEQ : 0) |
    (columns.battery.length > 0 ? BATTERY : 0) |
    (columns.rssi.length > 0 ? RSSI : 0);
  writer.bytes[writer.at++] = optional;
  writeInts(writer, times.subarray(from, to), n);
  for (let i = 0; i < n; i++) dense[i] = received[from + i]! - times[from + i]!;
  writeInts(writer, dense, n);
  for (let i = 0; i < n; i++) dense[i] = flags[from + i]!;
  writeInts(writer, dense, n);
  if (optional & SEQ) writeGapped(columns.seq, from, to);
  if (optional & BATTERY) writeGapped(columns.battery, from, to);
  if (optional & RSSI) writeGapped(columns.rssi, from, to);
  for (const column of columns.fields) writeField(column, from, to);
  writer.need(4);
  writer.uint32(crc32(writer.bytes.subarray(0, writer.at)));
  return new Uint8Array(writer.bytes.subarray(0, writer.at));
}

/** A field's length stands before it, so that who wants one field need not read the others. */
function writeField(column: Column, from: number, to: number): void {
  writer.need(8);
  const start = writer.at;
  writer.at += 2;
  if (column.type === NUMBER) writeGapped(column.numbers, from, to);
  else if (column.type === BOOLEAN) writeBooleans(column.booleans, from, to);
  else writeStrings(column.strings, from, to);
  const length = writer.at - start - 2;
  if (length < LONG) {
    writer.bytes[start] = length & 255;
    writer.bytes[start + 1] = length >> 8;
    return;
  }
  writer.need(4);
  writer.bytes.copyWithin(start + 6, start + 2, writer.at);
  writer.bytes[start] = LONG & 255;
  writer.bytes[start + 1] = LONG >> 8;
  writer.at = start + 2;
  writer.uint32(length);
  writer.at += length;
}

function writeGapped(numbers: Float64Array, from: number, to: number): void {
  let count = 0;
  for (let i = from; i < to; i++) {
    const x = numbers[i]!;
    if (!Number.isNaN(x)) dense[count++] = x;
  }
  const n = to - from;
  if (writePresence(count, n)) writeBits(n, (i) => !Number.isNaN(numbers[from + i]!));
  if (count > 0) writeNumbers(writer, dense, count);
}

/** Whether bits must say which of `n` rows have the field. */
function writePresence(count: number, n: number): boolean {
  writer.need(2 + (n >> 3));
  writer.bytes[writer.at++] = count === 0 ? NOWHERE : count === n ? EVERYWHERE : SOMEWHERE;
  return count > 0 && count < n;
}

function writeBits(n: number, set: (row: number) => boolean): void {
  writer.need(1 + (n >> 3));
  for (let i = 0; i < n; i += 8) {
    let byte = 0;
    for (let k = 0; k < 8 && i + k < n; k++) if (set(i + k)) byte |= 1 << k;
    writer.bytes[writer.at++] = byte;
  }
}

function writeBooleans(booleans: Uint8Array, from: number, to: number): void {
  const n = to - from;
  let count = 0;
  for (let i = from; i < to; i++) if (booleans[i] !== ABSENT) count++;
  if (writePresence(count, n)) writeBits(n, (i) => booleans[from + i] !== ABSENT);
  if (count > 0) writeBits(n, (i) => booleans[from + i] === 1);
}

/** The different strings once, then runs of them; absent is a run of its own. */
function writeStrings(strings: readonly (string | undefined)[], from: number, to: number): void {
  const known = new Map<string | undefined, number>();
  for (let i = from; i < to; i++) if (!known.has(strings[i])) known.set(strings[i], known.size);
  writer.need(8);
  writer.varint(known.size);
  for (const text of known.keys()) {
    writer.need(1);
    writer.bytes[writer.at++] = text === undefined ? 0 : 1;
    if (text !== undefined) writer.string(text);
  }
  writer.need(10 * (to - from));
  for (let i = from; i < to; ) {
    let end = i + 1;
    while (end < to && strings[end] === strings[i]) end++;
    writer.varint(known.get(strings[i])!);
    writer.varint(end - i);
    i = end;
  }
}

const reader = new ByteReader();
const schemas = new Map<Schema, readonly (readonly [name: string, type: FieldType])[]>();
const SCHEMAS_KEPT = 4_096;

function fieldsOf(schema: Schema): readonly (readonly [string, FieldType])[] {
  let fields = schemas.get(schema);
  if (!fields) {
    fields = JSON.parse(schema) as [string, FieldType][];
    if (schemas.size >= SCHEMAS_KEPT) schemas.clear();
    schemas.set(schema, fields);
  }
  return fields;
}

/** Checks the bytes and stands the reader behind the count, which it returns. */
function openBlock(bytes: Uint8Array): number {
  const end = bytes.length - 4;
  reader.open(bytes, Math.max(end, 0));
  const sound = end > 2 && reader.uint32() === crc32(bytes.subarray(0, end));
  if (!sound) throw new BadBlock("block does not match its checksum");
  if (bytes[0] !== VERSION) throw new BadBlock(`block of version ${bytes[0]} is not known`);
  reader.at = 1;
  return reader.varint();
}

/** Adds the rows of a block to others; only one field when one is named. Throws BadBlock for damaged bytes, adding nothing. */
export function readBlock(
  bytes: Uint8Array,
  schema: Schema,
  into: Columns,
  only: string | null = null,
): void {
  const n = openBlock(bytes);
  makeRoom(n);
  into.reserve(n);
  const from = into.n;
  const optional = bytes[reader.at++]!;
  readInts(reader, n, into.times, from);
  readInts(reader, n, into.received, from);
  readInts(reader, n, dense);
  for (let i = 0; i < n; i++) {
    into.received[from + i]! += into.times[from + i]!;
    into.flags[from + i] = dense[i]!;
  }
  into.seq = readOptional(into, into.seq, optional & SEQ, from, n);
  into.battery = readOptional(into, into.battery, optional & BATTERY, from, n);
  into.rssi = readOptional(into, into.rssi, optional & RSSI, from, n);
  // Fields that the block does not have are absent in its rows.
  for (const column of into.fields) setAbsent(column, from, from + n);
  for (const [name, type] of fieldsOf(schema)) {
    let length = reader.bytes[reader.at]! | (reader.bytes[reader.at + 1]! << 8);
    reader.at += 2;
    if (length === LONG) length = reader.uint32();
    const end = reader.at + length;
    if (only === null || only === name) readField(into.column(name, type), from, n);
    reader.at = end;
  }
  for (let i = 0; i < n; i++) into.addTime(into.times[from + i]!);
}

/** The times of a block alone. Throws BadBlock for damaged bytes. */
export function decodeTimes(bytes: Uint8Array): Float64Array {
  const n = openBlock(bytes);
  reader.at++;
  const times = new Float64Array(n);
  readInts(reader, n, times);
  return times;
}

function readOptional(
  into: Columns,
  before: Float64Array,
  there: number,
  from: number,
  n: number,
): Float64Array {
  if (there) {
    const column = before.length > 0 ? before : into.numbers(from);
    readGapped(column, from, n);
    return column;
  }
  return before.length > 0 ? before.fill(Number.NaN, from, from + n) : before;
}

function readField(column: Column, from: number, n: number): void {
  if (column.type === NUMBER) readGapped(column.numbers, from, n);
  else if (column.type === BOOLEAN) readBooleans(column.booleans, from, n);
  else readStrings(column.strings, from, n);
}

function readGapped(out: Float64Array, from: number, n: number): void {
  const presence = reader.bytes[reader.at++]!;
  if (presence === EVERYWHERE) readNumbers(reader, n, out, from);
  else out.fill(Number.NaN, from, from + n);
  if (presence !== SOMEWHERE) return;
  const bits = readBits(n);
  let count = 0;
  for (let i = 0; i < n; i++) count += bits(i);
  readNumbers(reader, count, dense);
  let next = 0;
  for (let i = 0; i < n; i++) if (bits(i)) out[from + i] = dense[next++]!;
}

function readBits(n: number): (row: number) => number {
  const { bytes, at } = reader;
  reader.at += Math.ceil(n / 8);
  return (row) => (bytes[at + (row >> 3)]! >> (row & 7)) & 1;
}

function readBooleans(out: Uint8Array, from: number, n: number): void {
  const presence = reader.bytes[reader.at++]!;
  if (presence === NOWHERE) return;
  const present = presence === SOMEWHERE ? readBits(n) : null;
  const value = readBits(n);
  for (let i = 0; i < n; i++) out[from + i] = present && !present(i) ? ABSENT : value(i);
}

function readStrings(out: (string | undefined)[], from: number, n: number): void {
  const count = reader.varint();
  const known: (string | undefined)[] = [];
  for (let i = 0; i < count; i++) {
    known.push(reader.bytes[reader.at++] === 0 ? undefined : reader.string());
  }
  for (let row = from; row < from + n; ) {
    const text = known[reader.varint()];
    for (const end = row + reader.varint(); row < end; row++) out[row] = text;
  }
}
