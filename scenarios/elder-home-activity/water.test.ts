import { describe, expect, test } from "vitest";
import { hours, type Instant } from "#scenario";
import { isLow, type Meter, read, usedOf } from "./water.ts";

const START: Instant = hours(500_000);
/** A meter read every half hour; what it shows at each. */
const meterOf = (volumes: readonly (number | null)[]): Meter =>
  volumes.reduce<Meter | null>(
    (meter, volume, i) => (volume === null ? meter : read(meter, volume, START + hours(i / 2))),
    null,
  )!;
/** Twelve hours of half-hours that begin at `from` and use `each` in every one. */
const steady = (from: number, each: number, count = 25): number[] =>
  Array.from({ length: count }, (_, i) => Number((from + i * each).toFixed(4)));

describe("water of the last twelve hours", () => {
  test("ten litres are enough, nine are low", () => {
    expect(isLow(meterOf([...steady(10, 0, 24), 10.01]), 0.01)).toBe(false);
    expect(isLow(meterOf([...steady(10, 0, 24), 10.009]), 0.01)).toBe(true);
  });

  test("what was used more than twelve hours ago no longer counts", () => {
    const meter = meterOf([10, 10.05, ...steady(10.05, 0, 26)]);
    expect(usedOf(meter).usedM3).toBe(0);
    expect(isLow(meter, 0.01)).toBe(true);
  });

  test("nothing is said of low use when more than a fifth of the readings are missing", () => {
    const half = steady(10, 0).map((volume, i) => (i % 4 === 0 ? volume : null));
    expect(isLow(meterOf(half), 0.01)).toBeUndefined();
    const most = steady(10, 0).map((volume, i) => (i % 7 === 3 ? null : volume));
    expect(isLow(meterOf(most), 0.01)).toBe(true);
  });

  test("much that was used is known however much is missing: the meter counts on", () =>
    expect(isLow(meterOf([10, ...Array<null>(23).fill(null), 10.2]), 0.01)).toBe(false));

  test("a new meter, a reset and a roll-over are no use, and the time is not held as heard", () => {
    for (const [before, after] of [
      [4_512.3, 0.1],
      [99_999.99, 0.02],
      [12, 8_000],
    ] as const) {
      const meter = read(read(null, before, START), after, START + hours(0.5));
      expect([meter.flow, usedOf(meter)]).toEqual([null, { usedM3: 0, share: 0 }]);
      expect(read(meter, after + 0.02, START + hours(1)).flow).toBeCloseTo(0.04, 9);
    }
  });
});
