// Readings of one source while they gather to a block: row by row in one array, since a reading comes to another sensor each
// time and what it touches must be close together. They become columns when the block is made or read.

import { qualities, type Reading } from "../../core/reading.ts";
import type { Instant } from "../../core/time.ts";
import { ABSENT, type Columns, SKEWED_BIT, setAbsent } from "./columns.ts";
import { BOOLEAN, type FieldType, NUMBER, STRING } from "./shapes.ts";

// A row: time, receipt, flags, then a cell for each field; NaN where the field is absent.
const TIME = 0;
const RECEIVED = 1;
const FLAGS = 2;
const FIELDS = 3;

// What a reading may have beside its values is kept like a field, under a type of its own.
const SEQ = 3;
const BATTERY = 4;
const RSSI = 5;
type CellType = FieldType | typeof SEQ | typeof BATTERY | typeof RSSI;
type Cell = { readonly name: string; readonly type: CellType };

/** What the cells of a row mean; sensors of a kind share it. */
type Layout = { readonly cells: readonly Cell[]; readonly wider: Map<string, Layout> };

const LAYOUTS_MAX = 20_000;
const CELLS_KEPT = 32;
let layouts = 0;
let narrowest: Layout = { cells: [], wider: new Map() };

function widened(layout: Layout, name: string, type: CellType): Layout {
  const key = type + name;
  let wider = layout.wider.get(key);
  if (!wider) {
    if (++layouts > LAYOUTS_MAX) {
      layouts = 0;
      narrowest = { cells: [], wider: new Map() };
    }
    wider = { cells: [...layout.cells, { name, type }], wider: new Map() };
    layout.wider.set(key, wider);
  }
  return wider;
}

/** Rows of one source and day, in the order they were added. */
export class Head {
  n = 0;
  #sorted = true;
  #layout: Layout = narrowest;
  #stride = FIELDS;
  #cells: Float64Array;
  /** What cells of strings are indexes of. */
  #strings: string[] = [];

  constructor(rows: number) {
    this.#cells = new Float64Array(rows * (FIELDS + 4));
  }

  add(reading: Reading): void {
    const { time, values } = reading;
    this.#reserve(this.n + 1);
    let at = this.n * this.#stride;
    for (let i = at; i < at + this.#stride; i++) this.#cells[i] = Number.NaN;
    let next = 0;
    for (const name in values) {
      const value = values[name]!;
      const type =
        typeof value === "number" ? NUMBER : typeof value === "string" ? STRING : BOOLEAN;
      let cell = this.#layout.cells[next];
      if (cell === undefined || cell.name !== name || cell.type !== type) {
        next = this.#cellFor(name, type);
        at = this.n * this.#stride;
        cell = this.#layout.cells[next]!;
      }
      const x =
        type === NUMBER
          ? (value as number)
          : type === BOOLEAN
            ? Number(value)
            : this.#string(value as string);
      this.#cells[at + FIELDS + next++] = x;
    }
    const { seq, batteryPct, rssiDbm } = reading;
    if (seq !== undefined) this.#put(SEQ, seq);
    if (batteryPct !== undefined) this.#put(BATTERY, batteryPct);
    if (rssiDbm !== undefined) this.#put(RSSI, rssiDbm);
    at = this.n * this.#stride;
    if (this.n > 0 && time <= this.#cells[at - this.#stride + TIME]!) this.#sorted = false;
    this.#cells[at + TIME] = time;
    this.#cells[at + RECEIVED] = reading.receivedAt;
    const quality = reading.quality === "good" ? 0 : qualities.indexOf(reading.quality);
    this.#cells[at + FLAGS] = reading.skewed ? quality | SKEWED_BIT : quality;
    this.n++;
  }

  #put(type: CellType, value: number): void {
    const cell = this.#cellFor("", type);
    this.#cells[this.n * this.#stride + FIELDS + cell] = value;
  }

  #string(text: string): number {
    const index = this.#strings.indexOf(text);
    return index >= 0 ? index : this.#strings.push(text) - 1;
  }

