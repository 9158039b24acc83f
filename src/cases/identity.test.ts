import { describe, expect, it } from "vitest";
import { caseIdOf, caseNumberOf, openingInstant } from "./identity.ts";

const at = Date.parse("2026-11-21T01:30+08:00");

describe("a case's names", () => {
  it("are the same for the same site, class and instant, on any machine", () => {
    const id = caseIdOf("S-1", "99-89", at);
    expect(id).toBe(`case~S-1~99-89~${at.toString(36)}`);
    expect(caseNumberOf(id, at)).toBe(caseNumberOf(id, at));
    expect(caseNumberOf(id, at)).toMatch(/^20261121-[0-9A-HJKMNP-TV-Z]{5}$/);
  });

  it("give 1,000 cases of one day numbers that hardly ever meet", () => {
    const numbers = new Set(
      Array.from({ length: 1_000 }, (_, i) =>
        caseNumberOf(caseIdOf(`S-${i % 50}`, "04-10", at + i * 1_000), at),
      ),
    );
    expect(numbers.size).toBeGreaterThanOrEqual(998);
  });

  it("are new when a case is opened again while the clock stands still", () => {
    const first = caseIdOf("S-1", "99-89", at);
    const again = openingInstant("S-1", "99-89", at, first);
    expect(again).toBe(at + 1);
    expect(openingInstant("S-1", "99-89", at, caseIdOf("S-1", "99-89", again))).toBe(at + 2);
    expect(openingInstant("S-1", "99-89", at + 5, first)).toBe(at + 5);
    expect(openingInstant("S-10", "99-89", at, first)).toBe(at);
    expect(openingInstant("S-1", "99-89", at, null)).toBe(at);
  });
});
