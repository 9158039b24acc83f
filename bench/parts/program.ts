// A program in a process of its own, spoken to by lines, and never left behind.

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Workshop } from "./workshop.ts";

export type Program = {
  pid: number;
  /**
   * Resolves with the first line on its standard output that fits, from now on; rejects when it
   * ends before.
   */
  line(fits: (line: string) => boolean): Promise<string>;
  write(text: string): void;
  /** Resolves when it is gone and all it said was read. */
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** What it said last on its standard output. */
  last(): string;
  kill(signal: NodeJS.Signals): void;
};

export type ProgramOptions = { env?: Record<string, string>; errors?: "inherit" | "ignore" };

/** Starts a program; it is killed at the end of the bench if it is still there. */
export function startProgram(
  shop: Workshop,
  command: string,
  args: readonly string[],
  { env = {}, errors = "inherit" }: ProgramOptions = {},
): Program {
  const child = spawn(command, [...args], {
    stdio: ["pipe", "pipe", errors],
    env: { ...process.env, ...env },
  });
  const listeners = new Set<{ take(line: string): void; fail(error: Error): void }>();
  let last = "";
  createInterface({ input: child.stdout }).on("line", (line) => {
    last = line;
    for (const listener of [...listeners]) listener.take(line);
  });
  child.stdin.on("error", () => {}); // it may end without listening
  const { promise: ended, resolve, reject } = Promise.withResolvers<Awaited<Program["ended"]>>();
  ended.catch(() => {}); // told to whoever waits for a line or for the end
  child.once("error", reject);
  child.once("close", (code, signal) => {
    resolve({ code, signal });
    const how = signal ?? `code ${code}`;
    const error = new Error(`${command} ${args.join(" ").slice(0, 200)} ended with ${how}`);
    for (const listener of [...listeners]) listener.fail(error);
  });
  const gone = () => child.exitCode !== null || child.signalCode !== null;
  shop.finally(async () => {
    if (!gone()) child.kill("SIGKILL");
    await ended.catch(() => {});
  });
  return {
    pid: child.pid ?? 0,
    ended,
    last: () => last,
    write: (text) => void child.stdin.write(text),
    kill: (signal) => void child.kill(signal),
    line: (fits) =>
      new Promise((settle, refuse) => {
        const listener = {
          take(line: string) {
            if (!fits(line)) return;
            listeners.delete(listener);
            settle(line);
          },
          fail: refuse,
        };
        if (gone()) refuse(new Error(`${command} has ended`));
        else listeners.add(listener);
        ended.catch(refuse); // it could not be started at all
      }),
  };
}

/** The same for a file of this repository, with the Node that runs the bench. */
export const startFile = (
  shop: Workshop,
  file: URL,
  args: readonly string[],
  options: ProgramOptions & { imports?: readonly URL[] } = {},
): Program =>
  startProgram(
    shop,
    process.execPath,
    [
      ...(options.imports ?? []).flatMap((one) => ["--import", one.href]),
      decodeURIComponent(file.pathname),
      ...args,
    ],
    options,
  );
