import fc from "fast-check";
import { expect, test } from "vitest";
import { type Asked, anyWords, ask, inShort, inTime } from "../../testing/ask.ts";
import type { Grade } from "../level.ts";
import { minutes } from "../time.ts";
import { type Sight, sightings } from "./sightings.ts";

type Reading = { saw?: Sight | null; by?: string };

/** About 1.11 m north for each hundred-thousandth of a degree. */
const at = (metres: number) => ({ lon: 121.45, lat: 31.31 + metres / 111_195 });
const sight = (metres: number, level: Grade = "yellow", more: object = {}): Sight => ({
  place: at(metres),
  level,
  ...more,
});
const asked = (minute: number, saw: Sight | null | undefined, by = "a"): Asked<Reading> => ({
  at: minutes(minute),
  sensorId: by,
  reading: saw === undefined ? {} : { saw },
});
const wake = (minute: number): Asked<Reading> => ({ at: minutes(minute), reading: null });

const base = { ...anyWords, sees: ({ saw }: Reading) => saw, metres: 10, within: minutes(60) };
const two = sightings<Reading, null>({ ...base, atLeast: 2 });
const passes = sightings<Reading, null>({
  ...base,
  atLeast: 2,
  clears: { looks: 2, of: "other-voices" },
});
const camera = sightings<Reading, null>({
  ...base,
  atLeast: 1,
  lasts: minutes(10),
  within: minutes(15),
  clears: { looks: 2, of: "same-voice" },
});
const says = (rule: typeof two, ...story: Asked<Reading>[]) =>
  ask(rule, story, null).map(({ verdict }) => inShort(verdict));

test("one voice is not believed however often it speaks, a second one at the same place is", () => {
  const story = [asked(0, sight(0)), asked(5, sight(0)), asked(9, sight(9), "b")];
  expect(says(two, ...story)).toEqual(["ok", "ok", "yellow"]);
});

test("ten metres is one place, eleven are two", () => {
  expect(says(two, asked(0, sight(0)), asked(1, sight(9.99), "b")).at(-1)).toBe("yellow");
  expect(says(two, asked(0, sight(0)), asked(1, sight(11), "b")).at(-1)).toBe("ok");
});

test("what was seen an hour ago is not borne out now", () => {
  expect(says(two, asked(0, sight(0)), asked(59, sight(0), "b")).at(-1)).toBe("yellow");
  expect(says(two, asked(0, sight(0)), asked(60, sight(0), "b")).at(-1)).toBe("ok");
});

test("what is sure needs no second voice", () => {
  expect(says(two, asked(0, sight(0, "orange", { sure: true, value: 80 })))).toEqual(["orange 80"]);
});

test("without looks to clear it, it ends when nobody has seen it for so long", () => {
  const story = [asked(0, sight(0)), asked(10, sight(0), "b"), wake(70)];
  expect(says(two, ...story)).toEqual(["ok", "yellow", "ok"]);
  expect(ask(two, story, null).at(1)!.verdict.wakeAt).toBe(minutes(70));
});

test("two other passes that see nothing clear it; one alone, twice, does not", () => {
  const seenTwice = [asked(0, sight(0)), asked(1, sight(0), "b")];
  const again = [asked(2, null, "c"), asked(3, null, "c"), asked(4, null, "d")];
  expect(says(passes, ...seenTwice, ...again)).toEqual([
    "ok",
    "yellow",
    "lingers",
    "lingers",
    "ok",
  ]);
});

test("once believed it does not end by being forgotten, but only by looks", () => {
  const story = [asked(0, sight(0)), asked(1, sight(0), "b"), asked(500, sight(0), "c")];
  expect(says(passes, ...story).at(-1)).toBe("yellow");
});

test("seen to be gone is gone at once, there and nowhere else", () => {
  const story = [
    asked(0, sight(0, "yellow", { sure: true })),
    asked(1, sight(50, "orange", { sure: true })),
  ];
  const gone = (metres: number) => asked(2, { place: at(metres), level: "ok" });
  expect(says(passes, ...story, gone(50)).at(-1)).toBe("yellow");
  expect(says(passes, ...story, gone(0)).at(-1)).toBe("orange");
});

