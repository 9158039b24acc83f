// The broker's library, and the parts of it that its types do not show. They are private, so the version is pinned in
// package.json and aedes-parts.test.ts fails when a new one has other parts.

import { Aedes, type Client, type PublishPacket } from "aedes";
import type { Session } from "./session.ts";

/** A client of aedes as the door uses it. */
export type DoorClient = Client & {
  /** Ours: set as soon as aedes has made the client. */
  session?: Session;
  /** mqtt-packet's parser: fed by `conn`'s readable chunks, emits "packet" and "error". */
  readonly _parser: {
    parse(chunk: Buffer): number;
    emit(name: "packet", packet: unknown): boolean;
    emit(name: "error", error: Error): boolean;
  };
  /** Stops aedes reading `conn`, and goes on. Packets that are answered meanwhile are not counted as done. */
  pause(): void;
  resume(): void;
  /** Calls back when `conn` has been written, or with an error when it was not within drainTimeout. */
  waitForDrain(callback: (error?: Error | null) => void): void;
};

/** The same client, with its private parts. */
export const partsOf = (client: Client): DoorClient => client as DoorClient;

/** What aedes goes on by; with an error it closes the client. */
export type Done = (error?: Error | null) => void;

type Callback = (error?: Error) => void;

/**
 * What clients publish ends at authorizePublish, where it is taken: it never enters the emitter, the subscriptions or the
 * retained messages. Only what the door itself publishes is forwarded.
 */
export class TakingAedes extends Aedes {
  declare readonly clients: Readonly<Record<string, Client | undefined>>;
  declare readonly persistence: {
    /** Rejects when there is no such packet of QoS 2 between its PUBLISH and PUBREL. */
    incomingGetPacket(client: Client, packet: PublishPacket): Promise<unknown>;
  };

  override publish(packet: PublishPacket, second: Client | null | Callback, done?: Callback): void {
    if (typeof second === "object" && second !== null) done?.();
    else if (typeof second === "function") super.publish(packet, second);
    else super.publish(packet, done ?? (() => {}));
  }
}
