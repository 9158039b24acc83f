import { once } from "node:events";
import net from "node:net";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import type { LogWriter } from "../store/log.ts";
import { type DoorOptions, openTestDoor, SECRET, type TestDoor } from "../testing/door.ts";
import {
  connectPacket,
  disconnectPacket,
  type Hello,
  packet,
  pingPacket,
  publishPacket,
  pubrel,
  RawMqtt as Raw,
  type RawMqtt,
  rawLogin,
  rawSocket,
  subscribePacket,
} from "../testing/raw-mqtt.ts";

let doors: TestDoor[] = [];
afterEach(async () => {
  for (const door of doors) await door.end();
  doors = [];
});

async function open(options: DoorOptions = {}): Promise<TestDoor> {
  const door = await openTestDoor(options);
  doors.push(door);
  return door;
}
const login = (door: TestDoor, n = 1, hello: Partial<Hello> = {}): Promise<RawMqtt> =>
  rawLogin(door.port, { id: `tank-${n}`, password: SECRET, ...hello });
const reading = (levelM = 1): string => JSON.stringify({ values: { levelM } });
/** Asks again after every answer to a ping, so without waiting for a time. */
const poll = (client: RawMqtt, isTrue: () => boolean, what: string): Promise<void> =>
  client.until(() => isTrue() || !client.write(pingPacket), what);
const own = (n = 1): string => `readings/yard/tank-${n}`;
const CONNACK = 2;
const PUBLISH = 3;
const PUBACK = 4;
const PUBREC = 5;
const PUBCOMP = 7;
const SUBACK = 9;
const PINGRESP = 13;

/** Code of the CONNACK, or "closed" when there was none. */
async function answerTo(door: TestDoor, bytes: Buffer): Promise<number | "closed"> {
  const client = rawSocket(door.port).write(bytes);
  const answer = await client.received(CONNACK).catch(() => null);
  client.socket.destroy();
  return answer?.[0]?.body[1] ?? "closed";
}

const passing = (log: LogWriter): LogWriter => ({
  append: (entries) => log.append(entries),
  head: () => log.head(),
  trim: (through) => log.trim(through),
  bytes: () => log.bytes(),
  close: () => log.close(),
});

