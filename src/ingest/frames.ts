// Cuts an MQTT stream into packets: PUBLISH, of which there are thousands a second, here and without copying; every other
// packet whole, for the broker's own parser. Bounds what a sender can make us keep, before its login and after.

/** A PUBLISH as the broker wants it. */
export class Publish {
  readonly cmd = "publish";
  retain: boolean;
  qos: number;
  readonly dup: boolean;
  /** Remaining length as the sender declared it. */
  readonly length: number;
  topic: string;
  readonly messageId: number | undefined;
  /** Empty for a message over the limit: its bytes were read past. */
  readonly payload: Buffer;
  /** Bytes that the payload had. */
  readonly size: number;

  constructor(
    head: number,
    length: number,
    topic: string,
    messageId: number | undefined,
    payload: Buffer,
    size: number,
  ) {
    this.retain = (head & 1) !== 0;
    this.qos = (head >> 1) & 3;
    this.dup = (head & 8) !== 0;
    this.length = length;
    this.topic = topic;
    this.messageId = messageId;
    this.payload = payload;
    this.size = size;
  }
}

export interface FrameSink {
  publish(packet: Publish): void;
  /** A whole packet of any other kind. */
  packet(bytes: Buffer): void;
  /** The stream is not MQTT, or a packet is larger than allowed. Nothing more is cut. */
  broken(reason: string): void;
  /** True when no packet is to be cut for now; `Frames.go` cuts on. Asked before every packet. */
  waits(): boolean;
}

const CONNECT = 0x10;
const PUBLISH = 3;
const NONE = Buffer.alloc(0);
/** Longer topics are none of ours and not remembered. */
const TOPIC_KEPT = 256;
/** QoS 3, no topic, message id 0, or a topic longer than the packet. */
const MALFORMED = "a malformed PUBLISH";

export class Frames {
  readonly #sink: FrameSink;
  #limit: number;
  #known = false;
  /** The last topic published to, and its bytes. */
  #topic = "";
  #topicBytes: Uint8Array = NONE;
  /** What has been read and not cut: part of a packet, or packets that wait. */
  #rest: Buffer = NONE;
  #length = 0;
  /** Bytes of an oversized PUBLISH still to be read past, and what it is. */
  #skip = 0;
  #skipped: Publish | null = null;
  #ended = false;

  /** `limit` is for a packet's remaining length, in bytes; a larger packet breaks the stream. */
  constructor(sink: FrameSink, limit: number) {
    this.#sink = sink;
    this.#limit = limit;
  }

  /** The sender is known now: a new limit, and a larger PUBLISH is read past and handed on without its payload. */
  login(limit: number): void {
    this.#limit = limit;
    this.#known = true;
  }

  /** Bytes kept. */
  get kept(): number {
    return this.#length;
  }

