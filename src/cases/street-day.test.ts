import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dateOf, dayOf, startOf, weekdayOf } from "./street-day.ts";

describe("a day of the street", () => {
  it("begins at 16:00 UTC of the day before", () => {
    expect(dateOf(dayOf(Date.parse("2026-11-20T15:59:59.999Z")))).toBe("2026-11-20");
    expect(dateOf(dayOf(Date.parse("2026-11-20T16:00:00Z")))).toBe("2026-11-21");
    expect(startOf(dayOf(Date.parse("2026-11-21T03:00:00Z")))).toBe(
      Date.parse("2026-11-21T00:00+08:00"),
    );
  });

  it("has the date and weekday that every other calendar gives it, leap years and centuries included", () => {
    const last = Date.parse("9999-12-31") / 86_400_000;
    fc.assert(
      fc.property(fc.integer({ min: -700_000, max: last }), (day) => {
        const utc = new Date(day * 86_400_000);
        expect(dateOf(day)).toBe(utc.toISOString().slice(0, 10));
        expect(weekdayOf(day)).toBe(utc.getUTCDay());
      }),
      { numRuns: 5_000, examples: [[-1], [11_016], [19_782], [47_540], [47_541]] },
    );
  });
});
