// A load of MQTT publishers in a process of its own: raw sockets, packets encoded once and then only patched, answers
// counted by the byte, so that it costs a fraction of the broker it measures.
//
//   node bench/load.ts '{"port":1883,"connections":1000,"window":20,"seconds":10,"clientId":"tank-{n}","password":"…"}'
//
// Prints {"ready":true} when all are connected, waits for a line on stdin when "wait" is given, and ends with one line of
// JSON, a LoadResult.

import { once } from "node:events";
import { readFileSync } from "node:fs";
import net from "node:net";
import { fileURLToPath } from "node:url";

export type LoadOptions = {
  host?: string;
  port: number;
  connections: number;
  /** Messages of QoS 1 that a connection sends ahead of their acknowledgements. */
  window: number;
  seconds: number;
  /** Sent but not measured before that. 1 unless given. */
  warmSeconds?: number;
  /** Client id and user name; {n} is the connection's number from 1. "load-{n}" unless given. */
  clientId?: string;
  password?: string;
  /** "readings/yard/{id}" unless given; {id} is the client id. */
  topic?: string;
  /** JSON of a reading's values; of several, all of one length, each reading says the next. */
  values?: string | readonly string[];
  /** Instead of the four above: a JSON file with an array of Publisher, one for each connection. */
  publishers?: string;
  /** Messages a second of all together; as fast as they are acknowledged when it is not given. */
  rate?: number;
  /** Begin when a line comes on stdin. */
  wait?: boolean;
};

export type Publisher = {
  id: string;
  password: string;
  topic: string;
  values: string | readonly string[];
};

export type LoadResult = {
  /** Within the measured time. */
  perSecond: number;
  seconds: number;
  ackMs: { p50: number; p99: number; max: number };
  /** Cores used by this process. */
  cores: number;
  /** From the first to the last, outside the measured time too. */
  sent: number;
  acked: number;
  /** Connections that were closed on us. */
  closed: number;
};

const CONNECTS_AT_ONCE = 200;
const TICK_MS = 5;
const BUCKETS_PER_MS = 20;
const SETTLE_MS = 5_000;
/** Both have as many digits for ever, so that a packet never changes its length. */
const FIRST_SEQ = 1_000_000;
const ZERO = 48;

const text = (value: string): Buffer => {
  const bytes = Buffer.from(value);
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes]);
};

function packet(head: number, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const length: number[] = [];
  for (let rest = body.length; ; rest >>= 7) {
    length.push(rest > 127 ? (rest & 127) | 128 : rest);
    if (rest <= 127) break;
  }
  return Buffer.concat([Buffer.from([head, ...length]), body]);
}

const connectPacket = (who: Publisher): Buffer =>
  packet(
    0x10,
    text("MQTT"),
    Buffer.from([4, 0b11000010, 0, 120]),
    text(who.id),
    text(who.id),
    text(who.password),
  );

/** Counts latencies in buckets of 1/20 ms. */
class Latencies {
  readonly #buckets = new Uint32Array(20_000);
  #count = 0;
  #max = 0;

