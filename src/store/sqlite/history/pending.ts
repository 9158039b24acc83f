// Readings that are taken but not yet on disk, by source and day. They are few enough to lose: after a crash the log,
// which is kept until they are flushed, gives them again.

import type { Reading } from "../../../core/reading.ts";
import type { Instant } from "../../../core/time.ts";
import { decodeBlock, decodeTimes, encodeBlock } from "../block.ts";
import { Columns, type Source } from "../columns.ts";
import { type Day, dayOf, isNameable } from "./calendar.ts";
import type { NewBlock, NumberedSource } from "./recent.ts";

/** Readings of a block while it fills up. */
export const BLOCK_ROWS = 128;
/** Sensors whose newest readings share a row of the table `last`. */
const SLOT = 256;

type Waiting = NewBlock & { day: Day; times: Float64Array | null };
type Head = { day: Day; columns: Columns };

/** A source with what waits of it: rows of each day that are not a block yet, the day in use first, and full blocks. */
class Pile implements NumberedSource {
  readonly id: number;
  readonly sensorId: string;
  readonly siteId: string;
  readonly scenario: string;
  heads: Head[] = [];
  blocks: Waiting[] = [];

  constructor({ id, sensorId, siteId, scenario }: NumberedSource) {
    this.id = id;
    this.sensorId = sensorId;
    this.siteId = siteId;
    this.scenario = scenario;
  }

  head(day: Day): Head {
    const [first] = this.heads;
    if (first?.day === day) return first;
    const index = this.heads.findIndex((head) => head.day === day);
    const head = this.heads[index] ?? { day, columns: new Columns(8) };
    if (index > 0) this.heads.splice(index, 1);
    this.heads.unshift(head);
    return head;
  }

  add(reading: Reading, day: Day): void {
    const head = this.head(day);
    if (!head.columns.add(reading)) {
      // A field has changed its type; what was gathered under the old one makes a block of its own.
      this.cut(head);
      head.columns = new Columns(8);
      head.columns.add(reading);
    }
    if (head.columns.n === BLOCK_ROWS) this.cut(head);
  }

  /** Makes a block of the rows of a head. */
  cut(head: Head): void {
    const rows = head.columns.inOrder();
    const { n, times } = rows;
    if (n === 0) return;
    const lead = rows.lead();
    const [start, end] = [times[0]!, times[n - 1]!];
    const [schema, body] = [rows.schema(), encodeBlock(rows)];
    const { day } = head;
    this.blocks.push({ source: this.id, day, start, end, n, lead, schema, body, times: null });
    head.columns.clear();
  }

  holds(time: Instant, day: Day): boolean {
    if (this.heads.some((head) => head.day === day && head.columns.hasTime(time))) return true;
    return this.blocks.some((block) => {
      if (block.day !== day || time < block.start || time > block.end) return false;
      block.times ??= decodeTimes(block.body);
      return block.times.includes(time);
    });
  }

  forget(): void {
    this.blocks = [];
    for (const head of this.heads) head.columns.clear();
    // Yesterday's arrays, and those of late readings, are not needed any more.
    this.heads.length = Math.min(this.heads.length, 1);
  }
}

/** A sensor, its newest reading, and how new the newest is that has been flushed. */
type Sensor = {
  index: number;
  pile: Pile;
  piles: Pile[];
  last: Reading;
  newest: Instant;
  flushed: Instant;
};

/** Gives the instants that are on disk of a sensor's day, in order. */
type Stored = { of(sensorId: string, day: Day): Float64Array };

/** Why a reading was or was not taken. */
export type Taken = "stored" | "late" | "copy" | "refused";

/** All that waits, and the newest reading of every sensor ever met. */
export class Pending {
  /** Readings that wait. */
  count = 0;
  /** Days before this are not kept. */
  horizon: Day = Number.NEGATIVE_INFINITY;
  readonly #sensors = new Map<string, Sensor>();
  readonly #bySlot: Sensor[][] = [];
  readonly #piles: Pile[] = [];
  readonly #changedSlots = new Set<number>();
  readonly #newSources: NumberedSource[] = [];
  readonly #stored: Stored;
  #nextSource = 1;

  constructor(
    sources: readonly NumberedSource[],
    last: readonly (readonly Reading[])[],
    stored: Stored,
  ) {
    this.#stored = stored;
    const piles = new Map<string, Pile[]>();
    for (const source of sources) {
      const own = piles.get(source.sensorId) ?? [];
      own.push(this.#newPile(source));
      piles.set(source.sensorId, own);
    }
    for (const reading of last.flat()) {
      const own = piles.get(reading.sensorId)!;
      const pile = own.find((each) => isFrom(each, reading))!;
      this.#newSensor(reading, pile, own).flushed = reading.time;
    }
  }

  /** Takes one reading, unless its instant is there already or its day is given up. */
  take(reading: Reading): Taken {
    const { time } = reading;
    const day = dayOf(time);
    if (day < this.horizon || !isNameable(day)) return "refused";
    let sensor = this.#sensors.get(reading.sensorId);
    let taken: Taken = "stored";
    if (!sensor) {
      sensor = this.#meet(reading);
    } else if (time > sensor.newest) {
      sensor.last = reading;
      sensor.newest = time;
    } else if (this.#isCopy(sensor, time, day)) {
      return "copy";
    } else {
      taken = "late";
    }
    if (!isFrom(sensor.pile, reading)) sensor.pile = this.#pileFor(sensor, reading);
    sensor.pile.add(reading, day);
    this.#changedSlots.add(Math.floor(sensor.index / SLOT));
    this.count++;
    return taken;
  }

  #isCopy(sensor: Sensor, time: Instant, day: Day): boolean {
    if (time === sensor.newest) return true;
    if (sensor.piles.some((pile) => pile.holds(time, day))) return true;
    if (time > sensor.flushed) return false;
    return includes(this.#stored.of(sensor.last.sensorId, day), time);
  }

  #meet(reading: Reading): Sensor {
    const pile = this.#newPile({ ...sourceOf(reading), id: this.#nextSource });
    this.#newSources.push(pile);
    return this.#newSensor(reading, pile, [pile]);
  }

