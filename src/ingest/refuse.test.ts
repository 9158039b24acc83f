import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import type { Reading } from "../core/reading.ts";
import { days, minutes } from "../core/time.ts";
import { Decoder } from "./decode.ts";
import { pulse, Refusals, tank, town } from "./fixture.ts";
import { type Reason, reasons } from "./quarantine.ts";
import { type LiveView, openDoorView } from "./view.ts";

const NOW = Date.parse("2025-11-21T08:30:00.000Z");
const standing = { now: () => NOW, hear() {} };

let view: LiveView;
let refusals: Refusals;
let decoder: Decoder;

beforeEach(() => {
  view = openDoorView([tank, pulse], town(NOW));
  refusals = new Refusals();
  decoder = new Decoder({ view, clock: standing, refusals });
});

function send(topic: string, payload: Buffer | string, clientId = "tank-1"): Reading[] {
  const bytes = Buffer.from(payload as string);
  const into: Reading[] = [];
  decoder.decode({ clientId, topic, payload: bytes, size: bytes.length }, into);
  return into;
}
const OWN = "readings/yard/tank-1";
const json = JSON.stringify;
/** The one reason under which it was refused; fails when something was taken or there were several. */
function refusedAs(topic: string, payload: Buffer | string, clientId?: string): Reason {
  const before = refusals.total;
  expect(send(topic, payload, clientId)).toEqual([]);
  expect(refusals.total, "refused exactly once").toBe(before + 1);
  return refusals.kept.at(-1)!.reason;
}

