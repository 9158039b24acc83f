// MQTT over WebSocket under /mqtt: a browser's or device's bytes go to the broker and back, no faster than either side reads.

import type { IncomingMessage, Server } from "node:http";
import { type Duplex, pipeline } from "node:stream";
import { createWebSocketStream, type WebSocket, WebSocketServer } from "ws";
import type { Front } from "./ports.ts";

export type BridgeOptions = {
  /** Largest WebSocket message, bytes; an MQTT packet may span several. */
  maxPayload: number;
  /** Web origins that browsers may connect from; null: any. Who connects must still log in to the broker. */
  origins: readonly string[] | null;
};

export const bridgeDefaults: BridgeOptions = { maxPayload: 262_144, origins: null };

const PROTOCOLS = ["mqtt", "mqttv3.1"];

/** Takes upgrades of `server` at /mqtt; any other path is refused. Returns the way to hang up on all and stop. */
export function openBridge(
  server: Server,
  front: Pick<Front, "mqttStream">,
  { maxPayload, origins }: BridgeOptions,
): () => void {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload,
    perMessageDeflate: false,
    clientTracking: true,
    handleProtocols: (offered) => PROTOCOLS.find((one) => offered.has(one)) ?? false,
  });
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const refusal = refused(request, origins);
    if (refusal !== null) {
      socket.end(`HTTP/1.1 ${refusal}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      join(webSocket, front.mqttStream(request.socket.remoteAddress ?? ""));
    });
  };
  server.on("upgrade", upgrade);
  return () => {
    server.off("upgrade", upgrade);
    for (const webSocket of sockets.clients) webSocket.terminate();
    sockets.close();
  };
}

/** The status line of a refusal, or null. */
function refused(request: IncomingMessage, origins: readonly string[] | null): string | null {
  const [path] = (request.url ?? "").split("?");
  if (path !== "/mqtt") return "404 Not Found";
  const offered = String(request.headers["sec-websocket-protocol"] ?? "")
    .split(",")
    .map((one) => one.trim());
  if (!offered.some((one) => PROTOCOLS.includes(one))) return "400 Bad Request";
  const { origin } = request.headers;
  if (origins !== null && origin !== undefined && !origins.includes(origin)) return "403 Forbidden";
  return null;
}

/** Either side's end or fault ends the other. */
function join(webSocket: WebSocket, broker: Duplex): void {
  const browser = createWebSocketStream(webSocket);
  const end = () => {
    browser.destroy();
    broker.destroy();
  };
  browser.on("error", () => {}); // told by the end of both; a late one must not end the process
  broker.on("error", () => {});
  pipeline(browser, broker, end);
  pipeline(broker, browser, end);
}
