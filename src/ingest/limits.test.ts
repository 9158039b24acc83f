import net from "node:net";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { SECRET } from "../testing/door.ts";
import {
  CONNACK,
  doorsOfTests,
  login,
  own,
  PINGRESP,
  PUBACK,
  passing,
  poll,
  reading,
} from "../testing/door-talk.ts";
import {
  connectPacket,
  pingPacket,
  publishPacket,
  RawMqtt as Raw,
  rawSocket,
} from "../testing/raw-mqtt.ts";

const open = doorsOfTests();

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
