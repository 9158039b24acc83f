// Readings of one sensor side by side in columns: what a block is made of, and what blocks are read into.

import { type Quality, qualities, type Reading, type Values } from "../../core/reading.ts";
import { BOOLEAN, type FieldType, NUMBER, STRING } from "./shapes.ts";

/** One sensor at one site under one scenario: what all readings of a block have in common. */
export type Source = {
  readonly sensorId: string;
  readonly siteId: string;
  readonly scenario: string;
};

/** Bits of a row's flags: the quality's index in `qualities`, and whether the sensor's clock was ahead. */
const QUALITY_BITS = 3;
export const SKEWED_BIT = 4;
/** What a column of booleans holds where the field is absent; one of numbers holds NaN, one of strings undefined. */
export const ABSENT = 2;

/** One field of all rows; only the array of its type is used. A field that changes its type has a column for each. */
export type Column = {
  readonly name: string;
  readonly type: FieldType;
  numbers: Float64Array;
  booleans: Uint8Array;
  strings: (string | undefined)[];
};

/** Names and types of the columns in their order, as JSON: what a block does not say of itself. */
export type Schema = string;

const NO_NUMBERS = new Float64Array(0);
const NO_BYTES = new Uint8Array(0);
const FIELDS_KEPT = 32;

/** Rows in the order they were added. Instants are whole milliseconds; an absent number is NaN. */
export class Columns {
  n = 0;
  /** Whether times only grow from row to row. */
  sorted = true;
  times: Float64Array;
  received: Float64Array;
  flags: Uint8Array;
  /** Empty until the first that is there. */
  seq: Float64Array = NO_NUMBERS;
  battery: Float64Array = NO_NUMBERS;
  rssi: Float64Array = NO_NUMBERS;
  fields: Column[] = [];
  #schema: Schema | null = null;
  #spare: Float64Array[] = [];

  constructor(capacity: number) {
    this.times = new Float64Array(capacity);
    this.received = new Float64Array(capacity);
    this.flags = new Uint8Array(capacity);
  }

  /** Begins the next row with its time; there must be room. */
  addTime(time: number): void {
    if (this.n > 0 && time <= this.times[this.n - 1]!) this.sorted = false;
    this.times[this.n++] = time;
  }

