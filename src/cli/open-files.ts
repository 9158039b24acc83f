// How many files, and so connections, one process may hold open.

import { spawnSync } from "node:child_process";

/** The limit that a process here may raise itself to, as Node does; Infinity where there is none. */
export function openFilesLimit(): number {
  if (process.platform === "win32") return Number.POSITIVE_INFINITY;
  const said = spawnSync("sh", ["-c", "ulimit -Hn"], { encoding: "utf8" }).stdout.trim();
  return said === "unlimited" ? Number.POSITIVE_INFINITY : Number(said);
}

/** What a brain or a fleet opens besides its connections. */
const BESIDES = 500;

/** How many connections one process may hold. */
export const connectionsAtMost = (): number => Math.max(0, openFilesLimit() - BESIDES);
