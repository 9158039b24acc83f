// The same log judged once more, from its first entry to its last, by a judge that nobody kills.

import { copyFileSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { judge } from "../../../src/app/judge.ts";
import { Mind } from "../../../src/app/mind.ts";
import { defaultsOf, installedScenarios } from "../../../src/cli/scenario.ts";
import { openLogReader, openLogWriter } from "../../../src/store/sqlite/log.ts";
import { openRecordsWriter } from "../../../src/store/sqlite/records.ts";

const ENTRIES = 256;

/**
 * Keeps a whole copy of a log that is trimmed as it goes. `take` is called while nobody writes; it
 * copies the file first, so that the brain finds its own as it left it. Throws when entries are
 * gone that were never taken.
 */
export function openCopy(data: string, scratch: string) {
  const folder = join(scratch, "clean");
  mkdirSync(folder, { recursive: true });
  const path = join(folder, "log.db");
  const writer = openLogWriter(path);
  return {
    folder,
    async take(): Promise<void> {
      const copied = join(scratch, "copied.db");
      for (const end of ["", "-wal", "-shm"]) rmSync(copied + end, { force: true });
      for (const end of ["", "-wal"]) {
        const from = join(data, "log.db") + end;
        if (existsSync(from)) copyFileSync(from, copied + end);
      }
      const reader = openLogReader(copied);
      try {
        for (;;) {
          const entries = reader.read(writer.head().position, ENTRIES);
          if (entries.length === 0) return;
          await writer.append(entries);
        }
      } finally {
        reader.close();
      }
    },
    head: () => writer.head(),
    close: () => writer.close(),
  };
}

/** Judges the copied log into a brain.db beside it. */
export async function judgeAgain(folder: string): Promise<void> {
  const log = openLogReader(join(folder, "log.db"));
  const records = await openRecordsWriter(join(folder, "brain.db"));
  const mind = new Mind({
    scenarios: installedScenarios.map((scenario) => ({ scenario, params: defaultsOf(scenario) })),
    loaded: await records.load(),
    exercise: false,
  });
  let isDone = false;
  await judge({
    log: {
      read(after, limit) {
        const entries = log.read(after, limit);
        isDone = entries.length === 0;
        return entries;
      },
      close: () => log.close(),
    },
    records,
    mind,
    announce() {},
    trouble(error) {
      throw error;
    },
    pause: () => new Promise((resolve) => setImmediate(resolve)),
    steady: () => performance.now(),
    stopped: () => isDone,
  });
  log.close();
  await records.close();
}
