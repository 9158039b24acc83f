// Answers questions about the past: from what waits in memory, from recent.db and from the files of days and roll-ups.
// A long question is answered piece by piece, and others have their turn in between.

import { setImmediate as breathe } from "node:timers/promises";
import type { Reading } from "../../../core/reading.ts";
import { hours, type Instant } from "../../../core/time.ts";
import {
  type Bucket,
  type HistoryPoint,
  type HistoryReader,
  type LastValue,
  type Step,
  steps,
} from "../../history.ts";
import { Columns } from "../columns.ts";
import { DAY, type Day, dayOf } from "./calendar.ts";
import type { Pending } from "./pending.ts";
import { bucketOf, stepFor, type Tally, tally } from "./rollup.ts";
import { scan } from "./scan.ts";
import { addBlock, type Shelf } from "./shelf.ts";

// How much of a day is read at a time: more when there is little in it, so that both slow and fast sensors are read well.
const WIDTHS = [hours(1), hours(3), hours(6), hours(12), DAY] as const;
const FEW = 1_024;
const MANY = 8_192;

/** Rows in order, of which those from `first` to before `end` are meant. */
type Piece = { rows: Columns; first: number; end: number };

/** Reads one folder; with `pending` also what the writer of this thread has not flushed yet. */
export class Reader implements HistoryReader {
  readonly #shelf: Shelf;
  readonly #pending: Pending | null;

  constructor(shelf: Shelf, pending: Pending | null) {
    this.#shelf = shelf;
    this.#pending = pending;
  }

  async raw(
    sensorId: string,
    from: Instant,
    to: Instant,
    limit: number,
  ): Promise<{ points: readonly HistoryPoint[]; more: boolean }> {
    const points: HistoryPoint[] = [];
    for (const day of this.#days(sensorId, from, to)) {
      for await (const { rows, first, end } of this.#pieces(sensorId, day, from, to, null)) {
        for (let row = first; row < end; row++) {
          if (points.length === limit) return { points, more: true };
          const [at, values] = [rows.times[row]!, rows.values(row)];
          points.push({ at, values, quality: rows.quality(row) });
        }
      }
    }
    return { points, more: false };
  }

  /** Days from which the sensor may have readings in the span. */
  #days(sensorId: string, from: Instant, to: Instant): Day[] {
    const [first, last] = [dayOf(from), dayOf(to)];
    const waiting = (this.#pending?.days() ?? []).filter((day) => this.#waits(sensorId, day));
    const days = waiting.filter((day) => day >= first && day <= last);
    return [...new Set([...days, ...this.#shelf.days(first, last)])].sort((a, b) => a - b);
  }

  #waits(sensorId: string, day: Day): boolean {
    return this.#pending?.has(sensorId, day) ?? false;
  }

  /** The sensor's readings of a day in order, in pieces of whole hours, with time for others in between. */
  async *#pieces(
    sensorId: string,
    day: Day,
    from: Instant,
    to: Instant,
    field: string | null,
  ): AsyncGenerator<Piece> {
    let width = 1;
    const scratch = new Columns(512);
    const end = Math.min(to, (day + 1) * DAY);
    for (let start = Math.max(from, day * DAY); start < end; ) {
      const stop = Math.min(end, Math.floor(start / WIDTHS[0]) * WIDTHS[0] + WIDTHS[width]!);
      scratch.clear();
      const rows = this.#rows(sensorId, day, start, stop, field, scratch);
      const piece = { rows, first: rows.rowAt(start), end: rows.rowAt(stop) };
      yield piece;
      const count = piece.end - piece.first;
      if (count < FEW) width = Math.min(width + 1, WIDTHS.length - 1);
      if (count > MANY) width = Math.max(width - 1, 0);
      start = stop;
      await breathe();
    }
  }

  /** At least the sensor's readings of the span, in order. */
  #rows(
    sensorId: string,
    day: Day,
    from: Instant,
    to: Instant,
    field: string | null,
    into: Columns,
  ): Columns {
    const stored = this.#shelf.blocks([sensorId], day, from, to);
    stored.sort((a, b) => a.start - b.start);
    for (const block of stored) addBlock(block, into, field);
    for (const source of this.#pending?.sources(sensorId) ?? []) source.addTo(into, day, from, to);
    return into.inOrder();
  }

  async buckets(
    sensorId: string,
    field: string,
    from: Instant,
    to: Instant,
    points: number,
  ): Promise<{ step: Step; buckets: readonly Bucket[] }> {
    const horizon = this.#shelf.horizon();
    let step = stepFor(from, to, points);
    // Minutes are given up with their readings; quarters are the finest that is left of such days.
    if (step === "minute" && dayOf(from) < horizon) step = "quarter";
    const width = steps[step];
    const [start, end] = [Math.floor(from / width) * width, Math.ceil(to / width) * width];
    const [first, last] = this.#reach(dayOf(start), dayOf(end - 1));
    const raw = this.#shelf.unsealed(sensorId, first, last);
    for (const day of this.#pending?.days() ?? []) if (this.#waits(sensorId, day)) raw.add(day);
    const tallies: Tally[] = [];
    for (let day = first; day <= last; day++) {
      const kept = raw.has(day) ? null : this.#shelf.tallies(step, day, sensorId, field);
      if (kept) tallies.push(...kept.filter(({ at }) => at >= start && at < end));
      else if (day >= horizon)
        tallies.push(...(await this.#tallies(sensorId, field, step, day, start, end)));
      if (day % 16 === 0) await breathe();
    }
    return { step, buckets: tallies.map(bucketOf) };
  }

  async #tallies(
    sensorId: string,
    field: string,
    step: Step,
    day: Day,
    from: Instant,
    to: Instant,
  ): Promise<Tally[]> {
    const tallies: Tally[] = [];
    for await (const { rows, first, end } of this.#pieces(sensorId, day, from, to, field)) {
      tallies.push(...tally(rows, first, end, field, step));
    }
    return tallies;
  }

  /** No more days than there can be anything of. */
  #reach(first: Day, last: Day): [first: Day, last: Day] {
    const [oldest, newest] = this.#shelf.reach();
    const waiting = this.#pending?.days() ?? [];
    return [
      Math.max(first, Math.min(oldest, ...waiting)),
      Math.min(last, Math.max(newest, ...waiting)),
    ];
  }

  async last(sensorIds: readonly string[]): Promise<readonly LastValue[]> {
    const pending = this.#pending;
    if (!pending) return this.#shelf.last(sensorIds).map(lastValue);
    return sensorIds.flatMap((id) => pending.last(id) ?? []).map(lastValue);
  }

  scan(
    from: Instant,
    to: Instant,
    scenarios: readonly string[] | null,
  ): AsyncIterable<readonly Reading[]> {
    return scan(this.#shelf, this.#pending, from, to, scenarios);
  }

  async close(): Promise<void> {
    this.#shelf.close();
  }
}

function lastValue(reading: Reading): LastValue {
  const { sensorId, scenario, siteId, time, receivedAt, values, quality } = reading;
  const last: LastValue = { sensorId, scenario, siteId, at: time, receivedAt, values, quality };
  if (reading.batteryPct !== undefined) last.batteryPct = reading.batteryPct;
  if (reading.rssiDbm !== undefined) last.rssiDbm = reading.rssiDbm;
  return last;
}
