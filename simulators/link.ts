// One MQTT connection of a sensor or gateway, as a good device keeps it: QoS 1, a window, and what
// was not acknowledged goes again first and in order when the connection is back. The client
// library's own resending is not used: it sends one by one and forgets the order of what was queued
// meanwhile.

import { connect, type IClientOptions, type MqttClient } from "mqtt";
import type { Rng } from "#scenario";

export type Message = {
  topic: string;
  payload: string;
  retain?: boolean;
  /** Called once, when it is first written. */
  written?(): void;
  /**
   * Called once, when the brain has acknowledged it; how long that took since it was first sent.
   */
  acked?(tookMs: number): void;
};

export type LinkOptions = {
  /** `mqtt://host:port`, `mqtts://…` or `ws://…/mqtt`. */
  url: string;
  /** The credential's id, which is the client id and user name too. */
  id: string;
  secret: string;
  /** Messages on their way at once. */
  window: number;
  /** Says `online` when it connects and leaves `offline` as its will; default true. */
  birth?: boolean;
  /** Chance for the pause before connecting again, so that a fleet does not come back as one. */
  rng: Rng;
  /** Further options of the client library, as `ca` for TLS. */
  client?: IClientOptions;
  onTrouble?(link: Link, why: string): void;
};

type Sent = { message: Message; sentAt: number };

/** From the first pause to the last: doubled every time, each with up to its half of chance. */
const PAUSE_MS = { first: 500, last: 30_000 };

/** A broker that does not answer the goodbye is left without one. */
const GOODBYE_MS = 2_000;

export class Link {
  readonly #options: LinkOptions;
  readonly #queue: Message[] = [];
  /** Written on this connection and not yet acknowledged, oldest first. */
  #inFlight: Sent[] = [];
  /** Written on an earlier connection, to go again before anything else. */
  #again: Sent[] = [];
  #client: MqttClient | null = null;
  #up = false;
  #wasUp = false;
  #stopped = false;
  #severed = false;
  #failures = 0;
  #pause: NodeJS.Timeout | null = null;
  #waiters: (() => void)[] = [];

  constructor(options: LinkOptions) {
    this.#options = options;
    this.#connect();
  }

  get id(): string {
    return this.#options.id;
  }

  get up(): boolean {
    return this.#up;
  }

  /** Whether it has ever been let in. */
  get wasUp(): boolean {
    return this.#wasUp;
  }

  /** Messages offered and not yet acknowledged. */
  get waiting(): number {
    return this.#queue.length + this.#again.length + this.#inFlight.length;
  }

  /** Sends it when the window allows; messages are sent in the order they are offered. */
  offer(message: Message): void {
    this.#queue.push(message);
    this.#send();
  }

  /** Resolves when nothing is waiting, or the link has been closed. */
  drained(): Promise<void> {
    return this.fewerThan(1);
  }

  /** Resolves when fewer than `count` are waiting, or the link has been closed. */
  fewerThan(count: number): Promise<void> {
    return this.#when(() => this.waiting < count);
  }

  /** Resolves when the connection is up, or the link has been closed. */
  connected(): Promise<void> {
    return this.#when(() => this.#up);
  }

  /** Breaks the connection without a word, as a power cut does, until it is restored. */
  sever(): void {
    this.#severed = true;
    if (this.#pause) clearTimeout(this.#pause);
    this.#client?.stream.destroy();
  }

  restore(): void {
    if (!this.#severed) return;
    this.#severed = false;
    this.#failures = 0;
    if (!this.#client) this.#connect();
  }

  /** Says goodbye and disconnects. What is still waiting is given up. */
  async close(): Promise<void> {
    const { birth = true, id } = this.#options;
    const client = this.#client;
    if (client && this.#up && birth)
      await new Promise<void>((resolve) => {
        const patience = setTimeout(resolve, GOODBYE_MS);
        client.once("close", resolve);
        client.publish(`status/${id}`, "offline", { qos: 1, retain: true }, () => {
          clearTimeout(patience);
          resolve();
        });
      });
    this.#stopped = true;
    if (this.#pause) clearTimeout(this.#pause);
    this.#wake();
    await this.#client?.endAsync(!this.#up || this.waiting > 0);
  }

  #connect(): void {
    const { url, id, secret, birth = true, client: more } = this.#options;
    const client = connect(url, {
      ...more,
      clientId: id,
      username: id,
      password: secret,
      reconnectPeriod: 0,
      connectTimeout: 10_000,
      ...(birth && {
        will: { topic: `status/${id}`, payload: Buffer.from("offline"), qos: 1, retain: true },
      }),
    });
    this.#client = client;
    let why = "closed";
    client.on("error", (error) => {
      why = error.message || String(error);
    });
    client.once("connect", () => this.#came(client));
    client.once("close", () => this.#went(client, why));
  }

  #came(client: MqttClient): void {
    this.#up = true;
    this.#wasUp = true;
    this.#failures = 0;
    if (this.#options.birth ?? true)
      client.publish(`status/${this.id}`, "online", { qos: 1, retain: true });
    this.#send();
    this.#wake();
  }

  #went(client: MqttClient, why: string): void {
    client.end(true);
    this.#client = null;
    this.#up = false;
    this.#again = [...this.#inFlight, ...this.#again];
    this.#inFlight = [];
    if (this.#stopped) return;
    this.#options.onTrouble?.(this, why);
    if (this.#severed) return;
    const longest = Math.min(PAUSE_MS.last, PAUSE_MS.first * 2 ** this.#failures++);
    this.#pause = setTimeout(() => this.#connect(), longest * (1 - this.#options.rng.next() / 2));
  }

  #send(): void {
    while (this.#up && this.#inFlight.length < this.#options.window) {
      const next = this.#again.shift() ?? this.#fresh();
      if (!next) return;
      this.#inFlight.push(next);
      const { topic, payload, retain = false } = next.message;
      this.#client!.publish(topic, payload, { qos: 1, retain }, (error) => {
        if (!error) this.#acknowledged(next);
      });
    }
  }

  #fresh(): Sent | undefined {
    const message = this.#queue.shift();
    message?.written?.();
    return message && { message, sentAt: performance.now() };
  }

  #acknowledged(sent: Sent): void {
    const at = this.#inFlight.indexOf(sent);
    if (at < 0) return;
    this.#inFlight.splice(at, 1);
    sent.message.acked?.(performance.now() - sent.sentAt);
    this.#send();
    this.#wake();
  }

  async #when(isSo: () => boolean): Promise<void> {
    while (!isSo() && !this.#stopped)
      await new Promise<void>((resolve) => this.#waiters.push(resolve));
  }

  #wake(): void {
    for (const waiter of this.#waiters.splice(0)) waiter();
  }
}
