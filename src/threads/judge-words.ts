// What the judge and main say to each other.

import type { MessagePort } from "node:worker_threads";
import type { Announcement } from "../api/ports.ts";
import type { Outcome } from "../app/commands.ts";
import type { InForce } from "../app/releases.ts";
import type { RegisterChange } from "../register/entities.ts";
import type { Slow } from "./watch.ts";

/** What the judge has done so far in this process. */
export type JudgeCounts = {
  position: number;
  time: number;
  judged: number;
  copies: number;
  late: number;
  out: Readonly<Record<string, string>>;
  /** What the scenarios judge with whose parameters were released. */
  released: Readonly<Record<string, InForce>>;
};

/** What the judge tells main. */
export type FromJudge = {
  ready(counts: JudgeCounts): void;
  announce(
    announcement: Announcement,
    outcomes: readonly Outcome[],
    register: readonly RegisterChange[],
  ): void;
  counts(counts: JudgeCounts): void;
  slow(one: Slow): void;
  trouble(message: string): void;
  /** The loop ended: as it was told, or because it could not go on. */
  ended(message: string | null): void;
};
/** What main tells the judge. */
export type ToJudge = { door(port: MessagePort): void; stop(): void };
