// Sealing: when a day is over its readings move from recent.db, where they lie as they were flushed, to a file of their own,
// by source and in order of time, and the roll-ups of each sensor's day are computed from all its readings. Readings that
// come later are merged into the file in the same way, and the roll-ups of their sensors computed anew.
//
// Every step can be done twice: blocks are replaced, instants that are there already left out, and only when all is in its
// files does recent.db let go of it. So a crash anywhere costs time and nothing else.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { setImmediate as breathe } from "node:timers/promises";
import { hours, type Instant, minutes } from "../../../core/time.ts";
import { HistoryCorrupt, type Step, steps } from "../../history.ts";
import { BadBlock, encodeBlock, readBlock } from "../block.ts";
import { Columns, type Source } from "../columns.ts";
import { NUMBER } from "../shapes.ts";
import { DAY, type Day, dayFile } from "./calendar.ts";
import { type Batch, DayFile, type SealedBlock } from "./day.ts";
import type { NumberedSource, Recent, RecentBlock } from "./recent.ts";
import { encodeTallies, tally } from "./rollup.ts";
import { addBlock, type Shelf } from "./shelf.ts";

/** How long a day is left open for readings that are only a little late. */
const SEAL_DELAY = minutes(15);
/** How often late readings are merged into the files of days already sealed. */
const LATE_EVERY = hours(1);
const BATCH_READINGS = 100_000;
const PURGE_COST = 20_000;

// A sealed block is the larger the better it packs, and the more must be read for a little of it.
const SEALED_ROWS = 256;
/** Blocks of at least so many rows are taken as they are when nothing falls between them. */
const WHOLE_ROWS = 96;

const ALWAYS = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const;

type Job = {
  day: Day;
  flushes: number[];
  lead: number;
  file: DayFile;
  next: number;
  last: number;
  /** Sources taken at a time. */
  width: number;
  sources: Map<number, NumberedSource>;
  sourcesOf: Map<string, number>;
};

/** Seals days that are over, in steps that the writer can afford between two flushes. */
export class Sealer {
  readonly #folder: string;
  readonly #recent: Recent;
  readonly #shelf: Shelf;
  readonly #scratch = new Columns(1_024);
  #job: Job | null = null;
  #lateDue: Instant = Number.NEGATIVE_INFINITY;

  constructor(folder: string, recent: Recent, shelf: Shelf) {
    this.#folder = folder;
    this.#recent = recent;
    this.#shelf = shelf;
  }

