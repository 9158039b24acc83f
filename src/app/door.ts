// What the door's loop is given, and what the broker, the front and main.ts may ask of it.

import type { Reading } from "../core/reading.ts";
import type { Instant } from "../core/time.ts";
import type { LogWriter, Position } from "../store/log.ts";
import type { Clock } from "./clock.ts";
import type { Command } from "./commands.ts";

/** Something other than readings on its way into the log; `done` is told its position, or why it has none. */
export type Note = { done?: (error: Error | null, at: Position) => void } & (
  | { kind: "tick" }
  | { kind: "command"; command: Command }
);

/** The brain is being stopped and takes nothing new; a command that stands in the log is carried out at the next start. */
export class ShuttingDown extends Error {
  readonly code = "shutting-down";
  override readonly message = "the brain is being stopped";
}

/** What goes to disk together. */
export type Batch<T> = { readings: Reading[]; entries: Note[]; tickets: T[] };

export type Trouble =
  /** The log could not be written: what was held is not acknowledged, its senders were closed and will send again. */
  | { kind: "append-failed"; cause: Error }
  /** The log's readers are so far behind that it has reached its bound: nothing is acknowledged until they catch up. */
  | { kind: "log-full"; bytes: number };

export type DoorParts<T> = {
  clock: Clock;
  log: LogWriter;
  /** Above so many bytes of log nothing is acknowledged. */
  maxLogBytes: number;
  /** Adds the good readings of a message to `into`, refuses the bad ones; returns what a status message says. */
  decode(message: T, into: Reading[]): { id: string; online: boolean } | null;
  /** Makes the group, which gathers and calls `write` with one batch at a time. */
  group(write: (batch: Batch<T>) => Promise<void>): {
    readonly readings: Reading[];
    hold(message: T): void;
    add(note: Note): void;
    drain(): Promise<void>;
    readonly full: boolean;
    onRoom: () => void;
  };
  /** Answers messages: they are on disk, or they could not be put there. */
  acks: {
    acknowledge(messages: readonly T[]): void;
    refuse(messages: readonly T[], why: Error): void;
  };
  /** Tells the log's readers that there is more. */
  tell(head: Position, time: Instant): void;
  /** Told when trouble begins, and with null when it is over. */
  onTrouble(trouble: Trouble | null): void;
};

export type Door<T> = {
  /** True when so many messages are held that no more should be read from anybody, until `onRoom` calls back. */
  full(): boolean;
  onRoom(listener: () => void): void;
  /** Takes a message; it is answered through `acks` when what it says is on disk. */
  take(message: T): void;
  /** Notes that a sensor or gateway is there or not, unless that is known or we are closing: our end is not theirs. */
  link(id: string, online: boolean): void;
  /** Appends a command with the next group; resolves with its position, rejects when it could not be appended. */
  submit(command: Command): Promise<Position>;
  /** Ends the ticks, appends what is there, and resolves when all of it is answered. */
  close(): Promise<void>;
};
