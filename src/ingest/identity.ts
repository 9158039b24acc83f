// Who a connection says it is, checked before anything is looked up: names that could act, or that no credential can have.

import type { ConnectPacket } from "aedes";

/** CONNACK of an identifier that is rejected [MQTT-3.1.3-8], written by hand since aedes only closes. */
export const IDENTIFIER_REJECTED = Buffer.from([0x20, 2, 0, 2]);

/** Ids of the register: 1 to 64 of these; nothing else can be a credential's. */
const ID = /^[A-Za-z0-9_-]{1,64}$/;
/** Control characters, what is no text, and U+0000 [MQTT-1.5.3-2]. */
const UNFIT = /[\p{Cc}\p{Cs}\uFFFD]/u;

export type ConnectFault = "identifier" | "protocol";

/** What is wrong with a CONNECT, or null. An MQTT 5 one is left to aedes, which answers it with "unacceptable protocol". */
export function connectFault(packet: ConnectPacket): ConnectFault | null {
  if (packet.protocolVersion === 5) return null;
  if (!ID.test(packet.clientId)) return "identifier";
  if (packet.username !== undefined && UNFIT.test(packet.username)) return "protocol";
  const will = packet.will;
  if (will !== undefined && (will.topic === "" || UNFIT.test(will.topic))) return "protocol";
  return null;
}