  /** Does work for about `budget` readings; false when there is nothing to do at `now`. */
  async work(now: Instant, budget: number): Promise<boolean> {
    let left = budget;
    while (left > 0) {
      this.#job ??= this.#nextJob(now);
      if (!this.#job) break;
      left -= await this.#step(this.#job);
    }
    while (left > 0 && this.#recent.purge()) {
      left -= PURGE_COST;
      await breathe();
    }
    return left < budget;
  }

  /** Stops what is going on with days before the horizon, whose files are about to be deleted. */
  abandon(horizon: Day): void {
    if (!this.#job || this.#job.day >= horizon) return;
    this.close();
  }

  close(): void {
    this.#job?.file.close();
    this.#job = null;
  }

  #nextJob(now: Instant): Job | null {
    const over = this.#recent.days().filter((day) => (day + 1) * DAY + SEAL_DELAY <= now);
    const unsealed = over.find((day) => !existsSync(join(this.#folder, dayFile(day))));
    if (unsealed !== undefined) return this.#begin(unsealed);
    if (now < this.#lateDue) return null;
    const late = over[0];
    if (late !== undefined) return this.#begin(late);
    this.#lateDue = now + LATE_EVERY;
    return null;
  }

  #begin(day: Day): Job {
    const spans = this.#recent.spans(day);
    const sources = new Map(this.#recent.sources().map((source) => [source.id, source]));
    const sourcesOf = new Map<string, number>();
    for (const { sensorId } of sources.values()) {
      sourcesOf.set(sensorId, (sourcesOf.get(sensorId) ?? 0) + 1);
    }
    const readings = spans.reduce((sum, { n }) => sum + n, 0);
    const last = Math.max(...sources.keys());
    return {
      day,
      flushes: spans.map(({ flush }) => flush),
      lead: Math.max(...spans.map(({ lead }) => lead)),
      file: new DayFile(this.#folder, day),
      next: 1,
      last,
      width: Math.max(1, Math.floor((last * BATCH_READINGS) / readings)),
      sources,
      sourcesOf,
    };
  }

  /** Seals some sources; returns how many readings that was. */
  async #step(job: Job): Promise<number> {
    const until = Math.min(job.last, job.next + job.width - 1);
    const found = new Map<number, RecentBlock[]>();
    for (const flush of job.flushes) {
      for (const block of this.#recent.blocks(job.day, flush, job.next, until)) {
        const own = found.get(block.source);
        if (own) own.push(block);
        else found.set(block.source, [block]);
      }
    }
    let readings = 0;
    let rows = 0;
    const batch = job.file.batch();
    for (const id of [...found.keys()].sort((a, b) => a - b)) {
      const source = job.sources.get(id)!;
      const merged = merge(found.get(id)!, batch.stored(source), this.#scratch);
      batch.replace(source, merged.blocks);
      this.#rollUp(job, source, merged.rows, batch);
      readings += merged.rows.n;
      rows += merged.rows.n;
      if (rows < 10_000) continue;
      rows = 0;
      await breathe();
    }
    // In one go: a reader of this thread could not wait for the file's lock.
    batch.commit(job.lead);
    job.next = until + 1;
    if (job.next > job.last) {
      this.close();
      this.#recent.sealed(job.day, job.flushes);
    }
    return readings + 1_000;
  }

  #rollUp(job: Job, source: Source, own: Columns, batch: Batch): void {
    const { sensorId } = source;
    const alone = job.sourcesOf.get(sensorId) === 1;
    const rows = alone ? own : this.#allOf(sensorId, job.day);
    const names = numericFields(rows);
    for (const step of Object.keys(steps) as Step[]) {
      const tallies = names.map((name) => [name, tally(rows, 0, rows.n, name, step)] as const);
      const buckets = Math.max(0, ...tallies.map(([, list]) => list.length));
      // Minutes are kept where they are much shorter than the readings, beside which they live and with which they go.
      if (step === "minute" && rows.n < 4 * buckets) batch.rollup(step, sensorId, null);
      else batch.rollup(step, sensorId, encodeTallies(job.day, step, tallies));
    }
  }

  /** A sensor that was moved has several sources; its roll-ups are of all of them. */
  #allOf(sensorId: string, day: Day): Columns {
    const rows = new Columns(SEALED_ROWS);
    for (const block of this.#shelf.blocks([sensorId], day, ...ALWAYS)) {
      isReadable(() => addBlock(block, rows));
    }
    return rows.inOrder();
  }
}

/** False for a block that is damaged. It stays as it is, so that who reads it is told. */
function isReadable(read: () => void): boolean {
  try {
    read();
    return true;
  } catch (error) {
    if (error instanceof BadBlock || error instanceof HistoryCorrupt) return false;
    throw error;
  }
}

function numericFields({ fields }: Columns): string[] {
  return fields.filter(({ type }) => type === NUMBER).map(({ name }) => name);
}

/** All readings of the blocks in order, each once, in new blocks where the old ones are small or overlap. */
function merge(
  fresh: readonly RecentBlock[],
  stored: readonly SealedBlock[],
  scratch: Columns,
): { rows: Columns; blocks: SealedBlock[] } {
  const damaged: SealedBlock[] = [];
  const taken: { first: number; block: SealedBlock }[] = [];
  scratch.clear();
  scratch.forgetFields();
  for (const block of [...fresh, ...stored].sort((a, b) => a.start - b.start)) {
    const first = scratch.n;
    if (isReadable(() => readBlock(block.body, block.schema, scratch)))
      taken.push({ first, block });
    else damaged.push(block);
  }
  const rows = scratch.inOrder();
  const blocks: SealedBlock[] = [];
  let done = 0;
  const cut = (until: number) => {
    for (; done < until; done = Math.min(done + SEALED_ROWS, until)) {
      blocks.push(sealedBlock(rows, done, Math.min(done + SEALED_ROWS, until)));
    }
  };
  for (const { first, block } of scratch.sorted ? taken : []) {
    if (block.n < WHOLE_ROWS) continue;
    cut(first);
    blocks.push(block);
    done = first + block.n;
  }
  cut(rows.n);
  return { rows, blocks: [...blocks, ...damaged] };
}

function sealedBlock(rows: Columns, from: number, to: number): SealedBlock {
  const [start, end] = [rows.times[from]!, rows.times[to - 1]!];
  const [schema, body] = [rows.schema(), encodeBlock(rows, from, to)];
  return { start, end, n: to - from, schema, body };
}
