// MQTT 3.1.1 by the byte, for tests that must send what no client library would, and see exactly what is answered.

import net from "node:net";
import type { Duplex } from "node:stream";

const text = (value: string | Buffer): Buffer => {
  const bytes = Buffer.from(value as string);
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes]);
};

/** A packet with its remaining length. */
export function packet(head: number, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const length: number[] = [];
  for (let rest = body.length; ; rest >>= 7) {
    length.push(rest > 127 ? (rest & 127) | 128 : rest);
    if (rest <= 127) break;
  }
  return Buffer.concat([Buffer.from([head, ...length]), body]);
}

export type Hello = {
  id: string;
  user?: string;
  password?: string;
  clean?: boolean;
  keepalive?: number;
  version?: number;
  will?: { topic: string; payload: string; qos?: 0 | 1 | 2; retain?: boolean };
};

export function connectPacket(hello: Hello): Buffer {
  const { will } = hello;
  let flags = (hello.clean ?? true) ? 2 : 0;
  if (will !== undefined) flags |= 4 | ((will.qos ?? 0) << 3) | (will.retain ? 32 : 0);
  if (hello.password !== undefined) flags |= 64;
  if (hello.user !== undefined) flags |= 128;
  const keepalive = hello.keepalive ?? 60;
  return packet(
    0x10,
    text("MQTT"),
    Buffer.from([hello.version ?? 4, flags, keepalive >> 8, keepalive & 255]),
    ...(hello.version === 5 ? [Buffer.from([0])] : []),
    text(hello.id),
    ...(will === undefined ? [] : [text(will.topic), text(will.payload)]),
    ...(hello.user === undefined ? [] : [text(hello.user)]),
    ...(hello.password === undefined ? [] : [text(hello.password)]),
  );
}

export type PublishFlags = { qos?: 0 | 1 | 2; id?: number; retain?: boolean; dup?: boolean };

export function publishPacket(
  topic: string | Buffer,
  payload: string | Buffer,
  { qos = 1, id = 1, retain = false, dup = false }: PublishFlags = {},
): Buffer {
  const head = 0x30 | (dup ? 8 : 0) | (qos << 1) | (retain ? 1 : 0);
  const name = qos === 0 ? [] : [Buffer.from([id >> 8, id & 255])];
  return packet(head, text(topic), ...name, Buffer.from(payload as string));
}

export const subscribePacket = (id: number, ...filters: string[]): Buffer =>
  packet(
    0x82,
    Buffer.from([id >> 8, id & 255]),
    ...filters.map((filter) => Buffer.concat([text(filter), Buffer.from([1])])),
  );

export const pubrel = (id: number): Buffer => packet(0x62, Buffer.from([id >> 8, id & 255]));
export const disconnectPacket = Buffer.from([0xe0, 0]);
export const pingPacket = Buffer.from([0xc0, 0]);

/** One packet as it was received. */
export type Received = { type: number; body: Buffer };

/** A connection that speaks bytes. */
export class RawMqtt {
  readonly socket: Duplex;
  /** Resolves when the other side has closed. */
  readonly closed: Promise<void>;
  /** All packets so far, in order. */
  readonly packets: Received[] = [];
  isClosed = false;
  #rest = Buffer.alloc(0);
  readonly #waiting = new Set<() => void>();

  constructor(socket: Duplex) {
    this.socket = socket;
    this.closed = new Promise((resolve) => {
      socket.once("close", () => {
        this.isClosed = true;
        resolve();
        this.#wake();
      });
    });
    socket.on("error", () => {});
    socket.on("data", (chunk: Buffer) => this.#take(chunk));
  }

  write(bytes: Buffer | string): this {
    this.socket.write(bytes);
    return this;
  }

  /** Resolves when so many packets of a type (1 to 15) have come in all; rejects when the connection ends before. */
  async received(type: number, count = 1): Promise<Received[]> {
    const found = () => this.packets.filter((one) => one.type === type);
    await this.until(() => found().length >= count, `${count} packets of type ${type}`);
    return found();
  }

  /** Resolves when it is true; asked whenever something has come. */
  async until(isTrue: () => boolean, what: string): Promise<void> {
    while (!isTrue()) {
      if (this.isClosed) throw new Error(`closed while waiting for ${what}`);
      await new Promise<void>((resolve) => {
        this.#waiting.add(resolve);
      });
    }
  }

  /** Ids of the PUBACKs so far, in their order. */
  acked(): number[] {
    return this.packets.filter((one) => one.type === 4).map(({ body }) => body.readUInt16BE(0));
  }

  #take(chunk: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    for (;;) {
      const length = this.#rest[1];
      // Everything that these tests are answered is shorter than 128 bytes, but for what is published to them.
      if (length === undefined) break;
      const [size, at] = length < 128 ? [length, 2] : [(length & 127) | (this.#rest[2]! << 7), 3];
      if (this.#rest.length < at + size) break;
      this.packets.push({ type: this.#rest[0]! >> 4, body: this.#rest.subarray(at, at + size) });
      this.#rest = this.#rest.subarray(at + size);
    }
    this.#wake();
  }

  #wake(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const resolve of waiting) resolve();
  }
}

/** Connects a socket and says nothing yet. */
export const rawSocket = (port: number): RawMqtt => new RawMqtt(net.connect(port, "127.0.0.1"));

/** Connects and logs in with the credential's own name; rejects when it is refused. */
export async function rawLogin(port: number, hello: Hello): Promise<RawMqtt> {
  const client = rawSocket(port);
  client.write(connectPacket({ user: hello.id, ...hello }));
  const [connack] = await client.received(2);
  const code = connack?.body[1];
  if (code !== 0) throw new Error(`refused with CONNACK ${code}`);
  return client;
}
