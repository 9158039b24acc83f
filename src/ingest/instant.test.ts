import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseInstant } from "./instant.ts";

describe("an instant in a payload", () => {
  test("is read as Date reads it, for every instant from year 1 to 9999", () => {
    const any = fc.integer({ min: Date.parse("0001-01-02"), max: Date.parse("9999-12-30") });
    fc.assert(
      fc.property(any, (at) => parseInstant(new Date(at).toISOString()) === at),
      { numRuns: 5_000 },
    );
  });

  test("is the same instant in every zone and spelling of the zone", () => {
    const at = Date.parse("2025-11-21T00:30:00.250Z");
    for (const text of [
      "2025-11-21T00:30:00.250Z",
      "2025-11-21t00:30:00.25z",
      "2025-11-21 08:30:00.250+08:00",
      "2025-11-21T08:30:00,2504999+0800",
      "2025-11-21T08:30:00.250+08",
      "2025-11-20T19:00:00.250-05:30",
    ]) {
      expect(parseInstant(text), text).toBe(at);
    }
  });

  test("is refused without a zone, when it does not exist, and when anything else is around it", () => {
    for (const text of [
      "",
      "yesterday",
      "1763685000000",
      "2025-11-21",
      "2025-11-21T08:30:00",
      "2025-11-21T08:30Z",
      "2025-02-29T00:00:00Z",
      "2025-13-01T00:00:00Z",
      "2025-00-01T00:00:00Z",
      "2025-11-21T24:00:00Z",
      "2025-11-21T08:60:00Z",
      "2025-11-21T08:30:61Z",
      "2025-11-21T08:30:00.Z",
      "2025-11-21T08:30:00+24:00",
      "2025-11-21T08:30:00+8",
      "2025-11-21T08:30:00Z ",
      " 2025-11-21T08:30:00Z",
      "２025-11-21T08:30:00Z",
    ]) {
      expect(parseInstant(text), text).toBeNull();
    }
  });

  test("never throws and never makes NaN of any text", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const at = parseInstant(text);
        return at === null || Number.isSafeInteger(at);
      }),
    );
  });
});
