// A block: some readings of one source, column by column, each packed by its own nature. Five bytes a reading are usual.
//
//   version u8 · n varint · which optional columns u8 · times · received − times · flags
//   · [seq] [battery] [rssi] · each field: its length, then its numbers, bits or strings · crc32 of all before
//
// The names and types of the fields stand beside the block, as a schema; blocks of one kind share it.

import { crc32 } from "node:zlib";
import { ByteReader, ByteWriter } from "./bytes.ts";
import { ABSENT, type Column, Columns, type Schema } from "./columns.ts";
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

/** Thrown for bytes that are not a whole, undamaged block. */
export class BadBlock extends Error {}

const writer = new ByteWriter(1 << 16);
let dense = new Float64Array(256);
let scratch = new Float64Array(256);

function makeRoom(n: number): void {
  if (dense.length >= n) return;
  dense = new Float64Array(n * 2);
  scratch = new Float64Array(n * 2);
}

/** The rows as bytes, in their order; `decodeBlock` with the same schema gives them back exactly. */
export function encodeBlock(columns: Columns): Uint8Array {
  const { n, times, received, flags } = columns;
  makeRoom(n);
  writer.at = 0;
  writer.need(32);
  writer.bytes[writer.at++] = VERSION;
  writer.varint(n);
  const optional =
    (columns.seq ? SEQ : 0) | (columns.battery ? BATTERY : 0) | (columns.rssi ? RSSI : 0);
  writer.bytes[writer.at++] = optional;
  writeInts(writer, times, n);
  for (let i = 0; i < n; i++) scratch[i] = received[i]! - times[i]!;
  writeInts(writer, scratch, n);
  writeInts(writer, flags, n);
  if (columns.seq) writeGapped(columns.seq, n);
  if (columns.battery) writeGapped(columns.battery, n);
  if (columns.rssi) writeGapped(columns.rssi, n);
  for (const column of columns.fields) writeField(column, n);
  writer.need(4);
  writer.uint32(crc32(writer.bytes.subarray(0, writer.at)));
  return new Uint8Array(writer.bytes.subarray(0, writer.at));
}

/** A field's length stands before it, so that who wants one field need not read the others. */
function writeField(column: Column, n: number): void {
  writer.need(8);
  const start = writer.at;
  writer.at += 4;
  if (column.type === NUMBER) writeGapped(column.numbers, n);
  else if (column.type === BOOLEAN) writeBooleans(column.booleans, n);
  else writeStrings(column.strings, n);
  const end = writer.at;
  writer.at = start;
  writer.uint32(end - start - 4);
  writer.at = end;
}

function writeGapped(numbers: Float64Array, n: number): void {
  let count = 0;
  for (let i = 0; i < n; i++) {
    const x = numbers[i]!;
    if (!Number.isNaN(x)) dense[count++] = x;
  }
  writePresence(n, count, (i) => !Number.isNaN(numbers[i]!));
  writeNumbers(writer, dense, count);
}

function writePresence(n: number, count: number, present: (row: number) => boolean): void {
  writer.need(2 + (n >> 3));
  writer.bytes[writer.at++] = count === n ? EVERYWHERE : count === 0 ? NOWHERE : SOMEWHERE;
  if (count > 0 && count < n) writeBits(n, present);
}

function writeBits(n: number, set: (row: number) => boolean): void {
  for (let i = 0; i < n; i += 8) {
    let byte = 0;
    for (let k = 0; k < 8 && i + k < n; k++) if (set(i + k)) byte |= 1 << k;
    writer.bytes[writer.at++] = byte;
  }
}

function writeBooleans(booleans: Uint8Array, n: number): void {
  let count = 0;
  for (let i = 0; i < n; i++) if (booleans[i] !== ABSENT) count++;
  writePresence(n, count, (i) => booleans[i] !== ABSENT);
  writer.need(1 + (n >> 3));
  if (count > 0) writeBits(n, (i) => booleans[i] === 1);
}

