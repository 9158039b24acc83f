// 100,000 hostile packets and payloads from a seed, with honest clients at work in the same broker. A failure names the
// seed; FUZZ_SEED=… runs the same again.

import { afterEach, beforeEach, expect, test } from "vitest";
import { seeded } from "../core/rng.ts";
import { openTestDoor, SECRET, type TestDoor } from "../testing/door.ts";
import { type Hostile, hostileBytes, hostileMessage } from "../testing/hostile.ts";
import {
  connectPacket,
  publishPacket,
  type RawMqtt,
  rawLogin,
  rawSocket,
} from "../testing/raw-mqtt.ts";
import { defaultLimits } from "./limits.ts";

const SEED = Number(process.env.FUZZ_SEED ?? 20_251_121);
const MESSAGES = 80_000;
const RAW_PACKETS = 20_000;
const HONEST = 5;
const SENDERS = 20;
const PUBACK = 4;

let door: TestDoor;
beforeEach(async () => {
  const limits = {
    waiting0: 1e9,
    rate: { ...defaultLimits.rate, bytesPerSecond: 1e9, bytesAtOnce: 1e9 },
  };
  door = await openTestDoor({ sensors: HONEST + SENDERS + 1, limits });
});
afterEach(() => door.end());

const login = (n: number): Promise<RawMqtt> =>
  rawLogin(door.port, { id: `tank-${n}`, password: SECRET });
const count = (into: Record<string, number>, key: string, by: number): void => {
  into[key] = (into[key] ?? 0) + by;
};

/** Honest clients, that publish one reading after another until they are told to stop. */
async function honestClients() {
  let going = true;
  const clients = await Promise.all(Array.from({ length: HONEST }, (_, i) => login(i + 1)));
  const work = clients.map(async (client, i) => {
    let sent = 0;
    while (going) {
      sent++;
      const payload = JSON.stringify({ values: { levelM: 1 }, seq: sent });
      client.write(
        publishPacket(`readings/yard/tank-${i + 1}`, payload, { id: 1 + (sent % 60_000) }),
      );
      await client.received(PUBACK, sent);
    }
    return sent;
  });
  return {
    /** Every one was acknowledged, is in the log, and nobody was closed. */
    async haveLostNothing(): Promise<void> {
      going = false;
      const sent = await Promise.all(work);
      expect(clients.map((client) => client.isClosed)).toEqual(clients.map(() => false));
      await door.close();
      const logged = door.logged();
      expect(
        sent.map((_, i) => logged.get(`tank-${i + 1}`)),
        `seed ${SEED}`,
      ).toEqual(sent);
      expect(Math.min(...sent)).toBeGreaterThan(10);
    },
  };
}

test(`${MESSAGES} hostile messages: each is taken or refused under its reason, acknowledged, and its sender stays`, async () => {
  const rng = seeded(SEED);
  const honest = await honestClients();
  const expected = {
    readings: {} as Record<string, number>,
    refused: {} as Record<string, number>,
  };
  const expect_ = (id: string, { readings, refused }: Hostile): void => {
    count(expected.readings, id, readings);
    for (const [reason, times] of Object.entries(refused)) count(expected.refused, reason, times);
  };
  await Promise.all(
    Array.from({ length: SENDERS }, async (_, i) => {
      const id = `tank-${HONEST + i + 1}`;
      const client = await login(HONEST + i + 1);
      let acks = 0;
      for (let n = 1; n <= MESSAGES / SENDERS; n++) {
        const message = hostileMessage(rng, id, Date.now());
        const qos = rng.next() < 0.05 && n < MESSAGES / SENDERS ? 0 : 1;
        expect_(id, message);
        acks += qos;
        client.write(publishPacket(message.topic, message.payload, { qos, id: n }));
        if (n % 100 === 0) await client.received(PUBACK, acks);
      }
      await client.received(PUBACK, acks);
      expect(client.isClosed, `seed ${SEED}`).toBe(false);
    }),
  );
  // What MQTT itself forbids costs the sender its connection, and is counted all the same.
  const wild = ["readings/+/x", "#", "readings/yard/#", "+", "$SYS/#", "a\u0000b"];
  for (const topic of wild) {
    const client = await login(HONEST + SENDERS + 1);
    await client.write(publishPacket(topic, "x")).closed;
    count(expected.refused, "topic-unknown", 1);
  }
  await honest.haveLostNothing();
  const refused = Object.fromEntries(door.refusals.counts);
  expect(refused, `seed ${SEED}`).toEqual(expected.refused);
  const logged = door.logged();
  for (const [id, readings] of Object.entries(expected.readings)) {
    expect(logged.get(id) ?? 0, `${id}, seed ${SEED}`).toBe(readings);
  }
  expect(Object.keys(refused).length, "the fuzz reaches most of the reasons").toBeGreaterThan(13);
});

test(`${RAW_PACKETS} packets of noise, before and after a login: nobody else notices`, async () => {
  const rng = seeded(SEED + 1);
  const honest = await honestClients();
  let left = RAW_PACKETS;
  const attack = async (n: number): Promise<void> => {
    const id = `tank-${n}`;
    while (left > 0) {
      const some = Math.min(left, 1 + Math.floor(rng.next() * 20));
      left -= some;
      const client = rawSocket(door.port);
      if (rng.next() < 0.8) client.write(connectPacket({ id, user: id, password: SECRET }));
      client.write(Buffer.concat(Array.from({ length: some }, () => hostileBytes(rng, id))));
      client.socket.end();
      await client.closed;
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, (_, i) => attack(HONEST + i + 1)));
  await honest.haveLostNothing();
  const { received, acknowledged } = door.broker.counts();
  expect(received, "some of it was taken for messages").toBeGreaterThan(1_000);
  expect(acknowledged).toBeLessThanOrEqual(received);
});
