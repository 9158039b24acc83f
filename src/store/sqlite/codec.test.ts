import fc from "fast-check";
import { expect, test } from "vitest";
import type { Reading } from "../../core/reading.ts";
import { anyReading } from "../contract/readings.ts";
import { BadGroup, decodeReadings, encodeReadings, GROUP_MAX } from "./codec.ts";

const plain: Reading = {
  sensorId: "river-1",
  siteId: "bridge",
  scenario: "river-level",
  time: 1_795_000_000_000,
  receivedAt: 1_795_000_000_123,
  values: { levelM: 3.75, wet: true, state: "开" },
  quality: "good",
};

test("any readings come back as they were, in any groups, with every field and the order of fields", () => {
  fc.assert(
    fc.property(fc.array(anyReading, { maxLength: 20 }), (readings) => {
      const back = decodeReadings(encodeReadings(readings));
      expect(back).toStrictEqual(readings);
      expect(back.map((r) => Object.keys(r.values))).toEqual(
        readings.map((r) => Object.keys(r.values)),
      );
    }),
    { numRuns: 2_000 },
  );
});

test("a group whose bytes were cut short is refused, wherever it was cut", () => {
  const bytes = Buffer.from(encodeReadings([plain, { ...plain, sensorId: "river-2", seq: 7 }]));
  for (let length = 0; length < bytes.length; length++) {
    expect(() => decodeReadings(bytes.subarray(0, length))).toThrow(BadGroup);
  }
});

test("a group with any one bit flipped is refused", () => {
  const bytes = Buffer.from(encodeReadings([plain, { ...plain, sensorId: "river-2", seq: 7 }]));
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const flipped = Buffer.from(bytes);
    flipped[bit >> 3]! ^= 1 << (bit & 7);
    expect(() => decodeReadings(flipped)).toThrow(BadGroup);
  }
});

test("any bytes that were not encoded here are refused", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(() => decodeReadings(bytes)).toThrow(BadGroup);
    }),
  );
});

test("an instant that is no whole millisecond is refused with the sensor and the value", () => {
  for (const time of [1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 60]) {
    const broken = { ...plain, time };
    expect(() => encodeReadings([broken])).toThrow(`sensor river-1: time ${time}`);
  }
});

test("more readings than a group may hold are refused, as many as it may hold come back", () => {
  const many = Array.from({ length: GROUP_MAX }, (_, i) => ({
    ...plain,
    [i % 2 ? "seq" : "rssiDbm"]: i,
  }));
  expect(decodeReadings(encodeReadings(many))).toStrictEqual(many);
  expect(() => encodeReadings([...many, plain])).toThrow(`at most ${GROUP_MAX}`);
});

test("a great many shapes and strings do not make the encoder forget what it needs", () => {
  const readings = Array.from({ length: 60_000 }, (_, i) => ({
    ...plain,
    siteId: `site-${i % 50_000}`,
    scenario: `s-${i % 300}`,
    values: { [`field-${i % 5_000}`]: i, state: `state-${i % 30_000}` },
  }));
  for (let i = 0; i < 3; i++) {
    const part = readings.slice(i * 20_000, i * 20_000 + 20_000);
    expect(decodeReadings(encodeReadings(part))).toStrictEqual(part);
  }
});
