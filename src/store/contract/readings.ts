// Readings for property tests: ordinary ones and whatever else the types allow.

import fc from "fast-check";
import { qualities, type Reading, type Values } from "../../core/reading.ts";

const number = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: -100_000, max: 100_000 }).map((n) => n / 100) },
  fc.integer({ min: -300, max: 300 }),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true }),
  fc.constantFrom(-0, 0, 0.1 + 0.2, 1e-7, 5e-324, -1e300, 2 ** 31, -(2 ** 31), 2 ** 53, 199, 200),
);
const anyString = fc.string({ unit: "binary", maxLength: 80 });
const text = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom("ok", "开", "closed", "", "a longer word of a status") },
  anyString,
  fc.integer({ min: 0, max: 65_536 }).map((length) => "长x".repeat(length / 2)),
);
const name = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom("levelM", "count", "open", "status", "7", "__proto__") },
  anyString,
);
const value = fc.oneof(number, fc.boolean(), text);

/** Fields of any name and type, absent ones simply not there. */
export const anyValues: fc.Arbitrary<Values> = fc
  .uniqueArray(fc.tuple(name, value), { selector: ([key]) => key, maxLength: 8 })
  .map((entries) => Object.fromEntries(entries));

const instant = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 1_795_000_000_000, max: 1_795_000_600_000 }) },
  fc.integer({ min: -(2 ** 50), max: 2 ** 50 }),
);
const id = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      "r-1",
      "r-2",
      "电梯-3",
      "gauge-under-the-long-bridge-of-linfen-road",
    ),
  },
  anyString,
);

/** Any reading that the type allows, with instants in whole milliseconds. */
export const anyReading: fc.Arbitrary<Reading> = fc.record(
  {
    sensorId: id,
    siteId: id,
    scenario: id,
    time: instant,
    receivedAt: instant,
    values: anyValues,
    quality: fc.constantFrom(...qualities),
    skewed: fc.constant(true as const),
    seq: number,
    batteryPct: number,
    rssiDbm: number,
  },
  {
    noNullPrototype: true,
    requiredKeys: ["sensorId", "siteId", "scenario", "time", "receivedAt", "values", "quality"],
  },
);
