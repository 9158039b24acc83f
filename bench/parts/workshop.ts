// What a bench opens and how all of it ends, also when it fails or is interrupted: newest first,
// each once.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export type Workshop = {
  /** A folder of its own that is removed at the end. */
  folder(name: string): string;
  /**
   * Work that is done at the end whatever happens; given back it may be done earlier, and then only
   * then.
   */
  finally(work: () => unknown): () => Promise<void>;
  /** Tells whoever waits what is going on. */
  note(line: string): void;
};

/** Runs a bench. Ctrl-C and SIGTERM end what it has opened, then the process, with 130. */
export async function inWorkshop<T>(work: (shop: Workshop) => Promise<T>): Promise<T> {
  const ends: (() => Promise<void>)[] = [];
  const close = async () => {
    for (let end = ends.pop(); end; end = ends.pop()) await end().catch(complain);
  };
  let interrupted = false;
  const interrupt = () => {
    if (interrupted) return;
    interrupted = true;
    process.stderr.write("\nending what was started\n");
    void close().then(() => process.exit(130));
  };
  const shop: Workshop = {
    folder(name) {
      const path = mkdtempSync(join(tmpdir(), `brain-bench-${name}-`));
      shop.finally(() => rmSync(path, { recursive: true, force: true, maxRetries: 5 }));
      return path;
    },
    finally(last) {
      let done: Promise<void> | null = null;
      const end = () => {
        done ??= Promise.resolve(last()).then(() => {});
        return done;
      };
      ends.push(end);
      return end;
    },
    note: (line) => void process.stderr.write(`${line}\n`),
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, interrupt);
  try {
    return await work(shop);
  } finally {
    await close();
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.off(signal, interrupt);
  }
}

const complain = (error: Error) => void process.stderr.write(`${error.stack ?? error}\n`);
