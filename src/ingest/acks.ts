// PUBACKs, held until what they acknowledge is on disk, then written together: one buffer for all of a client's in a group.

import type { Done, DoorClient } from "./aedes-parts.ts";
import type { Message } from "./decode.ts";

/** A message whose acknowledgement is held. */
export type Ticket = Message & {
  readonly client: DoorClient;
  /** What aedes will answer by; `qos` 0 makes it answer nothing. */
  readonly packet: { qos: number; readonly messageId?: number | undefined };
  /** 0 when nothing is held: the sender was let go at once. */
  readonly qos: number;
  /** Lets aedes go on; with an error it closes the client. */
  readonly done: Done;
};

const PUBACK = 0x40;

/** Answers what was held. One for a broker and its loop. */
export class Acks {
  /** Messages acknowledged, of QoS 1 and 2. */
  acknowledged = 0;
  /** Messages whose append failed; each closed its client. */
  failed = 0;
  /** Messages of QoS 0 taken and not yet on disk. */
  waiting0 = 0;

  /** Acknowledges messages, in their order. Those of clients that are gone are only let go. */
  acknowledge(tickets: readonly Ticket[]): void {
    for (let from = 0; from < tickets.length; ) {
      const { client } = tickets[from]!;
      let to = from;
      for (; to < tickets.length && tickets[to]!.client === client; to++) {
        if (tickets[to]!.qos === 0) this.waiting0--;
        else this.acknowledged++;
      }
      acknowledgeRun(client, tickets, from, to);
      from = to;
    }
  }

  /** Closes the clients of messages that could not be kept, so that they send them again. */
  refuse(tickets: readonly Ticket[], error: Error): void {
    for (const ticket of tickets) {
      if (ticket.qos === 0) this.waiting0--;
      else this.failed++;
      if (ticket.qos > 0 && !ticket.client.closed) ticket.done(error);
    }
  }
}

function acknowledgeRun(
  client: DoorClient,
  tickets: readonly Ticket[],
  from: number,
  to: number,
): void {
  const bytes = client.closed ? null : pubacks(tickets, from, to);
  if (bytes === null || client.conn.write(bytes)) {
    letGo(tickets, from, to);
  } else {
    // It does not read what it is answered: nothing more is read of it until it does.
    client.waitForDrain(() => letGo(tickets, from, to));
  }
}

/** The PUBACKs of one client's messages; null when there are none. Takes them out of aedes's hands. */
function pubacks(tickets: readonly Ticket[], from: number, to: number): Buffer | null {
  const bytes = Buffer.allocUnsafe((to - from) * 4);
  let length = 0;
  for (let i = from; i < to; i++) {
    const { packet } = tickets[i]!;
    if (packet.qos !== 1 || packet.messageId === undefined) continue;
    bytes[length] = PUBACK;
    bytes[length + 1] = 2;
    bytes[length + 2] = packet.messageId >> 8;
    bytes[length + 3] = packet.messageId & 255;
    length += 4;
    packet.qos = 0;
  }
  return length === 0 ? null : bytes.subarray(0, length);
}

function letGo(tickets: readonly Ticket[], from: number, to: number): void {
  for (let i = from; i < to; i++) {
    const ticket = tickets[i]!;
    if (ticket.qos > 0) ticket.done(null);
  }
}
