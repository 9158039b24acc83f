// Compiled code is kept beside the modules it is compiled from, so that the next start, after a crash say, is a quick one.

import { enableCompileCache } from "node:module";
import { join } from "node:path";

/** From now on, what this thread loads is compiled once. Where the folder can't be written it is compiled anew, as ever. */
export function rememberCode(): void {
  enableCompileCache(join(import.meta.dirname, "..", "node_modules", ".cache", "compiled"));
}
