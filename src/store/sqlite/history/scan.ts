// Every reading of a time span in order of receipt. What is stored is in order of the sensors' time, so it is read window
// by window, and a reading is held until no window to come can have one that was received before it.

import { setImmediate as breathe } from "node:timers/promises";
import type { Reading } from "../../../core/reading.ts";
import { type Instant, seconds } from "../../../core/time.ts";
import { Columns, type Source } from "../columns.ts";
import { DAY, type Day, dayOf } from "./calendar.ts";
import type { Pending } from "./pending.ts";
import { addBlock, type Shelf } from "./shelf.ts";

// A window is as wide as to hold about so many readings, and is read in steps of about so many.
const WINDOW_READINGS = 200_000;
const STEP_READINGS = 20_000;
const NARROWEST = seconds(1);
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
  // No reading of a later window was received before that window less this.
  const lead = Math.max(0, ...facts.map((fact) => fact.lead));
  let held: Reading[] = [];
  for (const [i, day] of days.entries()) {
    const end = Math.min(to, (day + 1) * DAY);
    const sensors = sensorsOf(shelf, pending, day, scenarios);
    // A first guess, on the safe side; then as wide as what was found says.
    let width = Math.max(NARROWEST, (DAY * WINDOW_READINGS) / 16 / (facts[i]!.n + 1));
    for (let start = Math.max(from, day * DAY); start < end; ) {
      const stop = Math.min(end, start + width);
      const before = held.length;
      for (const some of groups(sensors)) {
        readWindow(shelf, pending, some, day, start, stop, scenarios, held);
        await breathe();
      }
      const found = held.length - before;
      held.sort(byReceipt);
      const ready = held.findIndex(({ receivedAt }) => receivedAt >= stop - lead);
      const out = ready < 0 ? held : held.slice(0, ready);
      held = ready < 0 ? [] : held.slice(ready);
      yield* chunks(out);
      start = stop;
      width = Math.max(NARROWEST, width * Math.min(4, WINDOW_READINGS / (found + 1)));
    }
  }
  yield* chunks(held);
}

const inSpan = (first: Day, last: Day) => (day: Day) => day >= first && day <= last;

function daysOf(shelf: Shelf, pending: Pending | null, from: Instant, to: Instant): Day[] {
  const [first, last] = [dayOf(from), dayOf(to)];
  const waiting = (pending?.days() ?? []).filter(inSpan(first, last));
  return [...new Set([...waiting, ...shelf.days(first, last)])].sort((a, b) => a - b);
}

function factsOf(shelf: Shelf, pending: Pending | null, day: Day): { n: number; lead: number } {
  const facts = shelf.facts(day);
  const waiting = pending?.facts(day);
  if (!waiting) return facts;
  return { n: facts.n + waiting.n, lead: Math.max(facts.lead, waiting.lead) };
}

function sensorsOf(
  shelf: Shelf,
  pending: Pending | null,
  day: Day,
  scenarios: readonly string[] | null,
): string[] {
  const waiting = pending?.facts(day) ? pending.sensors() : [];
  return [...new Set([...waiting, ...shelf.sensors(day, scenarios)])].sort();
}

/** So many sensors at a time that others have their turn after about STEP_READINGS. */
function* groups(sensors: readonly string[]): Generator<readonly string[]> {
  const size = Math.max(1, Math.floor((sensors.length * STEP_READINGS) / WINDOW_READINGS));
  for (let i = 0; i < sensors.length; i += size) yield sensors.slice(i, i + size);
}

const scratch = new Columns(1_024);

/** Adds the sensors' readings of a window to `out`. */
function readWindow(
  shelf: Shelf,
  pending: Pending | null,
  sensorIds: readonly string[],
  day: Day,
  from: Instant,
  to: Instant,
  scenarios: readonly string[] | null,
  out: Reading[],
): void {
  const bySource = new Map<string, { source: Source; add: (() => void)[] }>();
  const put = (source: Source, add: () => void) => {
    if (scenarios && !scenarios.includes(source.scenario)) return;
    const key = `${source.scenario}\n${source.siteId}\n${source.sensorId}`;
    const own = bySource.get(key);
    if (own) own.add.push(add);
    else bySource.set(key, { source, add: [add] });
  };
  const stored = shelf.blocks(sensorIds, day, from, to);
  for (const block of stored.sort((a, b) => a.start - b.start)) {
    put(block, () => addBlock(block, scratch));
  }
  for (const sensorId of sensorIds) {
    for (const source of pending?.sources(sensorId) ?? []) {
      put(source, () => source.addTo(scratch, day, from, to));
    }
  }
  for (const { source, add } of bySource.values()) {
    scratch.clear();
    scratch.forgetFields();
    for (const one of add) one();
    const rows = scratch.inOrder();
    const end = rows.rowAt(to);
    for (let row = rows.rowAt(from); row < end; row++) out.push(rows.reading(row, source));
  }
}

const byReceipt = (a: Reading, b: Reading): number =>
  a.receivedAt - b.receivedAt ||
  (a.sensorId < b.sensorId ? -1 : a.sensorId > b.sensorId ? 1 : a.time - b.time);

function* chunks(readings: readonly Reading[]): Generator<readonly Reading[]> {
  for (let i = 0; i < readings.length; i += CHUNK) yield readings.slice(i, i + CHUNK);
}
