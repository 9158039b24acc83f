// Readings of one source side by side in columns: what gathers until it makes a block, and what a block is read into.

import { type Quality, qualities, type Reading, type Values } from "../../core/reading.ts";
import { BOOLEAN, type FieldType, NUMBER, STRING } from "./shapes.ts";

/** One sensor at one site under one scenario: what all readings of a block have in common. */
export type Source = {
  readonly sensorId: string;
  readonly siteId: string;
  readonly scenario: string;
};

/** Bits of a row's flags: the quality's index in `qualities`, and whether the sensor's clock was ahead. */
export const QUALITY_BITS = 3;
export const SKEWED_BIT = 4;
/** What a boolean column holds where the field is absent; a number column holds NaN, a string column undefined. */
export const ABSENT = 2;

/** One field of all rows; only the array of its type is used. */
export type Column = {
  readonly name: string;
  readonly type: FieldType;
  numbers: Float64Array;
  booleans: Uint8Array;
  strings: (string | undefined)[];
};

/** Names and types of the fields in their order, as JSON: what a block does not say of itself. */
export type Schema = string;

const EMPTY_NUMBERS = new Float64Array(0);
const EMPTY_BYTES = new Uint8Array(0);
const FIELDS_KEPT = 32;

/** Rows in the order they were added, with room for more. Instants are whole milliseconds, absent numbers NaN. */
export class Columns {
  n = 0;
  /** Whether times only grow from row to row. */
  sorted = true;
  times: Float64Array;
  received: Float64Array;
  flags: Uint8Array;
  seq: Float64Array | null = null;
  battery: Float64Array | null = null;
  rssi: Float64Array | null = null;
  fields: Column[] = [];
  #schema: Schema | null = null;

  constructor(capacity: number) {
    this.times = new Float64Array(capacity);
    this.received = new Float64Array(capacity);
    this.flags = new Uint8Array(capacity);
  }

  /** Adds a row; false, and nothing added, when a field has another type than it has here. */
  add(reading: Reading): boolean {
    if (this.n === this.times.length) this.#grow(Math.max(16, this.n * 2));
    if (!this.#addValues(reading.values)) return false;
    const row = this.n++;
    const { time } = reading;
    if (row > 0 && time <= this.times[row - 1]!) this.sorted = false;
    this.times[row] = time;
    this.received[row] = reading.receivedAt;
    this.flags[row] = qualities.indexOf(reading.quality) | (reading.skewed ? SKEWED_BIT : 0);
    if (reading.seq !== undefined) this.seq ??= this.#numbers(row);
    if (this.seq) this.seq[row] = reading.seq ?? Number.NaN;
    if (reading.batteryPct !== undefined) this.battery ??= this.#numbers(row);
    if (this.battery) this.battery[row] = reading.batteryPct ?? Number.NaN;
    if (reading.rssiDbm !== undefined) this.rssi ??= this.#numbers(row);
    if (this.rssi) this.rssi[row] = reading.rssiDbm ?? Number.NaN;
    return true;
  }

  #addValues(values: Values): boolean {
    let next = 0;
    for (const name in values) {
      const value = values[name]!;
      const type =
        typeof value === "number" ? NUMBER : typeof value === "string" ? STRING : BOOLEAN;
      let column = this.fields[next];
      if (column?.name !== name) column = this.field(name) ?? this.addField(name, type);
      next++;
      if (column.type !== type) return false;
      if (type === NUMBER) column.numbers[this.n] = value as number;
      else if (type === BOOLEAN) column.booleans[this.n] = value ? 1 : 0;
      else column.strings[this.n] = value as string;
    }
    if (next === this.fields.length) return true;
    for (const column of this.fields) {
      if (!Object.hasOwn(values, column.name)) setAbsent(column, this.n);
    }
    return true;
  }

  /** The column of that name, if there is one. */
  field(name: string): Column | undefined {
    for (const column of this.fields) if (column.name === name) return column;
    return undefined;
  }

  /** A new column, absent in all rows so far. */
  addField(name: string, type: FieldType): Column {
    const capacity = this.times.length;
    const column: Column = {
      name,
      type,
      numbers: type === NUMBER ? this.#numbers(capacity) : EMPTY_NUMBERS,
      booleans: type === BOOLEAN ? new Uint8Array(capacity).fill(ABSENT) : EMPTY_BYTES,
      strings: type === STRING ? new Array<string | undefined>(this.n).fill(undefined) : [],
    };
    this.fields.push(column);
    this.#schema = null;
    return column;
  }

  schema(): Schema {
    this.#schema ??= JSON.stringify(this.fields.map((column) => [column.name, column.type]));
    return this.#schema;
  }

  /** No rows any more; the arrays and fields stay for the next ones. */
  clear(): void {
    this.n = 0;
    this.sorted = true;
    this.seq = null;
    this.battery = null;
    this.rssi = null;
    if (this.fields.length <= FIELDS_KEPT) return;
    this.fields = [];
    this.#schema = null;
  }

