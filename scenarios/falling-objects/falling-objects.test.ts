import { describe, expect, test } from "vitest";
import { each, play, type Row, type Stage } from "../../src/testing/play.ts";
import { fallSeconds, isFreeFall } from "./free-fall.ts";
import fallingObjects from "./index.ts";

const plays = (rows: Row[], stage?: Stage) =>
  expect(play(fallingObjects, rows, stage)).toEqual(rows);
const happen = (rows: Row[], stage?: Stage): unknown[] =>
  play(fallingObjects, rows, stage).flatMap(([when, , ...came]) =>
    came.map((one) => `${when} ${one}`),
  );

const alive = { masksOn: true };
const bottle = {
  trackId: "t1",
  startFloor: 10,
  startHeightM: 30,
  unitBand: "4",
  objectClass: "bottle",
  fallTimeS: 2.47,
  confidence: 0.8,
} as const;

describe("free fall", () => {
  test.each([
    [4.903325, 1],
    [19.6133, 2],
    [30, 2.4735],
    [100, 4.516],
  ])("%d m take %d s", (heightM, seconds) => {
    expect(fallSeconds(heightM)).toBeCloseTo(seconds, 3);
  });

  test("three tenths off is a fall, more is a bird", () => {
    expect([1.4, 1.41, 2.6, 2.59].map((s) => isFreeFall(19.6133, s, 0.3))).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect([1.39, 2.61, 6].map((s) => isFreeFall(19.6133, s, 0.3))).toEqual([false, false, false]);
  });
});

describe("throws", () => {
  test("a bottle from the third floor up is orange at once, and waits for its review", () =>
    plays([
      ["0s", alive],
      ["10s", bottle, "thrown fired orange"],
      ["60s", alive, "thrown latched orange"],
      ["4m", { reset: "thrown" }, "thrown resolved orange"],
    ]));

  test.each([
    ["from the third floor", { startFloor: 3, startHeightM: 9, fallTimeS: 1.35 }, "orange"],
    ["from the second", { startFloor: 2, startHeightM: 6, fallTimeS: 1.1 }, "yellow"],
    ["light, however slow", { objectClass: "paper", fallTimeS: 9 }, "yellow"],
    ["a bag without a height", { objectClass: "bag", startHeightM: undefined }, "yellow"],
    ["just sure enough", { confidence: 0.5 }, "orange"],
    ["something else", { objectClass: "other" }, "orange"],
  ] as const)("%s", (_, what, level) => {
    const track = Object.fromEntries(
      Object.entries({ ...bottle, ...what }).filter(([, value]) => value !== undefined),
    ) as typeof bottle;
    plays([["0s", track, `thrown fired ${level}`]]);
  });

  test.each([
    ["not sure enough", { ...bottle, confidence: 0.49 }],
    ["too slow for a bottle: a bird", { ...bottle, fallTimeS: 3.3 }],
    ["too fast: something nearer the lens", { ...bottle, fallTimeS: 1.7 }],
    ["the review of a track is no throw", { ...bottle, review: "confirmed" }],
  ] as const)("%s", (_, track) => plays([["0s", track]]));

  test("a second throw before the review is the same alert, and worse if it is hard", () =>
    plays([
      ["0s", { ...bottle, objectClass: "butt" }, "thrown fired yellow"],
      ["60s", alive, "thrown latched yellow"],
      ["90s", { ...bottle, trackId: "t2" }, "thrown reopened orange"],
    ]));
});

describe("repetition", () => {
  const confirmed = (n: number, unitBand = "4") => ({
    trackId: `t${n}`,
    unitBand,
    review: "confirmed" as const,
  });
  const own = (rows: Row[], stage?: Stage) =>
    happen(rows, stage).filter((one) => String(one).includes("repeated"));

  test("three confirmed throws of one band in thirty days are orange", () =>
    expect(
      own([
        ["0d", confirmed(1)],
        ["10d", confirmed(2)],
        ["30d", confirmed(3)],
      ]),
    ).toEqual(["30d repeated fired orange (band:4)"]));

  test("a day more is too long, another band another matter, a void review none", () => {
    const rows = (...last: Row[]): Row[] => [["0d", confirmed(1)], ["10d", confirmed(2)], ...last];
    expect(own(rows(["31d", confirmed(3)]))).toEqual([]);
    expect(own(rows(["20d", confirmed(3, "5")]))).toEqual([]);
    expect(own(rows(["20d", { ...confirmed(3), review: "void" }]))).toEqual([]);
  });

  test("the same track confirmed again is one throw", () =>
    expect(
      own([
        ["0d", confirmed(1)],
        ["1d", confirmed(2)],
        ["1d1m", confirmed(2)],
      ]),
    ).toEqual([]));

  test("it is over when the band was clean for ninety days, counted from its last throw", () => {
    const beats = (from: number, to: number): Row[] =>
      Array.from({ length: to - from + 1 }, (_, i) => [`${from + i}d`, alive]);
    expect(
      own([
        ["0d", confirmed(1)],
        ["1d", confirmed(2)],
        ["2d", confirmed(3)],
        ...beats(3, 40),
        ["41d", confirmed(4)],
        ...beats(42, 60),
        ["60d1h", confirmed(1, "7")], // another band's single throw keeps nothing open
        ...beats(61, 133),
      ]),
    ).toEqual(["2d repeated fired orange (band:4)", "132d repeated resolved orange"]);
  });
});

test("an injury is red at once and stays until a person resets it", () =>
  plays([
    ["0s", { ...alive, injuryReported: true }, "injury fired red"],
    ["60s", alive, "injury latched red"],
    ["120s", { reset: "injury" }, "injury resolved red"],
  ]));

test("a camera that is quiet for ten minutes is yellow", () =>
  plays([...each(0, 5, 1, alive), ["14m", null], ["15m", null, "silent fired yellow"]]));
