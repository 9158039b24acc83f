// Chores by the clock on the wall. Never a clock of an alert or a limit: those are fields in the saved state.

import { schedule } from "node-cron";
import type { Archive } from "./archive.ts";

/** A quarter past every hour the history is held to its days and bytes. */
const RETENTION = "15 * * * *";

/** Starts the chores; a chore that fails is told, and comes again at its next time. */
export function startChores(
  archive: Pick<Archive, "retain">,
  remark: (level: "info" | "error", message: string) => void,
): { close(): void } {
  const retention = schedule(
    RETENTION,
    async () => {
      try {
        const dropped = await archive.retain();
        if (dropped.length > 0)
          remark("info", `history: ${dropped.join(", ")} dropped by retention`);
      } catch (error) {
        remark("error", `history: retention failed: ${(error as Error).message}`);
      }
    },
    { timezone: "Asia/Shanghai", noOverlap: true },
  );
  return { close: () => void retention.destroy() };
}
