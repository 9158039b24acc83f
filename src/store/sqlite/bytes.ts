// Growing and reading byte buffers: varints, doubles and strings, as both codecs of this folder write them.

/** Whole numbers that a varint carries exactly, also as the difference of two of them, and doubled. */
export const WHOLE_MAX = 2 ** 50;

/** Whether x can be written by `zigzag`, and differences of such too; false for -0, which a varint would lose. */
export const isWhole = (x: number): boolean =>
  Number.isInteger(x) && x <= WHOLE_MAX && x >= -WHOLE_MAX && (x !== 0 || 1 / x > 0);

// How a string's bytes are to be read; kept in the low bits of its length.
const ASCII = 0;
const UTF8 = 1;
const UTF16 = 2;

// The first byte of a number: itself if below 200, else how it goes on.
const DOUBLE = 200;
const WHOLE = 201;
const THOUSANDTHS = 202;

const SHORT = 40;
const SHORT_WORDS = SHORT / 4;

/** A buffer that grows. Call `need` before writing; strings see to themselves. */
export class ByteWriter {
  at = 0;
  bytes: Buffer;
  #view: DataView;

  constructor(capacity: number) {
    this.bytes = Buffer.allocUnsafeSlow(capacity);
    this.#view = new DataView(this.bytes.buffer);
  }

  /** Makes room for `n` more bytes. */
  need(n: number): void {
    if (this.at + n <= this.bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(this.bytes.length * 2, this.at + n));
    this.bytes.copy(larger, 0, 0, this.at);
    this.bytes = larger;
    this.#view = new DataView(larger.buffer);
  }

  /** A whole number from 0 to 2^53; up to 8 bytes. */
  varint(x: number): void {
    const bytes = this.bytes;
    let at = this.at;
    let rest = x;
    while (rest >= 0x80000000) {
      bytes[at++] = (rest % 128) | 128;
      rest = Math.floor(rest / 128);
    }
    while (rest >= 128) {
      bytes[at++] = (rest & 127) | 128;
      rest >>>= 7;
    }
    bytes[at++] = rest;
    this.at = at;
  }

  /** A whole number of either sign; small ones are short. */
  zigzag(x: number): void {
    this.varint(x >= 0 ? x * 2 : -x * 2 - 1);
  }

  double(x: number): void {
    this.#view.setFloat64(this.at, x, true);
    this.at += 8;
  }

  /** Any number, up to 9 bytes: most measurements have at most three decimals and take two to four. */
  number(x: number): void {
    if ((x | 0) === x && (x !== 0 || 1 / x > 0)) {
      if (x >= 0 && x < DOUBLE) {
        this.bytes[this.at++] = x;
        return;
      }
      this.bytes[this.at++] = WHOLE;
      this.zigzag(x);
      return;
    }
    const thousandths = Math.round(x * 1000);
    const fits = thousandths < 2 ** 30 && thousandths > -(2 ** 30) && x !== 0;
    if (fits && thousandths / 1000 === x) {
      this.bytes[this.at++] = THOUSANDTHS;
      this.zigzag(thousandths);
      return;
    }
    this.bytes[this.at++] = DOUBLE;
    this.double(x);
  }

  uint32(x: number): void {
    this.#view.setUint32(this.at, x, true);
    this.at += 4;
  }

  /** Any string, also one with lone surrogates, which UTF-8 would lose. */
  string(text: string): void {
    this.need(text.length + 8);
    const start = this.at;
    if (text.length > SHORT || !this.#ascii(text)) this.#longString(text, start);
  }

  /** Faster than a call into Node for the ids that make up nearly all strings. */
  #ascii(text: string): boolean {
    this.bytes[this.at++] = text.length << 2;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code > 127) return false;
      this.bytes[this.at++] = code;
    }
    return true;
  }

  #longString(text: string, start: number): void {
    this.at = start;
    const kind = text.isWellFormed() ? UTF8 : UTF16;
    const encoding = kind === UTF8 ? "utf8" : "utf16le";
    const length = Buffer.byteLength(text, encoding);
    this.need(length + 8);
    this.varint(length * 4 + (kind === UTF8 && length === text.length ? ASCII : kind));
    this.bytes.write(text, this.at, length, encoding);
    this.at += length;
  }
}