/** The different strings once, then runs of them; absent is a run of its own. */
function writeStrings(strings: readonly (string | undefined)[], n: number): void {
  const known = new Map<string | undefined, number>();
  for (let i = 0; i < n; i++) if (!known.has(strings[i])) known.set(strings[i], known.size);
  writer.need(8);
  writer.varint(known.size);
  for (const text of known.keys()) {
    writer.need(1);
    writer.bytes[writer.at++] = text === undefined ? 0 : 1;
    if (text !== undefined) writer.string(text);
  }
  writer.need(10 * n);
  for (let i = 0; i < n; ) {
    let end = i + 1;
    while (end < n && strings[end] === strings[i]) end++;
    writer.varint(known.get(strings[i])!);
    writer.varint(end - i);
    i = end;
  }
}

const reader = new ByteReader();
const NO_NUMBERS = new Float64Array(0);
const NO_BYTES = new Uint8Array(0);
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

/** The rows of a block; only the named field when one is wanted. Throws BadBlock for damaged bytes. */
export function decodeBlock(
  bytes: Uint8Array,
  schema: Schema,
  only: string | null = null,
): Columns {
  const n = openBlock(bytes);
  makeRoom(n);
  const columns = new Columns(n);
  columns.n = n;
  const optional = bytes[reader.at++]!;
  const { times, received, flags } = columns;
  readInts(reader, n, times);
  readInts(reader, n, received);
  readInts(reader, n, scratch);
  for (let i = 0; i < n; i++) {
    received[i]! += times[i]!;
    flags[i] = scratch[i]!;
    if (i > 0 && times[i]! <= times[i - 1]!) columns.sorted = false;
  }
  if (optional & SEQ) columns.seq = readGapped(n);
  if (optional & BATTERY) columns.battery = readGapped(n);
  if (optional & RSSI) columns.rssi = readGapped(n);
  for (const [name, type] of fieldsOf(schema)) {
    const end = reader.uint32() + reader.at;
    if (only === null || only === name) readField(columns, name, type);
    reader.at = end;
  }
  return columns;
}

/** The times of a block alone. Throws BadBlock for damaged bytes. */
export function decodeTimes(bytes: Uint8Array): Float64Array {
  const n = openBlock(bytes);
  reader.at++;
  const times = new Float64Array(n);
  readInts(reader, n, times);
  return times;
}

function readField(columns: Columns, name: string, type: FieldType): void {
  const column: Column = { name, type, numbers: NO_NUMBERS, booleans: NO_BYTES, strings: [] };
  const { n } = columns;
  if (type === NUMBER) column.numbers = readGapped(n);
  else if (type === BOOLEAN) column.booleans = readBooleans(n);
  else column.strings = readStrings(n);
  columns.fields.push(column);
}

function readGapped(n: number): Float64Array {
  const out = new Float64Array(n);
  const presence = reader.bytes[reader.at++]!;
  if (presence === EVERYWHERE) readNumbers(reader, n, out);
  if (presence === NOWHERE) {
    readNumbers(reader, 0, out);
    out.fill(Number.NaN);
  }
  if (presence !== SOMEWHERE) return out;
  const bits = readBits(n);
  let count = 0;
  for (let i = 0; i < n; i++) count += bits(i);
  readNumbers(reader, count, dense);
  let next = 0;
  for (let i = 0; i < n; i++) out[i] = bits(i) ? dense[next++]! : Number.NaN;
  return out;
}

function readBits(n: number): (row: number) => number {
  const { bytes, at } = reader;
  reader.at += Math.ceil(n / 8);
  return (row) => (bytes[at + (row >> 3)]! >> (row & 7)) & 1;
}

function readBooleans(n: number): Uint8Array {
  const out = new Uint8Array(n).fill(ABSENT);
  const presence = reader.bytes[reader.at++]!;
  if (presence === NOWHERE) return out;
  const present = presence === SOMEWHERE ? readBits(n) : () => 1;
  const value = readBits(n);
  for (let i = 0; i < n; i++) if (present(i)) out[i] = value(i);
  return out;
}

function readStrings(n: number): (string | undefined)[] {
  const count = reader.varint();
  const known: (string | undefined)[] = [];
  for (let i = 0; i < count; i++) {
    known.push(reader.bytes[reader.at++] === 0 ? undefined : reader.string());
  }
  const out: (string | undefined)[] = [];
  while (out.length < n) {
    const text = known[reader.varint()];
    for (let left = reader.varint(); left > 0; left--) out.push(text);
  }
  return out;
}