  hasTime(time: number): boolean {
    for (let i = this.n - 1; i >= 0; i--) if (this.times[i] === time) return true;
    return false;
  }

  /** How far the sensor's time was ahead of receipt at most; negative when it never was. */
  lead(): number {
    let lead = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < this.n; i++) lead = Math.max(lead, this.times[i]! - this.received[i]!);
    return lead;
  }

  /** The same rows in order of time; this itself when they are. */
  inOrder(): Columns {
    if (this.sorted) return this;
    const rows = Array.from({ length: this.n }, (_, i) => i);
    rows.sort((a, b) => this.times[a]! - this.times[b]!);
    const ordered = new Columns(this.n);
    for (const row of rows) ordered.addRow(this, row);
    return ordered;
  }

  /** A copy that later rows do not change. */
  copy(): Columns {
    const copy = new Columns(this.n);
    for (let row = 0; row < this.n; row++) copy.addRow(this, row);
    return copy;
  }

  /** Adds a row of others; false, and nothing added, when a field has another type than it has here. */
  addRow(from: Columns, row: number): boolean {
    if (this.n === this.times.length) this.#grow(Math.max(16, this.n * 2));
    if (!this.#addFields(from, row)) return false;
    const [own, time] = [this.n++, from.times[row]!];
    if (own > 0 && time <= this.times[own - 1]!) this.sorted = false;
    this.times[own] = time;
    this.received[own] = from.received[row]!;
    this.flags[own] = from.flags[row]!;
    if (from.seq) this.seq ??= this.#numbers(own);
    if (this.seq) this.seq[own] = from.seq?.[row] ?? Number.NaN;
    if (from.battery) this.battery ??= this.#numbers(own);
    if (this.battery) this.battery[own] = from.battery?.[row] ?? Number.NaN;
    if (from.rssi) this.rssi ??= this.#numbers(own);
    if (this.rssi) this.rssi[own] = from.rssi?.[row] ?? Number.NaN;
    return true;
  }

  #addFields(from: Columns, row: number): boolean {
    for (let i = 0; i < from.fields.length; i++) {
      const theirs = from.fields[i]!;
      let column = this.fields[i];
      if (column?.name !== theirs.name) {
        column = this.field(theirs.name) ?? this.addField(theirs.name, theirs.type);
      }
      if (column.type === NUMBER && theirs.type === NUMBER) {
        column.numbers[this.n] = theirs.numbers[row]!;
      } else if (column.type === BOOLEAN && theirs.type === BOOLEAN) {
        column.booleans[this.n] = theirs.booleans[row]!;
      } else if (column.type === theirs.type) {
        column.strings[this.n] = theirs.strings[row];
      } else if (isAbsent(theirs, row)) {
        setAbsent(column, this.n);
      } else {
        return false;
      }
    }
    if (this.fields.length === from.fields.length) return true;
    for (const column of this.fields) if (!from.field(column.name)) setAbsent(column, this.n);
    return true;
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
    const [seq, battery, rssi] = [this.seq?.[row], this.battery?.[row], this.rssi?.[row]];
    if (seq !== undefined && !Number.isNaN(seq)) reading.seq = seq;
    if (battery !== undefined && !Number.isNaN(battery)) reading.batteryPct = battery;
    if (rssi !== undefined && !Number.isNaN(rssi)) reading.rssiDbm = rssi;
    return reading;
  }

  /** Room for numbers, NaN in the first `absent` rows. */
  #numbers(absent: number): Float64Array {
    return new Float64Array(this.times.length).fill(Number.NaN, 0, absent);
  }

  #grow(capacity: number): void {
    this.times = larger(this.times, capacity);
    this.received = larger(this.received, capacity);
    const flags = new Uint8Array(capacity);
    flags.set(this.flags);
    this.flags = flags;
    this.seq &&= larger(this.seq, capacity);
    this.battery &&= larger(this.battery, capacity);
    this.rssi &&= larger(this.rssi, capacity);
    for (const column of this.fields) {
      if (column.type === NUMBER) column.numbers = larger(column.numbers, capacity);
      if (column.type !== BOOLEAN) continue;
      const booleans = new Uint8Array(capacity).fill(ABSENT);
      booleans.set(column.booleans);
      column.booleans = booleans;
    }
  }
}

const isAbsent = ({ type, numbers, booleans, strings }: Column, row: number): boolean =>
  type === NUMBER
    ? Number.isNaN(numbers[row])
    : type === BOOLEAN
      ? booleans[row] === ABSENT
      : strings[row] === undefined;

function setAbsent(column: Column, row: number): void {
  if (column.type === NUMBER) column.numbers[row] = Number.NaN;
  else if (column.type === BOOLEAN) column.booleans[row] = ABSENT;
  else column.strings[row] = undefined;
}

function larger(numbers: Float64Array, capacity: number): Float64Array {
  const copy = new Float64Array(capacity).fill(Number.NaN, numbers.length);
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
