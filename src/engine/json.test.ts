import fc from "fast-check";
import { expect, test } from "vitest";
import { faultIn } from "./json.ts";

/** Zero has no sign in a row; everything else that is let through comes back as it was. */
const scalars = [
  fc.boolean(),
  fc.integer(),
  fc.double().map((number) => number + 0),
  fc.string(),
  fc.constantFrom(null, undefined, Number.NaN),
  fc.bigInt(),
];
const anything = fc.anything({
  values: scalars,
  withNullPrototype: true,
  withSparseArray: true,
  withDate: true,
  withMap: true,
  withSet: true,
});

test("what is let through comes back the same from a row, and can't be changed any more", () => {
  let kept = 0;
  fc.assert(
    fc.property(anything, (value) => {
      if (faultIn(value) !== null) return;
      kept++;
      expect(JSON.parse(JSON.stringify(value))).toEqual(value);
      expect(Object.isFrozen(value)).toBe(true);
    }),
    { numRuns: 3_000 },
  );
  expect(kept).toBeGreaterThan(300);
});

test("all JSON of a decent size is let through", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 8 }), (value) => {
      expect(faultIn(value)).toBeNull();
    }),
    { numRuns: 1_000 },
  );
});

test("what is refused is refused in little time, however it is knotted", () => {
  const knot: Record<string, unknown> = {};
  for (const key of "abcdefghijklmnop") knot[key] = knot;
  expect(faultIn(knot)).not.toBeNull();
  expect(faultIn([undefined])).toBe("is not JSON");
  expect(faultIn("x".repeat(40_000))).toBe("is too large");
  expect(faultIn({ ["x".repeat(40_000)]: 1 })).toBe("is too large");
});
