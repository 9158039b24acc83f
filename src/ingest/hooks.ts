// What the broker answers to each question of aedes: who may log in, publish, subscribe and be sent to.

import type {
  AedesOptions,
  AedesPublishPacket,
  AuthenticateError,
  Client,
  ConnectPacket,
  PublishPacket,
  Subscription,
} from "aedes";
import type { Instant } from "../core/time.ts";
import type { Acks, Ticket } from "./acks.ts";
import { type Done, type DoorClient, partsOf, type TakingAedes } from "./aedes-parts.ts";
import { type CredentialKey, secretFits } from "./credential.ts";
import type { Publish } from "./frames.ts";
import { connectFault, IDENTIFIER_REJECTED } from "./identity.ts";
import type { Limits } from "./limits.ts";
import type { QuarantineWriter, Reason } from "./quarantine.ts";
import { type Report, seldom } from "./seldom.ts";
import type { Session, SessionHost } from "./session.ts";
import { showText } from "./show.ts";
import type { DoorView } from "./view.ts";

/** The door's loop, as the broker sees it. */
export type Door = {
  take(ticket: Ticket): void;
  link(id: string, online: boolean): void;
  full(): boolean;
  onRoom(listener: () => void): void;
  close(): Promise<void>;
};

export type HookParts = {
  view: DoorView;
  key: CredentialKey;
  door: Door;
  acks: Acks;
  refusals: QuarantineWriter;
  /** The wall clock: by it an old secret ends, and refusals are dated. */
  now(): Instant;
  /** Called seldom: once a minute for what one client or address keeps bringing about. */
  report(report: Report): void;
};

/** A PUBLISH as our frames cut it, or a will as aedes parsed it. */
type Sent = PublishPacket & { size?: number };

const BAD_LOGIN = 4;
const NO_SECRET = Buffer.alloc(0);
const TOPIC_SHOWN = 256;

/** The hooks of one broker, and what they count. */
export class Hooks implements SessionHost {
  readonly limits: Limits;
  loginsRefused = 0;
  takeovers = 0;
  subscriptionsRefused = 0;
  received = 0;
  qos0Dropped = 0;
  clientsClosed = 0;
  readonly #parts: HookParts;
  readonly #sessions = new Map<string, Session>();
  readonly #waiting = new Set<Session>();
  readonly #report: (report: Report, about: string) => void;
  #aedes: TakingAedes | null = null;
  #closing = false;