describe("a bad message is refused under one reason that says what to do", () => {
  const good = { values: { levelM: 1 } };
  const nested = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;
  const wide = Object.fromEntries(Array.from({ length: 65 }, (_, i) => [`f${i}`, 1]));
  const cases: [name: string, reason: Reason, payload: string | Buffer, names: string][] = [
    ["bytes that are no text", "not-utf8", Buffer.from([0x7b, 0xff, 0x7d]), "UTF-8"],
    ["no JSON", "not-json", "levelM=1", "JSON"],
    ["nothing", "not-json", "", "JSON"],
    ["NaN", "not-json", '{"values":{"levelM":NaN}}', "JSON"],
    ["a byte order mark", "not-json", `\uFEFF${json(good)}`, "JSON"],
    ["1e400", "not-finite", '{"values":{"levelM":1e400}}', "values.levelM"],
    ["1e400 as time", "not-finite", '{"time":1e400,"values":{"levelM":1}}', "time"],
    ["-1e400 as rssi", "not-finite", '{"rssi":-1e400,"values":{"levelM":1}}', "rssi"],
    ["depth of 1,000", "too-deep", `{"values":${nested(1000)}}`, "8 levels"],
    ["depth of 1,000 alone", "too-deep", nested(1000), "8 levels"],
    ["__proto__", "forbidden-key", '{"__proto__":{"levelM":1},"values":{"levelM":1}}', "__proto__"],
    ["__proto__ inside", "forbidden-key", '{"values":{"levelM":1,"__proto__":{}}}', "__proto__"],
    ["constructor", "forbidden-key", '{"values":{"levelM":1,"constructor":1}}', "constructor"],
    ["prototype", "forbidden-key", '{"values":{"levelM":1},"prototype":1}', "prototype"],
    ["a number", "shape", "5", "object"],
    ["an empty array", "shape", "[]", "no readings"],
    ["no values", "shape", "{}", "values"],
    ["values of text", "shape", '{"values":"1"}', '"1"'],
    ["65 fields", "shape", json({ values: wide }), "65 fields"],
    ["a field too many", "shape", json({ ...good, firmware: "1.2" }), "firmware"],
    ["seq of 1.5", "shape", json({ ...good, seq: 1.5 }), "1.5"],
    ["quality nobody knows", "shape", json({ ...good, quality: "fine" }), '"fine"'],
    ["battery over 100", "shape", json({ ...good, battery: 255 }), "255"],
    ["another sensor's name", "shape", json({ ...good, sensor: "tank-2" }), "tank-2"],
    ["a value out of range", "values", '{"values":{"levelM":99}}', "values.levelM is 99"],
    ["a value of another type", "values", '{"values":{"levelM":"3.5"}}', '"3.5"'],
    ["a missing value", "values", '{"values":{"open":true}}', "values.levelM is required"],
    ["a null value", "values", '{"values":{"levelM":null}}', "values.levelM"],
    ["a value nobody asked for", "values", '{"values":{"levelM":1,"ph":7}}', "values.ph"],
    ["a word nobody knows", "values", '{"values":{"levelM":1,"mode":"x"}}', '"x"'],
  ];
  test.each(cases)("%s", (_name, reason, payload, names) => {
    expect(refusedAs(OWN, payload)).toBe(reason);
    expect(refusals.kept.at(-1)?.detail).toContain(names);
  });

  test("too large, too many", () => {
    decoder = new Decoder({ view, clock: standing, refusals, maxPayload: 500, maxReadings: 3 });
    expect(refusedAs(OWN, json({ values: { levelM: 1, note: "x".repeat(500) } }))).toBe(
      "too-large",
    );
    expect(refusedAs(OWN, json([good, good, good, good]))).toBe("too-many");
    expect(send(OWN, json([good, good, good]))).toHaveLength(3);
  });

  test.each<[string, Reason]>([
    ["readings", "topic-unknown"],
    ["readings/", "topic-unknown"],
    ["readings/yard/tank-1/x", "topic-unknown"],
    ["readings//tank-1", "topic-unknown"],
    ["/readings/yard/tank-1", "topic-unknown"],
    ["readings/yard/tank 1", "topic-unknown"],
    ["readings/yard/tank-1\n", "topic-unknown"],
    ["readings/../tank-1", "topic-unknown"],
    ["$SYS/uptime", "topic-unknown"],
    ["commands/tank-1", "topic-unknown"],
    ["status", "topic-unknown"],
    ["status/tank-1/x", "topic-unknown"],
    ["a/b/c/d/e/f/g/h/i", "topic-unknown"],
    [`readings/yard/${"x".repeat(300)}`, "topic-unknown"],
    ["readings/yard/tank-2", "topic-foreign"],
    ["readings/well/well-1", "topic-foreign"],
    ["readings/elsewhere/tank-2", "topic-foreign"],
    ["readings/elsewhere/tank-1", "site-mismatch"],
    ["readings/yard/nobody", "sensor-unknown"],
    ["readings/yard/constructor", "sensor-unknown"],
    ["readings/yard/__proto__", "sensor-unknown"],
  ])("topic %s is %s", (topic, reason) => {
    expect(refusedAs(topic, json(good))).toBe(reason);
  });

  test("in an array the bad ones are refused one by one and the good ones taken", () => {
    const readings = send(
      "readings/compound",
      json([
        { sensor: "well-1", values: { levelM: 1 } },
        { sensor: "well-1", values: { levelM: 99 } },
        { sensor: "tank-1", values: { levelM: 1 } },
        { sensor: "nobody", values: { levelM: 1 } },
        { values: { levelM: 1 } },
        7,
        { sensor: "well-1", values: { levelM: 2 } },
      ]),
      "gate",
    );
    expect(readings.map((reading) => reading.values.levelM)).toEqual([1, 2]);
    expect([...refusals.counts]).toEqual([
      ["values", 1],
      ["topic-foreign", 1],
      ["sensor-unknown", 1],
      ["shape", 2],
    ]);
    const item = { sensor: "well-1", values: { levelM: 1 } };
    expect(refusedAs("readings/elsewhere", json([item]), "gate")).toBe("site-mismatch");
    expect(refusedAs("readings/compound", json(item), "gate")).toBe("shape");
    expect(refusedAs("readings/compound", json([item]), "tank-1")).toBe("topic-foreign");
  });

  test("a sensor whose scenario is not installed is unknown, and the detail says which", () => {
    expect(refusedAs("readings/yard/odd", json(good), "odd")).toBe("sensor-unknown");
    expect(refusals.kept[0]?.detail).toContain("not-installed");
  });

  test("what is kept of it is cut and has nothing in it that acts", () => {
    send("readings/yard/tank-1\u202e", `\u0007\u202e${"x".repeat(5_000)}`);
    const { topic, excerpt } = refusals.kept[0]!;
    expect(topic).toBe("readings/yard/tank-1\\u202e");
    expect(excerpt.startsWith("\\u0007\\u202exxx")).toBe(true);
    expect(excerpt.length).toBeLessThan(300);
    send(OWN, Buffer.from([0xff, 0x41, 0x00]));
    expect(refusals.kept[1]?.excerpt).toBe("\\xffA\\x00");
  });
});

