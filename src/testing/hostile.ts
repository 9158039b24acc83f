// Hostile messages and bytes from a seed. Each message says what the door must make of it.

import type { Rng } from "../core/scenario.ts";
import { days, hours, minutes } from "../core/time.ts";
import type { Reason } from "../ingest/quarantine.ts";
import {
  connectPacket,
  disconnectPacket,
  packet,
  pingPacket,
  publishPacket,
  pubrel,
  subscribePacket,
} from "./raw-mqtt.ts";

/** A message, how many readings it must become, and how many refusals under which reason. */
export type Hostile = {
  topic: string;
  payload: string | Buffer;
  readings: number;
  refused: Partial<Record<Reason, number>>;
};

const pick = <T>(rng: Rng, choices: readonly T[]): T =>
  choices[Math.floor(rng.next() * choices.length)]!;
const whole = (rng: Rng, below: number): number => Math.floor(rng.next() * below);
const bytes = (rng: Rng, length: number): Buffer =>
  Buffer.from(Array.from({ length }, () => whole(rng, 256)));
const json = JSON.stringify;

/** Payloads that are each refused under one reason, or taken, on a tank's own topic. */
const payloads: readonly ((rng: Rng, now: number) => [string | Buffer, Reason | number])[] = [
  (rng) => [
    Buffer.concat([Buffer.from('{"values":'), Buffer.from([0x80 + whole(rng, 64)])]),
    "not-utf8",
  ],
  (rng) => [
    Buffer.concat([Buffer.from([0xf8 + whole(rng, 8)]), bytes(rng, whole(rng, 60))]),
    "not-utf8",
  ],
  (rng) => [
    `{"values":{"levelM":${pick(rng, ["NaN", "Infinity", "01", "+1", ".5", "1.", "0x1", "36,5"])}}}`,
    "not-json",
  ],
  (rng) => [json({ values: { levelM: rng.next() } }).slice(0, 1 + whole(rng, 20)), "not-json"],
  () => ["", "not-json"],
  (rng) => [`{"values":{"levelM":${pick(rng, ["1e400", "-1e400", "9e999"])}}}`, "not-finite"],
  (rng) => [`{"time":1e999,"values":{"levelM":${rng.next()}}}`, "not-finite"],
  (rng) => nested(rng, 9 + whole(rng, 1_000)),
  (rng) => [
    `{"values":{"levelM":1,"${pick(rng, ["__proto__", "constructor", "prototype"])}":{"x":1}}}`,
    "forbidden-key",
  ],
  (rng) => [
    `{"${pick(rng, ["__proto__", "constructor", "prototype"])}":{"values":{}},"values":{"levelM":1}}`,
    "forbidden-key",
  ],
  (rng) => [
    pick(rng, ["null", "true", "7", '"text"', "{}", "[]", '{"values":null}', '{"values":[]}']),
    "shape",
  ],
  (rng) => [json({ values: { levelM: 1 }, [`f${whole(rng, 1e6)}`]: rng.next() }), "shape"],
  (rng) => [json({ values: { levelM: 1 }, seq: rng.next() + 0.001 }), "shape"],
  (rng) => [json({ values: { levelM: 1 }, battery: 101 + whole(rng, 200) }), "shape"],
  (rng) => [json({ values: { levelM: 16 + rng.next() * 1e9 } }), "values"],
  (rng) => [json({ values: { levelM: pick(rng, [null, "1", true]) } }), "values"],
  (rng) => [json({ values: { levelM: 1, [`ph${whole(rng, 1e6)}`]: 7 } }), "values"],
  (rng) => [
    json({
      time: pick(rng, ["", "now", "2025-13-01T00:00:00Z", "2025-01-01T00:00:00", true, null]),
      values: { levelM: 1 },
    }),
    "time-unreadable",
  ],
  (rng) => [json({ time: whole(rng, 900_000_000_000), values: { levelM: 1 } }), "time-implausible"],
  (rng) => [
    json({
      time: pick(rng, ["1969-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "1999-12-31T23:59:59.999Z"]),
      values: { levelM: 1 },
    }),
    "time-implausible",
  ],
  (rng, now) => [
    json({ time: now + days(2) + whole(rng, 1e15), values: { levelM: 1 } }),
    "time-implausible",
  ],
  (rng, now) => [
    json({ time: now + minutes(10) + whole(rng, hours(20)), values: { levelM: rng.next() } }),
    1,
  ],
  (rng, now) => [
    json({
      time: now - whole(rng, days(300)),
      values: { levelM: rng.next(), note: "\u202e\u0000' OR 1=1 --" },
    }),
    1,
  ],
  (rng, now) => [
    json(
      Array.from({ length: 1 + whole(rng, 5) }, () => ({
        time: now - 1_000,
        values: { levelM: 3 },
      })),
    ),
    -1,
  ],
];

function nested(rng: Rng, depth: number): [string, Reason] {
  const [open, close] = pick(rng, [
    ["[", "]"],
    ['{"a":', "}"],
  ]);
  const inner = open === "[" ? "" : "1";
  return [`{"values":${open.repeat(depth)}${inner}${close.repeat(depth)}}`, "too-deep"];
}

/** Topics that are refused whatever is sent to them, for the credential `id` at `yard`. */
const topics: readonly ((rng: Rng, id: string) => [string, Reason])[] = [
  (rng) => [`readings/yard/tank-${1 + whole(rng, 5)}`, "topic-foreign"],
  (rng) => [`status/tank-${1 + whole(rng, 5)}`, "topic-foreign"],
  (rng) => [`readings/yard/nobody-${whole(rng, 1e6)}`, "sensor-unknown"],
  (rng) => [`status/${pick(rng, ["constructor", "__proto__", "nobody"])}`, "sensor-unknown"],
  (_rng, id) => [`readings/elsewhere/${id}`, "site-mismatch"],
  (rng) => [
    pick(rng, ["$SYS/uptime", "$share/g/readings", "$", "/", "//", "readings", "commands/tank-1"]),
    "topic-unknown",
  ],
  (rng) => ["a/".repeat(8 + whole(rng, 300)), "topic-unknown"],
  (rng) => ["x".repeat(200 + whole(rng, 5_000)), "topic-unknown"],
  (rng) => [`readings/../${pick(rng, ["yard", "etc"])}/%00`, "topic-unknown"],
  (rng) => [
    `readings/yard/tank-1${pick(rng, [" ", "\u202e", "\n", "'", "é", "\ufeff"])}`,
    "topic-unknown",
  ],
];

/** One message that a sender `id` of a tank may try. */
export function hostileMessage(rng: Rng, id: string, now: number): Hostile {
  const good = json({ values: { levelM: rng.next() } });
  const dice = rng.next();
  if (dice < 0.3) {
    const [topic, reason] = pick(rng, topics)(rng, id);
    return { topic, payload: good, readings: 0, refused: { [reason]: 1 } };
  }
  const topic = `readings/yard/${id}`;
  if (dice < 0.302) return tooMuch(rng, topic, good);
  if (dice < 0.33) return mixedArray(rng, topic);
  const [payload, outcome] = pick(rng, payloads)(rng, now);
  if (typeof outcome === "string")
    return { topic, payload, readings: 0, refused: { [outcome]: 1 } };
  const readings = outcome === 1 ? 1 : (JSON.parse(String(payload)) as unknown[]).length;
  return { topic, payload, readings, refused: {} };
}

function tooMuch(rng: Rng, topic: string, good: string): Hostile {
  if (rng.next() < 0.9) {
    const payload = `[${Array.from({ length: 1_001 + whole(rng, 100) }, () => good).join()}]`;
    return { topic, payload, readings: 0, refused: { "too-many": 1 } };
  }
  const payload = Buffer.alloc(300_000 + whole(rng, 700_000), 0x20);
  return { topic, payload, readings: 0, refused: { "too-large": 1 } };
}

function mixedArray(rng: Rng, topic: string): Hostile {
  const items = Array.from({ length: 1 + whole(rng, 6) }, () =>
    pick(rng, [{ values: { levelM: 1 } }, { values: { levelM: 99 } }, 7, { values: { ph: 1 } }]),
  );
  const count = (test: (item: unknown) => boolean) => items.filter(test).length;
  const shapes = count((item) => item === 7);
  const readings = count((item) => json(item) === '{"values":{"levelM":1}}');
  const values = items.length - shapes - readings;
  return {
    topic,
    payload: json(items),
    readings,
    refused: { ...(shapes > 0 && { shape: shapes }), ...(values > 0 && { values }) },
  };
}

/** Bytes that may or may not be a packet: whole ones, changed, cut, joined, or noise. */
export function hostileBytes(rng: Rng, id: string): Buffer {
  const whole_ = pick(rng, [
    () => connectPacket({ id, user: id, password: "guess", clean: rng.next() < 0.5 }),
    () =>
      publishPacket(`readings/yard/${id}`, bytes(rng, whole(rng, 80)), { id: 1 + whole(rng, 9) }),
    () => publishPacket("readings/+/#", "x", { id: 3 }),
    () => publishPacket(bytes(rng, 1 + whole(rng, 20)), "x", { qos: 2, id: 4 }),
    () =>
      subscribePacket(1 + whole(rng, 9), pick(rng, ["#", "$share/a/b", `commands/${id}`, "a/+/b"])),
    () => pubrel(1 + whole(rng, 9)),
    () => packet(0x40 | (whole(rng, 2) << 1), bytes(rng, 2)),
    () => packet(whole(rng, 256), bytes(rng, whole(rng, 40))),
    () => Buffer.from([whole(rng, 256), 0xff, 0xff, 0xff, 0x7f]),
    () => pingPacket,
    () => disconnectPacket,
  ])();
  const dice = rng.next();
  if (dice < 0.3) return whole_;
  if (dice < 0.5) return whole_.subarray(0, 1 + whole(rng, whole_.length));
  const changed = Buffer.from(whole_);
  for (let i = 0; i < 1 + whole(rng, 4); i++) changed[whole(rng, changed.length)] = whole(rng, 256);
  return changed;
}
