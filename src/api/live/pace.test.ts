import fc from "fast-check";
import { expect, test } from "vitest";
import { paceOf } from "./pace.ts";

test("a lone frame goes at once, whenever it comes", () => {
  const pace = paceOf(5);
  for (const now of [0, 10_000, 10_500]) {
    expect(pace.wait(now)).toBe(0);
    pace.take(now);
  }
});

test("however changes come, a minute never has more than its share of frames and one burst", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 700 }), { minLength: 1, maxLength: 400 }),
      (gaps) => {
        const pace = paceOf(5);
        let now = 0;
        let frames = 0;
        for (const gap of gaps) {
          now += gap;
          now += Math.ceil(pace.wait(now));
          pace.take(now);
          frames++;
        }
        expect(frames).toBeLessThanOrEqual(5 + (5 * now) / 1_000 + 1);
      },
    ),
  );
});
