// Gateways that behave as QoS 1 asks: each keeps what it sent until it is acknowledged, comes back
// when the broker is gone, and sends again what was not. Every acknowledgement is written down.

import net from "node:net";
import type { Values } from "../../../src/core/reading.ts";
import type { Instant } from "../../../src/core/time.ts";
import type { Sensor } from "../../../src/register/entities.ts";
import { connectPacket, publishPacket } from "../../../src/testing/raw-mqtt.ts";

/** One reading that was acknowledged. */
export type Acked = { time: Instant; values: Values };

export type Gateway = { id: string; password: string; sensors: readonly Sensor[] };

export type SenderOptions = {
  port: number;
  gateways: readonly Gateway[];
  /** Messages that a gateway sends ahead of their acknowledgements. */
  window: number;
  /** Readings a second of all together. */
  rate: number;
  /** What a sensor reads at an instant. */
  read(sensor: Sensor, at: Instant): Values;
};

const TICK_MS = 5;
const RETRY_MS = 100;
const [CONNACK, PUBACK] = [2, 4];

/** Sends round all gateways, and round the sensors of each. */
export class Sender {
  /** Sensor → its acknowledged readings, in the order of their acknowledgement. */
  readonly acked = new Map<string, Acked[]>();
  ackedCount = 0;
  readonly #links: Link[];
  readonly #rate: number;
  readonly #waiting = new Set<() => void>();
  #timer: NodeJS.Timeout | null = null;
  #turn = 0;

  constructor(options: SenderOptions) {
    this.#rate = options.rate;
    this.#links = options.gateways.map(
      (gateway) => new Link(options, gateway, (sensor, one) => this.#note(sensor, one)),
    );
  }

  /** Connects all, and keeps them connected. */
  connect(): void {
    for (const link of this.#links) link.connect();
  }

  /** Sends at the rate until `rest`; what falls due while the broker is gone is not made up for. */
  send(): void {
    let before = performance.now();
    let owed = 0;
    this.#timer = setInterval(() => {
      const now = performance.now();
      owed = Math.min(this.#rate, owed + ((now - before) / 1_000) * this.#rate);
      before = now;
      for (let misses = 0; owed >= 1 && misses < this.#links.length; ) {
        if (this.#links[this.#turn++ % this.#links.length]!.sendNext()) {
          owed--;
          misses = 0;
        } else misses++;
      }
    }, TICK_MS);
  }

  /** Sends nothing new; resolves when all that was sent has been acknowledged. */
  async rest(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.until(() => this.#links.every((link) => link.underWay === 0));
  }

  /** Resolves when it is true; looked at whenever something was acknowledged. */
  until(isTrue: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!isTrue()) return;
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
      look();
    });
  }

  /** Tries at once to connect those that wait for their next try. */
  hurry(): void {
    for (const link of this.#links) link.connect();
  }

  close(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    for (const link of this.#links) link.close();
  }

  #note({ id }: Sensor, one: Acked): void {
    const own = this.acked.get(id);
    if (own) own.push(one);
    else this.acked.set(id, [one]);
    this.ackedCount++;
    for (const look of [...this.#waiting]) look();
  }
}

type Pending = { packet: Buffer; sensor: Sensor; one: Acked };

class Link {
  readonly #options: SenderOptions;
  readonly #gateway: Gateway;
  readonly #onAck: (sensor: Sensor, one: Acked) => void;
  readonly #pending = new Map<number, Pending>();
  #socket: net.Socket | null = null;
  #retry: NodeJS.Timeout | null = null;
  #isIn = false;
  #isClosed = false;
  #id = 0;
  #turn = 0;
  #rest: Buffer = Buffer.alloc(0);
  /** A sensor's clock gives each instant once. */
  readonly #last = new Map<string, Instant>();

  constructor(
    options: SenderOptions,
    gateway: Gateway,
    onAck: (sensor: Sensor, one: Acked) => void,
  ) {
    this.#options = options;
    this.#gateway = gateway;
    this.#onAck = onAck;
  }

  get underWay(): number {
    return this.#pending.size;
  }

  connect(): void {
    if (this.#socket !== null || this.#isClosed) return;
    if (this.#retry !== null) clearTimeout(this.#retry);
    this.#retry = null;
    const socket = net.connect({ port: this.#options.port, host: "127.0.0.1", noDelay: true });
    this.#socket = socket;
    this.#rest = Buffer.alloc(0);
    const { id, password } = this.#gateway;
    socket.write(connectPacket({ id, user: id, password, keepalive: 600 }));
    socket.on("data", (chunk: Buffer) => this.#take(chunk));
    socket.on("error", () => {}); // told by close
    socket.on("close", () => {
      this.#socket = null;
      this.#isIn = false;
      if (!this.#isClosed)
        this.#retry = setTimeout(() => this.connect(), RETRY_MS * (0.5 + Math.random()));
    });
  }

  /** Sends the next sensor's reading; false when it cannot now. */
  sendNext(): boolean {
    if (!this.#isIn || this.#pending.size >= this.#options.window) return false;
    const { sensors } = this.#gateway;
    const sensor = sensors[this.#turn++ % sensors.length]!;
    const time = Math.max(Date.now(), (this.#last.get(sensor.id) ?? 0) + 1);
    this.#last.set(sensor.id, time);
    const one = { time, values: this.#options.read(sensor, time) };
    const id = this.#freeId();
    const topic = `readings/${sensor.siteId}/${sensor.id}`;
    const packet = publishPacket(topic, JSON.stringify(one), { qos: 1, id });
    this.#pending.set(id, { packet, sensor, one });
    this.#socket?.write(packet);
    return true;
  }

  close(): void {
    this.#isClosed = true;
    if (this.#retry !== null) clearTimeout(this.#retry);
    this.#socket?.destroy();
  }

  #freeId(): number {
    do this.#id = (this.#id % 65_535) + 1;
    while (this.#pending.has(this.#id));
    return this.#id;
  }

  #take(chunk: Buffer): void {
    let bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    for (; bytes.length >= 4; bytes = bytes.subarray(4)) {
      const type = bytes[0]! >> 4;
      if (type === CONNACK) this.#enter(bytes[3]!);
      else if (type === PUBACK) this.#acknowledge(bytes.readUInt16BE(2));
      else throw new Error(`${this.#gateway.id} was sent a packet of type ${type}`);
    }
    this.#rest = bytes;
  }

  /** Let in: first comes what may be lost, in its order and marked as sent before. */
  #enter(code: number): void {
    if (code !== 0) throw new Error(`${this.#gateway.id} was refused with CONNACK ${code}`);
    this.#isIn = true;
    for (const { packet } of this.#pending.values()) {
      packet[0] = packet[0]! | 8;
      this.#socket?.write(packet);
    }
  }

  #acknowledge(id: number): void {
    const found = this.#pending.get(id);
    if (!found) return; // a second answer to what was sent twice
    this.#pending.delete(id);
    this.#onAck(found.sensor, found.one);
  }
}
