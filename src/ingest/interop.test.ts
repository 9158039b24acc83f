// Foreign clients against our broker: mosquitto_pub, paho for Python and MQTT.js, over TCP, TLS
// and WebSocket. vitest.config.ts names the Debian packages that this wants.

import { execFile, execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import mqtt from "mqtt";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bridgeDefaults, openBridge } from "../api/mqtt-bridge.ts";
import { openTestDoor, SECRET, type TestDoor } from "../testing/door.ts";
import { openBridge as pipeTo } from "../threads/bridge.ts";

const run = promisify(execFile);
const PAHO = `
import json, ssl, sys
import paho.mqtt.client as mqtt
port, cafile, n = int(sys.argv[1]), sys.argv[2], int(sys.argv[3])
me, secret, transport = sys.argv[4], sys.argv[5], sys.argv[6]
more = dict(client_id=me, protocol=mqtt.MQTTv311, transport=transport)
try:
    client = mqtt.Client(**more)
except TypeError:
    client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION1, **more)
client.username_pw_set(me, secret)
client.will_set("status/" + me, "offline", qos=1, retain=True)
if cafile:
    client.tls_set(ca_certs=cafile, tls_version=ssl.PROTOCOL_TLS_CLIENT)
client.connect("localhost", port, 30)
client.loop_start()
client.publish("status/" + me, "online", qos=1, retain=True).wait_for_publish(20)
left = []
for i in range(n):
    body = json.dumps({"values": {"levelM": i / 100}, "seq": i})
    left.append(client.publish("readings/yard/" + me, body, qos=1 + i % 2))
for one in left:
    one.wait_for_publish(20)
client.disconnect()
client.loop_stop()
print("acknowledged", sum(one.is_published() for one in left))
`;

let folder: string;
let door: TestDoor;
let ca: string;
let tlsPort: number;
let web: Server;
let webPort: number;
let hangUp: () => void;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "interop-"));
  ca = join(folder, "cert.pem");
  const key = join(folder, "key.pem");
  const pipe = process.platform === "win32" ? "\\\\.\\pipe\\interop" : join(folder, "inner.sock");
  const subject = [
    "-subj",
    "/CN=localhost",
    "-addext",
    "subjectAltName=DNS:localhost,IP:127.0.0.1",
  ];
  const curve = [
    "-newkey",
    "ec",
    "-pkeyopt",
    "ec_paramgen_curve:prime256v1",
    "-nodes",
    "-days",
    "2",
  ];
  execFileSync("openssl", ["req", "-x509", ...curve, "-keyout", key, "-out", ca, ...subject], {
    stdio: "ignore",
  });
  door = await openTestDoor({
    listen: {
      tcp: { host: "127.0.0.1", port: 0 },
      tls: { host: "127.0.0.1", port: 0, key: readFileSync(key), cert: readFileSync(ca) },
      inner: { path: pipe },
    },
  });
  tlsPort = door.broker.addresses.tls!.port;
  web = createServer();
  hangUp = openBridge(web, { mqttStream: pipeTo(pipe) }, bridgeDefaults);
  await new Promise<void>((resolve) => web.listen(0, "127.0.0.1", resolve));
  webPort = (web.address() as AddressInfo).port;
});
afterAll(async () => {
  hangUp();
  web.close();
  await door.end();
  rmSync(folder, { recursive: true, force: true });
});

const logged = (n: number) => door.logged().get(`tank-${n}`) ?? 0;
const body = JSON.stringify({ values: { levelM: 2 } });

type Transport = "TCP" | "TLS" | "WebSocket";

function mosquitto(
  n: number,
  transport: Transport,
  ...more: string[]
): Promise<{ stderr: string }> {
  const where =
    transport === "TLS"
      ? ["-h", "localhost", "-p", String(tlsPort), "--cafile", ca]
      : ["-h", "127.0.0.1", "-p", String(door.port)];
  const who = ["-i", `tank-${n}`, "-u", `tank-${n}`, "-P", SECRET];
  return run("mosquitto_pub", [...where, ...who, "-q", "1", ...more]);
}