  /** The index of a cell; rows are made wider when there is none yet. */
  #cellFor(name: string, type: CellType): number {
    const { cells } = this.#layout;
    for (let i = 0; i < cells.length; i++) {
      if (cells[i]!.type === type && cells[i]!.name === name) return i;
    }
    this.#layout = widened(this.#layout, name, type);
    this.#lay(this.#layout.cells.length + FIELDS, Math.ceil(this.#cells.length / this.#stride));
    return cells.length;
  }

  #reserve(rows: number): void {
    if (rows * this.#stride > this.#cells.length) this.#lay(this.#stride, rows * 2);
  }

  /** Lays the rows, and the one that is being added, into an array of wider or more rows. */
  #lay(stride: number, rows: number): void {
    const before = this.#cells;
    const old = this.#stride;
    const cells = new Float64Array(Math.max(rows, this.n + 1) * stride).fill(Number.NaN);
    const used = Math.min(this.n + 1, Math.floor(before.length / old));
    for (let row = 0; row < used; row++) {
      cells.set(before.subarray(row * old, row * old + old), row * stride);
    }
    this.#cells = cells;
    this.#stride = stride;
  }

  hasTime(time: Instant): boolean {
    const end = this.n * this.#stride;
    for (let at = TIME; at < end; at += this.#stride) if (this.#cells[at] === time) return true;
    return false;
  }

  /** Whether rows can be of the span; true when that is not known at once. */
  touches(from: Instant, to: Instant): boolean {
    if (this.n === 0 || !this.#sorted) return this.n > 0;
    const last = this.#cells[(this.n - 1) * this.#stride + TIME]!;
    return this.#cells[TIME]! < to && last >= from;
  }

  /** Adds all rows to others. */
  addTo(into: Columns): void {
    const { n } = this;
    into.reserve(n);
    const from = into.n;
    for (const column of into.fields) setAbsent(column, from, from + n);
    for (const beside of [into.seq, into.battery, into.rssi]) {
      if (beside.length > 0) beside.fill(Number.NaN, from, from + n);
    }
    this.#layout.cells.forEach((cell, i) => {
      this.#copyCell(cell, FIELDS + i, into, from);
    });
    for (let row = 0, at = 0; row < n; row++, at += this.#stride) {
      into.received[from + row] = this.#cells[at + RECEIVED]!;
      into.flags[from + row] = this.#cells[at + FLAGS]!;
      into.addTime(this.#cells[at + TIME]!);
    }
  }

  #copyCell({ name, type }: Cell, index: number, into: Columns, from: number): void {
    const cells = this.#cells;
    const stride = this.#stride;
    const end = this.n * stride;
    if (type === BOOLEAN) {
      const { booleans } = into.column(name, type);
      for (let at = index, row = from; at < end; at += stride, row++) {
        booleans[row] = Number.isNaN(cells[at]!) ? ABSENT : cells[at]!;
      }
    } else if (type === STRING) {
      const { strings } = into.column(name, type);
      for (let at = index, row = from; at < end; at += stride, row++) {
        strings[row] = this.#strings[cells[at]!];
      }
    } else {
      const numbers = numbersFor(into, name, type, from);
      for (let at = index, row = from; at < end; at += stride, row++) numbers[row] = cells[at]!;
    }
  }

  /** No rows any more; the array stays for the next ones. */
  clear(): void {
    this.n = 0;
    this.#sorted = true;
    this.#strings.length = 0;
    if (this.#layout.cells.length <= CELLS_KEPT) return;
    this.#layout = narrowest;
    this.#stride = FIELDS;
  }
}

function numbersFor(into: Columns, name: string, type: CellType, from: number): Float64Array {
  if (type === NUMBER) return into.column(name, type).numbers;
  const key = type === SEQ ? "seq" : type === BATTERY ? "battery" : "rssi";
  if (into[key].length === 0) into[key] = into.numbers(from);
  return into[key];
}
