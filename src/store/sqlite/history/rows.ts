// Rows of several blocks in order of time, each instant once.

import type { Instant } from "../../../core/time.ts";
import type { Columns } from "../columns.ts";

/** Row i is row `row[i]` of `parts[part[i]]`. */
export type Rows = {
  readonly length: number;
  readonly parts: readonly Columns[];
  readonly part: Uint32Array;
  readonly row: Uint32Array;
};

/**
 * The rows with from ≤ time < to. Where two have the same instant they are copies of one reading, met on its way from
 * memory to a day's file, and one of them is left out.
 */
export function ordered(unsorted: readonly Columns[], from: Instant, to: Instant): Rows {
  const parts = unsorted.filter(({ n }) => n > 0).map((columns) => columns.inOrder());
  parts.sort((a, b) => a.times[0]! - b.times[0]!);
  const most = parts.reduce((sum, { n }) => sum + n, 0);
  const rows = { part: new Uint32Array(most), row: new Uint32Array(most) };
  let length = 0;
  for (let p = 0; p < parts.length; ) {
    let end = p + 1;
    for (
      let last = lastTime(parts[p]!);
      end < parts.length && parts[end]!.times[0]! <= last;
      end++
    ) {
      last = Math.max(last, lastTime(parts[end]!));
    }
    if (end === p + 1) length = copyRows(parts[p]!, p, from, to, rows, length);
    else length = mergeRows(parts, p, end, from, to, rows, length);
    p = end;
  }
  return { length, parts, ...rows };
}

const lastTime = (columns: Columns): Instant => columns.times[columns.n - 1]!;
type Target = { part: Uint32Array; row: Uint32Array };

function copyRows(
  columns: Columns,
  part: number,
  from: Instant,
  to: Instant,
  out: Target,
  length: number,
): number {
  let next = length;
  for (let row = 0; row < columns.n; row++) {
    const time = columns.times[row]!;
    if (time < from || time >= to) continue;
    out.part[next] = part;
    out.row[next++] = row;
  }
  return next;
}

/** Merges the parts from `first` to before `end`, which overlap in time. */
function mergeRows(
  parts: readonly Columns[],
  first: number,
  end: number,
  from: Instant,
  to: Instant,
  out: Target,
  length: number,
): number {
  const found: { time: Instant; part: number; row: number }[] = [];
  for (let part = first; part < end; part++) {
    const columns = parts[part]!;
    for (let row = 0; row < columns.n; row++) {
      const time = columns.times[row]!;
      if (time >= from && time < to) found.push({ time, part, row });
    }
  }
  found.sort((a, b) => a.time - b.time);
  let next = length;
  found.forEach(({ time, part, row }, i) => {
    if (i > 0 && found[i - 1]!.time === time) return;
    out.part[next] = part;
    out.row[next++] = row;
  });
  return next;
}
