// Readings that are taken but not yet on disk, by source and day. They are few enough to lose: after a crash the log,
// which is kept until they are flushed, gives them again.

import type { Reading } from "../../../core/reading.ts";
import type { Instant } from "../../../core/time.ts";
import type { Columns, Source } from "../columns.ts";
import { type Day, dayOf, isNameable } from "./calendar.ts";
import { Pile } from "./pile.ts";
import type { NewBlock, NumberedSource } from "./recent.ts";

/** Sensors whose newest readings share a row of the table `last`. */
const SLOT_SENSORS = 256;

/** Sensors that share a row of the table `last`, and whether any of them has read since the row was written. */
type Slot = { sensors: Sensor[]; changed: boolean };

/** A sensor, its newest reading, and how new the newest is that has been flushed. */
type Sensor = {
  slot: Slot;
  pile: Pile;
  piles: Pile[];
  last: Reading;
  newest: Instant;
  flushed: Instant;
};

/** Gives the instants that are on disk of a sensor's day, in order. */
type Stored = { of(sensorId: string, day: Day): Float64Array };

/** A source of which something waits; `addTo` adds what touches the span to others. */
export type WaitingSource = Source & {
  addTo(into: Columns, day: Day, from: Instant, to: Instant): void;
};

/** How many readings of a day there are, and how far a sensor's time was ahead of receipt at most. */
export type Facts = { n: number; lead: number };

/** Why a reading was or was not taken. */
export type Taken = "stored" | "late" | "copy" | "refused";

/** All that waits, and the newest reading of every sensor ever met. */
export class Pending {
  /** Readings that wait. */
  count = 0;
  /** Days before this are not kept. */
  horizon: Day = Number.NEGATIVE_INFINITY;
  readonly #sensors = new Map<string, Sensor>();
  readonly #slots: Slot[] = [];
  readonly #piles: Pile[] = [];
  readonly #days = new Map<Day, Facts>();
  /** The day of the last reading, so that it need not be looked up for each. */
  #noted: Day = Number.NaN;
  #notes: Facts | undefined;
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
    sensor.slot.changed = true;
    this.count++;
    this.#note(day, time - reading.receivedAt);
    return taken;
  }

  #note(day: Day, lead: number): void {
    let facts = day === this.#noted ? this.#notes : this.#days.get(day);
    if (!facts) {
      facts = { n: 0, lead };
      this.#days.set(day, facts);
    }
    this.#noted = day;
    this.#notes = facts;
    facts.n++;
    if (lead > facts.lead) facts.lead = lead;
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
    let slot = this.#slots.at(-1);
    if (!slot || slot.sensors.length === SLOT_SENSORS) {
      slot = { sensors: [], changed: false };
      this.#slots.push(slot);
    }
    const flushed = Number.NEGATIVE_INFINITY;
    const sensor: Sensor = { slot, pile, piles, last, newest: last.time, flushed };
    this.#sensors.set(last.sensorId, sensor);
    slot.sensors.push(sensor);
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
      rows += pile.cut();
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
    for (const [number, { sensors, changed }] of this.#slots.entries()) {
      if (changed)
        last.set(
          number,
          sensors.map((sensor) => sensor.last),
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
    for (const slot of this.#slots) slot.changed = false;
    this.#days.clear();
    this.#noted = Number.NaN;
    this.count = 0;
  }

  /** Forgets what waits of days before the horizon. */
  dropBefore(horizon: Day): void {
    this.horizon = horizon;
    for (const day of this.#days.keys()) if (day < horizon) this.#days.delete(day);
    this.#noted = Number.NaN;
    for (const pile of this.#piles) pile.dropBefore(horizon);
  }

  last(sensorId: string): Reading | undefined {
    return this.#sensors.get(sensorId)?.last;
  }

  /** What is known of the readings of a day that wait; null when none do. */
  facts(day: Day): Facts | null {
    return this.#days.get(day) ?? null;
  }

  /** Days of which readings wait. */
  days(): Day[] {
    return [...this.#days.keys()];
  }

  /** Whether readings of the sensor's day wait. */
  has(sensorId: string, day: Day): boolean {
    if (!this.#days.has(day)) return false;
    return (this.#sensors.get(sensorId)?.piles ?? []).some((pile) => pile.has(day));
  }

  /** The sources of a sensor; `addTo` of each gives what waits of it. */
  sources(sensorId: string): readonly WaitingSource[] {
    return this.#sensors.get(sensorId)?.piles ?? [];
  }

  sensors(): Iterable<string> {
    return this.#sensors.keys();
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