test("it must last: ten minutes from the first sighting to the last, whichever camera saw it", () => {
  const story = [asked(0, sight(0)), asked(5, sight(3), "b"), asked(10, sight(1))];
  expect(says(camera, ...story)).toEqual(["ok", "ok", "yellow"]);
  expect(says(camera, asked(0, sight(0)), asked(9, sight(0))).at(-1)).toBe("ok");
});

test("a camera that never saw it does not clear it", () => {
  const there = [asked(0, sight(0)), asked(10, sight(0))];
  const elsewhere = [asked(11, null, "z"), asked(12, null, "z"), asked(13, null, "z")];
  expect(says(camera, ...there, ...elsewhere).slice(1)).toEqual(Array(4).fill("yellow"));
  expect(says(camera, ...there, asked(15, null), asked(20, null)).slice(2)).toEqual([
    "lingers",
    "ok",
  ]);
});

test("seen again after one look in vain, it takes all looks anew to end it", () => {
  const there = [asked(0, sight(0)), asked(10, sight(0)), asked(15, null), asked(20, sight(0))];
  expect(says(camera, ...there, asked(25, null), asked(30, null)).slice(2)).toEqual([
    "lingers",
    "yellow",
    "lingers",
    "ok",
  ]);
});

test("where no metre is allowed, the very same place is still one", () => {
  const exact = sightings<Reading, null>({ ...base, metres: 0, atLeast: 2 });
  expect(says(exact, asked(0, sight(3)), asked(1, sight(3), "b")).at(-1)).toBe("yellow");
});

test("of a street full of spots the last sixteen are kept", () => {
  const story = Array.from({ length: 40 }, (_, i) => asked(i, sight(20 * i), `s-${i}`));
  const { state } = ask(two, story, null).at(-1)!.verdict;
  expect(state.map(({ voices }) => voices[0])).toEqual(
    Array.from({ length: 16 }, (_, i) => `s-${24 + i}`),
  );
});

test("a reading that cannot tell says so, and changes nothing", () => {
  const story = [asked(0, sight(0)), asked(5, undefined, "b"), asked(6, sight(0), "b")];
  expect(says(two, ...story)).toEqual(["ok", "unknown", "yellow"]);
});

test("without a place all of a site is one place", () => {
  const nowhere = { level: "yellow" } as const;
  expect(says(two, asked(0, nowhere), asked(1, nowhere, "b")).at(-1)).toBe("yellow");
  expect(says(two, asked(0, nowhere), asked(1, sight(0), "b")).at(-1)).toBe("ok");
});

test("a street where nothing is seen keeps nothing that would have to be written", () => {
  const story = [asked(0, null), asked(5, sight(0)), asked(10, null), asked(15, null)];
  for (const rule of [two, passes, camera]) {
    const [first] = ask(rule, story, null);
    expect(first!.verdict.state).toBe(rule.initial);
  }
  expect(ask(camera, story, null).at(-1)!.verdict.state).toBe(camera.initial);
});

test("whatever is seen, what is kept stays small, and every wake lies ahead", () => {
  const story = fc.array(
    fc.record({
      gapS: fc.integer({ min: 0, max: 900 }),
      by: fc.integer({ min: 0, max: 40 }),
      metres: fc.constantFrom(0, 5, 20, 40, 80, 160, 320, 640, 1_000, 2_000),
      kind: fc.constantFrom("sees", "sees", "nothing", "cannot", "gone"),
    }),
    { maxLength: 120 },
  );
  const sawOf = (kind: string, metres: number): Sight | null | undefined =>
    ({ nothing: null, cannot: undefined, gone: { place: at(metres), level: "ok" as const } })[
      kind
    ] ?? (kind === "sees" ? sight(metres) : kind === "nothing" ? null : undefined);
  fc.assert(
    fc.property(story, fc.constantFrom(two, passes, camera), (steps, rule) => {
      const rows = inTime(steps).map(({ at: when, by, metres, kind }) => {
        const saw = sawOf(kind, metres);
        return { at: when, sensorId: `s-${by}`, reading: saw === undefined ? {} : { saw } };
      });
      for (const { at: when, verdict } of ask(rule, rows, null)) {
        expect(JSON.parse(JSON.stringify(verdict.state))).toEqual(verdict.state);
        expect(JSON.stringify(verdict.state).length).toBeLessThan(8_192);
        expect(verdict.wakeAt ?? Number.POSITIVE_INFINITY).toBeGreaterThan(when);
      }
    }),
    { numRuns: 100 },
  );
});