describe("an acknowledgement", () => {
  test("comes after the append and not before, at QoS 1 and at QoS 2", async () => {
    let release: () => void = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    let begun: () => void = () => {};
    const appending = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const door = await open({
      wrap: (log) => ({
        ...passing(log),
        async append(entries) {
          if (entries.some((entry) => entry.kind === "readings")) {
            begun();
            await gate;
          }
          return log.append(entries);
        },
      }),
    });
    const client = await login(door);
    client.write(publishPacket(own(), reading(), { qos: 1, id: 7 }));
    client.write(publishPacket(own(), reading(), { qos: 2, id: 8 }));
    await appending;
    // Whatever the broker had to say before the append has been said when it answers a ping that came after.
    const other = await login(door, 2);
    await other.write(pingPacket).received(PINGRESP);
    expect(client.packets.map((one) => one.type)).toEqual([CONNACK]);
    expect(door.logged().get("tank-1")).toBeUndefined();
    release();
    await client.received(PUBACK);
    expect(door.logged().get("tank-1")).toBeGreaterThan(0);
    await client.received(PUBREC);
    expect(door.logged().get("tank-1")).toBe(2);
    expect(client.acked()).toEqual([7]);
    expect(door.broker.counts()).toMatchObject({ received: 2, acknowledged: 2 });
  });

  test("is not sent when the append fails: the client is closed and sends again", async () => {
    let broken = true;
    const door = await open({
      wrap: (log) => ({
        ...passing(log),
        append: (entries) =>
          broken ? Promise.reject(new Error("no space left on device")) : log.append(entries),
      }),
    });
    const client = await login(door);
    client.write(publishPacket(own(), reading(), { id: 7 }));
    await client.closed;
    expect(client.acked()).toEqual([]);
    expect(door.troubles).toEqual(["append-failed"]);
    expect(door.broker.counts().failed).toBe(1);
    broken = false;
    const again = await login(door);
    await again.write(publishPacket(own(), reading(), { id: 7, dup: true })).received(PUBACK);
    expect(door.logged().get("tank-1")).toBe(1);
    expect(door.troubles).toEqual(["append-failed", null]);
  });

  test("is sent for bad messages too, and their senders stay connected", async () => {
    const door = await open();
    const client = await login(door);
    client.write(publishPacket(own(), "{", { id: 1 }));
    client.write(publishPacket(own(2), reading(), { id: 2 }));
    client.write(publishPacket("nonsense", "x", { id: 3 }));
    client.write(publishPacket("a/".repeat(120), "x", { id: 4 }));
    client.write(publishPacket("$SYS/x", "x", { id: 5 }));
    client.write(publishPacket(`x${"y".repeat(3_000)}`, "x", { id: 6 }));
    client.write(publishPacket(own(), Buffer.alloc(1_000_000), { id: 7 }));
    client.write(publishPacket(own(), reading(), { id: 8 }));
    client.write(publishPacket("readings/yard/nobody", reading(), { id: 9, retain: true }));
    await client.received(PUBACK, 9);
    expect(client.acked()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(Object.fromEntries(door.refusals.counts)).toEqual({
      "not-json": 1,
      "topic-foreign": 1,
      "topic-unknown": 4,
      "too-large": 1,
      "sensor-unknown": 1,
    });
    expect(door.logged()).toEqual(new Map([["tank-1", 1]]));
  });

  test("comes in the order of the messages, however many there are", async () => {
    const door = await open();
    const client = await login(door);
    const ids = Array.from({ length: 3_000 }, (_, i) => i + 1);
    client.write(Buffer.concat(ids.map((id) => publishPacket(own(), reading(), { id }))));
    await client.received(PUBACK, ids.length);
    expect(client.acked()).toEqual(ids);
    expect(door.logged().get("tank-1")).toBe(ids.length);
  });

  test("of QoS 2 is given once to a message that is sent twice before its release", async () => {
    const door = await open();
    const client = await login(door);
    const twice = publishPacket(own(), reading(), { qos: 2, id: 5 });
    await client.write(twice).received(PUBREC, 1);
    await client
      .write(publishPacket(own(), reading(), { qos: 2, id: 5, dup: true }))
      .received(PUBREC, 2);
    await client.write(pubrel(5)).received(PUBCOMP, 1);
    expect(door.logged().get("tank-1")).toBe(1);
    const both = Buffer.concat([
      twice,
      publishPacket(own(), reading(), { qos: 2, id: 5, dup: true }),
    ]);
    await client.write(both).received(PUBREC, 4);
    expect(door.logged().get("tank-1"), "also while the first is held").toBe(2);
  });
});

describe("a login", () => {
  test("needs the credential's own id, user name and secret", async () => {
    const door = await open();
    const hello = (id: string, user: string | undefined, password: string | undefined) =>
      answerTo(
        door,
        connectPacket({
          id,
          ...(user !== undefined && { user }),
          ...(password !== undefined && { password }),
        }),
      );
    expect(await hello("tank-1", "tank-1", SECRET)).toBe(0);
    expect(await hello("tank-1", "tank-1", `${SECRET}x`)).toBe(4);
    expect(await hello("tank-1", "tank-1", undefined)).toBe(4);
    expect(await hello("tank-1", undefined, undefined)).toBe(4);
    expect(await hello("tank-1", "tank-2", SECRET)).toBe(4);
    expect(await hello("nobody", "nobody", SECRET)).toBe(4);
    expect(await hello("constructor", "constructor", SECRET)).toBe(4);
    expect(door.broker.counts().loginsRefused).toBe(6);
  });

  test("is rejected for an identifier that no credential can have", async () => {
    const door = await open();
    for (const id of ["", "tank\u0000", "tank\n1", "tank 1", "+", "t".repeat(65), "\u202etank"]) {
      for (const clean of [true, false]) {
        const bytes = connectPacket({ id, user: "tank-1", password: SECRET, clean });
        expect(await answerTo(door, bytes), JSON.stringify(id)).toBe(2);
      }
    }
    const will = { topic: "status/tank-1\u0000", payload: "offline" };
    const bytes = connectPacket({ id: "tank-1", user: "tank-1", password: SECRET, will });
    expect(await answerTo(door, bytes)).toBe("closed");
  });

  test("with MQTT 5 is refused as an unacceptable protocol", async () => {
    const door = await open();
    const bytes = connectPacket({ id: "tank-1", user: "tank-1", password: SECRET, version: 5 });
    expect(await answerTo(door, bytes)).toBe(1);
    expect(await answerTo(door, Buffer.from("GET / HTTP/1.1\r\n\r\n"))).toBe("closed");
  });

  test("that promises 200 MB is closed before it has sent them", async () => {
    const door = await open();
    const client = rawSocket(door.port);
    client.write(Buffer.from([0x10, 0x80, 0x80, 0x80, 0x64]));
    client.write(Buffer.alloc(100_000));
    await client.closed;
    expect(client.packets).toEqual([]);
  });

  test("that never ends is closed, and does not keep others waiting", async () => {
    const door = await open({ limits: { connectMs: 300 } });
    const whole = connectPacket({ id: "tank-1", user: "tank-1", password: SECRET });
    const slow = [rawSocket(door.port), rawSocket(door.port).write(whole.subarray(0, 9))];
    const client = await login(door, 2);
    await client.write(publishPacket(own(2), reading())).received(PUBACK);
    for (const one of slow) await one.closed;
    expect(client.isClosed).toBe(false);
  });

  test("may have its first messages right behind it", async () => {
    const door = await open();
    const hello = connectPacket({ id: "tank-1", user: "tank-1", password: SECRET });
    const ids = Array.from({ length: 200 }, (_, i) => i + 1);
    const client = rawSocket(door.port);
    client.write(
      Buffer.concat([hello, ...ids.map((id) => publishPacket(own(), reading(), { id }))]),
    );
    await client.received(PUBACK, ids.length);
    expect(client.acked()).toEqual(ids);
    expect(client.packets[0]?.type).toBe(CONNACK);
  });

  test("that fails lets no message in that came with it", async () => {
    const door = await open();
    const hello = connectPacket({ id: "tank-1", user: "tank-1", password: "wrong" });
    const client = rawSocket(door.port).write(
      Buffer.concat([hello, publishPacket(own(), reading())]),
    );
    await client.closed;
    await door.close();
    expect(door.logged().size).toBe(0);
    expect(door.broker.counts().received).toBe(0);
  });

  test("of the same credential takes over, and is reported once", async () => {
    const door = await open();
    const first = await login(door);
    const second = await login(door);
    await first.closed;
    const third = await login(door);
    await second.closed;
    await third.write(publishPacket(own(), reading())).received(PUBACK);
    expect(door.broker.counts()).toMatchObject({ clients: 1, takeovers: 2 });
    expect(door.reports.map((one) => [one.key, one.params.id])).toEqual([
      ["ingest.takeover", "tank-1"],
    ]);
  });

  test("ends when its credential does, and lasts while the secret is rotated", async () => {
    const door = await open();
    const client = await login(door);
    const sensor = { id: "tank-1", siteId: "yard", scenario: "tank" };
    const { hash } = door.view.credential("tank-1")!;
    const rotated = { hash, until: Date.now() + 60_000 };
    const put = {
      put: "sensor" as const,
      value: { ...sensor, secretHash: "new", previousSecret: rotated },
    };
    door.broker.disconnect(door.view.apply([put]));
    await client.write(pingPacket).received(PINGRESP);
    expect((await login(door, 1)).isClosed).toBe(false);
    await client.closed;
    const now = await login(door, 1);
    door.broker.disconnect(door.view.apply([{ remove: "sensor", id: "tank-1" }]));
    await now.closed;
    await expect(login(door, 1)).rejects.toThrow("CONNACK 4");
  });
});

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

describe("too much", () => {
  test("of QoS 0 is dropped and counted, and QoS 1 beside it is not touched", async () => {
    const door = await open({ limits: { waiting0: 50 } });
    const flood = await login(door, 1);
    const honest = await login(door, 2);
    const many = Buffer.concat(
      Array.from({ length: 5_000 }, () => publishPacket(own(), reading(), { qos: 0 })),
    );
    flood.write(many);
    const ids = Array.from({ length: 300 }, (_, i) => i + 1);
    for (const id of ids) honest.write(publishPacket(own(2), reading(), { id }));
    await honest.received(PUBACK, ids.length);
    await flood.write(pingPacket).received(PINGRESP);
    await door.close();
    const logged = door.logged();
    expect(logged.get("tank-2")).toBe(300);
    const dropped = door.refusals.counts.get("qos0-overflow") ?? 0;
    expect(dropped).toBeGreaterThan(0);
    expect(logged.get("tank-1")! + dropped).toBe(5_000);
    expect(door.broker.counts().qos0Dropped).toBe(dropped);
  });

  test("from one client makes it wait and loses nothing at QoS 1; at QoS 0 it is dropped", async () => {
    const rate = {
      messagesPerSecond: 400,
      messagesAtOnce: 50,
      bytesPerSecond: 1e9,
      bytesAtOnce: 1e9,
    };
    const door = await open({ limits: { rate } });
    const fast = await login(door, 1);
    const ids = Array.from({ length: 500 }, (_, i) => i + 1);
    for (const id of ids) fast.write(publishPacket(own(1), reading(), { id }));
    const honest = await login(door, 2);
    await honest.write(publishPacket(own(2), reading())).received(PUBACK);
    await fast.received(PUBACK, ids.length);
    expect(door.logged().get("tank-1")).toBe(500);
    expect(door.refusals.total).toBe(0);
    const flood = await login(door, 3);
    flood.write(
      Buffer.concat(
        Array.from({ length: 900 }, () => publishPacket(own(3), reading(), { qos: 0 })),
      ),
    );
    await flood.write(pingPacket).received(PINGRESP);
    await door.close();
    expect(door.refusals.counts.get("rate")).toBeGreaterThan(0);
    expect(door.logged().get("tank-3")! + door.refusals.counts.get("rate")!).toBe(900);
  });

  test("for the log to take is held, not refused, and all of it is acknowledged in the end", async () => {
    let largest = 0;
    const door = await open({
      mostHeld: 20,
      sensors: 30,
      wrap: (log) => ({
        ...passing(log),
        append(entries) {
          const readings = entries.flatMap((one) => (one.kind === "readings" ? one.readings : []));
          largest = Math.max(largest, readings.length);
          return log.append(entries);
        },
      }),
    });
    const clients = await Promise.all(Array.from({ length: 30 }, (_, i) => login(door, i + 1)));
    const ids = Array.from({ length: 100 }, (_, i) => i + 1);
    for (const id of ids) {
      for (const [i, client] of clients.entries()) {
        client.write(publishPacket(own(i + 1), reading(), { id }));
      }
    }
    await Promise.all(clients.map((client) => client.received(PUBACK, ids.length)));
    for (const client of clients) expect(client.acked()).toEqual(ids);
    expect([...door.logged().values()]).toEqual(clients.map(() => 100));
    // A chunk is taken whole: one client's hundred may come on top of nineteen.
    expect(largest).toBeLessThan(20 + 100);
  });

  test("of connections from one address is refused, by the address that the front passes on", async () => {
    const path = process.platform === "win32" ? "\\\\.\\pipe\\door-test" : null;
    const inner = { path: path ?? join((await open()).folder, "inner.sock") };
    const door = await open({
      listen: { tcp: { host: "127.0.0.1", port: 0 }, inner },
      limits: { connectionsPerAddress: 2, connectMs: 500 },
    });
    const from = (line: string, n: number) => {
      const socket = new Raw(net.connect(inner.path));
      return socket.write(
        Buffer.concat([
          Buffer.from(line),
          connectPacket({ id: `tank-${n}`, user: `tank-${n}`, password: SECRET }),
        ]),
      );
    };
    const line = "PROXY TCP4 203.0.113.9 127.0.0.1 1 2\r\n";
    const first = from(line, 1);
    await first.received(CONNACK);
    await first.write(publishPacket(own(1), reading())).received(PUBACK);
    await from(line, 2).received(CONNACK);
    await from(line, 3).closed;
    await from("PROXY TCP6 2001:db8::7 ::1 1 2\r\n", 3).received(CONNACK);
    await from("PROXY UNKNOWN\r\n", 4).received(CONNACK);
    await from("GET / HTTP/1.1\r\n", 5).closed;
    await from("x".repeat(300), 5).closed;
    await from("", 5).closed;
    const slow = new Raw(net.connect(inner.path)).write("PROXY TCP4 203.0.113.7");
    await slow.closed;
    expect(door.broker.counts()).toMatchObject({ clients: 4, connectionsRefused: 1 });
    expect(door.reports.map((one) => [one.key, one.params.address])).toEqual([
      ["ingest.address-full", "203.0.113.9"],
    ]);
    const other = await login(door, 9);
    await poll(other, () => door.broker.counts().clients === 5, "five");
    first.socket.destroy();
    await poll(other, () => door.broker.counts().clients === 4, "the first to be gone");
    await from(line, 3).received(CONNACK);
  });

  test("of connections altogether is refused, and those that are there stay", async () => {
    const door = await open({ limits: { connections: 2 } });
    const [first, second] = [await login(door, 1), await login(door, 2)];
    await rawSocket(door.port).closed;
    await first.write(publishPacket(own(1), reading())).received(PUBACK);
    second.socket.destroy();
    await second.closed;
    await poll(first, () => door.broker.counts().connections === 1, "room");
    await login(door, 3);
  });

  test("unread by its receiver ends the receiver: its acknowledgements are not kept for ever", async () => {
    const rate = {
      messagesPerSecond: 1e9,
      messagesAtOnce: 1e9,
      bytesPerSecond: 1e12,
      bytesAtOnce: 1e12,
    };
    // A Unix socket, whose buffers are small: what stays unread shows soon.
    const inner = { path: join((await open()).folder, "inner.sock") };
    const door = await open({
      limits: { rate, drainMs: 300 },
      listen: { tcp: { host: "127.0.0.1", port: 0 }, inner },
    });
    const deaf = new Raw(net.connect(inner.path)).write("PROXY UNKNOWN\r\n");
    deaf.write(connectPacket({ id: "tank-1", user: "tank-1", password: SECRET }));
    await deaf.received(CONNACK);
    deaf.socket.pause();
    const lump = Buffer.concat(
      Array.from({ length: 1_000 }, (_, i) => publishPacket("x", "", { id: i + 1 })),
    );
    const pump = (): void => {
      while (!deaf.isClosed && deaf.socket.write(lump));
      deaf.socket.once("drain", pump);
    };
    pump();
    const honest = await login(door, 2);
    await honest.write(publishPacket(own(2), reading())).received(PUBACK);
    await poll(honest, () => door.broker.counts().clients === 1, "the deaf one to be closed");
    expect(door.refusals.total).toBeLessThan(1_000_000);
  });
});

describe("a client that breaks the protocol", () => {
  test.each<[string, Buffer]>([
    ["publishes to a wildcard", publishPacket("readings/+/x", "x")],
    ["publishes to a topic with U+0000", publishPacket("readings/\u0000", "x")],
    ["publishes to a topic that is no text", publishPacket(Buffer.from([0x72, 0xff]), "x")],
  ])("%s: the message is refused under its reason and the client closed", async (_name, bytes) => {
    const door = await open();
    const client = await login(door);
    client.write(publishPacket(own(), reading(), { id: 1 }));
    await client.received(PUBACK);
    await client.write(bytes).closed;
    expect(Object.fromEntries(door.refusals.counts)).toEqual({ "topic-unknown": 1 });
  });

  test.each<[string, Buffer]>([
    ["sends a second CONNECT", connectPacket({ id: "tank-1", user: "tank-1", password: SECRET })],
    ["publishes at QoS 3", packet(0x36, Buffer.from([0, 1, 0x78, 0, 1]))],
    ["publishes with id 0", publishPacket("x", "x", { id: 0 })],
    ["publishes to no topic", publishPacket("", "x")],
    ["sends a length of five bytes", Buffer.from([0x30, 0xff, 0xff, 0xff, 0xff, 0x01])],
    ["sends a packet of type 0", Buffer.from([0, 0])],
    ["sends a packet of type 15", Buffer.from([0xf0, 0])],
    ["answers what nobody asked", packet(0x20, Buffer.from([0, 0]))],
    ["subscribes to half a wildcard", subscribePacket(1, "river#")],
    ["subscribes with 300 KB", packet(0x82, Buffer.alloc(300_000, 0x61))],
  ])("%s: it is closed, and others are not", async (_name, bytes) => {
    const door = await open();
    const honest = await login(door, 2);
    await (await login(door)).write(bytes).closed;
    await honest.write(publishPacket(own(2), reading())).received(PUBACK);
    expect(door.refusals.total).toBe(0);
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
