// A negative control, never part of the brain: loaded into its threads with --import, this puts a
// log between them and the real one that acknowledges at once and appends a little later.
// `recovery` must turn red with it.

import { registerHooks } from "node:module";
import type { LogWriter, NewEntry } from "../src/store/log.ts";
import { openLogWriter as openRealWriter } from "../src/store/sqlite/log.ts";

export { openLogReader } from "../src/store/sqlite/log.ts";

/** As long as a store that gathers by time would wait. */
const LATE_MS = 20;

/** Says that entries are on disk before they are. */
export function openLogWriter(path: string): LogWriter {
  const real = openRealWriter(path);
  let head = real.head();
  let waiting: NewEntry[] = [];
  let failed: Error | null = null;
  async function write(): Promise<void> {
    const entries = waiting;
    waiting = [];
    if (entries.length === 0) return;
    await real.append(entries).catch((error: Error) => {
      failed = error;
    });
  }
  return {
    async append(entries) {
      if (failed) throw failed;
      if (waiting.length === 0) setTimeout(() => void write(), LATE_MS);
      waiting.push(...entries);
      head = { position: head.position + entries.length, time: entries.at(-1)?.time ?? head.time };
      return head.position;
    },
    head: () => head,
    trim: (through) => real.trim(through),
    bytes: () => real.bytes(),
    close() {
      void write();
      real.close();
    },
  };
}

const replaced = new URL("../src/store/sqlite/log.ts", import.meta.url).href;

registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context);
    const isAsked = found.url === replaced && context.parentURL !== import.meta.url;
    return isAsked ? { ...found, url: import.meta.url } : found;
  },
});
