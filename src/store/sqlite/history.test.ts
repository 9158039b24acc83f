import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { historyContract } from "../contract/history.ts";
import { openHistory } from "./history.ts";

// Files in memory where there are such: hundreds of small histories would wait for nothing but the disk's sync.
const base = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();
const newFolder = () => mkdtempSync(join(base, "brain-history-"));

historyContract("SQLite files", async () => {
  const folder = newFolder();
  return {
    open: () => openHistory(folder, { flushReadings: 60 }),
    // What a killed process leaves behind is the files as they are at that instant.
    async crash(history) {
      const copy = newFolder();
      cpSync(folder, copy, { recursive: true });
      await history.close();
      for (const file of readdirSync(folder)) rmSync(join(folder, file));
      for (const file of readdirSync(copy)) {
        if (!file.endsWith("-shm")) cpSync(join(copy, file), join(folder, file));
      }
      rmSync(copy, { recursive: true });
    },
    dispose: async () => rmSync(folder, { recursive: true, force: true }),
  };
});