// One table for the thread: ids come again and again, and one met before is neither made nor hashed anew. The bytes
// of each are kept beside it, so that finding it touches no string.
const KNOWN_SLOTS = 1 << 16;
const known = new Array<string>(KNOWN_SLOTS).fill("");
const knownLength = new Uint8Array(KNOWN_SLOTS);
const knownWords = new Uint32Array(KNOWN_SLOTS * SHORT_WORDS);
const words = new Uint32Array(SHORT_WORDS);

/** Reads what ByteWriter wrote. It trusts its bytes: check the checksum first. */
export class ByteReader {
  at = 0;
  bytes: Uint8Array = new Uint8Array(0);
  #view: DataView = new DataView(new ArrayBuffer(0));

  /** Begins anew on other bytes. */
  open(bytes: Uint8Array, at: number): void {
    this.bytes = bytes;
    this.at = at;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  varint(): number {
    const bytes = this.bytes;
    let at = this.at;
    let byte = bytes[at++]!;
    let x = byte & 127;
    for (let shift = 7; byte > 127 && shift < 28; shift += 7) {
      byte = bytes[at++]!;
      x |= (byte & 127) << shift;
    }
    for (let scale = 2 ** 28; byte > 127; scale *= 128) {
      byte = bytes[at++]!;
      x += (byte & 127) * scale;
    }
    this.at = at;
    return x;
  }

  zigzag(): number {
    const x = this.varint();
    if (x < 0x40000000) return (x >>> 1) ^ -(x & 1);
    return x % 2 === 0 ? x / 2 : -(x + 1) / 2;
  }

  double(): number {
    const x = this.#view.getFloat64(this.at, true);
    this.at += 8;
    return x;
  }

  number(): number {
    const first = this.bytes[this.at++]!;
    if (first < DOUBLE) return first;
    if (first === WHOLE) return this.zigzag();
    return first === THOUSANDTHS ? this.zigzag() / 1000 : this.double();
  }

  uint32(): number {
    const x = this.#view.getUint32(this.at, true);
    this.at += 4;
    return x;
  }

  string(): string {
    const head = this.varint();
    const [kind, length] = [head & 3, Math.floor(head / 4)];
    const start = this.at;
    this.at += length;
    if (kind === ASCII && length <= SHORT) return this.#shortString(start, length);
    const encoding = kind === UTF16 ? "utf16le" : kind === UTF8 ? "utf8" : "latin1";
    const { buffer, byteOffset } = this.bytes;
    return Buffer.from(buffer, byteOffset + start, length).toString(encoding);
  }

  #shortString(start: number, length: number): string {
    const count = this.#readWords(start, length);
    let hash = length;
    for (let i = 0; i < count; i++) {
      hash = Math.imul(hash ^ words[i]!, 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    // Two places for each hash: a lost place is paid at every reading.
    const first = hash & (KNOWN_SLOTS - 1);
    if (isKnown(first, length, count)) return known[first]!;
    const second = first ^ 1;
    if (isKnown(second, length, count)) return known[second]!;
    known[second] = known[first]!;
    knownLength[second] = knownLength[first]!;
    knownWords.copyWithin(
      second * SHORT_WORDS,
      first * SHORT_WORDS,
      first * SHORT_WORDS + SHORT_WORDS,
    );
    const { buffer, byteOffset } = this.bytes;
    const text = Buffer.from(buffer, byteOffset + start, length).toString("latin1");
    known[first] = text;
    knownLength[first] = length;
    knownWords.set(words.subarray(0, count), first * SHORT_WORDS);
    return text;
  }

  /** Fills `words` with the bytes, the last word overlapping the one before; returns how many. */
  #readWords(start: number, length: number): number {
    if (length < 4) {
      let word = 0;
      for (let i = 0; i < length; i++) word = (word << 8) | this.bytes[start + i]!;
      words[0] = word;
      return 1;
    }
    let count = 0;
    for (let i = 0; i + 4 <= length; i += 4) words[count++] = this.#view.getUint32(start + i, true);
    if (length % 4 !== 0) words[count++] = this.#view.getUint32(start + length - 4, true);
    return count;
  }
}

function isKnown(slot: number, length: number, count: number): boolean {
  if (knownLength[slot] !== length) return false;
  const at = slot * SHORT_WORDS;
  for (let i = 0; i < count; i++) if (knownWords[at + i] !== words[i]) return false;
  return true;
}