  #newSensor(last: Reading, pile: Pile, piles: Pile[]): Sensor {
    const index = this.#sensors.size;
    const flushed = Number.NEGATIVE_INFINITY;
    const sensor: Sensor = { index, pile, piles, last, newest: last.time, flushed };
    this.#sensors.set(last.sensorId, sensor);
    if (index % SLOT === 0) this.#bySlot.push([]);
    this.#bySlot.at(-1)!.push(sensor);
    return sensor;
  }

  #newPile(source: NumberedSource): Pile {
    const pile = new Pile(source);
    this.#piles.push(pile);
    this.#nextSource = source.id + 1;
    return pile;
  }

  /** A sensor that was moved to another site goes on as another source. */
  #pileFor(sensor: Sensor, reading: Reading): Pile {
    const known = sensor.piles.find((pile) => isFrom(pile, reading));
    if (known) return known;
    const pile = this.#newPile({ ...sourceOf(reading), id: this.#nextSource });
    this.#newSources.push(pile);
    sensor.piles.push(pile);
    return pile;
  }

  /** Everything that waits, in blocks; it goes on waiting until `flushed`. */
  async gather(breathe: () => Promise<unknown>): Promise<{
    sources: readonly NumberedSource[];
    blocks: Map<Day, NewBlock[]>;
    last: Map<number, Reading[]>;
  }> {
    const blocks = new Map<Day, NewBlock[]>();
    let rows = 0;
    for (const pile of this.#piles) {
      for (const head of pile.heads) {
        rows += head.columns.n;
        pile.cut(head);
      }
      for (const block of pile.blocks) {
        const ofDay = blocks.get(block.day);
        if (ofDay) ofDay.push(block);
        else blocks.set(block.day, [block]);
      }
      if (rows > 20_000) {
        rows = 0;
        await breathe();
      }
    }
    const last = new Map<number, Reading[]>();
    for (const slot of this.#changedSlots) {
      last.set(
        slot,
        this.#bySlot[slot]!.map((sensor) => sensor.last),
      );
    }
    return { sources: this.#newSources, blocks, last };
  }

  /** What `gather` gave is on disk. */
  flushed(): void {
    for (const pile of this.#piles)
      if (pile.heads.length > 0 || pile.blocks.length > 0) pile.forget();
    for (const sensor of this.#sensors.values()) sensor.flushed = sensor.newest;
    this.#newSources.length = 0;
    this.#changedSlots.clear();
    this.count = 0;
  }

  /** Forgets what waits of days before the horizon. */
  dropBefore(horizon: Day): void {
    this.horizon = horizon;
    for (const pile of this.#piles) {
      pile.heads = pile.heads.filter((head) => head.day >= horizon);
      pile.blocks = pile.blocks.filter((block) => block.day >= horizon);
    }
  }

  last(sensorId: string): Reading | undefined {
    return this.#sensors.get(sensorId)?.last;
  }

  /** Days of which readings of the sensor, or of any, wait. */
  days(sensorId: string | null = null): Day[] {
    const piles = sensorId === null ? this.#piles : (this.#sensors.get(sensorId)?.piles ?? []);
    const days = new Set<Day>();
    for (const { heads, blocks } of piles) {
      for (const { day, columns } of heads) if (columns.n > 0) days.add(day);
      for (const { day } of blocks) days.add(day);
    }
    return [...days];
  }

  /** How many readings of a day wait, at most, and how far a sensor's time is ahead of receipt in them, at most. */
  facts(day: Day): { n: number; lead: number } {
    let [n, lead] = [0, Number.NEGATIVE_INFINITY];
    for (const { heads, blocks } of this.#piles) {
      for (const head of heads) {
        if (head.day !== day) continue;
        n += head.columns.n;
        lead = Math.max(lead, head.columns.lead());
      }
      for (const block of blocks) {
        if (block.day !== day) continue;
        n += block.n;
        lead = Math.max(lead, block.lead);
      }
    }
    return { n, lead };
  }

  /** Copies of what waits of a day: of one sensor, or of some scenarios or all. */
  *columns(
    day: Day,
    of: { sensorId: string } | { scenarios: readonly string[] | null },
  ): Generator<{ source: Source; columns: Columns }> {
    const piles = "sensorId" in of ? (this.#sensors.get(of.sensorId)?.piles ?? []) : this.#piles;
    for (const pile of piles) {
      if ("scenarios" in of && of.scenarios && !of.scenarios.includes(pile.scenario)) continue;
      for (const head of pile.heads) {
        if (head.day === day && head.columns.n > 0) {
          yield { source: pile, columns: head.columns.copy() };
        }
      }
      for (const block of pile.blocks) {
        if (block.day === day) {
          yield { source: pile, columns: decodeBlock(block.body, block.schema) };
        }
      }
    }
  }
}

const isFrom = (source: Source, reading: Reading): boolean =>
  source.siteId === reading.siteId && source.scenario === reading.scenario;

const sourceOf = ({ sensorId, siteId, scenario }: Reading): Source => ({
  sensorId,
  siteId,
  scenario,
});

function includes(sorted: Float64Array, time: Instant): boolean {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < time) low = middle + 1;
    else high = middle;
  }
  return sorted[low] === time;
}