  #put(numbers: Float64Array, row: number, value: number): Float64Array {
    const column = numbers.length > 0 ? numbers : this.numbers(row);
    column[row] = value;
    return column;
  }

  /** The column of that name and type, absent in all rows so far if it is new. */
  column(name: string, type: FieldType): Column {
    for (const column of this.fields)
      if (column.name === name && column.type === type) return column;
    const capacity = this.times.length;
    const column: Column = {
      name,
      type,
      numbers: type === NUMBER ? this.numbers(this.n) : NO_NUMBERS,
      booleans: type === BOOLEAN ? new Uint8Array(capacity).fill(ABSENT) : NO_BYTES,
      strings: type === STRING ? new Array<string | undefined>(this.n).fill(undefined) : [],
    };
    this.fields.push(column);
    this.#schema = null;
    return column;
  }

  /** The numbers of a field; null when no row has any. */
  numbersOf(name: string): Float64Array | null {
    return (
      this.fields.find((column) => column.name === name && column.type === NUMBER)?.numbers ?? null
    );
  }

  schema(): Schema {
    this.#schema ??= JSON.stringify(this.fields.map((column) => [column.name, column.type]));
    return this.#schema;
  }

  /** No rows any more; the arrays stay for the next ones, and so do the columns unless there are too many. */
  clear(): void {
    this.n = 0;
    this.sorted = true;
    for (const numbers of [this.seq, this.battery, this.rssi]) {
      if (numbers.length > 0) this.#spare.push(numbers);
    }
    this.seq = NO_NUMBERS;
    this.battery = NO_NUMBERS;
    this.rssi = NO_NUMBERS;
    if (this.fields.length > FIELDS_KEPT) this.forgetFields();
  }

  /** For rows of another kind: the columns go, their arrays stay. */
  forgetFields(): void {
    for (const { numbers } of this.fields) if (numbers.length > 0) this.#spare.push(numbers);
    this.fields = [];
    this.#schema = null;
  }

  /** The first row, of rows in order, whose time is not before the instant. */
  rowAt(time: number): number {
    let [low, high] = [0, this.n];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.times[middle]! < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** How far the sensor's time was ahead of receipt at most; negative when it never was. */
  lead(): number {
    let lead = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < this.n; i++) lead = Math.max(lead, this.times[i]! - this.received[i]!);
    return lead;
  }

  /** The same rows in order of time, each instant once (the first of them); this itself when they are. */
  inOrder(): Columns {
    if (this.sorted) return this;
    const rows = Array.from({ length: this.n }, (_, i) => i);
    rows.sort((a, b) => this.times[a]! - this.times[b]! || a - b);
    const ordered = new Columns(this.n);
    for (const row of rows) {
      if (ordered.n === 0 || ordered.times[ordered.n - 1] !== this.times[row])
        ordered.addRow(this, row);
    }
    return ordered;
  }

  /** Adds a row of others. */
  addRow(from: Columns, row: number): void {
    this.reserve(1);
    const own = this.n;
    for (let i = 0; i < from.fields.length; i++) {
      const theirs = from.fields[i]!;
      let column = this.fields[i];
      if (column === undefined || column.name !== theirs.name || column.type !== theirs.type) {
        column = this.column(theirs.name, theirs.type);
      }
      if (theirs.type === NUMBER) column.numbers[own] = theirs.numbers[row]!;
      else if (theirs.type === BOOLEAN) column.booleans[own] = theirs.booleans[row]!;
      else column.strings[own] = theirs.strings[row];
    }
    if (this.fields.length > from.fields.length) this.#absentIn(from, own);
    this.addTime(from.times[row]!);
    this.received[own] = from.received[row]!;
    this.flags[own] = from.flags[row]!;
    this.seq = this.#putFrom(this.seq, own, from.seq, row);
    this.battery = this.#putFrom(this.battery, own, from.battery, row);
    this.rssi = this.#putFrom(this.rssi, own, from.rssi, row);
  }

  #putFrom(own: Float64Array, at: number, from: Float64Array, row: number): Float64Array {
    if (from.length > 0) return this.#put(own, at, from[row]!);
    if (own.length > 0) own[at] = Number.NaN;
    return own;
  }

  #absentIn(from: Columns, row: number): void {
    for (const column of this.fields) {
      const { name, type } = column;
      const there = from.fields.some((theirs) => theirs.name === name && theirs.type === type);
      if (!there) setAbsent(column, row, row + 1);
    }
  }

  values(row: number): Values {
    const values: Record<string, number | boolean | string> = {};
    for (const { name, type, numbers, booleans, strings } of this.fields) {
      if (type === NUMBER) {
        const value = numbers[row]!;
        if (!Number.isNaN(value)) put(values, name, value);
      } else if (type === BOOLEAN) {
        const value = booleans[row]!;
        if (value !== ABSENT) put(values, name, value === 1);
      } else {
        const value = strings[row];
        if (value !== undefined) put(values, name, value);
      }
    }
    return values;
  }

  quality(row: number): Quality {
    return qualities[this.flags[row]! & QUALITY_BITS]!;
  }

  /** The row as it was received. */
  reading(row: number, { sensorId, siteId, scenario }: Source): Reading {
    const [time, receivedAt] = [this.times[row]!, this.received[row]!];
    const [values, quality] = [this.values(row), this.quality(row)];
    const reading: Reading = { sensorId, siteId, scenario, time, receivedAt, values, quality };
    if (this.flags[row]! & SKEWED_BIT) reading.skewed = true;
    const [seq, battery, rssi] = [this.seq[row], this.battery[row], this.rssi[row]];
    if (seq !== undefined && !Number.isNaN(seq)) reading.seq = seq;
    if (battery !== undefined && !Number.isNaN(battery)) reading.batteryPct = battery;
    if (rssi !== undefined && !Number.isNaN(rssi)) reading.rssiDbm = rssi;
    return reading;
  }

  /** Room for a number a row, NaN in the first `absent`. */
  numbers(absent: number): Float64Array {
    const spare = this.#spare.pop();
    const numbers =
      spare?.length === this.times.length ? spare : new Float64Array(this.times.length);
    return numbers.fill(Number.NaN, 0, absent);
  }

  /** Makes room for so many more rows. */
  reserve(rows: number): void {
    if (this.n + rows <= this.times.length) return;
    const capacity = Math.max(16, this.times.length * 2, this.n + rows);
    this.times = larger(this.times, capacity);
    this.received = larger(this.received, capacity);
    const flags = new Uint8Array(capacity);
    flags.set(this.flags);
    this.flags = flags;
    if (this.seq.length > 0) this.seq = larger(this.seq, capacity);
    if (this.battery.length > 0) this.battery = larger(this.battery, capacity);
    if (this.rssi.length > 0) this.rssi = larger(this.rssi, capacity);
    for (const column of this.fields) {
      if (column.type === NUMBER) column.numbers = larger(column.numbers, capacity);
      if (column.type !== BOOLEAN) continue;
      const booleans = new Uint8Array(capacity);
      booleans.set(column.booleans);
      column.booleans = booleans;
    }
  }
}

/** Marks a field absent in the rows from `from` to before `to`. */
export function setAbsent(column: Column, from: number, to: number): void {
  if (column.type === NUMBER) column.numbers.fill(Number.NaN, from, to);
  else if (column.type === BOOLEAN) column.booleans.fill(ABSENT, from, to);
  else for (let row = from; row < to; row++) column.strings[row] = undefined;
}

function larger(numbers: Float64Array, capacity: number): Float64Array {
  const copy = new Float64Array(capacity);
  copy.set(numbers);
  return copy;
}

// An assignment to "__proto__" would be swallowed.
function put(
  values: Record<string, unknown>,
  name: string,
  value: number | boolean | string,
): void {
  if (name !== "__proto__") values[name] = value;
  else
    Object.defineProperty(values, name, {
      value,
      enumerable: true,
      writable: true,
      configurable: true,
    });
}
