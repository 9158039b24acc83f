// The front on a whole brain: door, judge and history in their threads, a real log, a sensor that speaks MQTT over the front's own port.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectAsync } from "mqtt";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Config, readConfig } from "../config.ts";
import { credentialKey, hashSecret } from "../ingest/credential.ts";
import { type Brain, startBrain } from "../main.ts";
import { type Frame, listen } from "../testing/front-listen.ts";
import { frontStreet } from "../testing/front-street.ts";

let folder: string;
let config: Config;
let brain: Brain;

const start = () =>
  startBrain({
    config,
    mode: "drill",
    clock: { kind: "real", notBefore: 0 },
    scenarios: new URL("../testing/front-scenarios.ts", import.meta.url).href,
  });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "brain-whole-"));
  const read = readConfig({}, { dataFolder: folder, httpPort: 0, mqttPort: 0 });
  if (!read.ok) throw new Error(read.faults.join("\n"));
  config = read.config;
  brain = await start();
});
afterAll(async () => {
  await brain.close();
  await rm(folder, { recursive: true });
});

const secret = "a secret of the gauge";

/** Registers the street; the gauge has a secret of its own. */
async function register(): Promise<void> {
  const secretHash = hashSecret(credentialKey(folder), secret);
  const changes = frontStreet().map((change) =>
    "put" in change && change.put === "sensor" && change.value.id === "WL-1"
      ? { ...change, value: { ...change.value, secretHash } }
      : change,
  );
  const outcome = await brain.act("test", { kind: "register.change", changes });
  expect(outcome).toMatchObject({ ok: true });
}

const ask = async (path: string, method = "GET", body?: object) => {
  const headers = {
    authorization: `Bearer ${brain.localToken}`,
    ...(body ? { "content-type": "application/json" } : {}),
  };
  const sent = body ? { body: JSON.stringify(body) } : {};
  const answer = await fetch(`${brain.addresses.http}/api/v1${path}`, { method, headers, ...sent });
  // biome-ignore lint/suspicious/noExplicitAny: any JSON may come; the test looks into it.
  return (await answer.json()) as any;
};

const changed =
  (level: string) =>
  ({ event, body }: Frame) =>
    event === "change" && body.alerts.some((alert: { level: string }) => alert.level === level);

test("a reading over MQTT on the front's port becomes an alert on the stream, a case, a plot, and is there after a restart", async () => {
  await register();
  const headers = { authorization: `Bearer ${brain.localToken}` };
  const stream = await listen(`${brain.addresses.http}/api/v1/live?sensor=WL-1&lang=en`, headers);
  await stream.until(({ event, body }) => event === "snapshot" && body.last);

  const sensor = await connectAsync(`${brain.addresses.http.replace("http", "ws")}/mqtt`, {
    clientId: "WL-1",
    username: "WL-1",
    password: secret,
    protocolVersion: 4,
  });
  const say = (levelM: number) =>
    sensor.publishAsync("readings/ST-1/WL-1", JSON.stringify({ values: { levelM } }), { qos: 1 });
  await say(4.75);
  const told = await stream.until(changed("orange"));
  const [alert] = told.body.alerts;
  expect(alert).toMatchObject({ sensorId: "WL-1", value: 4.75, unit: "m", exercise: true });
  expect(told.body.counts.alerts.open).toBe(1);
  const readings = await stream.until(({ event }) => event === "readings");
  expect(readings.body.points[0].values).toEqual({ levelM: 4.75 });

  const detail = await ask(`/alerts/${encodeURIComponent(alert.id)}?lang=en`);
  expect(detail.log[0].evidence.witnesses.first[0].values).toEqual({ levelM: 4.75 });
  expect((await ask("/cases")).items).toHaveLength(1);
  const points = (await ask("/readings?sensor=WL-1&raw=true")).points;
  expect(points.map(({ values }: { values: object }) => values)).toEqual([{ levelM: 4.75 }]);

  await sensor.publishAsync("readings/ST-1/WL-1", "{", { qos: 1 });
  const beats = () => stream.frames.filter(({ event }) => event === "beat").length;
  let counts: unknown[] = [];
  // What is refused is written down a moment later: asked at each beat.
  for (let seen = beats(); counts.length === 0; seen = beats()) {
    await stream.until(() => beats() > seen);
    ({ counts } = await ask("/quarantine"));
  }
  expect(counts).toMatchObject([{ reason: "not-json", count: 1 }]);
  await sensor.endAsync();

  const { id } = await stream.until(({ event, id: at }) => event === "change" && at !== null);
  stream.close();
  await brain.close();
  brain = await start();
  const again = await listen(`${brain.addresses.http}/api/v1/live`, {
    authorization: `Bearer ${brain.localToken}`,
    "last-event-id": id!,
  });
  await again.until(({ event, body }) => event === "change" && body.position !== null);
  expect(again.frames.some(({ event }) => event === "snapshot" || event === "reset")).toBe(false);
  expect((await ask("/alerts?state=open")).items[0].id).toBe(alert.id);
  again.close();
});
