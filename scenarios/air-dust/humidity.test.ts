import { expect, test } from "vitest";
import { dried } from "./humidity.ts";

test("up to 80 % nothing is corrected, and just above it nothing jumps", () => {
  expect(dried(100, 60, 0.4)).toBe(100);
  expect(dried(100, 80, 0.4)).toBe(100);
  expect(dried(100, 80.1, 0.4)).toBeCloseTo(99.4, 0);
});

test("the damper the air, the more is taken back", () => {
  // By hand for κ 0.4: growth at 80 % is 1 + 0.2424 × 4 = 1.9697, at 90 % 1 + 0.2424 × 9 = 3.1818.
  expect(dried(100, 90, 0.4)).toBeCloseTo(61.9, 1);
  expect(dried(100, 90, 0)).toBe(100); // particles that take up no water
});

test("in fog nothing can be told", () => {
  expect(dried(100, 95, 0.4)).toBeGreaterThan(0);
  expect(dried(100, 95.1, 0.4)).toBeUndefined();
  expect(dried(100, 100, 0.4)).toBeUndefined();
});
