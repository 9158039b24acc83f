import fc from "fast-check";
import { expect, test } from "vitest";
import { anyWords, ask, inShort } from "../../testing/ask.ts";
import { type Grade, grades } from "../level.ts";
import { above } from "./above.ts";
import { below } from "./below.ts";

type Reading = { levelM?: number; sure?: boolean };
type Site = { alertM: number; dangerM?: number };

const site = { alertM: 3.7, dangerM: 5.2 };
const high = above<Reading, Site>({
  ...anyWords,
  field: "levelM",
  bounds: ({ alertM, dangerM }) => ({ yellow: alertM, orange: dangerM }),
  clear: ({ alertM }) => ({ yellow: alertM - 0.1 }),
});
const low = below<Reading, Site>({
  ...anyWords,
  field: "levelM",
  bounds: () => ({ yellow: 1, red: 0.2 }),
  clear: () => ({ yellow: 1.2 }),
});

const says = (rule: typeof high, readings: Reading[], facts: Site = site) =>
  ask(
    rule,
    readings.map((reading, i) => ({ at: i, reading })),
    facts,
  ).map(({ verdict }) => inShort(verdict));
const levels = (...values: number[]) => values.map((levelM) => ({ levelM }));

test("above: the bound itself is reached, and the worst level that is reached is told", () => {
  expect(says(high, levels(3.699, 3.7, 5.199, 5.2, 9))).toEqual([
    "lingers 3.699",
    "yellow 3.7",
    "yellow 5.199",
    "orange 5.2",
    "orange 9",
  ]);
});

test("above: between clear and raise it lingers; below the clear value it is ok", () => {
  expect(says(high, levels(3.65, 3.6, 3.599))).toEqual(["lingers 3.65", "lingers 3.6", "ok 3.599"]);
});

test("below: the bound itself is not reached; at the clear value it is ok", () => {
  expect(says(low, levels(1, 0.999, 0.2, 0.199, 1.1, 1.2))).toEqual([
    "lingers 1",
    "yellow 0.999",
    "yellow 0.2",
    "red 0.199",
    "lingers 1.1",
    "ok 1.2",
  ]);
});

test("a level without a bound at this site is never told", () => {
  expect(says(high, levels(9), { alertM: 3.7 })).toEqual(["yellow 9"]);
});

test("without any bound, a field or a finite number there is nothing to compare", () => {
  const boundless = above<Reading, Site>({
    ...anyWords,
    field: "levelM",
    bounds: () => ({}),
    clear: () => ({}),
  });
  const ratio = above<Reading, Site>({
    ...anyWords,
    field: "levelM",
    of: ({ levelM = 0 }) => levelM / 0,
    bounds: () => ({ red: 1 }),
    clear: () => ({ red: 1 }),
  });
  expect(says(boundless, levels(9))).toEqual(["unknown"]);
  expect(says(high, [{}])).toEqual(["unknown"]);
  expect(says(ratio, levels(1, 0))).toEqual(["unknown", "unknown"]);
});

test("a condition decides whether the bounds apply, and may not know", () => {
  const armed = above<Reading, Site>({
    ...anyWords,
    field: "levelM",
    when: ({ sure }) => sure,
    bounds: () => ({ red: 1 }),
    clear: () => ({ red: 1 }),
  });
  const told = says(armed, [{ levelM: 2, sure: true }, { levelM: 2, sure: false }, { levelM: 2 }]);
  expect(told).toEqual(["red 2", "ok", "unknown"]);
});

test("the bounds in force are told for the plot, with the clear value where there is one", () => {
  expect(high.thresholds!(site)).toEqual([
    { field: "levelM", when: "at-or-above", bound: 3.7, level: "yellow", clear: 3.6 },
    { field: "levelM", when: "at-or-above", bound: 5.2, level: "orange" },
  ]);
  expect(low.thresholds!(site).map(({ when }) => when)).toEqual(["below", "below"]);
});

test("a changed bound counts from the next reading on", () => {
  const [before] = says(high, levels(3.5));
  const [after] = says(high, levels(3.5), { alertM: 3.4 });
  expect([before, after]).toEqual(["ok 3.5", "yellow 3.5"]);
});

const values = fc.array(fc.double({ min: -5, max: 10, noNaN: true }), { maxLength: 40 });

test("it keeps nothing, and answers a value the same whatever came before", () => {
  fc.assert(
    fc.property(values, (many) => {
      const all = ask(
        high,
        levels(...many).map((reading, at) => ({ at, reading })),
        site,
      );
      for (const { reading, verdict } of all) {
        expect(verdict.state).toBeNull();
        expect(verdict.wakeAt).toBeUndefined();
        const [alone] = ask(high, [{ at: 0, reading: reading as Reading }], site);
        expect(alone!.verdict.signal).toEqual(verdict.signal);
      }
    }),
  );
});

test("below is above seen in a mirror, but for the bounds themselves", () => {
  const mirrored = above<Reading, Site>({
    ...anyWords,
    field: "levelM",
    of: ({ levelM }) => -levelM!,
    bounds: () => ({ yellow: -1, red: -0.2 }),
    clear: () => ({ yellow: -1.2 }),
  });
  const word = (text: string) => text.split(" ")[0] as Grade;
  fc.assert(
    fc.property(values, (many) => {
      const off = levels(...many.filter((value) => ![1, 0.2, 1.2].includes(value)));
      expect(says(low, off).map(word)).toEqual(says(mirrored, off).map(word));
    }),
  );
});

test("a higher value is never told as a milder level", () => {
  const rank = (rule: typeof high, levelM: number) => {
    const { signal } = ask(rule, [{ at: 0, reading: { levelM } }], site)[0]!.verdict;
    return grades.indexOf(signal!.level as Grade) + (signal!.lingers ? 0.5 : 0);
  };
  fc.assert(
    fc.property(
      fc.double({ min: -5, max: 10, noNaN: true }),
      fc.double({ min: 0, max: 5, noNaN: true }),
      (value, more) => {
        expect(rank(high, value + more)).toBeGreaterThanOrEqual(rank(high, value));
      },
    ),
  );
});
