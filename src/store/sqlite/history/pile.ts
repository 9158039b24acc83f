// What waits of one source: rows of the days that are not a block yet, and blocks that are full.

import type { Reading } from "../../../core/reading.ts";
import type { Instant } from "../../../core/time.ts";
import { decodeTimes, encodeBlock, readBlock } from "../block.ts";
import { Columns } from "../columns.ts";
import { Head } from "../head.ts";
import type { Day } from "./calendar.ts";
import type { NewBlock, NumberedSource } from "./recent.ts";

/** Readings of a block while it fills up. */
const BLOCK_ROWS = 128;
const scratch = new Columns(BLOCK_ROWS);

type Waiting = NewBlock & { day: Day; times: Float64Array | null };

/** A source and what waits of it; of the days, the one in use is at hand. */
export class Pile implements NumberedSource {
  readonly id: number;
  readonly sensorId: string;
  readonly siteId: string;
  readonly scenario: string;
  day: Day = Number.NaN;
  head = new Head(8);
  others: { day: Day; head: Head }[] = [];
  blocks: Waiting[] = [];

  constructor({ id, sensorId, siteId, scenario }: NumberedSource) {
    this.id = id;
    this.sensorId = sensorId;
    this.siteId = siteId;
    this.scenario = scenario;
  }

  add(reading: Reading, day: Day): void {
    if (day !== this.day) this.#turnTo(day);
    this.head.add(reading);
    if (this.head.n === BLOCK_ROWS) this.#cut(this.head, day);
  }

  #turnTo(day: Day): void {
    const there = this.others.findIndex((other) => other.day === day);
    const head = there < 0 ? new Head(8) : this.others.splice(there, 1)[0]!.head;
    if (this.head.n > 0) this.others.push({ day: this.day, head: this.head });
    this.day = day;
    this.head = head;
  }

  *heads(): Generator<[day: Day, head: Head]> {
    if (this.head.n > 0) yield [this.day, this.head];
    for (const { day, head } of this.others) if (head.n > 0) yield [day, head];
  }

  /** Makes blocks of all rows; returns how many rows. */
  cut(): number {
    let rows = 0;
    for (const [day, head] of this.heads()) {
      rows += head.n;
      this.#cut(head, day);
    }
    return rows;
  }

  #cut(head: Head, day: Day): void {
    scratch.clear();
    scratch.forgetFields();
    head.addTo(scratch);
    head.clear();
    const rows = scratch.inOrder();
    const { n, times } = rows;
    const [start, end, lead] = [times[0]!, times[n - 1]!, rows.lead()];
    const [schema, body] = [rows.schema(), encodeBlock(rows)];
    this.blocks.push({ source: this.id, day, start, end, n, lead, schema, body, times: null });
  }

  /** Adds what waits of a day and touches the span to others. */
  addTo(into: Columns, day: Day, from: Instant, to: Instant): void {
    for (const { day: of, start, end, body, schema } of this.blocks) {
      if (of === day && start < to && end >= from) readBlock(body, schema, into);
    }
    for (const [of, head] of this.heads())
      if (of === day && head.touches(from, to)) head.addTo(into);
  }

  holds(time: Instant, day: Day): boolean {
    for (const [of, head] of this.heads()) if (of === day && head.hasTime(time)) return true;
    return this.blocks.some((block) => {
      if (block.day !== day || time < block.start || time > block.end) return false;
      block.times ??= decodeTimes(block.body);
      return block.times.includes(time);
    });
  }

  /** Whether anything of the day waits. */
  has(day: Day): boolean {
    for (const [of] of this.heads()) if (of === day) return true;
    return this.blocks.some((block) => block.day === day);
  }

  /** What waited is on disk. */
  forget(): void {
    if (this.blocks.length > 0) this.blocks = [];
    // Yesterday's arrays, and those of late readings, are not needed any more.
    if (this.others.length > 0) this.others = [];
  }

  dropBefore(horizon: Day): void {
    this.blocks = this.blocks.filter((block) => block.day >= horizon);
    this.others = this.others.filter(({ day }) => day >= horizon);
    if (this.day < horizon) this.head.clear();
  }
}
