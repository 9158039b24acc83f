// The group codec: readings to bytes and back, for one entry of the log. A group explains itself: sites and string
// values are written where they first occur and referred to afterwards, shapes stand at its end.
//
//   version u8 · count varint · readings · shapes · offset of the shapes u32 · crc32 of all before
//   reading: flags u8 · shape u16 · [sensor] · [site] · receivedAt − the one before · time − receivedAt
//            · [seq] [battery] [rssi] · values

import { crc32 } from "node:zlib";
import { type Quality, qualities, type Reading, type Values } from "../../core/reading.ts";
import { ByteReader, ByteWriter, isWhole } from "./bytes.ts";
import {
  BOOLEAN,
  type DecodedShape,
  type FieldType,
  NUMBER,
  readShapes,
  rootOf,
  type Shape,
  STRING,
  stepOf,
  writeShape,
} from "./shapes.ts";

const VERSION = 1;
const QUALITY = 0b11;
const SKEWED = 4;
const SEQ = 8;
const BATTERY = 16;
const RSSI = 32;
const SAME_SENSOR = 64;
const SAME_SITE = 128;

/** Thrown for bytes that are not a whole, undamaged group. */
export class BadGroup extends Error {}

/** The most readings that one group may hold. */
export const GROUP_MAX = 65_536;
// What strangers can make us remember; at the bound the table starts anew.
const STRINGS_MAX = 65_536;
const REMEMBERED_LENGTH = 64;

const writer = new ByteWriter(1 << 16);
let group = 0;
let shapes: Shape[] = [];
let stringCount = 0;
const strings = new Map<string, { group: number; index: number }>();

/**
 * At most GROUP_MAX readings as bytes; `decodeReadings` gives equal ones back. Instants must be whole milliseconds,
 * else RangeError.
 */
export function encodeReadings(readings: readonly Reading[]): Uint8Array {
  if (readings.length > GROUP_MAX)
    throw new RangeError(`a group holds at most ${GROUP_MAX} readings`);
  group++;
  shapes = [];
  stringCount = 0;
  writer.at = 0;
  writer.need(16);
  writer.bytes[writer.at++] = VERSION;
  writer.varint(readings.length);
  let receivedAt = 0;
  let sensorId: string | null = null;
  let siteId: string | null = null;
  for (const reading of readings) {
    encodeReading(reading, receivedAt, reading.sensorId === sensorId, reading.siteId === siteId);
    receivedAt = reading.receivedAt;
    sensorId = reading.sensorId;
    siteId = reading.siteId;
  }
  const shapesAt = writer.at;
  for (const shape of shapes) writeShape(writer, shape);
  writer.need(8);
  writer.uint32(shapesAt);
  writer.uint32(crc32(writer.bytes.subarray(0, writer.at)));
  return new Uint8Array(writer.bytes.subarray(0, writer.at));
}

function encodeReading(r: Reading, before: number, sameSensor: boolean, sameSite: boolean): void {
  if (!isWhole(r.time) || !isWhole(r.receivedAt)) throw badInstant(r);
  writer.need(96);
  let flags = r.quality === "good" ? 0 : qualities.indexOf(r.quality);
  if (r.skewed === true) flags |= SKEWED;
  if (r.seq !== undefined) flags |= SEQ;
  if (r.batteryPct !== undefined) flags |= BATTERY;
  if (r.rssiDbm !== undefined) flags |= RSSI;
  if (sameSensor) flags |= SAME_SENSOR;
  if (sameSite) flags |= SAME_SITE;
  writer.bytes[writer.at++] = flags;
  const shapeAt = writer.at;
  writer.at += 2;
  if (!sameSensor) writer.string(r.sensorId);
  if (!sameSite) encodeString(r.siteId);
  writer.need(64);
  writer.zigzag(r.receivedAt - before);
  writer.zigzag(r.time - r.receivedAt);
  if (r.seq !== undefined) writer.number(r.seq);
  if (r.batteryPct !== undefined) writer.number(r.batteryPct);
  if (r.rssiDbm !== undefined) writer.number(r.rssiDbm);
  const shape = encodeValues(r.scenario, r.values);
  if (shape.group !== group) {
    shape.group = group;
    shape.index = shapes.push(shape) - 1;
  }
  writer.bytes[shapeAt] = shape.index & 255;
  writer.bytes[shapeAt + 1] = shape.index >> 8;
}

const badInstant = (r: Reading): RangeError =>
  new RangeError(
    `reading of sensor ${r.sensorId}: time ${r.time} and receivedAt ${r.receivedAt} must be whole milliseconds`,
  );