describe("readings on persons", () => {
  const beat = (bpm: unknown, time = NOW) => json({ time, values: { bpm } });

  test("are taken with consent, and dropped without it at the time of measuring or of receipt", () => {
    expect(send("readings/flat-1/band-1", beat(71), "band-1")).toHaveLength(1);
    const early = beat(71, NOW - days(11));
    expect(refusedAs("readings/flat-1/band-1", early, "band-1")).toBe("no-consent");
    const item = json([{ sensor: "band-2", values: { bpm: 71 } }]);
    expect(refusedAs("readings/compound", item, "nurse")).toBe("no-consent");
    const consent = { id: "c1", subjectRef: "p1", siteId: "flat-1", purpose: "care" };
    const withdrawnAt = NOW - minutes(5);
    view.apply([
      {
        put: "consent",
        value: {
          ...consent,
          textVersion: "1",
          givenBy: "self",
          channel: "paper",
          givenAt: NOW - days(10),
          withdrawnAt,
        },
      },
    ]);
    const before = beat(71, NOW - days(1));
    expect(refusedAs("readings/flat-1/band-1", before, "band-1")).toBe("no-consent");
  });

  test("leave nothing of themselves in quarantine, whatever is wrong with them", () => {
    const planted = "4711";
    const wrongs: [topic: string, payload: string, clientId: string][] = [
      ["readings/flat-1/band-1", beat(Number(planted)), "band-1"],
      ["readings/flat-1/band-1", `{"values":{"bpm":${planted}`, "band-1"],
      ["readings/flat-1/band-1", `{"values":{"bpm":1},"seq":"${planted}"}`, "band-1"],
      ["readings/flat-1/band-1", `{"time":"${planted}","values":{"bpm":1}}`, "band-1"],
      ["readings/flat-1/band-1", beat(Number(planted)), "tank-1"],
      ["reading/flat-1/band-1", beat(Number(planted)), "band-1"],
      ["readings/compound", `[{"sensor":"band-2","values":{"bpm":${planted}}}]`, "nurse"],
      ["readings/compound", `[{"sensor":"band-2","values":{"bpm":${planted}`, "nurse"],
      ["readings/flat-9/band-9", beat(Number(planted)), "tank-1"],
    ];
    for (const [topic, payload, clientId] of wrongs) {
      expect(send(topic, payload, clientId)).toEqual([]);
    }
    expect(refusals.kept).toHaveLength(wrongs.length);
    expect(json(refusals.kept)).not.toContain(planted);
  });
});

describe("whatever comes", () => {
  const clientIds = fc.constantFrom("tank-1", "gate", "band-1", "nurse", "nobody", "");
  const topics = fc.oneof(
    fc.constantFrom(OWN, "readings/compound", "readings/flat-1/band-1", "status/tank-1"),
    fc.constantFrom("readings/well/well-1", "readings/yard", "readings/yard/odd"),
    fc.string({ unit: "binary" }),
  );
  const near = fc.record(
    {
      sensor: fc.oneof(fc.constantFrom("well-1", "band-2", "tank-1"), fc.anything()),
      time: fc.oneof(
        fc.date().map((date) => date.getTime()),
        fc.string(),
        fc.anything(),
      ),
      values: fc.oneof(fc.record({ levelM: fc.double(), bpm: fc.double() }), fc.object()),
      seq: fc.anything(),
      quality: fc.anything(),
    },
    { requiredKeys: [] },
  );
  const textOf = (value: unknown): string => {
    const plain = JSON.stringify(value, (_key, inner) =>
      typeof inner === "bigint" ? String(inner) : inner,
    );
    return plain ?? "";
  };
  const payloads = fc.oneof(
    fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    fc.json().map((text) => Buffer.from(text)),
    near.map((value) => Buffer.from(textOf(value))),
    fc.array(near, { maxLength: 4 }).map((value) => Buffer.from(textOf(value))),
  );

  test("nothing throws, and all that is sent is taken or refused under exactly one reason", () => {
    fc.assert(
      fc.property(topics, payloads, clientIds, (topic, payload, clientId) => {
        const before = refusals.total;
        const into: Reading[] = [];
        const link = decoder.decode({ clientId, topic, payload, size: payload.length }, into);
        const answers = into.length + (link === null ? 0 : 1) + refusals.total - before;
        expect(answers).toBe(itemsIn(topic, payload, clientId));
        for (const { reason } of refusals.kept) expect(reason in reasons).toBe(true);
        for (const reading of into) {
          expect(reading.time).toBeLessThanOrEqual(reading.receivedAt);
          for (const value of Object.values(reading.values)) {
            expect(typeof value !== "number" || Number.isFinite(value)).toBe(true);
          }
        }
        refusals.kept.length = 0;
      }),
      { numRuns: 10_000 },
    );
  });

  /** How many answers a message asks for: one an item where an array is taken apart, else one. */
  function itemsIn(topic: string, payload: Buffer, clientId: string): number {
    const own = view.speaksAt(topic);
    const mine = own !== undefined && (own.id === clientId || own.gatewayId === clientId);
    if (!mine && !/^readings\/[A-Za-z0-9_-]{1,64}$/.test(topic)) return 1;
    if (own === undefined && topic.split("/").length === 3) return 1;
    try {
      const body: unknown = JSON.parse(
        new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(payload),
      );
      return Array.isArray(body) ? Math.max(1, body.length) : 1;
    } catch {
      return 1;
    }
  }
});
