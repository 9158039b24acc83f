import { describe, expect, test } from "vitest";
import { SECRET } from "../testing/door.ts";
import { doorsOfTests, login, own, PUBACK, reading } from "../testing/door-talk.ts";
import { connectPacket, packet, publishPacket, subscribePacket } from "../testing/raw-mqtt.ts";

const open = doorsOfTests();

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