  /** Takes a chunk as it came from the socket. */
  push(chunk: Buffer): void {
    if (this.#ended) return;
    if (this.#length === 0) {
      this.#keep(chunk, this.#cut(chunk));
    } else {
      this.#append(chunk);
      this.go();
    }
  }

  /** Keeps a chunk for `go`. */
  hold(chunk: Buffer): void {
    if (!this.#ended) this.#append(chunk);
  }

  /** Cuts what waited. */
  go(): void {
    const length = this.#length;
    if (this.#ended || length === 0) return;
    const bytes = this.#rest;
    const at = this.#cut(bytes.subarray(0, length));
    if (at === 0) return;
    // Payloads may still point into `bytes`: what is left moves to a buffer of its own.
    this.#length = 0;
    this.#keep(bytes.subarray(0, length), at);
  }

  /** Forgets everything; nothing is cut from here on. */
  end(): void {
    this.#ended = true;
    this.#rest = NONE;
    this.#length = 0;
    this.#skipped = null;
  }

  #keep(chunk: Buffer, from: number): void {
    if (this.#ended || from >= chunk.length) return;
    this.#rest = NONE;
    this.#append(chunk.subarray(from));
  }

  /** Grows by doubling, so that a sender of single bytes costs no more than its bytes. */
  #append(chunk: Buffer): void {
    const need = this.#length + chunk.length;
    if (need > this.#rest.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(need, this.#rest.length * 2));
      this.#rest.copy(larger, 0, 0, this.#length);
      this.#rest = larger;
    }
    chunk.copy(this.#rest, this.#length);
    this.#length = need;
  }

  #break(reason: string): number {
    this.end();
    this.#sink.broken(reason);
    return 0;
  }

  /** Cuts whole packets off the front; returns how many bytes are done with. */
  #cut(bytes: Buffer): number {
    const end = bytes.length;
    let at = 0;
    while (at < end && !this.#ended && !this.#sink.waits()) {
      if (this.#skip > 0) {
        at = this.#readPast(at, end);
        continue;
      }
      if (at + 2 > end) break;
      const head = bytes[at]!;
      if (!this.#known && head !== CONNECT) return this.#break("a first packet other than CONNECT");
      let body = at + 2;
      let length = bytes[at + 1]!;
      if (length > 127) {
        length &= 127;
        for (let shift = 7; ; shift += 7) {
          if (shift > 21) return this.#break("a remaining length of more than four bytes");
          if (body >= end) return at;
          const digit = bytes[body++]!;
          length += (digit & 127) << shift;
          if (digit < 128) break;
        }
      }
      const next = body + length;
      if (length > this.#limit) {
        const past = this.#oversized(bytes, head, body, length);
        if (past === 0) return at;
        at = past;
        continue;
      }
      if (next > end) break;
      if (head >> 4 !== PUBLISH) this.#sink.packet(bytes.subarray(at, next));
      else if (!this.#publish(bytes, head, body, length)) return this.#break(MALFORMED);
      at = next;
    }
    return at;
  }

  /** Hands a PUBLISH on; false when it is malformed. */
  #publish(bytes: Buffer, head: number, body: number, length: number): boolean {
    const end = body + length;
    const qos = (head >> 1) & 3;
    const topicEnd = body + 2 + ((bytes[body]! << 8) | bytes[body + 1]!);
    const payloadAt = qos === 0 ? topicEnd : topicEnd + 2;
    if (length < 2 || qos === 3 || topicEnd === body + 2 || payloadAt > end) return false;
    const id = qos === 0 ? undefined : (bytes[topicEnd]! << 8) | bytes[topicEnd + 1]!;
    if (id === 0) return false;
    const topic = this.#topicOf(bytes, body + 2, topicEnd);
    const payload = bytes.subarray(payloadAt, end);
    this.#sink.publish(new Publish(head, length, topic, id, payload, payload.length));
    return true;
  }

  /** Most senders have one topic: the text made of its bytes before is found again without making it anew. */
  #topicOf(bytes: Buffer, from: number, to: number): string {
    const last = this.#topicBytes;
    let same = last.length === to - from;
    for (let i = 0; same && i < last.length; i++) same = bytes[from + i] === last[i];
    if (!same) {
      this.#topic = bytes.toString("utf8", from, to);
      this.#topicBytes = to - from > TOPIC_KEPT ? NONE : Buffer.from(bytes.subarray(from, to));
    }
    return this.#topic;
  }

  /** Begins to read past a PUBLISH that is too large; returns where, 0 when more must be seen first. */
  #oversized(bytes: Buffer, head: number, body: number, length: number): number {
    if (head >> 4 !== PUBLISH || !this.#known) {
      return this.#break(`a packet of ${length} bytes; at most ${this.#limit} are allowed`);
    }
    if (body + 2 > bytes.length) return 0;
    const qos = (head >> 1) & 3;
    const topicEnd = body + 2 + ((bytes[body]! << 8) | bytes[body + 1]!);
    const payloadAt = qos === 0 ? topicEnd : topicEnd + 2;
    if (payloadAt > body + length) return this.#break(MALFORMED);
    if (payloadAt > bytes.length) return 0;
    const id = qos === 0 ? undefined : (bytes[topicEnd]! << 8) | bytes[topicEnd + 1]!;
    if (qos === 3 || id === 0 || topicEnd === body + 2) {
      return this.#break(MALFORMED);
    }
    const topic = bytes.toString("utf8", body + 2, topicEnd);
    const size = body + length - payloadAt;
    const packet = new Publish(head, length, topic, id, NONE, size);
    if (size === 0) {
      this.#sink.publish(packet);
    } else {
      this.#skipped = packet;
      this.#skip = size;
    }
    return payloadAt;
  }

  #readPast(at: number, end: number): number {
    const step = Math.min(this.#skip, end - at);
    this.#skip -= step;
    const whole = this.#skip === 0 ? this.#skipped : null;
    if (whole !== null) {
      this.#skipped = null;
      this.#sink.publish(whole);
    }
    return at + step;
  }
}
