// People's commands on their way through the log: each waits for what the judge commits of it.

import type { Command, Outcome } from "../app/commands.ts";
import { type Duration, seconds } from "../core/time.ts";

/** The judge has not committed an outcome in time. The command stands in the log and may still be carried out. */
export class OutcomeTimeout extends Error {
  readonly code = "timeout";
}

const PATIENCE: Duration = seconds(10);

export type Outcomes = {
  /** Hands a command to the log by `append` and resolves with its outcome; OutcomeTimeout after 10 s. */
  submit(command: Command, append: (command: Command) => Promise<unknown>): Promise<Outcome>;
  /** Tells whoever waits for it. */
  settle(outcome: Outcome): void;
  /** Fails everybody who waits. */
  fail(error: Error): void;
};

export function openOutcomes(patience: Duration = PATIENCE): Outcomes {
  const waiting = new Map<
    string,
    Set<{ resolve(outcome: Outcome): void; reject(error: Error): void }>
  >();
  return {
    submit(command, append) {
      return new Promise((resolve, reject) => {
        const { key } = command;
        const late = () =>
          one.reject(new OutcomeTimeout(`no outcome of ${key} after ${patience} ms`));
        const timer = setTimeout(late, patience);
        const settled = () => {
          clearTimeout(timer);
          const others = waiting.get(key);
          others?.delete(one);
          if (others?.size === 0) waiting.delete(key);
        };
        const one = {
          resolve(outcome: Outcome) {
            settled();
            resolve(outcome);
          },
          reject(error: Error) {
            settled();
            reject(error);
          },
        };
        const others = waiting.get(key) ?? new Set();
        waiting.set(key, others.add(one));
        append(command).catch((error: Error) => one.reject(error));
      });
    },
    settle(outcome) {
      for (const { resolve } of [...(waiting.get(outcome.key) ?? [])]) resolve(outcome);
    },
    fail(error) {
      for (const all of [...waiting.values()]) for (const { reject } of [...all]) reject(error);
    },
  };
}