  constructor(parts: HookParts, limits: Limits) {
    this.#parts = parts;
    this.limits = limits;
    this.#report = seldom(parts.report, parts.now);
    parts.door.onRoom(() => this.#letOn());
  }

  /** For aedes's constructor. */
  get answers(): AedesOptions {
    return {
      preConnect: (client, packet, done) => this.#preConnect(client, packet, done),
      authenticate: (client, username, password, done) => {
        const error = this.#loginError(client, username, password);
        done(error, error === null);
      },
      authorizePublish: (client, packet, done) => this.#publish(client, packet, done),
      authorizeSubscribe: (client, subscription, done) => {
        done(null, this.#subscription(client, subscription));
      },
      authorizeForward: (client, packet) => this.#forward(client, packet),
    };
  }

  /** Listens to what aedes tells. */
  attach(aedes: TakingAedes): void {
    this.#aedes = aedes;
    aedes.on("clientReady", (client) => this.#ready(partsOf(client)));
    aedes.on("clientError", () => this.clientsClosed++);
    aedes.on("connectionError", () => this.clientsClosed++);
  }

  get clients(): number {
    return this.#sessions.size;
  }

  /** From here on nothing more is read. */
  stop(): void {
    this.#closing = true;
    for (const session of this.#sessions.values()) session.end();
  }

  disconnect(ids: readonly string[]): void {
    for (const id of ids) this.#sessions.get(id)?.client.close();
  }

  full(): boolean {
    return this.#parts.door.full();
  }

  waitForRoom(session: Session): void {
    this.#waiting.add(session);
  }

  illFormed(session: Session, packet: Publish): void {
    this.received++;
    this.#refuse(session, packet.topic, "topic-unknown", "MQTT does not allow + # U+0000 here");
  }

  /** Those that wait for room, in the order in which they began to, as long as there is some. */
  #letOn(): void {
    for (const session of this.#waiting) {
      if (this.full()) return;
      this.#waiting.delete(session);
      session.go();
    }
  }

  #preConnect(
    client: Client,
    packet: ConnectPacket,
    done: (error: Error | null, go: boolean) => void,
  ): void {
    const fault = connectFault(packet);
    if (fault === null) {
      done(null, true);
      return;
    }
    this.loginsRefused++;
    if (fault === "identifier") client.conn.write(IDENTIFIER_REJECTED);
    done(new Error(`CONNECT with an ${fault} that is not allowed`), false);
  }

  #loginError(
    client: Client,
    username: string | undefined,
    password: Buffer | undefined,
  ): AuthenticateError | null {
    const { view, key, now } = this.#parts;
    const credential = view.credential(client.id);
    if (secretFits(key, credential, password ?? NO_SECRET, now()) && username === client.id) {
      this.#enter(partsOf(client));
      return null;
    }
    this.loginsRefused++;
    return Object.assign(new Error("bad user name or password"), { returnCode: BAD_LOGIN });
  }

  #enter(client: DoorClient): void {
    const { session } = client;
    if (session === undefined) return;
    this.#noteTakeover(client);
    this.#sessions.set(client.id, session);
    client.conn.once("close", () => this.#gone(session));
  }

  /** The new session wins [MQTT-3.1.4-2]; two sensors may be fighting over one credential, so it is said. */
  #noteTakeover(client: DoorClient): void {
    const { id } = client;
    if (!this.#sessions.has(id)) return;
    this.takeovers++;
    const address = client.session?.address ?? "";
    this.#report({ level: "warn", key: "ingest.takeover", params: { id, address } }, id);
  }

  #ready({ session, id }: DoorClient): void {
    if (session === undefined || this.#closing) return;
    session.ready = true;
    this.#parts.door.link(id, true);
  }

  /** Its connection is closed. When another has taken its place, that is no news. */
  #gone(session: Session): void {
    const { id } = session.client;
    session.end();
    this.#waiting.delete(session);
    if (this.#sessions.get(id) !== session) return;
    this.#sessions.delete(id);
    if (session.ready && !session.saidGoodbye) this.#parts.door.link(id, false);
  }

  /** Readings, statuses and wills alike. The answer is held until what was said is on disk; bad ones are answered too. */
  #publish(client: Client | null, packet: Sent, done: Done): void {
    const session = client === null ? undefined : partsOf(client).session;
    if (session === undefined || this.#closing) {
      done(new Error("the broker is closing"));
      return;
    }
    this.received++;
    if (packet.qos === 2) {
      this.#publishOnce(session, packet, done);
    } else if (packet.qos === 1) {
      this.#take(session, packet, done);
    } else {
      if (!this.#drops(session, packet.topic)) this.#take(session, packet, done);
      done(null);
    }
  }

  #take(session: Session, packet: Sent, done: Done): void {
    const payload = packet.payload as Buffer;
    const { acks, door } = this.#parts;
    if (packet.qos === 0) acks.waiting0++;
    door.take({
      clientId: session.client.id,
      topic: packet.topic,
      payload,
      size: packet.size ?? payload.length,
      client: session.client,
      packet,
      qos: packet.qos,
      done,
    });
  }

  /** QoS 2: one that comes again before its PUBREL is the same one, and is not taken twice. */
  #publishOnce(session: Session, packet: PublishPacket, done: Done): void {
    const id = packet.messageId ?? 0;
    session.held2 ??= new Map();
    const held = session.held2;
    const again = held.get(id);
    if (again !== undefined) {
      again.push(done);
      return;
    }
    const all = [done];
    held.set(id, all);
    const taken: Done = (error) => {
      held.delete(id);
      for (const answer of all) answer(error);
    };
    this.#aedes!.persistence.incomingGetPacket(session.client, packet).then(
      () => taken(null),
      () => this.#take(session, packet, taken),
    );
  }

  #drops(session: Session, topic: string): boolean {
    if (session.farOverRate) {
      this.#refuse(session, topic, "rate", "sent faster than allowed, at QoS 0");
    } else if (this.#parts.acks.waiting0 >= this.limits.waiting0) {
      this.#refuse(session, topic, "qos0-overflow", "too many messages of QoS 0 are waiting");
    } else {
      return false;
    }
    this.qos0Dropped++;
    return true;
  }

  #refuse(session: Session, topic: string, reason: Reason, detail: string): void {
    if (!this.#parts.refusals.count(reason, session.client.id)) return;
    this.#parts.refusals.keep({
      reason,
      at: this.#parts.now(),
      clientId: session.client.id,
      topic: showText(topic, TOPIC_SHOWN),
      detail,
      excerpt: "",
    });
  }

  /** Its own commands and nothing else; null is answered with 0x80. */
  #subscription(client: Client, subscription: Subscription): Subscription | null {
    if (subscription.topic === `commands/${client.id}`) return subscription;
    this.subscriptionsRefused++;
    return null;
  }

  /** A client that does not read what it is sent is closed before it costs more than `maxUnread`. */
  #forward(client: Client, packet: AedesPublishPacket): AedesPublishPacket | null {
    if (client.conn.writableLength <= this.limits.maxUnread) return packet;
    client.conn.destroy();
    return null;
  }
}
