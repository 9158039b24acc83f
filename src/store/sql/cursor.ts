// Cursors of the lists: where the last page ended, opaque to whoever holds it.

import { BadCursor, type Page } from "../records.ts";

type Key = { at: number; id: string };

/** Where the page before ended; null without a cursor. Throws BadCursor for what no list gave. */
export function readCursor(cursor: string | undefined): Key | null {
  if (cursor === undefined) return null;
  const [at, ...id] = Buffer.from(cursor, "base64url").toString("utf8").split(" ");
  if (!/^-?\d{1,16}$/.test(at ?? "") || id.length === 0) throw new BadCursor(cursor);
  return { at: Number(at), id: id.join(" ") };
}

/** Makes a page out of one row more than was asked for. */
export function page<T>(rows: readonly T[], limit: number, keyOf: (item: T) => Key): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  if (rows.length <= limit || last === undefined) return { items, next: null };
  const { at, id } = keyOf(last);
  return { items, next: Buffer.from(`${at} ${id}`, "utf8").toString("base64url") };
}
