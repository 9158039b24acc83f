import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import type { Reading } from "../core/reading.ts";
import { days, hours, minutes } from "../core/time.ts";
import { Decoder } from "./decode.ts";
import { pulse, Refusals, tank, town } from "./fixture.ts";
import type { Reason } from "./quarantine.ts";
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

describe("a good message", () => {
  test("becomes a reading with every field it said", () => {
    const readings = send(
      OWN,
      json({
        time: "2025-11-21T16:29:00+08:00",
        values: { levelM: 3.25, open: true, mode: "auto", note: "高水位" },
        seq: 7,
        quality: "suspect",
        battery: 88.5,
        rssi: -71,
      }),
    );
    expect(readings).toEqual([
      {
        sensorId: "tank-1",
        siteId: "yard",
        scenario: "tank",
        time: NOW - minutes(1),
        receivedAt: NOW,
        values: { levelM: 3.25, open: true, mode: "auto", note: "高水位" },
        quality: "suspect",
        seq: 7,
        batteryPct: 88.5,
        rssiDbm: -71,
      },
    ]);
  });

  test("has the time of receipt where it says none, and good quality", () => {
    const [reading] = send(OWN, json({ values: { levelM: 1 } }));
    expect(reading).toMatchObject({ time: NOW, receivedAt: NOW, quality: "good" });
  });

  test("may be an array, as a sensor that kept its readings back sends", () => {
    const times = [NOW - hours(2), NOW - hours(1), NOW];
    const readings = send(OWN, json(times.map((time) => ({ time, values: { levelM: 1 } }))));
    expect(readings.map((reading) => reading.time)).toEqual(times);
  });

  test("may be a gateway's array, at its own site for all sensors that name it", () => {
    const item = { sensor: "well-1", values: { levelM: 2 } };
    expect(send("readings/compound", json([item, item]), "gate")).toHaveLength(2);
    expect(send("readings/well", json([item]), "gate")[0]?.siteId).toBe("well");
    expect(send("readings/well/well-1", json({ values: { levelM: 2 } }), "gate")).toHaveLength(1);
  });

  test("may be a status, which is a link and no reading", () => {
    const said = (clientId: string, topic: string, word: string) => {
      const payload = Buffer.from(word);
      return decoder.decode({ clientId, topic, payload, size: payload.length }, []);
    };
    expect(said("tank-1", "status/tank-1", "online")).toEqual({ id: "tank-1", online: true });
    expect(said("gate", "status/well-1", "offline")).toEqual({ id: "well-1", online: false });
    expect(said("gate", "status/gate", "offline")).toEqual({ id: "gate", online: false });
    expect(refusals.total).toBe(0);
    expect(said("tank-1", "status/tank-1", "perhaps")).toBeNull();
    expect(said("tank-1", "status/tank-2", "online")).toBeNull();
    expect(said("tank-1", "status/nobody", "online")).toBeNull();
    expect([...refusals.counts]).toEqual([
      ["shape", 1],
      ["topic-foreign", 1],
      ["sensor-unknown", 1],
    ]);
  });

  test("round-trips whatever its numbers, words and time are", () => {
    const values = fc.record(
      {
        levelM: fc.double({ min: -2, max: 15, noNaN: true }).map((n) => n + 0),
        open: fc.boolean(),
        mode: fc.constantFrom("auto", "manual"),
        note: fc.string({ unit: "grapheme", maxLength: 20 }).filter((s) => [...s].length <= 40),
      },
      { requiredKeys: ["levelM"] },
    );
    const sent = fc.record(
      {
        time: fc.integer({ min: Date.UTC(2000, 0, 1), max: NOW }),
        values,
        seq: fc.maxSafeInteger(),
        quality: fc.constantFrom("good", "suspect", "bad"),
        battery: fc.double({ min: 0, max: 100, noNaN: true }).map((n) => n + 0),
        rssi: fc.integer({ min: -120, max: 99 }),
      },
      { requiredKeys: ["time", "values"] },
    );
    fc.assert(
      fc.property(sent, fc.boolean(), (body, asText) => {
        const time = asText ? new Date(body.time).toISOString() : body.time;
        const readings = send(OWN, json({ ...body, time }));
        const { battery, rssi, time: _, quality, ...rest } = body;
        expect(readings).toEqual([
          {
            sensorId: "tank-1",
            siteId: "yard",
            scenario: "tank",
            receivedAt: NOW,
            time: body.time,
            quality: quality ?? "good",
            ...rest,
            ...(battery !== undefined && { batteryPct: battery }),
            ...(rssi !== undefined && { rssiDbm: rssi }),
          },
        ]);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("time", () => {
  const at = (time: unknown) => send(OWN, json({ time, values: { levelM: 1 } }))[0];

  test("slightly ahead is the time of receipt; more than two minutes ahead is flagged as well", () => {
    expect(at(NOW + minutes(2))).toMatchObject({ time: NOW });
    expect(at(NOW + minutes(2))).not.toHaveProperty("skewed");
    expect(at(NOW + minutes(2) + 1)).toMatchObject({ time: NOW, skewed: true });
    expect(decoder.skewed).toBe(1);
  });

  test("before 2000 or more than a day ahead is implausible", () => {
    const said = (time: unknown) => refusedAs(OWN, json({ time, values: { levelM: 1 } }));
    expect(at(NOW + days(1))).toMatchObject({ time: NOW, skewed: true });
    expect(said(NOW + days(1) + 1)).toBe("time-implausible");
    expect(said(Math.floor(NOW / 1000))).toBe("time-implausible");
    expect(said("1970-01-01T00:00:00Z")).toBe("time-implausible");
    expect(said("2106-02-07T06:28:16Z")).toBe("time-implausible");
    expect(said(-1)).toBe("time-implausible");
  });

  test("that cannot be read is refused with what can be", () => {
    for (const time of ["2025-11-21T08:30:00", "gestern", "", true, null, {}, [1]]) {
      expect(refusedAs(OWN, json({ time, values: { levelM: 1 } }))).toBe("time-unreadable");
    }
    expect(refusals.kept[0]?.detail).toContain("time");
    expect(refusals.kept[0]?.detail).toContain('"2025-11-21T08:30:00"');
    expect(refusals.kept[0]?.detail).toContain("zone");
  });

  test("of a reading moves a clock that readings drive, before it is stamped", () => {
    let now = Date.parse("2020-01-01");
    const clock = { now: () => now, hear: (heard: number) => (now = Math.max(now, heard)) };
    decoder = new Decoder({ view, clock, refusals, latest: () => NOW });
    const first = Date.parse("2021-06-01");
    expect(at(first)).toMatchObject({ time: first, receivedAt: first });
    expect(at(first - hours(1))).toMatchObject({ time: first - hours(1), receivedAt: first });
    expect(refusedAs(OWN, json({ time: NOW + 1, values: { levelM: 1 } }))).toBe("time-implausible");
    expect(now, "an implausible time moves nothing").toBe(first);
  });
});
