// One connection: its packets, its share of the door, and when it must wait.

import type { Done, DoorClient } from "./aedes-parts.ts";
import { type FrameSink, Frames, type Publish } from "./frames.ts";
import type { Limits } from "./limits.ts";

/** What a session asks of the door it is at. */
export interface SessionHost {
  readonly limits: Limits;
  /** True when no more messages can be held. */
  full(): boolean;
  /** Asks for `session.go()` when there is room again. */
  waitForRoom(session: Session): void;
  /** A PUBLISH whose topic is not allowed to be one; the client is closed after it. */
  illFormed(session: Session, packet: Publish): void;
}

/** What MQTT forbids in a topic name: wildcards, U+0000, what is not UTF-8. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: U+0000 is what is looked for.
const ILL_FORMED = /[+#\u0000\uFFFD]/;

const DISCONNECT = 14;
/** aedes closes the sender of a topic with more levels; ours is to refuse the message only. */
const AEDES_LEVELS = 100;
const SHOWN_LEVELS = 9;

/** A topic with too many levels becomes one that still has too many for the decoder. */
function shorten(packet: Publish): void {
  const levels = packet.topic.split("/");
  if (levels.length <= AEDES_LEVELS) return;
  packet.topic = `${levels.slice(0, SHOWN_LEVELS).join("/")}/…`;
}

export class Session implements FrameSink {
  readonly client: DoorClient;
  readonly address: string;
  /** It has been let in. */
  ready = false;
  /** It said goodbye: that it is gone is no news. */
  saidGoodbye = false;
  /** QoS 2 messages that are held, by id, with the answers that each owes: it may have come several times. */
  held2: Map<number, Done[]> | null = null;
  readonly #host: SessionHost;
  readonly #frames: Frames;
  readonly #parse: (chunk: Buffer) => number;
  /** The last topic published to, found well formed. */
  #topic = "";
  #connectSeen = false;
  #loggedIn = false;
  #waiting = false;
  #wake: NodeJS.Timeout | null = null;
  #messages: number;
  #bytes: number;
  #refilledAt = performance.now();

  constructor(client: DoorClient, address: string, host: SessionHost) {
    this.client = client;
    this.address = address;
    this.#host = host;
    this.#messages = host.limits.rate.messagesAtOnce;
    this.#bytes = host.limits.rate.bytesAtOnce;
    this.#frames = new Frames(this, host.limits.maxBeforeLogin);
    this.#parse = client._parser.parse.bind(client._parser);
    client._parser.parse = (chunk) => this.#take(chunk);
    client.session = this;
    client.once("connected", () => this.#login());
  }

  /** True when the client is more than a second ahead of its rate: it waits already, and QoS 0 need not be kept for it. */
  get farOverRate(): boolean {
    const { rate } = this.#host.limits;
    return this.#messages < -rate.messagesPerSecond || this.#bytes < -rate.bytesPerSecond;
  }

  /** Goes on after a wait, if it need not wait any longer. */
  go(): void {
    if (!this.#waiting || this.client.closed) return;
    if (this.#mustWait()) return;
    this.#waiting = false;
    this.#frames.go();
    this.client.resume();
  }

  /** Takes nothing more. */
  end(): void {
    this.#frames.end();
    if (this.#wake !== null) clearTimeout(this.#wake);
    this.#wake = null;
  }

  waits(): boolean {
    return this.#connectSeen && !this.#loggedIn;
  }

  publish(packet: Publish): void {
    this.#messages--;
    if (packet.topic !== this.#topic) {
      if (ILL_FORMED.test(packet.topic)) {
        this.#host.illFormed(this, packet);
        this.broken("a topic name that MQTT does not allow");
        return;
      }
      this.#topic = packet.topic;
    }
    if (packet.topic.length >= AEDES_LEVELS) shorten(packet);
    this.client._parser.emit("packet", packet);
  }

  packet(bytes: Buffer): void {
    // What follows a CONNECT waits for the login, in bytes and not in packets.
    this.#connectSeen = true;
    if (bytes[0]! >> 4 === DISCONNECT) this.saidGoodbye = true;
    this.#parse(bytes);
  }

  broken(reason: string): void {
    this.end();
    this.client._parser.emit("error", new Error(reason));
  }

  #login(): void {
    this.#loggedIn = true;
    this.#frames.login(this.#host.limits.maxPacket);
    this.#frames.go();
  }

  #take(chunk: Buffer): number {
    if (this.#loggedIn) {
      this.#bytes -= chunk.length;
      if (this.#mustWait()) {
        this.#waiting = true;
        // Before any packet of this chunk: aedes does not count what is answered while it is paused.
        this.client.pause();
        this.#frames.hold(chunk);
        return 0;
      }
    } else if (this.#frames.kept + chunk.length > 2 * this.#host.limits.maxBeforeLogin) {
      this.broken("too much before the login");
      return 0;
    }
    this.#frames.push(chunk);
    return 0;
  }

  #mustWait(): boolean {
    this.#refill();
    if (this.#messages < 0 || this.#bytes < 0) {
      this.#wake ??= setTimeout(() => {
        this.#wake = null;
        this.go();
      }, this.#debtMs());
      return true;
    }
    if (!this.#host.full()) return false;
    this.#host.waitForRoom(this);
    return true;
  }

  #refill(): void {
    const now = performance.now();
    const seconds = (now - this.#refilledAt) / 1_000;
    const { rate } = this.#host.limits;
    this.#refilledAt = now;
    this.#messages = Math.min(
      rate.messagesAtOnce,
      this.#messages + seconds * rate.messagesPerSecond,
    );
    this.#bytes = Math.min(rate.bytesAtOnce, this.#bytes + seconds * rate.bytesPerSecond);
  }

  #debtMs(): number {
    const { rate } = this.#host.limits;
    const messages = -this.#messages / rate.messagesPerSecond;
    const bytes = -this.#bytes / rate.bytesPerSecond;
    return Math.ceil(Math.max(messages, bytes, 0.001) * 1_000);
  }
}
