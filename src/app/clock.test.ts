import { expect, test } from "vitest";
import { clockOf, drivenClock, notBefore, realClock, scaledClock } from "./clock.ts";

test("a machine's clock that is set back holds the log's clock still, and does not turn it back", () => {
  let real = 1_000;
  const clock = realClock(0, () => real);
  expect(clock.now()).toBe(1_000);
  real = 400;
  expect(clock.now()).toBe(1_000);
  real = 1_001;
  expect(clock.now()).toBe(1_001);
});

test("a drill's clock runs as many times as fast as it says", () => {
  let real = 500;
  const clock = scaledClock(60, 1_000_000, 500, () => real);
  real += 1_000;
  expect(clock.now()).toBe(1_060_000);
});

test("a driven clock stands where the newest reading left it", () => {
  const clock = drivenClock(100);
  clock.hear(300);
  clock.hear(200);
  expect(clock.now()).toBe(300);
});

test("a clock taken up on an old log starts no earlier than the log ends", () => {
  const far = Date.now() + 86_400_000;
  const plans = [
    { kind: "real", notBefore: 0 },
    { kind: "scaled", speed: 60, from: 0, start: Date.now() },
    { kind: "driven", from: 5 },
  ] as const;
  for (const plan of plans) expect(clockOf(notBefore(plan, far)).now()).toBeGreaterThanOrEqual(far);
});
