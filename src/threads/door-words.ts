// What the door and main say to each other.

import type { MessagePort } from "node:worker_threads";
import type { ClockPlan } from "../app/clock.ts";
import type { Command } from "../app/commands.ts";
import type { RegisterChange } from "../register/entities.ts";
import type { Position } from "../store/log.ts";

export type DoorCounts = {
  head: Position;
  /** The log's time at its head; null: it is empty. */
  headTime: number | null;
  now: number;
  logBytes: number;
  clients: number;
  received: number;
  acknowledged: number;
  quarantined: number;
  skewed: number;
  qos0Dropped: number;
};

export type DoorAddresses = { mqtt: string; mqtts: string | null };

export type FromDoor = {
  counts(counts: DoorCounts): void;
  /** Worth a line in the program's own log: a full disk, readers far behind, a client that was dropped. */
  remark(level: "info" | "warn" | "error", message: string): void;
  ended(message: string | null): void;
};

export type ToDoor = {
  /** A reader of the log, told on this port that it grew, at most once in `everyMs`. */
  reader(port: MessagePort, everyMs: number): void;
  /** Begins to listen. */
  listen(): Promise<DoorAddresses>;
  /** Resolves when the command is on disk. */
  append(command: Command): Promise<Position>;
  /** The register changed, as the judge has committed it. */
  register(changes: readonly RegisterChange[]): void;
  /** Every reader has left these behind. */
  trim(through: Position): void;
  counts(): DoorCounts;
  /** How the log's clock runs, fitted to the log that is there. */
  plan(): ClockPlan;
  stop(): void;
};
