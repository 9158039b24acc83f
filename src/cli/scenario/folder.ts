// The stored past of a data folder, opened to be read, whether a brain runs on it or not.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Instant, minutes } from "../../core/time.ts";
import { readInstant } from "../../register/instants.ts";
import { runningOn } from "../../store/folder.ts";
import type { HistoryReader } from "../../store/history.ts";
import type { RecordsReader } from "../../store/records.ts";
import { openHistoryReader } from "../../store/sqlite/history.ts";
import { openRecordsReader } from "../../store/sqlite/records.ts";
import { configured } from "../configured.ts";
import { Exit } from "../exit.ts";
import { tell } from "../speech.ts";

export type Stored = {
  folder: string;
  history: HistoryReader;
  records: RecordsReader;
  /** How far both are complete: a running brain keeps its newest readings in memory for a while. */
  completeTo: Instant;
};

/** What a running brain has not written to its history yet is not older than this. */
const UNWRITTEN = minutes(11);

/** Opens what a folder holds for the while of `work`. Writes nothing. */
export async function withStored<T>(
  data: string | undefined,
  work: (stored: Stored) => Promise<T>,
): Promise<T> {
  const { dataFolder: folder } = configured({ dataFolder: data });
  const file = join(folder, "brain.db");
  const past = join(folder, "history");
  if (!existsSync(file) || !existsSync(join(past, "recent.db")))
    throw new Exit("notFound", tell("workshop.no-past", { folder }));
  const records = openRecordsReader(file);
  const history = await openHistoryReader(past);
  try {
    const stand = (await records.meta("stand")) as { time: Instant | null } | undefined;
    const judgedTo = stand?.time ?? 0;
    const completeTo = runningOn(folder) ? judgedTo - UNWRITTEN : judgedTo;
    return await work({ folder, history, records, completeTo });
  } finally {
    await history.close();
    await records.close();
  }
}

/** An instant as a person writes it; ends the command with what is understood. */
export function instantOf(option: string, value: string): Instant {
  const at = readInstant(value);
  if (at === null) throw new Exit("badInput", tell("workshop.no-instant", { option, value }));
  return at;
}
