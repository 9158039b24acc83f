import fc from "fast-check";
import { expect, test } from "vitest";
import { type Asked, anyWords, ask, inShort, inTime } from "../../testing/ask.ts";
import { hours, minutes } from "../time.ts";
import { rise } from "./rise.ts";

type Reading = { levelM?: number };

const rising = rise<Reading, null>({
  ...anyWords,
  of: ({ levelM }) => levelM,
  spans: () => [
    { within: hours(1), by: { yellow: 0.3, red: 1 } },
    { within: minutes(10), by: { orange: 0.2 } },
  ],
  clear: 0.1,
  gap: minutes(15),
});
const at = (minute: number, levelM?: number): Asked<Reading> => ({
  at: minutes(minute),
  reading: levelM === undefined ? {} : { levelM },
});
const says = (...story: Asked<Reading>[]) =>
  ask(rising, story, null).map(({ verdict }) => inShort(verdict));

test("a rise within the window counts at once, measured from its lowest value", () => {
  expect(says(at(0, 2.2), at(10, 2), at(20, 2.15), at(30, 2.3), at(40, 2.35)).at(3)).toBe(
    "yellow 0.3",
  );
});

test("a lowest value older than the window counts no more", () => {
  const told = says(
    at(0, 2),
    at(10, 2.1),
    at(20, 2.1),
    at(30, 2.15),
    at(45, 2.2),
    at(60, 2.3),
    at(61, 2.3),
  );
  expect(told.slice(-2)).toEqual(["yellow 0.3", "lingers 0.2"]);
});

test("a steep rise in a short window is told by its own level, and the worst is told", () => {
  expect(says(at(0, 2), at(5, 2.1), at(10, 2.25)).at(-1)).toBe("orange 0.25");
  expect(says(at(0, 2), at(5, 3.1)).at(-1)).toBe("red 1.1");
});

test("that there is no rise is not said before half of the window was heard", () => {
  expect(says(at(0, 2), at(15, 2), at(29, 2), at(30, 2.05))).toEqual([
    "unknown",
    "unknown",
    "unknown",
    "ok 0.05",
  ]);
});

test("after a pause it has to listen for half of the window again", () => {
  const told = says(at(0, 2), at(15, 2), at(30, 2), at(50, 2), at(65, 2), at(80, 2));
  expect(told).toEqual(["unknown", "unknown", "ok 0", "unknown", "unknown", "ok 0"]);
});

test("a rise over a pause is a rise all the same", () => {
  expect(says(at(0, 2), at(40, 2.4)).at(-1)).toBe("yellow 0.4");
});

test("a reading without the number is unknown and changes nothing", () => {
  expect(says(at(0, 2), at(10), at(20, 2.4))).toEqual(["unknown", "unknown", "yellow 0.4"]);
});

const story = fc.array(
  fc.record({
    gapS: fc.integer({ min: 1, max: 1_500 }),
    levelM: fc.double({ min: 0, max: 3, noNaN: true }),
  }),
  { maxLength: 150 },
);
const told = (steps: { gapS: number; levelM: number }[]) => {
  return ask(
    rising,
    inTime(steps).map(({ at: when, levelM }) => ({ at: when, reading: { levelM } })),
    null,
  );
};

test("water that rises for days keeps no more than a window of lows", () => {
  const long = Array.from({ length: 1_000 }, (_, i) => at(5 * i, 2 + i / 1_000));
  const lows = ask(rising, long, null).map(({ verdict }) => verdict.state!.lows.length);
  expect(Math.max(...lows)).toBe(13);
});

test("what is kept is JSON and stays small", () => {
  fc.assert(
    fc.property(story, (steps) => {
      for (const { verdict } of told(steps)) {
        expect(JSON.parse(JSON.stringify(verdict.state))).toEqual(verdict.state);
        expect(verdict.state!.lows.length).toBeLessThanOrEqual(32);
      }
    }),
  );
});

test("the rise is that above the window's lowest value, but for values merged at its edge", () => {
  const merged = hours(1) / 30;
  fc.assert(
    fc.property(story, (steps) => {
      const all = told(steps);
      for (const [i, { at: when, verdict }] of all.entries()) {
        const rose = verdict.signal!.value;
        if (rose === undefined) continue;
        const heard = all
          .slice(0, i + 1)
          .map((one) => [one.at, (one.reading as { levelM: number }).levelM] as const);
        const above = (within: number) =>
          heard[i]![1] -
          Math.min(...heard.filter(([then]) => then >= when - within).map(([, levelM]) => levelM));
        expect(rose).toBeLessThanOrEqual(above(hours(1)) + 1e-9);
        expect(rose).toBeGreaterThanOrEqual(above(hours(1) - merged) - 1e-9);
      }
    }),
  );
});
