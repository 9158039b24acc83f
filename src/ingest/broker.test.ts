import { once } from "node:events";
import net from "node:net";
import { describe, expect, test } from "vitest";
import type { TestDoor } from "../testing/door.ts";
import {
  doorsOfTests,
  login,
  own,
  PINGRESP,
  PUBACK,
  PUBLISH,
  passing,
  poll,
  reading,
  SUBACK,
} from "../testing/door-talk.ts";
import {
  disconnectPacket,
  pingPacket,
  publishPacket,
  subscribePacket,
} from "../testing/raw-mqtt.ts";

const open = doorsOfTests();

describe("a subscription", () => {
  test("is granted to one's own commands and to nothing else", async () => {
    const door = await open();
    const client = await login(door);
    const filters = [
      "commands/tank-1",
      "commands/tank-2",
      "commands/+",
      "#",
      "+/tank-1",
      "$SYS/#",
      "$share/group/commands/tank-1",
      "readings/yard/tank-1",
      "status/tank-1",
    ];
    const [suback] = await client.write(subscribePacket(3, ...filters)).received(SUBACK);
    expect([...suback!.body.subarray(2)]).toEqual([1, ...filters.slice(1).map(() => 0x80)]);
    expect(door.broker.counts().subscriptionsRefused).toBe(8);
    await door.broker.command("tank-2", Buffer.from("not for you"));
    await door.broker.command("tank-1", Buffer.from("open"));
    const [command] = await client.received(PUBLISH);
    expect(command!.body.toString()).toContain("open");
  });

  test("brings nothing that another client publishes", async () => {
    const door = await open();
    const client = await login(door);
    await client.write(subscribePacket(3, "commands/tank-1")).received(SUBACK);
    const other = await login(door, 2);
    await other.write(publishPacket("commands/tank-1", "open", { id: 9 })).received(PUBACK);
    await client.write(pingPacket).received(PINGRESP);
    expect(client.packets.some((one) => one.type === PUBLISH)).toBe(false);
    expect(door.refusals.counts.get("topic-unknown")).toBe(1);
  });

  test("of a client that stops reading costs that client its connection and nobody else anything", async () => {
    const door = await open({ limits: { maxUnread: 256 * 1024, drainMs: 60_000 } });
    const frozen = await login(door, 1);
    await frozen.write(subscribePacket(3, "commands/tank-1")).received(SUBACK);
    frozen.socket.pause();
    const honest = await login(door, 2);
    const big = Buffer.alloc(64 * 1024, 0x61);
    let acked = 0;
    for (let i = 0; door.broker.counts().clients === 2; i++) {
      void door.broker.command("tank-1", big);
      await honest.write(publishPacket(own(2), reading(), { id: i + 1 })).received(PUBACK, i + 1);
      acked++;
    }
    await honest
      .write(publishPacket(own(2), reading(), { id: 60_000 }))
      .received(PUBACK, acked + 1);
    expect(honest.isClosed).toBe(false);
    expect(door.logged().get("tank-2")).toBe(acked + 1);
  });
});

describe("the link of a sensor", () => {
  const links = (door: TestDoor) =>
    door.entries().flatMap((entry) => {
      if (entry.kind !== "command") return [];
      const { key, by, act } = entry.command as {
        key: string;
        by: string;
        act: { kind: string; id: string; online: boolean };
      };
      expect([by, act.kind, typeof key]).toEqual(["brain", "link", "string"]);
      return [`${act.id} ${act.online ? "online" : "offline"}`];
    });

  test("is in the log when it connects, breaks off, and says goodbye or not", async () => {
    const door = await open({
      register: [
        {
          put: "sensor",
          value: { id: "well-1", siteId: "w", scenario: "tank", gatewayId: "tank-1" },
        },
      ],
    });
    const first = await login(door, 1, {
      will: { topic: "status/tank-1", payload: "offline", qos: 1, retain: true },
    });
    first.write(publishPacket("status/tank-1", "online", { retain: true, id: 1 }));
    first.write(publishPacket("status/well-1", "online", { retain: true, id: 2 }));
    await first.received(PUBACK, 2);
    expect(links(door)).toEqual(["tank-1 online", "well-1 online"]);
    first.socket.destroy();
    await first.closed;
    const sleepy = await login(door, 2);
    sleepy.write(disconnectPacket);
    await sleepy.closed;
    const again = await login(door, 1);
    await again.write(publishPacket("status/well-1", "offline", { id: 3 })).received(PUBACK);
    expect(links(door)).toEqual([
      "tank-1 online",
      "well-1 online",
      "tank-1 offline",
      "tank-2 online",
      "tank-1 online",
      "well-1 offline",
    ]);
    await door.close();
    expect(links(door), "our own end is nobody's silence").toHaveLength(6);
  });

  test("is lost when a client is silent for longer than it promised", async () => {
    const door = await open();
    const silent = await login(door, 1, { keepalive: 1 });
    const other = await login(door, 2);
    await silent.closed;
    await poll(other, () => door.broker.counts().clients === 1, "the broker to see it too");
    await door.close();
    expect(links(door)).toEqual(["tank-1 online", "tank-2 online", "tank-1 offline"]);
  });

  test("is not believed from a will on a foreign topic; a will may be a reading of one's own", async () => {
    const door = await open();
    const rogue = await login(door, 1, {
      will: { topic: "status/tank-2", payload: "offline", qos: 1 },
    });
    const honest = await login(door, 3, { will: { topic: own(3), payload: reading(0.5), qos: 1 } });
    rogue.socket.destroy();
    honest.socket.destroy();
    const other = await login(door, 2);
    await poll(other, () => door.broker.counts().received === 2, "both wills");
    await door.close();
    expect(links(door)).not.toContain("tank-2 offline");
    expect(Object.fromEntries(door.refusals.counts)).toEqual({ "topic-foreign": 1 });
    expect(door.logged().get("tank-3")).toBe(1);
  });
});

describe("closing", () => {
  test("answers what was taken, and lets nobody in", async () => {
    const door = await open();
    const clients = await Promise.all([1, 2, 3].map((n) => login(door, n)));
    const ids = Array.from({ length: 500 }, (_, i) => i + 1);
    for (const [i, client] of clients.entries()) {
      client.write(Buffer.concat(ids.map((id) => publishPacket(own(i + 1), reading(), { id }))));
    }
    await clients[0]!.received(PUBACK, 1);
    await door.close();
    for (const client of clients) await client.closed;
    const logged = door.logged();
    for (const [i, client] of clients.entries()) {
      expect(logged.get(`tank-${i + 1}`) ?? 0).toBeGreaterThanOrEqual(client.acked().length);
    }
    const refused = net.connect(door.port, "127.0.0.1");
    const [error] = (await once(refused, "error")) as [NodeJS.ErrnoException];
    expect(error.code).toBe("ECONNREFUSED");
  });

  test("does not wait for a log that never answers", async () => {
    const door = await open({
      wrap: (log) => ({ ...passing(log), append: () => new Promise(() => {}) }),
    });
    const client = await login(door);
    client.write(publishPacket(own(), reading()));
    await client.write(pingPacket).received(PINGRESP);
    await door.close();
    await client.closed;
    expect(client.acked()).toEqual([]);
  });

  test("two brokers cannot have one port, and the second says so", async () => {
    const door = await open();
    await expect(open({ listen: { tcp: { host: "127.0.0.1", port: door.port } } })).rejects.toThrow(
      `cannot listen at 127.0.0.1:${door.port}`,
    );
  });
});
