import fc from "fast-check";
import { expect, test } from "vitest";
import { instantText, readInstant } from "./instants.ts";

const instants = fc.integer({ min: 0, max: Date.UTC(2999, 11, 31) });

test("what is written is read again as the same instant, and as the platform's own calendar reads it", () => {
  fc.assert(
    fc.property(instants, (at) => {
      expect(readInstant(instantText(at))).toBe(at);
      expect(Date.parse(instantText(at))).toBe(at);
    }),
    { numRuns: 2_000 },
  );
});

test("without a zone a time is the street's, whatever zone the machine keeps", () => {
  expect(readInstant("2026-09-15 08:00")).toBe(Date.UTC(2026, 8, 15));
  expect(readInstant("2026/9/15")).toBe(Date.UTC(2026, 8, 14, 16));
  expect(readInstant("2026-09-15T08:00:00.5")).toBe(Date.UTC(2026, 8, 15, 0, 0, 0, 500));
});

test("with a zone it is that zone's", () => {
  for (const text of ["2026-09-15T00:00:00Z", "2026-09-15T08:00+08:00", "2026-09-14T19:00:00-0500"])
    expect(readInstant(text)).toBe(Date.UTC(2026, 8, 15));
});

test("milliseconds are taken as such, seconds are not", () => {
  expect(readInstant("1789430400000")).toBe(1_789_430_400_000);
  expect(readInstant("1789430400")).toBeNull();
});

test("a day that no calendar has, and a time no clock shows, are refused", () => {
  for (const text of ["2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-09-15 24:00"])
    expect(readInstant(text)).toBeNull();
  expect(readInstant("2028-02-29")).not.toBeNull();
  for (const text of ["", "tomorrow", "15/09/2026", "2026-09-15T08", "2026-09-15T08:00:61"])
    expect(readInstant(text)).toBeNull();
});
