import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Duplex, PassThrough } from "node:stream";
import { afterEach, beforeEach, expect, test } from "vitest";
import { WebSocket } from "ws";
import { bridgeDefaults, openBridge } from "./mqtt-bridge.ts";

const server = () => createServer((_request, response) => response.writeHead(404).end());

let http: ReturnType<typeof server>;
let stop: () => void;
let url: string;
let brokerEnd: Duplex;
let addresses: string[];

async function begin(options = {}, stream: () => Duplex = () => new PassThrough()) {
  http = server();
  addresses = [];
  const front = {
    mqttStream(address: string) {
      addresses.push(address);
      brokerEnd = stream();
      return brokerEnd;
    },
  };
  stop = openBridge(http, front, { ...bridgeDefaults, ...options });
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  url = `ws://127.0.0.1:${(http.address() as AddressInfo).port}`;
}
beforeEach(() => begin());
afterEach(async () => {
  stop();
  http.closeAllConnections();
  http.close();
  await once(http, "close");
});

/** The status that an upgrade was refused with. */
async function refusal(path: string, protocols: string[], headers = {}): Promise<number> {
  const socket = new WebSocket(url + path, protocols, { headers });
  socket.on("error", () => {}); // ws tells of a refusal twice
  const [, answer] = await once(socket, "unexpected-response");
  answer.resume();
  return answer.statusCode;
}

test("bytes go to the broker and back as they are, with the address they came from", async () => {
  const socket = new WebSocket(`${url}/mqtt`, "mqtt");
  await once(socket, "open");
  expect(socket.protocol).toBe("mqtt");
  expect(addresses).toEqual(["127.0.0.1"]);
  socket.send(Buffer.from([0x10, 0x00, 0xff]));
  const [back] = await once(socket, "message"); // the broker's end here says everything again
  expect([...(back as Buffer)]).toEqual([0x10, 0x00, 0xff]);
  socket.close();
  await once(brokerEnd, "close");
});

test("what is no MQTT over WebSocket is refused: another path, no subprotocol, another one", async () => {
  expect(await refusal("/other", ["mqtt"])).toBe(404);
  expect(await refusal("/mqtt", [])).toBe(400);
  expect(await refusal("/mqtt", ["chat"])).toBe(400);
  expect(addresses).toEqual([]);
});

test("where origins are named, a browser of another is refused, and a device, which has none, is not", async () => {
  stop();
  http.close();
  await begin({ origins: ["https://street.example"] });
  expect(await refusal("/mqtt", ["mqtt"], { origin: "https://evil.example" })).toBe(403);
  const device = new WebSocket(`${url}/mqtt`, "mqtt");
  await once(device, "open");
  device.terminate();
  await once(device, "close");
});

test("a message larger than allowed ends the connection on both sides", async () => {
  const socket = new WebSocket(`${url}/mqtt`, "mqtt");
  await once(socket, "open");
  socket.on("error", () => {});
  socket.send(Buffer.alloc(bridgeDefaults.maxPayload + 1));
  const [code] = await once(socket, "close");
  expect(code).toBe(1009);
  if (!brokerEnd.closed) await new Promise<void>((resolve) => brokerEnd.once("close", resolve));
});

test("when the broker hangs up, so does the socket", async () => {
  const socket = new WebSocket(`${url}/mqtt`, "mqtt");
  await once(socket, "open");
  brokerEnd.destroy();
  await once(socket, "close");
});

test("a broker that takes nothing is not sent more than a few buffers", async () => {
  stop();
  http.close();
  let taken = 0;
  let go: () => void = () => {};
  await begin({}, () => {
    return new Duplex({
      highWaterMark: 1_024,
      read() {},
      write(chunk, _encoding, done) {
        taken += chunk.length;
        go = done; // takes one chunk and holds it
      },
    });
  });
  const socket = new WebSocket(`${url}/mqtt`, "mqtt");
  await once(socket, "open");
  const chunk = Buffer.alloc(100_000);
  const total = 400;
  for (let i = 0; i < total; i++) socket.send(chunk);
  socket.ping();
  // The pong waits behind what the bridge has not read: it comes only when the broker takes again.
  let ponged = false;
  socket.once("pong", () => {
    ponged = true;
  });
  const other = new WebSocket(`${url}/mqtt`, "mqtt");
  await once(other, "open");
  expect(taken).toBe(100_000);
  expect(ponged).toBe(false);
  expect(socket.bufferedAmount).toBeGreaterThan(0);
  go();
  socket.terminate();
  other.terminate();
});
