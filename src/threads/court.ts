// Keeps a judge at work: one that hangs in a scenario is ended, and the next goes on from the position without that scenario.

import { randomUUID } from "node:crypto";
import { MessageChannel } from "node:worker_threads";
import type { Announcement } from "../api/ports.ts";
import type { Act, Outcome } from "../app/commands.ts";
import type { RegisterChange } from "../register/entities.ts";
import type { FromJudge, JudgeCounts, ToJudge } from "./judge-words.ts";
import type { Birth, JudgeBirth } from "./shared.ts";
import { strikes } from "./strikes.ts";
import { prepareThread, startThread, type Thread, type Unborn } from "./thread.ts";
import { watchBuffer, watcher } from "./watch.ts";

export type CourtParts = {
  /** The first judge. */
  thread: Unborn;
  birth: Birth;
  /** What the judge may be in, as it numbers them. */
  scenarios: readonly string[];
  /** Gives the door's voice to a new judge. */
  connect(port: MessageChannel["port1"]): void;
  announce(
    announcement: Announcement,
    outcomes: readonly Outcome[],
    register: readonly RegisterChange[],
  ): void;
  /** What the brain itself has to say to the log about a scenario; under a key, where it is to be known again. */
  act(act: Act, key?: string): void;
  remark(level: "warn" | "error", message: string): void;
  /** The judge cannot go on: the brain must stop. */
  fatal(error: Error): void;
};

const LOOK_MS = 250;
/** A judge that is told to stop has so long for its last commit; what it leaves is judged at the next start. */
const LAST_MS = 3_500;

export class Court {
  readonly #parts: CourtParts;
  readonly #policy = strikes();
  readonly #guard: NodeJS.Timeout;
  #thread: Thread<ToJudge> | null = null;
  #look: () => string | null = () => null;
  #counts: JudgeCounts = {
    position: 0,
    time: 0,
    judged: 0,
    copies: 0,
    late: 0,
    out: {},
    released: {},
  };
  /** Counts of the judges before this one. */
  #before = this.#counts;
  #stuckSince: number | null = null;
  /** Scenarios that a judge did not come back from → key of the command that says so, until it is on record. */
  readonly #skip = new Map<string, string>();
  /** Not watched now: a judge is being replaced, or is stopped for good. */
  #idle = false;
  #stopped = false;
  #replacing: Promise<void> | null = null;

  private constructor(parts: CourtParts) {
    this.#parts = parts;
    this.#guard = setInterval(() => this.#watch(), LOOK_MS);
    this.#guard.unref();
  }

  /** Starts a judge and resolves when it is ready. */
  static async open(parts: CourtParts): Promise<Court> {
    const court = new Court(parts);
    await court.#start(parts.thread);
    return court;
  }

  counts(): JudgeCounts {
    return this.#counts;
  }

  /** Lets the judge commit what it has judged, and ends it. */
  async stop(): Promise<void> {
    this.#idle = true;
    this.#stopped = true;
    clearInterval(this.#guard);
    await this.#replacing;
    const thread = this.#thread;
    if (!thread) return;
    thread.tell("stop");
    const late = setTimeout(() => void thread.worker.terminate(), LAST_MS); // it may hang in a rule just now
    await thread.gone;
    clearTimeout(late);
  }

  async #start(unborn: Unborn): Promise<void> {
    const parts = this.#parts;
    const watch = watchBuffer();
    const ready = Promise.withResolvers<void>();
    const ours: FromJudge = {
      ready: (now) => {
        this.#before = sum(this.#counts, { ...now, judged: 0, copies: 0, late: 0 });
        this.#counts = this.#before;
        ready.resolve();
      },
      announce: (told, outcomes, register) => {
        for (const [scenario, key] of this.#skip)
          if (outcomes.some((outcome) => outcome.key === key)) this.#skip.delete(scenario);
        parts.announce(told, outcomes, register);
      },
      counts: (now) => {
        this.#counts = sum(this.#before, now);
      },
      slow: (one) => {
        for (const act of this.#policy(one, performance.now())) parts.act(act);
      },
      trouble: (message) =>
        parts.remark("error", `the judge's commit failed and is tried again: ${message}`),
      ended: (message) => {
        if (message !== null) parts.fatal(new Error(message));
      },
    };
    const birth: JudgeBirth = { ...parts.birth, watch, skip: Object.fromEntries(this.#skip) };
    const thread = startThread<ToJudge>(unborn, birth, ours, (error) => {
      ready.reject(error);
      parts.fatal(error);
    });
    const { port1, port2 } = new MessageChannel();
    parts.connect(port1);
    thread.worker.postMessage({ tell: "door", args: [port2] }, [port2]);
    await ready.promise;
    this.#thread = thread;
    this.#look = watcher(watch, parts.scenarios);
  }

  #watch(): void {
    if (this.#idle) return;
    const scenario = this.#look();
    if (scenario === null) {
      this.#stuckSince = null;
      return;
    }
    this.#stuckSince ??= performance.now();
    const { judgeHangMs } = this.#parts.birth.config;
    if (performance.now() - this.#stuckSince < judgeHangMs) return;
    this.#stuckSince = null;
    this.#idle = true;
    this.#replacing = this.#replace(scenario, judgeHangMs)
      .then(() => {
        this.#idle = this.#stopped;
      }, this.#parts.fatal)
      .finally(() => {
        this.#replacing = null;
      });
  }

  async #replace(scenario: string, hungMs: number): Promise<void> {
    const { act, remark } = this.#parts;
    remark("error", `the judge hangs in ${scenario}: it is ended and goes on without it`);
    const key = `judge/${randomUUID()}`;
    this.#skip.set(scenario, key);
    await this.#thread!.worker.terminate();
    await this.#start(prepareThread("./judge.ts"));
    act({ kind: "scenario.out", scenario, reason: `no answer for ${hungMs} ms` }, key);
  }
}

/** Counts of judges one after the other; position, time and service are the newest's. */
const sum = (before: JudgeCounts, now: JudgeCounts): JudgeCounts => ({
  ...now,
  judged: before.judged + now.judged,
  copies: before.copies + now.copies,
  late: before.late + now.late,
});
