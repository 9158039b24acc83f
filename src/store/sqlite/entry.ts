// One entry of the log as a row, with a checksum over position, kind, time and body.

import { crc32 } from "node:zlib";
import type { Json } from "../../core/rule.ts";
import { type Entry, LogCorrupt, type NewEntry, type Position } from "../log.ts";
import { decodeReadings, encodeReadings } from "./codec.ts";

/** A row of the table `entries`. */
export type EntryRow = {
  position: number;
  kind: number;
  time: number;
  crc: number;
  length: number;
  body: Uint8Array;
};

const READINGS = 1;
const TICK = 2;
const COMMAND = 3;
const NOTHING = new Uint8Array(0);

/** Encodes an entry that is to stand at `position`. */
export function rowOf(entry: NewEntry, position: Position): EntryRow {
  const [kind, body] = bodyOf(entry);
  const crc = checksum(position, kind, entry.time, body);
  return { position, kind, time: entry.time, crc, length: body.length, body };
}

function bodyOf(entry: NewEntry): [kind: number, body: Uint8Array] {
  switch (entry.kind) {
    case "readings":
      return [READINGS, encodeReadings(entry.readings)];
    case "tick":
      return [TICK, NOTHING];
    case "command":
      return [COMMAND, Buffer.from(JSON.stringify(entry.command))];
  }
}

/** The entry of a row, or LogCorrupt naming the file and the position. */
export function entryOf(row: EntryRow, path: string): Entry {
  const { position, kind, time, body } = row;
  // A damaged page may give a column of any type.
  const sound =
    body instanceof Uint8Array &&
    body.length === row.length &&
    checksum(position, kind, time, body) === row.crc;
  if (!sound) throw damaged(path, position, "does not match its checksum");
  if (kind === READINGS)
    return { position, kind: "readings", time, readings: decodeReadings(body) };
  if (kind === TICK) return { position, kind: "tick", time };
  if (kind === COMMAND) return { position, kind: "command", time, command: commandOf(body) };
  throw damaged(path, position, `has kind ${kind}, which is not known`);
}

const commandOf = (body: Uint8Array): Json => JSON.parse(Buffer.from(body).toString());

/** Says which entry is damaged, how, and what can be done. */
export const damaged = (path: string, position: Position, how: string): LogCorrupt =>
  new LogCorrupt(
    `${path}: entry ${position} ${how}. Stop the brain and restore this folder from a backup`,
  );

const header = Buffer.alloc(24);

function checksum(position: Position, kind: number, time: number, body: Uint8Array): number {
  header.writeDoubleLE(position, 0);
  header.writeDoubleLE(kind, 8);
  header.writeDoubleLE(time, 16);
  return crc32(body, crc32(header));
}
