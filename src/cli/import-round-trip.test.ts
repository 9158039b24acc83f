import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { EntityKind, RegisterChange } from "../register/entities.ts";
import { exportCsv } from "../register/export-csv.ts";
import { Register } from "../register/register.ts";
import { changed, sampleScenarios, sampleStreet } from "../register/sample.ts";
import { entityKinds } from "../register/shapes.ts";
import { scratch } from "../testing/scratch.ts";
import { type Import, type ImportFile, importFiles } from "./import-files.ts";

const write = scratch();
const file = async (
  name: string,
  content: string | Uint8Array,
  kind?: EntityKind,
): Promise<ImportFile> => ({ path: await write(name, content), ...(kind ? { kind } : {}) });

const filled = (changes: readonly RegisterChange[] = sampleStreet): Register => {
  const register = new Register(sampleScenarios);
  register.apply(changes);
  return register;
};

describe("what is exported", () => {
  const roundTrip = async (register: Register): Promise<Import> => {
    const exported = [];
    for (const kind of entityKinds)
      exported.push(await file("round-trip.csv", exportCsv(register, kind), kind));
    return importFiles(exported, new Register(sampleScenarios));
  };

  test("is imported again as the same register", async () => {
    const register = filled();
    const again = await roundTrip(register);
    expect(again.report).toEqual([]);
    const other = new Register(sampleScenarios);
    other.apply(again.changes);
    expect(other.changes()).toEqual(register.changes());
  });

  test("is imported into the register it came from without changing anything", async () => {
    const register = filled([...sampleStreet, changed("gw", { secretHash: "h" })]);
    for (const kind of entityKinds) {
      const { changes, report, unchanged } = await importFiles(
        [await file("same.csv", exportCsv(register, kind), kind)],
        register,
      );
      expect([changes, report]).toEqual([[], []]);
      expect(unchanged).toBe(register.all(kind).length);
    }
  });

  test("has no secret in it and no cell that a spreadsheet would run", async () => {
    const register = filled([
      ...sampleStreet,
      changed("s-lift", { secretHash: "top-secret", model: '=HYPERLINK("http://x")' }),
      changed("s-bed", { model: "-1+2" }),
    ]);
    const text = exportCsv(register, "sensor");
    expect(text).not.toContain("top-secret");
    expect(text).toContain(`"'=HYPERLINK(""http://x"")"`);
    expect(text).toContain(",'-1+2,");
  });

  test("survives any text, number and place", async () => {
    const prose = fc
      .string({ minLength: 1, maxLength: 20, unit: "grapheme" })
      .filter((s) => s.trim() !== "");
    const odd = fc.constantFrom(
      "=1+1",
      "'=1",
      "''@x",
      "-5",
      "+",
      "'quoted",
      'a"b',
      "a,b;c\td",
      "\r\nx",
      "true",
      "12",
    );
    const name = fc.record({ zh: fc.oneof(prose, odd), en: fc.oneof(prose, odd) });
    const degrees = fc.double({ min: -89, max: 89, noNaN: true }).map((n) => n + 0); // no -0
    const speed = fc.double({ min: 0.1, max: 10, noNaN: true });
    await fc.assert(
      fc.asyncProperty(
        name,
        degrees,
        degrees,
        speed,
        name,
        async (first, lon, lat, ratedSpeed, second) => {
          const register = filled([
            ...sampleStreet,
            changed("lift", { name: first, at: { lon, lat }, facts: { lifts: { ratedSpeed } } }),
            changed("s-lift", {
              model: second.zh,
              outOfService: { by: second.en, since: 1_789_430_400_123, reason: first.en },
            }),
          ]);
          const again = await roundTrip(register);
          expect(again.report).toEqual([]);
          const other = new Register(sampleScenarios);
          other.apply(again.changes);
          expect(other.changes()).toEqual(register.changes());
        },
      ),
      { numRuns: 100 },
    );
  });
});
