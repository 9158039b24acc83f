// One thread as main sees it: born with what it must know, spoken to by name, and never left behind.

import { MessageChannel, type MessagePort, Worker } from "node:worker_threads";
import { type Channel, channel } from "./channel.ts";

// biome-ignore lint/suspicious/noExplicitAny: a table of functions of any arguments; see channel.ts.
type Table = Record<string, (...args: any[]) => unknown>;

export type Thread<Theirs extends Table> = Channel<Theirs> & {
  worker: Worker;
  /** Resolves when the thread is gone, however it went. */
  gone: Promise<void>;
};

/** A thread that loads its code and waits to be told what it is born with. */
export type Unborn = { file: string; worker: Worker; birth: MessagePort };

/**
 * What each thread may have of the machine, measured by the benches side by side. `youngMb`: memory for young objects. `nice`:
 * how far it stands back when cores are short; the history can wait, an acknowledgement and an alert cannot.
 */
const shares = {
  "./door.ts": { youngMb: 16, nice: 0 },
  "./judge.ts": { youngMb: 24, nice: 0 },
  "./history.ts": { youngMb: 8, nice: 10 },
} as const;
export type ThreadFile = keyof typeof shares;

/**
 * Lets a thread load its code already: that takes most of its start, and three can do it at once. Until it is started it
 * keeps no process alive; one that is never started has to be terminated.
 */
export function prepareThread(file: ThreadFile): Unborn {
  const { youngMb, nice } = shares[file];
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(new URL("./cradle.ts", import.meta.url), {
    workerData: { file, birth: port2, nice },
    transferList: [port2],
    resourceLimits: { maxYoungGenerationSizeMb: youngMb },
  });
  worker.unref();
  return { file, worker, birth: port1 };
}

/** Starts a thread. `died` is told of an error nobody caught in it, or of an end nobody asked for. */
export function startThread<Theirs extends Table>(
  { file, worker, birth: port }: Unborn,
  birth: unknown,
  ours: Table,
  died: (error: Error) => void,
): Thread<Theirs> {
  const one = channel<Theirs>(worker, ours);
  const gone = new Promise<void>((resolve) => worker.once("exit", () => resolve()));
  worker.on("error", (error) => {
    one.fail(error);
    died(error);
  });
  void gone.then(() => one.fail(new Error(`${file} has ended`)));
  worker.ref();
  port.postMessage(birth);
  return { ...one, worker, gone };
}
