// Retention: giving up whole days, oldest first, by deleting their files.

import { readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Duration, days, type Instant } from "../../../core/time.ts";
import { type Day, dayOf, fileSpan } from "./calendar.ts";
import type { Recent } from "./recent.ts";
import type { Shelf } from "./shelf.ts";

export type Limits = { keep: Duration; maxBytes: number; keepRollups?: Duration };

/** Quarters and hours outlive their readings: three years unless told otherwise (domain.md 6.6). */
const KEEP_ROLLUPS = days(3 * 365);
/** What a reading of a day without a file takes in recent.db, about. */
const RECENT_BYTES = 10;

type File = { name: string; kind: string; last: Day; bytes: number };

/** The first day to keep, so that neither limit is passed; today at the latest. */
export function horizonFor(
  folder: string,
  recent: Recent,
  shelf: Shelf,
  now: Instant,
  limits: Limits,
): Day {
  const today = dayOf(now);
  let horizon = Math.min(today, Math.max(shelf.horizon(), dayOf(now - limits.keep)));
  const files = filesOf(folder);
  let total = recent.bytes() + files.reduce((sum, file) => sum + file.bytes, 0);
  const bytesOf = new Map<Day, number>();
  for (const day of recent.days()) {
    const n = recent.spans(day).reduce((sum, span) => sum + span.n, 0);
    bytesOf.set(day, n * RECENT_BYTES);
  }
  for (const { kind, last, bytes } of files) {
    if (isOfDay(kind)) bytesOf.set(last, (bytesOf.get(last) ?? 0) + bytes);
  }
  for (const day of [...bytesOf.keys()].sort((a, b) => a - b)) {
    if (day >= today) break;
    if (day >= horizon && total <= limits.maxBytes) break;
    total -= bytesOf.get(day)!;
    horizon = Math.max(horizon, day + 1);
  }
  return horizon;
}

/** Deletes the files of days before the horizon, and roll-ups that have outlived even their own time. */
export function deleteBefore(
  folder: string,
  shelf: Shelf,
  horizon: Day,
  now: Instant,
  limits: Limits,
): string[] {
  const oldest = dayOf(now - Math.max(limits.keep, limits.keepRollups ?? KEEP_ROLLUPS));
  const gone = filesOf(folder).filter(
    ({ kind, last }) => last < (isOfDay(kind) ? horizon : oldest),
  );
  for (const { name } of gone) {
    shelf.forget(name);
    rmSync(join(folder, name), { force: true });
  }
  return gone.map(({ name }) => name);
}

const isOfDay = (kind: string): boolean => kind === "day" || kind === "minute";

function filesOf(folder: string): File[] {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const span = fileSpan(name);
      if (!span) return [];
      const bytes = statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0;
      return [{ name, kind: span.kind, last: span.last, bytes }];
    });
}
