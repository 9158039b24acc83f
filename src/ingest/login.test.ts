import { describe, expect, test } from "vitest";
import { SECRET, type TestDoor } from "../testing/door.ts";
import {
  CONNACK,
  doorsOfTests,
  login,
  own,
  PINGRESP,
  PUBACK,
  reading,
} from "../testing/door-talk.ts";
import { connectPacket, pingPacket, publishPacket, rawSocket } from "../testing/raw-mqtt.ts";

const open = doorsOfTests();

/** Code of the CONNACK, or "closed" when there was none. */
async function answerTo(door: TestDoor, bytes: Buffer): Promise<number | "closed"> {
  const client = rawSocket(door.port).write(bytes);
  const answer = await client.received(CONNACK).catch(() => null);
  client.socket.destroy();
  return answer?.[0]?.body[1] ?? "closed";
}

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
