// Recordings of real sensors that lie outside the repository, since they are not ours to pass on.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The folder named by SHARED_DATA, or ../shared/data beside the repository. */
const FOLDER =
  process.env.SHARED_DATA ?? join(import.meta.dirname, "..", "..", "..", "shared", "data");

/** Whether this machine has the recordings; tests that need them run only then. */
export const hasRecordings = existsSync(FOLDER);

/** The rows of a CSV file without quoted fields, by column name. */
export function recorded(...path: readonly string[]): Record<string, string>[] {
  const [head = "", ...lines] = readFileSync(join(FOLDER, ...path), "utf8")
    .trim()
    .split(/\r?\n/);
  const columns = head.split(",");
  return lines.map((line) => {
    const fields = line.split(",");
    return Object.fromEntries(columns.map((column, i) => [column, fields[i] ?? ""]));
  });
}
