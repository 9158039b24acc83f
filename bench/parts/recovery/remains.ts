// What is left of a data folder after its brain has ended, or could not go on.

import { join } from "node:path";
import { openHistoryReader } from "../../../src/store/sqlite/history.ts";
import { openLogReader } from "../../../src/store/sqlite/log.ts";
import { type Points, type Rows, recordsIn, type Table } from "./compare.ts";

const ENTRIES = 256;
const nothing: Rows = new Map();
const none: Record<Table, Rows> = {
  alerts: nothing,
  transitions: nothing,
  cases: nothing,
  caseSteps: nothing,
  memories: nothing,
};

/**
 * Points of one sensor in the history; where the brain could not go on, also those that only the
 * log has. A history that cannot be read has nothing.
 */
export async function openRemains(data: string, broken: boolean) {
  const history = await openHistoryReader(join(data, "history")).catch((error: Error) => {
    if (broken) return null;
    throw error;
  });
  const logged = broken ? loggedIn(join(data, "log.db")) : new Map<string, Points>();
  return {
    async pointsOf(sensorId: string): Promise<Points> {
      const whole = [sensorId, 0, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER] as const;
      const points = history === null ? [] : (await history.raw(...whole)).points;
      const kept = new Set(points.map(({ at }) => at));
      const more = logged.get(sensorId)?.filter(({ at }) => !kept.has(at)) ?? [];
      return [...points, ...more];
    },
    close: () => history?.close(),
  };
}

/** The records; those of a brain that could not go on may be gone. */
export function recordsLeft(data: string, broken: boolean): Record<Table, Rows> {
  try {
    return recordsIn(join(data, "brain.db"));
  } catch (error) {
    if (broken) return none;
    throw error;
  }
}

/** Readings in a log, as far as it can be read. */
function loggedIn(path: string): Map<string, Points> {
  const points = new Map<string, { at: number; values: object }[]>();
  try {
    const reader = openLogReader(path);
    for (let after = 0; ; ) {
      const entries = reader.read(after, ENTRIES);
      if (entries.length === 0) break;
      after = entries.at(-1)!.position;
      for (const entry of entries)
        for (const { sensorId, time, values } of entry.kind === "readings" ? entry.readings : []) {
          const own = points.get(sensorId) ?? [];
          if (!own.some(({ at }) => at === time)) own.push({ at: time, values });
          points.set(sensorId, own);
        }
    }
    reader.close();
  } catch (error) {
    process.stderr.write(`the log can be read no further: ${(error as Error).message}\n`);
  }
  return points;
}
