import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  connectPacket,
  disconnectPacket,
  packet,
  pingPacket,
  publishPacket,
  pubrel,
} from "../testing/raw-mqtt.ts";
import { type FrameSink, Frames, type Publish } from "./frames.ts";

type Seen = (Partial<Publish> | string)[];

function cutter(limit = 1_000): { frames: Frames; seen: Seen; waits: { now: boolean } } {
  const seen: Seen = [];
  const waits = { now: false };
  const sink: FrameSink = {
    publish: ({ topic, payload, qos, messageId, retain, dup, size }) =>
      seen.push({ topic, payload, qos, messageId, retain, dup, size }),
    packet: (bytes) => seen.push(bytes.toString("hex")),
    broken: (reason) => seen.push(`broken: ${reason}`),
    waits: () => waits.now,
  };
  const frames = new Frames(sink, limit);
  return { frames, seen, waits };
}
const known = (limit = 1_000) => {
  const made = cutter(limit);
  made.frames.login(limit);
  return made;
};

describe("a stream", () => {
  const publish = fc
    .record({
      topic: fc.string({ unit: "grapheme", minLength: 1, maxLength: 300 }),
      payload: fc.uint8Array({ maxLength: 3_000 }),
      qos: fc.constantFrom<(0 | 1 | 2)[]>(0, 1, 2),
      id: fc.integer({ min: 1, max: 65_535 }),
      retain: fc.boolean(),
      dup: fc.boolean(),
    })
    .map(({ topic, payload, qos, id, retain, dup }) => {
      const bytes = publishPacket(topic, Buffer.from(payload), { qos, id, retain, dup });
      const head = bytes.length - payload.length;
      const large = bytes.length - (bytes[1]! < 128 ? 2 : 3) > 1_000;
      const expected = {
        topic,
        payload: Buffer.from(large ? [] : payload),
        qos,
        messageId: qos === 0 ? undefined : id,
        retain,
        dup,
        size: payload.length,
      };
      return { bytes, expected: expected as Seen[number], head };
    });
  const other = fc
    .constantFrom(pingPacket, disconnectPacket, pubrel(7), packet(0x82, Buffer.alloc(200, 1)))
    .map((bytes) => ({ bytes, expected: bytes.toString("hex") as Seen[number] }));

  test("is cut into the same packets however it comes, the large ones without their payload", () => {
    const packets = fc.array(fc.oneof(publish, other), { maxLength: 12 });
    const cuts = fc.array(fc.integer({ min: 1, max: 2_000 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(packets, cuts, fc.boolean(), (sent, sizes, waiting) => {
        const { frames, seen, waits } = known();
        const bytes = Buffer.concat(sent.map((one) => one.bytes));
        for (let at = 0, i = 0; at < bytes.length; i++) {
          const size = sizes[i % sizes.length]!;
          waits.now = waiting && i % 3 === 1;
          frames.push(Buffer.from(bytes.subarray(at, at + size)));
          at += size;
        }
        waits.now = false;
        frames.go();
        expect(seen).toEqual(sent.map((one) => one.expected));
        expect(frames.kept).toBe(0);
      }),
      { numRuns: 500 },
    );
  });

  test("tells topics apart that are as long, begin alike, or are long beyond remembering", () => {
    const { frames, seen } = known();
    const long = "x".repeat(300);
    const topics = ["a/b1", "a/b1", "a/b2", "a/b", "a/b2", long, long.slice(0, 256), long, "a/b2"];
    frames.push(Buffer.concat(topics.map((topic) => publishPacket(topic, "1"))));
    expect(seen.map((one) => (one as Publish).topic)).toEqual(topics);
  });

  test("that comes byte by byte costs no more than its bytes", () => {
    const { frames, seen } = known(300_000);
    const bytes = publishPacket("t", Buffer.alloc(100_000, 0x61));
    for (const byte of bytes) frames.push(Buffer.from([byte]));
    expect(seen).toHaveLength(1);
  });

  test("begins with a CONNECT, not larger than allowed, and nothing is cut after it before the login", () => {
    const hello = connectPacket({ id: "tank-1" });
    const first = cutter();
    first.frames.push(hello);
    expect(first.seen).toEqual([hello.toString("hex")]);
    for (const bytes of [pingPacket, publishPacket("t", "x"), Buffer.from("GET / HTTP/1.1\r\n")]) {
      const { frames, seen } = cutter();
      frames.push(bytes);
      expect(seen).toEqual(["broken: a first packet other than CONNECT"]);
    }
    const large = cutter();
    large.frames.push(Buffer.from([0x10, 0xe9, 0x07]));
    expect(large.seen).toEqual(["broken: a packet of 1001 bytes; at most 1000 are allowed"]);
  });

  test.each<[string, Buffer]>([
    ["a length of five bytes", Buffer.from([0x30, 0x80, 0x80, 0x80, 0x80, 1])],
    ["QoS 3", packet(0x36, Buffer.from([0, 1, 0x74, 0, 1]))],
    ["message id 0", publishPacket("t", "x", { id: 0 })],
    ["no topic", publishPacket("", "x")],
    ["a topic longer than its packet", packet(0x32, Buffer.from([0, 9, 0x74]))],
    ["a PUBLISH of one byte", packet(0x30, Buffer.from([0]))],
    ["a large PUBLISH whose topic is longer than it", packet(0x32, Buffer.alloc(1_001, 0xff))],
    ["a large SUBSCRIBE", packet(0x82, Buffer.alloc(1_001))],
  ])("breaks at %s, and nothing is cut after it", (_name, bytes) => {
    const { frames, seen } = known();
    frames.push(Buffer.concat([pingPacket, bytes, pingPacket]));
    frames.push(pingPacket);
    expect(seen).toHaveLength(2);
    expect(seen[1]).toContain("broken");
    expect(frames.kept).toBe(0);
  });

  test("of any bytes at all does not throw and keeps no more than a packet", () => {
    const chunks = fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 20 });
    fc.assert(
      fc.property(chunks, fc.boolean(), (sent, loggedIn) => {
        const { frames } = loggedIn ? known() : cutter();
        for (const bytes of sent) frames.push(Buffer.from(bytes));
        expect(frames.kept).toBeLessThan(66_000);
      }),
      { numRuns: 2_000 },
    );
  });
});