  add(ms: number): void {
    this.#count++;
    if (ms > this.#max) this.#max = ms;
    const bucket = Math.min(this.#buckets.length - 1, Math.floor(ms * BUCKETS_PER_MS));
    this.#buckets[bucket] = this.#buckets[bucket]! + 1;
  }

  at(share: number): number {
    let left = this.#count * share;
    for (let i = 0; i < this.#buckets.length; i++) {
      left -= this.#buckets[i]!;
      if (left <= 0) return (i + 1) / BUCKETS_PER_MS;
    }
    return this.#max;
  }

  summary(): LoadResult["ackMs"] {
    return { p50: this.at(0.5), p99: this.at(0.99), max: Math.ceil(this.#max) };
  }
}

/** Shared by all connections. */
type Run = {
  sending: boolean;
  measuring: boolean;
  sent: number;
  acked: number;
  measured: number;
  closed: number;
  latencies: Latencies;
  /** Free windows send at once, not at a rate. */
  eager: boolean;
};

class Connection {
  readonly #run: Run;
  readonly #socket: net.Socket;
  readonly #window: number;
  /** One slot for each message under way, in the order of their ids. */
  readonly #slots: Buffer;
  readonly #sentAt: Float64Array;
  readonly #length: number;
  readonly #idAt: number;
  readonly #timeAt: number;
  readonly #valuesAt: number;
  readonly #seqAt: number;
  /** What the slots do not say already. */
  readonly #values: readonly Buffer[];
  #next = 0;
  #underWay = 0;
  /** Bytes of an answer of which the rest is to come. */
  #partial = 0;
  #id = 1;
  #time = 0;
  #seq = FIRST_SEQ;

  constructor(run: Run, socket: net.Socket, who: Publisher, window: number) {
    this.#run = run;
    this.#socket = socket;
    this.#window = window;
    const topic = text(who.topic);
    const values = typeof who.values === "string" ? [who.values] : who.values;
    const payload = Buffer.from(`{"time":${Date.now()},"values":${values[0]},"seq":${FIRST_SEQ}}`);
    const one = packet(0x32, topic, Buffer.from([0, 1]), payload);
    this.#length = one.length;
    const start = one.length - payload.length;
    this.#idAt = start - 2;
    this.#timeAt = start + '{"time":'.length;
    this.#valuesAt = this.#timeAt + '1234567890123,"values":'.length;
    this.#values = values.length > 1 ? values.map((value) => Buffer.from(value)) : [];
    if (this.#values.some((value) => value.length !== this.#values[0]!.length))
      throw new RangeError(`the values of ${who.id} are not of one length`);
    this.#seqAt = one.length - 1 - String(FIRST_SEQ).length;
    this.#slots = Buffer.concat(Array.from({ length: window }, () => one));
    this.#sentAt = new Float64Array(window);
  }

  get free(): number {
    return this.#window - this.#underWay;
  }

  /** Bytes have come; all of them are PUBACKs of 4. */
  answered(bytes: number): void {
    const run = this.#run;
    const all = this.#partial + bytes;
    const count = all >> 2;
    this.#partial = all & 3;
    const now = performance.now();
    for (let i = 0; i < count; i++) {
      const slot = (this.#next - this.#underWay + i + this.#window) % this.#window;
      if (run.measuring) run.latencies.add(now - this.#sentAt[slot]!);
    }
    this.#underWay -= count;
    run.acked += count;
    if (run.measuring) run.measured += count;
    if (run.sending && run.eager) this.send(this.free);
  }

  /** Sends up to `count` readings in one or two writes. */
  send(count: number): void {
    for (let left = Math.min(count, this.free); left > 0; ) {
      const some = Math.min(left, this.#window - this.#next);
      const from = this.#next;
      const now = performance.now();
      this.#time = Math.max(this.#time, Date.now() - some);
      for (let slot = from; slot < from + some; slot++) this.#patch(slot, now);
      this.#socket.write(this.#slots.subarray(from * this.#length, (from + some) * this.#length));
      this.#next = (from + some) % this.#window;
      this.#underWay += some;
      this.#run.sent += some;
      left -= some;
    }
  }

  #patch(slot: number, now: number): void {
    const at = slot * this.#length;
    this.#slots[at + this.#idAt] = this.#id >> 8;
    this.#slots[at + this.#idAt + 1] = this.#id & 255;
    this.#id = this.#id === 65_535 ? 1 : this.#id + 1;
    this.#digits(at + this.#timeAt, 13, ++this.#time);
    const { length } = this.#values;
    if (length > 0) this.#values[this.#seq % length]!.copy(this.#slots, at + this.#valuesAt);
    this.#digits(at + this.#seqAt, 7, this.#seq++);
    this.#sentAt[slot] = now;
  }

  #digits(at: number, count: number, value: number): void {
    let high = Math.floor(value / 1e7);
    let low = value - high * 1e7;
    for (let i = count - 1; i >= Math.max(0, count - 7); i--) {
      this.#slots[at + i] = ZERO + (low % 10);
      low = (low / 10) | 0;
    }
    for (let i = count - 8; i >= 0; i--) {
      this.#slots[at + i] = ZERO + (high % 10);
      high = (high / 10) | 0;
    }
  }
}

/** Connects one publisher; resolves when the broker has let it in. */
function connect(options: LoadOptions, run: Run, who: Publisher): Promise<Connection> {
  return new Promise((resolve, reject) => {
    let connection: Connection | null = null;
    const socket = net.connect({
      host: options.host ?? "127.0.0.1",
      port: options.port,
      noDelay: true,
      onread: {
        buffer: shared,
        callback(bytes) {
          if (connection !== null) {
            connection.answered(bytes);
          } else if (shared[3] === 0) {
            connection = new Connection(run, socket, who, options.window);
            resolve(connection);
          } else {
            reject(new Error(`${who.id} was refused: CONNACK ${shared[3]}`));
          }
          return true;
        },
      },
    });
    socket.on("error", reject);
    socket.on("close", () => {
      run.closed++;
      reject(new Error(`${who.id} was closed before it was let in`));
    });
    socket.write(connectPacket(who));
  });
}

const shared = Buffer.alloc(65_536);

function publishersOf(options: LoadOptions): Publisher[] {
  if (options.publishers !== undefined) {
    return JSON.parse(readFileSync(options.publishers, "utf8")) as Publisher[];
  }
  return Array.from({ length: options.connections }, (_, i) => {
    const id = (options.clientId ?? "load-{n}").replace("{n}", String(i + 1));
    return {
      id,
      password: options.password ?? "none",
      topic: (options.topic ?? "readings/yard/{id}").replace("{id}", id),
      values: options.values ?? '{"levelM":3.25,"open":false,"mode":"auto"}',
    };
  });
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Sends at a rate, in steps of 5 ms, round all connections. Returns the way to stop. */
function pace(connections: readonly Connection[], rate: number, run: Run): () => void {
  const began = performance.now();
  let asked = 0;
  let turn = 0;
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - began) / 1_000) * rate) - asked;
    asked += due;
    if (!run.sending) return;
    for (let i = 0; i < due; i++) connections[turn++ % connections.length]!.send(1);
  }, TICK_MS);
  return () => clearInterval(timer);
}

/** Connects, sends, and says what came of it. */
export async function load(
  options: LoadOptions,
  onReady?: () => Promise<void>,
): Promise<LoadResult> {
  const run: Run = {
    sending: true,
    measuring: false,
    sent: 0,
    acked: 0,
    measured: 0,
    closed: 0,
    latencies: new Latencies(),
    eager: options.rate === undefined,
  };
  const publishers = publishersOf(options).slice(0, options.connections);
  const connections: Connection[] = [];
  for (let from = 0; from < publishers.length; from += CONNECTS_AT_ONCE) {
    const some = publishers.slice(from, from + CONNECTS_AT_ONCE);
    connections.push(...(await Promise.all(some.map((who) => connect(options, run, who)))));
  }
  await onReady?.();
  const stop = run.eager ? () => {} : pace(connections, options.rate!, run);
  if (run.eager) for (const connection of connections) connection.send(options.window);
  await sleep((options.warmSeconds ?? 1) * 1_000);
  const cpu = process.cpuUsage();
  const began = performance.now();
  run.measuring = true;
  await sleep(options.seconds * 1_000);
  run.measuring = false;
  const seconds = (performance.now() - began) / 1_000;
  const used = process.cpuUsage(cpu);
  run.sending = false;
  stop();
  for (let left = SETTLE_MS; left > 0 && run.acked < run.sent; left -= 20) await sleep(20);
  return {
    perSecond: Math.round(run.measured / seconds),
    seconds: Number(seconds.toFixed(2)),
    ackMs: run.latencies.summary(),
    cores: Number(((used.user + used.system) / 1e6 / seconds).toFixed(2)),
    sent: run.sent,
    acked: run.acked,
    closed: run.closed,
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const options = JSON.parse(process.argv[2] ?? "{}") as LoadOptions;
  const result = await load(options, async () => {
    console.log(JSON.stringify({ ready: true }));
    if (options.wait === true) await once(process.stdin, "data");
  });
  console.log(JSON.stringify(result));
  process.exit(0);
}
