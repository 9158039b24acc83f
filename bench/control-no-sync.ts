// A negative control, never part of the brain: loaded into its threads with --import, this opens
// every database without syncing. `recovery --power` must turn red with it.

import { registerHooks } from "node:module";
import {
  type Database,
  type OpenOptions,
  openDatabase as openReal,
} from "../src/store/sqlite/database.ts";

export * from "../src/store/sqlite/database.ts";

/** As the real one, but what is committed is on disk only when the kernel finds the time. */
export function openDatabase(path: string, options: OpenOptions = {}): Database {
  const db = openReal(path, options);
  if (options.readOnly !== true) db.exec("PRAGMA synchronous = OFF");
  return db;
}

const replaced = new URL("../src/store/sqlite/database.ts", import.meta.url).href;

registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context);
    const isAsked = found.url === replaced && context.parentURL !== import.meta.url;
    return isAsked ? { ...found, url: import.meta.url } : found;
  },
});
