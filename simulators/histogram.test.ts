import { expect, test } from "vitest";
import { seeded } from "../src/core/rng.ts";
import { Histogram } from "./histogram.ts";

test("quantiles are within one per cent of those of the sorted list", () => {
  const rng = seeded(5);
  const times = Array.from({ length: 10_000 }, () => Math.exp(rng.gauss(2, 1.5)));
  const histogram = new Histogram();
  for (const ms of times) histogram.add(ms);
  const sorted = times.toSorted((a, b) => a - b);
  for (const share of [0.01, 0.5, 0.9, 0.99, 1]) {
    const exact = sorted[Math.ceil(share * sorted.length) - 1]!;
    expect(Math.abs(histogram.quantile(share) / exact - 1)).toBeLessThan(0.011);
  }
  expect(histogram.count).toBe(10_000);
});

test("nothing measured is told as zero, and no time at all as the finest there is", () => {
  const histogram = new Histogram();
  expect(histogram.quantiles()).toEqual({ p50: 0, p99: 0 });
  histogram.add(0);
  expect(histogram.quantiles()).toEqual({ p50: 0.01, p99: 0.01 });
});
