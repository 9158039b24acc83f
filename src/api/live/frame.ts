// The lines of the stream: how a frame looks on the wire (WHATWG HTML, server-sent events).

import type { Instant } from "../../core/time.ts";
import type { Position } from "../../store/log.ts";
import type { Counts } from "../../store/records.ts";

/** Ids of what changed, each with its newest state as JSON. */
export type Items = ReadonlyMap<string, string>;

/** A change as it is told to all who see alike. Without a position it is a part of one: a break there begins before it. */
export type Change = {
  position?: Position | undefined;
  time: Instant;
  alerts: Items;
  cases: Items;
  /** As the server counts them; null: as before. */
  counts: Counts | null;
};

/** One frame. `id` is the position to go on from after a break; a frame without one moves nothing. */
export function frame(event: string, body: string, id?: Position): Buffer {
  const place = id === undefined ? "" : `id: ${id}\n`;
  return Buffer.from(`${place}event: ${event}\ndata: ${body}\n\n`);
}

const list = (items: Items): string => `[${[...items.values()].join(",")}]`;

export function changeFrame({ position, time, alerts, cases, counts }: Change): Buffer {
  const head = JSON.stringify({ position: position ?? null, time, counts });
  const body = `${head.slice(0, -1)},"alerts":${list(alerts)},"cases":${list(cases)}}`;
  return frame("change", body, position);
}
