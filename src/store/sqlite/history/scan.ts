// Every reading of a time span in order of receipt. What is stored is in order of the sensors' time, so it is read window
// by window, and a reading waits until no window to come can hold one that was received before it.

import { setImmediate as breathe } from "node:timers/promises";
import type { Reading } from "../../../core/reading.ts";
import { type Instant, minutes } from "../../../core/time.ts";
import type { Columns, Source } from "../columns.ts";
import { DAY, type Day, dayOf } from "./calendar.ts";
import type { Pending } from "./pending.ts";
import { ordered } from "./rows.ts";
import { columnsOf, type Shelf } from "./shelf.ts";

const WINDOW_READINGS = 300_000;
const NARROWEST = minutes(1);
const CHUNK = 4_096;

/** Readings with from ≤ time < to, by receipt, then sensor, then time; in chunks of up to 4,096. */
export async function* scan(
  shelf: Shelf,
  pending: Pending | null,
  from: Instant,
  to: Instant,
  scenarios: readonly string[] | null,
): AsyncGenerator<readonly Reading[]> {
  const days = daysOf(shelf, pending, from, to);
  const facts = days.map((day) => factsOf(shelf, pending, day));
  // No reading of a later window was received before its own time less this.
  const lead = Math.max(0, ...facts.map((fact) => fact.lead));
  let held: Reading[] = [];
  for (const [i, day] of days.entries()) {
    const end = Math.min(to, (day + 1) * DAY);
    const width = Math.max(NARROWEST, Math.floor((DAY * WINDOW_READINGS) / (facts[i]!.n + 1)));
    for (let start = Math.max(from, day * DAY); start < end; start += width) {
      const stop = Math.min(end, start + width);
      for (const reading of window(shelf, pending, day, start, stop, scenarios)) held.push(reading);
      await breathe();
      held.sort(byReceipt);
      const ready = held.findIndex(({ receivedAt }) => receivedAt >= stop - lead);
      const out = ready < 0 ? held : held.slice(0, ready);
      held = ready < 0 ? [] : held.slice(ready);
      yield* chunks(out);
    }
  }
  yield* chunks(held);
}

function daysOf(shelf: Shelf, pending: Pending | null, from: Instant, to: Instant): Day[] {
  const [first, last] = [dayOf(from), dayOf(to)];
  const waiting = (pending?.days() ?? []).filter((day) => day >= first && day <= last);
  return [...new Set([...waiting, ...shelf.days(first, last)])].sort((a, b) => a - b);
}

function factsOf(shelf: Shelf, pending: Pending | null, day: Day): { n: number; lead: number } {
  const facts = shelf.facts(day);
  const waiting = pending?.facts(day);
  if (!waiting) return facts;
  return { n: facts.n + waiting.n, lead: Math.max(facts.lead, waiting.lead) };
}

function* window(
  shelf: Shelf,
  pending: Pending | null,
  day: Day,
  from: Instant,
  to: Instant,
  scenarios: readonly string[] | null,
): Generator<Reading> {
  const bySource = new Map<string, { source: Source; parts: Columns[] }>();
  const put = (source: Source, columns: Columns) => {
    const key = JSON.stringify([source.sensorId, source.siteId, source.scenario]);
    const own = bySource.get(key);
    if (own) own.parts.push(columns);
    else bySource.set(key, { source, parts: [columns] });
  };
  for (const { source, columns } of pending?.columns(day, { scenarios }) ?? [])
    put(source, columns);
  for (const block of shelf.slice(day, from, to, scenarios)) put(block, columnsOf(block));
  for (const { source, parts } of bySource.values()) {
    const rows = ordered(parts, from, to);
    for (let i = 0; i < rows.length; i++) {
      yield rows.parts[rows.part[i]!]!.reading(rows.row[i]!, source);
    }
  }
}

const byReceipt = (a: Reading, b: Reading): number =>
  a.receivedAt - b.receivedAt ||
  (a.sensorId < b.sensorId ? -1 : a.sensorId > b.sensorId ? 1 : a.time - b.time);

function* chunks(readings: readonly Reading[]): Generator<readonly Reading[]> {
  for (let i = 0; i < readings.length; i += CHUNK) yield readings.slice(i, i + CHUNK);
}
