import { describe, expect, test } from "vitest";
import {
  CONNACK,
  doorsOfTests,
  login,
  own,
  PINGRESP,
  PUBACK,
  PUBCOMP,
  PUBREC,
  passing,
  reading,
} from "../testing/door-talk.ts";
import { pingPacket, publishPacket, pubrel } from "../testing/raw-mqtt.ts";

const open = doorsOfTests();

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
