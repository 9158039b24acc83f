// Columns of numbers as few bytes: whole numbers by their differences, measurements as whole numbers of some decimals.

import { type ByteReader, type ByteWriter, isWhole, WHOLE_MAX } from "./bytes.ts";

// A column begins with a byte: how often it was differenced (0, 1, 2), and in bit 2 whether what is left over is
// packed in equal numbers of bits (a byte says how many) or written as varints. The smallest of the six is taken.
const PACKED = 4;
const PACKED_BITS_MAX = 24;

const varintSize = (z: number): number =>
  z < 128 ? 1 : z < 16_384 ? 2 : z < 2_097_152 ? 3 : 1 + Math.floor(Math.log2(z) / 7);
const zigzag = (x: number): number => (x >= 0 ? x * 2 : -x * 2 - 1);

/** Writes the first `n` of whole numbers (see `isWhole`); `readInts` gives them back. */
export function writeInts(w: ByteWriter, v: ArrayLike<number>, n: number): void {
  if (n === 0) return;
  const method = n === 1 ? PACKED : smallest(v, n);
  const [order, packed] = [method & 3, (method & PACKED) !== 0];
  w.need(32 + 8 * n);
  w.bytes[w.at++] = method;
  w.zigzag(v[0]!);
  if (order === 2) w.zigzag(v[1]! - v[0]!);
  const from = order === 2 ? 2 : 1;
  if (!packed) {
    for (let i = from; i < n; i++) w.zigzag(difference(v, i, order));
    return;
  }
  let most = 0;
  for (let i = from; i < n; i++) most = Math.max(most, zigzag(difference(v, i, order)));
  const width = 32 - Math.clz32(most);
  w.bytes[w.at++] = width;
  if (width > 0) pack(w, v, n, from, order, width);
}

function difference(v: ArrayLike<number>, i: number, order: number): number {
  const x = v[i]!;
  if (order === 0) return x - v[0]!;
  const d = x - v[i - 1]!;
  return order === 1 ? d : d - (v[i - 1]! - v[i - 2]!);
}

function pack(
  w: ByteWriter,
  v: ArrayLike<number>,
  n: number,
  from: number,
  order: number,
  width: number,
): void {
  const bytes = w.bytes;
  let at = w.at;
  let held = 0;
  let bits = 0;
  for (let i = from; i < n; i++) {
    held |= zigzag(difference(v, i, order)) << bits;
    bits += width;
    while (bits >= 8) {
      bytes[at++] = held & 255;
      held >>>= 8;
      bits -= 8;
    }
  }
  if (bits > 0) bytes[at++] = held;
  w.at = at;
}

/** The method that takes the fewest bytes for `n` ≥ 2 numbers. */
function smallest(v: ArrayLike<number>, n: number): number {
  const first = v[0]!;
  let [before, delta] = [first, 0];
  let [most0, most1, most2] = [0, 0, 0];
  let [size0, size1, size2] = [0, 0, 0];
  for (let i = 1; i < n; i++) {
    const x = v[i]!;
    const d = x - before;
    const [z0, z1] = [zigzag(x - first), zigzag(d)];
    if (z0 > most0) most0 = z0;
    if (z1 > most1) most1 = z1;
    size0 += varintSize(z0);
    size1 += varintSize(z1);
    if (i === 1) size2 = size1;
    else {
      const z2 = zigzag(d - delta);
      if (z2 > most2) most2 = z2;
      size2 += varintSize(z2);
    }
    before = x;
    delta = d;
  }
  const sizes = [
    size0,
    size1,
    size2,
    packedSize(most0, n - 1),
    packedSize(most1, n - 1),
    packedSize(most2, n - 2) + varintSize(zigzag(v[1]! - first)),
  ];
  const best = sizes.indexOf(Math.min(...sizes));
  return best < 3 ? best : (best - 3) | PACKED;
}

