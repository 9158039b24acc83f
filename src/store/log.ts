// The log: the only way into the brain. One writer (the door), readers with positions of their own.

import type { Reading } from "../core/reading.ts";
import type { Json } from "../core/rule.ts";
import type { Instant } from "../core/time.ts";

/** 1, 2, 3 … without holes. 0 is before the first entry. */
export type Position = number;

/**
 * What an entry says. `time` is the log's clock when it was appended, the only clock of the judge; it never goes backwards.
 * `command` is the JSON of a Command (app/commands.ts); the log does not look inside.
 */
export type NewEntry =
  | { kind: "readings"; time: Instant; readings: readonly Reading[] }
  | { kind: "tick"; time: Instant }
  | { kind: "command"; time: Instant; command: Json };
export type Entry = NewEntry & { position: Position };

export interface LogWriter {
  /** Resolves with the position of the last of them when all are on disk; rejects when none is. */
  append(entries: readonly NewEntry[]): Promise<Position>;
  /** Position and time of the newest entry; 0 and null in an empty log. */
  head(): { position: Position; time: Instant | null };
  /** Forgets entries up to and including `through`, which every reader has left behind. In small steps; may stop early. */
  trim(through: Position): void;
  /** Bytes in use on disk; falls when entries are trimmed. */
  bytes(): number;
  close(): void;
}

/** Thrown by a reader whose position has been trimmed away: what it missed is gone, and it must say so. */
export class LogTruncated extends Error {}
/** Thrown when an entry's checksum is wrong. Names the file and the position; nobody reads past it. */
export class LogCorrupt extends Error {}

export interface LogReader {
  /** Up to `limit` entries after `after`, in order, without holes; none when there are no more yet. */
  read(after: Position, limit: number): readonly Entry[];
  close(): void;
}
