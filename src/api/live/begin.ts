// How a stream begins: with all that is open, or with what was missed since a position.

import type { Front } from "../ports.ts";
import { changeFrame, frame, type Items } from "./frame.ts";
import type { Showing, Sight } from "./showing.ts";

export type Bounds = {
  /** Items in one part; parts go out as the socket takes them, so that no more than one waits in memory. */
  part: number;
  /** Most alerts, and most cases, in a snapshot; the lists have the others, and the counts are of all. */
  shown: number;
  /** Most changes that are told one by one after a break. */
  missed: number;
};

type Parts = { front: Front; showing: Showing; sight: Sight; bounds: Bounds };

/** Why a reader must forget what it knows before the snapshot that follows. */
export type ResetReason = "overflow" | "too-far-behind" | "position-unknown";

const json = (items: Items): string => `[${[...items.values()].join(",")}]`;
const resetFrame = (reason: ResetReason): Buffer => frame("reset", JSON.stringify({ reason }));

/** The first part clears what the reader knew; the last one carries the position to go on from. */
export async function* snapshot(
  { front, showing, sight, bounds }: Parts,
  reset: ResetReason | null,
): AsyncGenerator<Buffer> {
  if (reset) yield resetFrame(reset);
  const position = await front.records.position(); // before the lists: what comes between is told again
  const { now, mode, speed, startedAt } = front.health();
  const counts = await front.records.counts(now);
  const head = JSON.stringify({ position, time: now, mode, speed, startedAt, counts });
  const part = (fields: string, id?: number) =>
    frame("snapshot", `${head.slice(0, -1)},${fields}}`, id);
  yield part(`"first":true,"last":false,"alerts":[],"cases":[]`);
  const { part: limit, shown } = bounds;
  const alerts = sight.alerts
    ? pages(shown, (cursor) => front.records.alerts({ state: "open", limit, ...cursor }))
    : [];
  const cases = sight.cases
    ? pages(shown, (cursor) => front.records.cases({ open: true, limit, ...cursor }))
    : [];
  let complete = true;
  for await (const { items, more } of alerts) {
    complete &&= !more;
    const told = json(await showing.alerts(items, sight));
    yield part(`"first":false,"last":false,"alerts":${told},"cases":[]`);
  }
  for await (const { items, more } of cases) {
    complete &&= !more;
    const told = json(await showing.cases(items, sight));
    yield part(`"first":false,"last":false,"alerts":[],"cases":${told}`);
  }
  yield part(`"first":false,"last":true,"complete":${complete},"alerts":[],"cases":[]`, position);
}

/** Pages up to `most` items; `more`: the last of them was not the last there is. */
async function* pages<T>(
  most: number,
  read: (cursor: { cursor?: string }) => Promise<{ items: readonly T[]; next: string | null }>,
): AsyncGenerator<{ items: readonly T[]; more: boolean }> {
  let cursor: { cursor?: string } = {};
  for (let seen = 0; seen < most; ) {
    const { items, next } = await read(cursor);
    seen += items.length;
    yield { items, more: next !== null && seen >= most };
    if (next === null) return;
    cursor = { cursor: next };
  }
}

/** What changed after `position`; a reset and a snapshot where that can't be told. */
export async function* resumed(parts: Parts, position: number): AsyncGenerator<Buffer> {
  const { front, showing, sight, bounds } = parts;
  const head = await front.records.position();
  const missed = position > head ? null : await front.records.changedSince(position, bounds.missed);
  if (missed === null) {
    yield* snapshot(parts, position > head ? "position-unknown" : "too-far-behind");
    return;
  }
  const time = front.health().now;
  const none: Items = new Map();
  const told = { time, counts: null, position: undefined };
  for (let at = 0; at < missed.alerts.length; at += bounds.part) {
    const alerts = await showing.alerts(missed.alerts.slice(at, at + bounds.part), sight);
    yield changeFrame({ ...told, alerts, cases: none });
  }
  for (let at = 0; at < missed.cases.length; at += bounds.part) {
    const cases = await showing.cases(missed.cases.slice(at, at + bounds.part), sight);
    yield changeFrame({ ...told, alerts: none, cases });
  }
  const counts = await front.records.counts(time);
  yield changeFrame({ position: head, time, alerts: none, cases: none, counts });
}