function packedSize(most: number, count: number): number {
  if (most >= 2 ** PACKED_BITS_MAX) return Number.POSITIVE_INFINITY;
  return 1 + Math.ceil(((32 - Math.clz32(most)) * count) / 8);
}

/** Reads what `writeInts` wrote into `out`, from index `at`. */
export function readInts(r: ByteReader, n: number, out: Float64Array, at = 0): void {
  if (n === 0) return;
  const method = r.bytes[r.at++]!;
  const order = method & 3;
  const end = at + n;
  const first = r.zigzag();
  out[at] = first;
  if (order === 2) out[at + 1] = first + r.zigzag();
  const from = order === 2 ? at + 2 : at + 1;
  if (method & PACKED) unpack(r, out, from, end);
  else for (let i = from; i < end; i++) out[i] = r.zigzag();
  if (order === 0) for (let i = from; i < end; i++) out[i]! += first;
  else if (order === 1) for (let i = from; i < end; i++) out[i]! += out[i - 1]!;
  else for (let i = from; i < end; i++) out[i]! += 2 * out[i - 1]! - out[i - 2]!;
}

function unpack(r: ByteReader, out: Float64Array, from: number, end: number): void {
  const bytes = r.bytes;
  const width = bytes[r.at++]!;
  if (width === 0) {
    out.fill(0, from, end);
    return;
  }
  const mask = 2 ** width - 1;
  let at = r.at;
  let held = 0;
  let bits = 0;
  for (let i = from; i < end; i++) {
    while (bits < width) {
      held |= bytes[at++]! << bits;
      bits += 8;
    }
    const z = held & mask;
    held >>>= width;
    bits -= width;
    out[i] = (z >>> 1) ^ -(z & 1);
  }
  r.at = at;
}

const powers = [1, 10, 100, 1e3, 1e4, 1e5, 1e6];
const RAW = 255;

/** The least number of decimals, from `atLeast` to 6, in which x is written exactly; 7 when it takes more. */
export function decimalsOf(x: number, atLeast: number): number {
  let decimals = atLeast;
  while (decimals < 7 && Math.round(x * powers[decimals]!) / powers[decimals]! !== x) decimals++;
  return decimals < 7 && isWhole(Math.round(x * powers[decimals]!)) ? decimals : 7;
}

/** The nearest number of so many decimals (0 to 6). */
export const roundTo = (x: number, decimals: number): number =>
  Math.round(x * powers[decimals]!) / powers[decimals]!;

const scaled = new Float64Array(1 << 16);

/** Writes `n` numbers exactly, whatever they are; those of few decimals and little change in about a byte each. */
export function writeNumbers(w: ByteWriter, v: ArrayLike<number>, n: number): void {
  let decimals = 0;
  let most = 0;
  for (let i = 0; i < n && decimals < 7; i++) {
    decimals = decimalsOf(v[i]!, decimals);
    most = Math.max(most, Math.abs(v[i]!));
  }
  w.need(1 + 8 * n);
  // The decimals of one may be more than the size of another leaves room for.
  if (decimals === 7 || most * powers[decimals]! > WHOLE_MAX || n > scaled.length) {
    w.bytes[w.at++] = RAW;
    for (let i = 0; i < n; i++) w.double(v[i]!);
    return;
  }
  w.bytes[w.at++] = decimals;
  const power = powers[decimals]!;
  for (let i = 0; i < n; i++) scaled[i] = Math.round(v[i]! * power);
  writeInts(w, scaled, n);
}

/** Reads what `writeNumbers` wrote into `out`, from index `at`. */
export function readNumbers(r: ByteReader, n: number, out: Float64Array, at = 0): void {
  const decimals = r.bytes[r.at++]!;
  const end = at + n;
  if (decimals === RAW) {
    for (let i = at; i < end; i++) out[i] = r.double();
    return;
  }
  readInts(r, n, out, at);
  const power = powers[decimals]!;
  if (power !== 1) for (let i = at; i < end; i++) out[i]! /= power;
}
