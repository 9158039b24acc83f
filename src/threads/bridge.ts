// A browser's MQTT on its way from the front to the door: a local pipe, headed by a line that says where it came from.

import { connect } from "node:net";
import type { Duplex } from "node:stream";

/** Opens one stream to the door for a client at `remoteAddress`; back-pressure is the socket's own. */
export const openBridge =
  (pipe: string) =>
  (remoteAddress: string): Duplex => {
    const socket = connect(pipe);
    const family = remoteAddress.includes(":") ? "TCP6" : "TCP4";
    socket.write(`PROXY ${family} ${remoteAddress} ${remoteAddress} 0 0\r\n`);
    return socket;
  };
