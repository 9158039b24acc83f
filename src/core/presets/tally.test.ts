import fc from "fast-check";
import { expect, test } from "vitest";
import { type Asked, anyWords, ask, inShort, inTime } from "../../testing/ask.ts";
import { hours, minutes } from "../time.ts";
import { tally } from "./tally.ts";

type Reading = { fault?: boolean; usedM3?: number };

const faults = tally<Reading, null>({
  ...anyWords,
  adds: ({ fault }) => (fault === undefined ? undefined : fault ? 1 : 0),
  once: true,
  within: minutes(10),
  speaksFor: minutes(2),
  bounds: () => ({ yellow: 3 }),
  clear: () => ({ yellow: 1 }),
});
const water = tally<Reading, null>({
  ...anyWords,
  adds: ({ usedM3 }) => usedM3,
  within: hours(12),
  speaksFor: minutes(45),
  direction: "below",
  bounds: () => ({ yellow: 0.01 }),
  clear: () => ({ yellow: 0.01 }),
});

const at = (minute: number, fault?: boolean): Asked<Reading> => ({
  at: minutes(minute),
  reading: fault === undefined ? {} : { fault },
});
const says = (...story: Asked<Reading>[]) =>
  ask(faults, story, null).map(({ verdict }) => inShort(verdict));
const every = (from: number, to: number, fault = false) =>
  Array.from({ length: to - from + 1 }, (_, i) => at(from + i, fault));

test("it counts over the window, and tells at once what has happened", () => {
  expect(says(at(0, true), at(1, false), at(2, true), at(3, false), at(4, true)).at(-1)).toBe(
    "yellow 3",
  );
});

test("the same trouble told again is one, and one that comes back is another", () => {
  expect(says(at(0, true), at(1, true), at(2, true), at(3, true)).at(-1)).toBe("unknown");
  expect(
    says(at(0, true), at(1, true), at(2, false), at(3, true), at(4, false), at(5, true)).at(-1),
  ).toBe("yellow 3");
});

test("that nothing happened is not said before enough of the window was heard", () => {
  const told = says(...every(0, 9));
  expect(told.slice(0, 8).every((word) => word === "unknown")).toBe(true);
  expect(told.slice(8)).toEqual(["ok 0", "ok 0"]);
});

test("a missed stretch is unknown again until the window is heard", () => {
  const told = says(...every(0, 10), ...every(17, 27));
  expect(told[10]).toBe("ok 0");
  expect(told[11]).toBe("unknown"); // 10 to 17: only two of those minutes are spoken for
  expect(told.at(-1)).toBe("ok 0");
});

test("what lies before the window counts no more, right to one bucket", () => {
  const told = says(
    at(0, true),
    at(1, false),
    at(2, true),
    at(3, false),
    at(4, true),
    ...every(5, 16),
  );
  expect(told[4]).toBe("yellow 3");
  expect(told.at(-1)).toBe("ok 0");
});

test("while some are left it lingers", () => {
  expect(says(...every(0, 10), at(11, true), at(12, false)).slice(-1)).toEqual(["lingers 1"]);
});

test("that there was too little is never told from a part of the window", () => {
  const readings = (hour: number, usedM3: number) =>
    Array.from({ length: 2 }, (_, i) => ({
      at: hours(hour) + minutes(30 * i),
      reading: { usedM3 },
    }));
  const dry = Array.from({ length: 13 }, (_, hour) => readings(hour, 0)).flat();
  const told = ask(water, dry, null).map(({ verdict }) => inShort(verdict));
  expect(told.slice(0, 19).every((word) => word === "unknown")).toBe(true);
  expect(told.at(-1)).toBe("yellow 0");
  const used = ask(water, [...dry, ...readings(13, 0.006)], null).map(({ verdict }) =>
    inShort(verdict),
  );
  expect(used.at(-1)).toBe("ok 0.012");
});

test("a meter that says nothing is not a meter that counts nothing", () => {
  const told = ask(
    water,
    [
      { at: 0, reading: { usedM3: 0 } },
      { at: hours(24), reading: { usedM3: 0 } },
      { at: hours(48), reading: { usedM3: 0 } },
    ],
    null,
  );
  expect(told.map(({ verdict }) => inShort(verdict))).toEqual(["unknown", "unknown", "unknown"]);
});

const story = fc.array(fc.record({ gapS: fc.integer({ min: 1, max: 300 }), fault: fc.boolean() }), {
  maxLength: 200,
});
const plain = tally<Reading, null>({
  ...anyWords,
  adds: ({ fault }) => (fault ? 1 : 0),
  within: minutes(10),
  speaksFor: minutes(2),
  share: 0,
  bounds: () => ({ red: 1_000 }),
  clear: () => ({ red: 1_000 }),
});
const counted = (steps: { gapS: number; fault: boolean }[]) => {
  return ask(
    plain,
    inTime(steps).map(({ at: when, fault }) => ({ at: when, reading: { fault } })),
    null,
  );
};

test("what is kept is JSON and stays small", () => {
  fc.assert(
    fc.property(story, (steps) => {
      for (const { verdict } of counted(steps)) {
        expect(JSON.parse(JSON.stringify(verdict.state))).toEqual(verdict.state);
        expect(verdict.state!.buckets.length).toBeLessThanOrEqual(21);
      }
    }),
  );
});

test("the count is that of the window, or of the window and one bucket", () => {
  const bucket = minutes(10) / 20;
  fc.assert(
    fc.property(story, (steps) => {
      const all = counted(steps);
      for (const [i, { at: when, verdict }] of all.entries()) {
        const since = (within: number) =>
          all
            .slice(0, i + 1)
            .filter((one) => one.at > when - within && (one.reading as Reading).fault).length;
        expect(verdict.signal!.value).toBeGreaterThanOrEqual(since(minutes(10)));
        expect(verdict.signal!.value).toBeLessThanOrEqual(since(minutes(10) + bucket + 1));
      }
    }),
  );
});
