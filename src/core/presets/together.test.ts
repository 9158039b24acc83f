import fc from "fast-check";
import { expect, test } from "vitest";
import { type Asked, anyWords, ask, inShort, inTime } from "../../testing/ask.ts";
import { minutes } from "../time.ts";
import { together } from "./together.ts";

type Reading = { smoke?: boolean };

const fire = together<Reading, null>({
  ...anyWords,
  bad: ({ smoke }) => smoke,
  atLeast: 2,
  within: minutes(10),
  level: "red",
});
const at = (minute: number, sensorId: string, smoke?: boolean): Asked<Reading> => ({
  at: minutes(minute),
  sensorId,
  reading: smoke === undefined ? {} : { smoke },
});
const wake = (minute: number): Asked<Reading> => ({ at: minutes(minute), reading: null });
const says = (...story: Asked<Reading>[]) =>
  ask(fire, story, null).map(({ verdict }) => inShort(verdict));

test("it is about the site: one sensor alone is not enough, a second one is", () => {
  expect(fire.subject).toBe("site");
  expect(says(at(0, "a", true), at(1, "a", true), at(2, "b", true))).toEqual([
    "unknown",
    "unknown",
    "red 2",
  ]);
});

test("a sensor that says no takes its voice back", () => {
  expect(says(at(0, "a", true), at(1, "b", true), at(2, "a", false))).toEqual([
    "unknown",
    "red 2",
    "ok 1",
  ]);
});

test("a sensor that cannot tell changes nothing", () => {
  expect(says(at(0, "a", true), at(1, "b", true), at(2, "a"))).toEqual([
    "unknown",
    "red 2",
    "red 2",
  ]);
});

test("voices count for so long; one that only fell silent does not say that all is well", () => {
  expect(says(at(0, "a", true), at(5, "b", true), wake(10), wake(15))).toEqual([
    "unknown",
    "red 2",
    "unknown",
    "unknown",
  ]);
});

test("more sensors than can be kept are still enough", () => {
  const all = Array.from({ length: 200 }, (_, i) => at(0, `sensor-${i}`, true));
  const last = ask(fire, all, null).at(-1)!.verdict;
  expect(inShort(last)).toBe("red 64");
  expect(Object.keys(last.state)).toContain("sensor-199");
});

test("however many sensors speak, what is kept stays small, and every wake lies ahead", () => {
  const story = fc.array(
    fc.record({
      gapS: fc.integer({ min: 0, max: 180 }),
      id: fc.integer({ min: 0, max: 300 }),
      smoke: fc.constantFrom(true, true, false, undefined),
    }),
    { maxLength: 300 },
  );
  fc.assert(
    fc.property(story, (steps) => {
      const told = ask(
        fire,
        inTime(steps).map(({ at: when, id, smoke }) => ({
          at: when,
          sensorId: `sensor-${id}`,
          reading: smoke === undefined ? {} : { smoke },
        })),
        null,
      );
      for (const { at: when, verdict } of told) {
        expect(JSON.parse(JSON.stringify(verdict.state))).toEqual(verdict.state);
        expect(Object.keys(verdict.state).length).toBeLessThanOrEqual(64);
        expect(verdict.wakeAt ?? Number.POSITIVE_INFINITY).toBeGreaterThan(when);
        expect(Object.values(verdict.state).every((saidAt) => when - saidAt < minutes(10))).toBe(
          true,
        );
      }
    }),
    { numRuns: 200 },
  );
});
