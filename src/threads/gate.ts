// The door as main sees it: a thread that listens to the street and writes the log.

import type { MessagePort } from "node:worker_threads";
import type { ClockPlan } from "../app/clock.ts";
import type { Command } from "../app/commands.ts";
import type { RegisterChange } from "../register/entities.ts";
import type { Position } from "../store/log.ts";
import type { DoorAddresses, DoorCounts, FromDoor, ToDoor } from "./door-words.ts";
import type { Birth } from "./shared.ts";
import { startThread, type Unborn } from "./thread.ts";

export type Gate = {
  /** How the log's clock runs, fitted to the log that is there. */
  plan: ClockPlan;
  /** Gives a reader the door's voice: it is told that the log grew, at most once in `everyMs`. */
  reader(port: MessagePort, everyMs: number): void;
  listen(): Promise<DoorAddresses>;
  append(command: Command): Promise<Position>;
  /** Resolves when the door goes by it, or has closed: the next one reads the register anew. */
  register(changes: readonly RegisterChange[]): Promise<void>;
  trim(through: Position): void;
  counts(): DoorCounts;
  close(): Promise<void>;
};

/** Starts the door's thread; the log is open when this resolves, and nobody is listened to before `listen`. */
export async function openGate(
  birth: Birth,
  parts: {
    thread: Unborn;
    remark(level: "info" | "warn" | "error", message: string): void;
    fatal(error: Error): void;
  },
): Promise<Gate> {
  let stopping = false;
  const ours: FromDoor = {
    counts(now) {
      counts = now;
    },
    remark: parts.remark,
    ended(message) {
      if (message !== null) parts.fatal(new Error(message));
    },
  };
  const thread = startThread<ToDoor>(parts.thread, birth, ours, parts.fatal);
  let counts = await thread.call("counts");
  const plan = await thread.call("plan");
  return {
    plan,
    reader: (port, everyMs) =>
      thread.worker.postMessage({ tell: "reader", args: [port, everyMs] }, [port]),
    listen: () => thread.call("listen"),
    append: (command) => thread.call("append", command),
    async register(changes) {
      try {
        await thread.call("register", changes);
      } catch (error) {
        if (!stopping) throw error;
      }
    },
    trim: (through) => thread.tell("trim", through),
    counts: () => counts,
    close() {
      if (!stopping) thread.tell("stop");
      stopping = true;
      return thread.gone;
    },
  };
}
