// One thread as main sees it: born with what it must know, spoken to by name, and never left behind.

import { Worker } from "node:worker_threads";
import { type Channel, channel } from "./channel.ts";

// biome-ignore lint/suspicious/noExplicitAny: a table of functions of any arguments; see channel.ts.
type Table = Record<string, (...args: any[]) => unknown>;

export type Thread<Theirs extends Table> = Channel<Theirs> & {
  worker: Worker;
  /** Resolves when the thread is gone, however it went. */
  gone: Promise<void>;
};

/** Starts a thread's file. `died` is told of an error nobody caught in it, or of an end nobody asked for. */
export function startThread<Theirs extends Table>(
  file: string,
  birth: unknown,
  ours: Table,
  died: (error: Error) => void,
): Thread<Theirs> {
  const worker = new Worker(new URL(file, import.meta.url), {
    workerData: birth,
    // Half a gigabyte of young objects would make pauses long; 64 MB measured best for the door and the judge.
    resourceLimits: { maxYoungGenerationSizeMb: 64 },
  });
  const one = channel<Theirs>(worker, ours);
  const gone = new Promise<void>((resolve) => worker.once("exit", () => resolve()));
  worker.on("error", (error) => {
    one.fail(error);
    died(error);
  });
  void gone.then(() => one.fail(new Error(`${file} has ended`)));
  return { ...one, worker, gone };
}