/** The system's Python, which has Debian's paho; another one on the PATH need not. */
const python = existsSync("/usr/bin/python3") ? "/usr/bin/python3" : "python3";
const paho = (n: number, transport: Transport, count: number) =>
  run(python, [
    "-c",
    PAHO,
    String({ TCP: door.port, TLS: tlsPort, WebSocket: webPort }[transport]),
    transport === "TLS" ? ca : "",
    String(count),
    `tank-${n}`,
    SECRET,
    transport === "WebSocket" ? "websockets" : "tcp",
  ]);

async function mqttJs(n: number, transport: Transport, count: number): Promise<void> {
  const url = {
    TCP: `mqtt://127.0.0.1:${door.port}`,
    TLS: `mqtts://localhost:${tlsPort}`,
    WebSocket: `ws://127.0.0.1:${webPort}/mqtt`,
  }[transport];
  const id = `tank-${n}`;
  const client = await mqtt.connectAsync(url, {
    clientId: id,
    username: id,
    password: SECRET,
    ...(transport === "TLS" && { ca: readFileSync(ca) }),
    will: { topic: `status/${id}`, payload: Buffer.from("offline"), qos: 1, retain: true },
  });
  const granted = await client.subscribeAsync(`commands/${id}`, { qos: 1 });
  expect(granted[0]?.qos).toBe(1);
  const command = new Promise<string>((resolve) =>
    client.once("message", (_topic, payload) => resolve(payload.toString())),
  );
  await door.broker.command(id, Buffer.from("close the valve"));
  expect(await command).toBe("close the valve");
  const qos = [1, 2] as const;
  await Promise.all(
    Array.from({ length: count }, (_, i) =>
      client.publishAsync(`readings/yard/${id}`, body, { qos: qos[i % 2]! }),
    ),
  );
  await client.endAsync();
}

describe.each<[Transport, number]>([
  ["TCP", 1],
  ["TLS", 4],
  ["WebSocket", 7],
])("over %s", (transport, first) => {
  test("paho for Python, at QoS 1 and 2, with birth and last will", async () => {
    const { stdout } = await paho(first, transport, 200);
    expect(stdout.trim()).toBe("acknowledged 200");
    expect(logged(first)).toBe(200);
  });

  test("MQTT.js, at QoS 1 and 2, gets the commands of its own", async () => {
    await mqttJs(first + 1, transport, 200);
    expect(logged(first + 1)).toBe(200);
  });
});

// mosquitto_pub 2.0 does not speak WebSocket.
test.each<[Transport, number]>([
  ["TCP", 3],
  ["TLS", 6],
])(
  "over %s mosquitto_pub, in MQTT 3.1.1 and 3.1, has its readings acknowledged",
  async (transport, n) => {
    const topic = ["-t", `readings/yard/tank-${n}`, "-m", body];
    await mosquitto(n, transport, "-V", "mqttv311", ...topic);
    await mosquitto(n, transport, "-V", "mqttv31", ...topic);
    expect(logged(n)).toBe(2);
    const wrong = mosquitto(n, transport, ...topic, "-P", "wrong");
    await expect(wrong).rejects.toThrow(/not authori[sz]ed|bad user name/i);
    await expect(mosquitto(n, transport, ...topic, "-V", "mqttv5")).rejects.toThrow(/protocol/i);
    expect(logged(n)).toBe(2);
  },
);

test("a client that does not trust the certificate does not get in, and the door stays open", async () => {
  const other = mqtt.connectAsync(`mqtts://localhost:${tlsPort}`, { reconnectPeriod: 0 }, false);
  await expect(other).rejects.toThrow(/self-signed certificate/);
  await mosquitto(10, "TLS", "-t", "readings/yard/tank-10", "-m", body);
  expect(logged(10)).toBe(1);
});