/** Writes the values and walks the tree of shapes in one pass, so that each is looked at once. */
function encodeValues(scenario: string, values: Values): Shape {
  let shape = rootOf(scenario);
  for (const name in values) {
    const value = values[name]!;
    if (typeof value === "number") {
      writer.need(16);
      writer.number(value);
      shape = stepOf(shape, name, NUMBER);
    } else if (typeof value === "boolean") {
      writer.need(1);
      writer.bytes[writer.at++] = value ? 1 : 0;
      shape = stepOf(shape, name, BOOLEAN);
    } else {
      encodeString(value);
      shape = stepOf(shape, name, STRING);
    }
  }
  return shape;
}

/** 0: as it stands, not remembered; 1: as it stands, and the next index is its; else its index + 2. */
function encodeString(text: string): void {
  writer.need(8);
  if (text.length > REMEMBERED_LENGTH) {
    writer.bytes[writer.at++] = 0;
    writer.string(text);
    return;
  }
  let entry = strings.get(text);
  if (!entry) {
    if (strings.size >= STRINGS_MAX) strings.clear();
    entry = { group: 0, index: 0 };
    strings.set(text, entry);
  }
  if (entry.group === group) {
    writer.varint(entry.index + 2);
    return;
  }
  entry.group = group;
  entry.index = stringCount++;
  writer.bytes[writer.at++] = 1;
  writer.string(text);
}

const reader = new ByteReader();

/** The readings of a group, in their order. Throws BadGroup for anything but what `encodeReadings` gave. */
export function decodeReadings(bytes: Uint8Array): Reading[] {
  const end = bytes.length - 4;
  reader.open(bytes, Math.max(end, 0));
  const sound = end > 4 && reader.uint32() === crc32(bytes.subarray(0, end));
  if (!sound) throw new BadGroup("checksum does not match");
  if (bytes[0] !== VERSION) throw new BadGroup(`version ${bytes[0]} is not known`);
  reader.at = end - 4;
  reader.at = reader.uint32();
  const shapes = readShapes(reader, end - 4);
  reader.at = 1;
  const readings = new Array<Reading>(reader.varint());
  const seen: string[] = [];
  let sensorId = "";
  let siteId = "";
  let receivedAt = 0;
  for (let i = 0; i < readings.length; i++) {
    const flags = bytes[reader.at]!;
    const shape = shapes[bytes[reader.at + 1]! | (bytes[reader.at + 2]! << 8)]!;
    reader.at += 3;
    if (!(flags & SAME_SENSOR)) sensorId = reader.string();
    if (!(flags & SAME_SITE)) siteId = decodeString(seen);
    receivedAt += reader.zigzag();
    readings[i] = decodeReading(flags, shape, sensorId, siteId, receivedAt, seen);
  }
  return readings;
}

function decodeReading(
  flags: number,
  shape: DecodedShape,
  sensorId: string,
  siteId: string,
  receivedAt: number,
  seen: string[],
): Reading {
  const time = receivedAt + reader.zigzag();
  const seq = flags & SEQ ? reader.number() : 0;
  const batteryPct = flags & BATTERY ? reader.number() : 0;
  const rssiDbm = flags & RSSI ? reader.number() : 0;
  const values = shape.plain ? decodeValues(shape, seen) : decodeOddValues(shape, seen);
  const quality: Quality = qualities[flags & QUALITY]!;
  const { scenario } = shape;
  const reading: Reading = { sensorId, siteId, scenario, time, receivedAt, values, quality };
  if (flags & SKEWED) reading.skewed = true;
  if (flags & SEQ) reading.seq = seq;
  if (flags & BATTERY) reading.batteryPct = batteryPct;
  if (flags & RSSI) reading.rssiDbm = rssiDbm;
  return reading;
}

function decodeValue(type: FieldType, seen: string[]): number | boolean | string {
  if (type === NUMBER) return reader.number();
  return type === BOOLEAN ? reader.bytes[reader.at++] === 1 : decodeString(seen);
}

function decodeValues(shape: DecodedShape, seen: string[]): Values {
  const { names, types } = shape;
  const values: Record<string, number | boolean | string> = {};
  for (let i = 0; i < names.length; i++) values[names[i]!] = decodeValue(types[i]!, seen);
  return values;
}

// A field called "__proto__" would be swallowed by an assignment.
function decodeOddValues(shape: DecodedShape, seen: string[]): Values {
  return Object.fromEntries(
    shape.names.map((name, i) => [name, decodeValue(shape.types[i]!, seen)]),
  );
}

function decodeString(seen: string[]): string {
  const code = reader.varint();
  if (code >= 2) return seen[code - 2]!;
  const text = reader.string();
  if (code === 1) seen.push(text);
  return text;
}
