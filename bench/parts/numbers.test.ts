import { expect, test } from "vitest";
import { grouped, median, quantile, repeated, summary } from "./numbers.ts";

test("a quantile is a value that was measured, by nearest rank", () => {
  const values = [5, 1, 4, 2, 3];
  expect([0, 0.2, 0.21, 0.5, 0.99, 1].map((share) => quantile(values, share))).toEqual([
    1, 1, 2, 3, 5, 5,
  ]);
  expect(quantile([], 0.5)).toBeNaN();
});

test("numbers are ordered as numbers, not as text", () => {
  expect(median([100, 20, 3])).toBe(20);
  expect(summary([100, 20, 3])).toEqual({ p50: 20, p99: 100, max: 100 });
});

test("the median of an even number of values lies between the two in the middle", () => {
  expect(median([1, 2, 4, 100])).toBe(3);
});

test("what is there three times is repeated twice", () => {
  expect(repeated([7, 8, 7, 9, 7])).toBe(2);
  expect(repeated([1, 2, 3])).toBe(0);
});

test("thousands are told apart", () => {
  expect(grouped(1_234_567.8)).toBe("1,234,568");
});
