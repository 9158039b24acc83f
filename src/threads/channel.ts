// Calls and tellings between threads. Threads exchange positions and small facts; readings stay in the log.

import type { MessagePort, Worker } from "node:worker_threads";

/** One end of a pair of ports, or a worker, or its parent. */
export type End = Pick<MessagePort | Worker, "postMessage"> & {
  on(name: "message", listener: (message: unknown) => void): unknown;
};

type Call = { call: number; name: string; args: unknown[] };
/** An error that is cloned loses its code, so that goes beside it. */
type Reply = { reply: number; ok: boolean; value: unknown; code?: string };
type Telling = { tell: string; args: unknown[] };

// biome-ignore lint/suspicious/noExplicitAny: a table holds functions of any arguments; each side types its own.
type Table = Record<string, (...args: any[]) => unknown>;

export type Channel<Theirs extends Table> = {
  /** Calls a function of the other side and resolves with what it returns; rejects with what it throws, or when the other side is gone. */
  call<N extends keyof Theirs & string>(
    name: N,
    ...args: Parameters<Theirs[N]>
  ): Promise<Awaited<ReturnType<Theirs[N]>>>;
  /** Calls without asking what came of it. */
  tell<N extends keyof Theirs & string>(name: N, ...args: Parameters<Theirs[N]>): void;
  /** Fails every call that has no answer yet. */
  fail(error: Error): void;
};

/** Serves `ours` to the other end and gives the way to call its own. */
export function channel<Theirs extends Table>(end: End, ours: Table): Channel<Theirs> {
  const waiting = new Map<number, { resolve(value: never): void; reject(error: Error): void }>();
  let next = 1;
  end.on("message", (message) => {
    const one = message as Call | Reply | Telling;
    if ("tell" in one) ours[one.tell]!(...one.args);
    else if ("call" in one) void answer(end, ours, one);
    else {
      const call = waiting.get(one.reply);
      waiting.delete(one.reply);
      if (one.ok) call?.resolve(one.value as never);
      else call?.reject(one.code === undefined ? (one.value as Error) : coded(one.value, one.code));
    }
  });
  return {
    call(name, ...args) {
      return new Promise((resolve, reject) => {
        const call = next++;
        waiting.set(call, { resolve, reject });
        end.postMessage({ call, name, args } satisfies Call);
      });
    },
    tell: (name, ...args) => end.postMessage({ tell: name, args } satisfies Telling),
    fail(error) {
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
    },
  };
}

async function answer(end: End, ours: Table, { call, name, args }: Call): Promise<void> {
  let reply: Reply;
  try {
    reply = { reply: call, ok: true, value: await ours[name]!(...args) };
  } catch (error) {
    const { code } = error as { code?: unknown };
    reply = { reply: call, ok: false, value: error, ...(typeof code === "string" && { code }) };
  }
  end.postMessage(reply);
}

const coded = (error: unknown, code: string): Error => Object.assign(error as Error, { code });
