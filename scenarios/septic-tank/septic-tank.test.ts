import { describe, expect, test } from "vitest";
import { each, play, type Row, type Stage } from "../../src/testing/play.ts";
import septicTank from "./index.ts";

const plays = (rows: Row[], stage?: Stage) => expect(play(septicTank, rows, stage)).toEqual(rows);
const happen = (rows: Row[], stage?: Stage): unknown[] =>
  play(septicTank, rows, stage).flatMap(([when, , ...came]) => came.map((one) => `${when} ${one}`));

describe("level", () => {
  const filled = (liquidLevelM: number, freeboardM = 3 - liquidLevelM) => ({
    liquidLevelM,
    freeboardM,
  });

  test.each([
    ["four fifths of the depth", filled(2.4), filled(2.39), "yellow"],
    ["thirty centimetres of freeboard", filled(2, 0.3), filled(2, 0.31), "yellow"],
    ["five centimetres of freeboard", filled(2.95, 0.05), filled(2, 0.31), "orange"],
  ])("%s, in two readings, is %s", (_, bad, good, level) => {
    plays([
      ["0m", bad],
      ["30m", bad, `level fired ${level}`],
    ]);
    plays([
      ["0m", good],
      ["30m", good],
      ["60m", good],
    ]);
    plays([
      ["0m", bad],
      ["30m", good],
      ["60m", bad],
      ["90m", good],
    ]);
  });

  test("a tank that goes on to overflow is one alert, and ends an hour after it is pumped", () =>
    expect(
      happen([
        ...each(0, 30, 30, filled(2.5)),
        ...each(60, 90, 30, filled(2.96)),
        ...each(120, 180, 30, filled(2.2)), // lower, and not yet below seven tenths
        ...each(210, 300, 30, filled(2.09)),
      ]),
    ).toEqual([
      "30m level fired yellow",
      "90m level escalated orange",
      "270m level resolved orange",
    ]));

  test("the share is of this tank's depth; without it the freeboard still speaks", () => {
    expect(happen(each(0, 60, 30, filled(2.4, 1)), { site: { tankDepthM: 6 } })).toEqual([]);
    const site = { tankDepthM: undefined };
    expect(happen(each(0, 60, 30, filled(2.9, 0.31)), { site })).toEqual([]);
    expect(happen(each(0, 60, 30, filled(2.9, 0.3)), { site })).toEqual(["30m level fired yellow"]);
  });

  test("a sleepy probe that speaks once a day is believed at its second word", () =>
    expect(
      happen(
        [
          ["0h", filled(2.6)],
          ["24h", filled(2.6)],
        ],
        { site: { dailyReport: true } },
      ),
    ).toEqual(["24h level fired yellow"]));
});

describe("gas", () => {
  const air = (ch4LelPct: number, h2sMgPerM3 = 1, o2Pct = 20.8) => ({
    ch4LelPct,
    h2sMgPerM3,
    o2Pct,
  });

  test("methane at a fifth of its limit for five minutes is orange until below fifteen", () =>
    plays([
      ["0m", air(20)],
      ["4m", air(20)],
      ["5m", null, "methane fired orange"],
      ["10m", air(15)],
      ["15m", air(14.9), "methane resolved orange"],
    ]));

  test("methane at two fifths for one minute is red", () =>
    plays([
      ["0s", air(40)],
      ["30s", air(40)],
      ["60s", air(40), "methane fired red"],
      ["120s", air(16)],
    ]));

  test("below a fifth is nothing, and one high reading is a glitch", () => {
    plays([...each(0, 30, 5, air(19.9))]);
    plays([
      ["0m", air(60)],
      ["5m", air(5)],
      ["10m", air(5)],
    ]);
  });

  test.each([
    ["10 mg/m³ of hydrogen sulphide", air(5, 10), air(5, 9.9), air(5, 7), air(5, 6.9)],
    ["oxygen below 19.5 %", air(5, 1, 19.4), air(5, 1, 19.5), air(5, 1, 20), air(5, 1, 20.1)],
  ])("%s for a minute is orange, until it is well again", (_, bad, good, between, clear) => {
    plays([
      ["0m", bad],
      ["1m", bad, "toxic fired orange"],
      ["2m", between],
      ["3m", clear, "toxic resolved orange"],
    ]);
    plays([...each(0, 10, 1, good)]);
  });

  test("gas is never muted: a permit for works may not hide what kills the workers", () =>
    expect(septicTank.lifeSafety).toEqual(["methane", "toxic"]));
});

test("an open cover is orange after thirty seconds, on one word, until it is shut", () => {
  plays([
    ["0s", { coverOpen: true }],
    ["29s", null],
    ["30s", null, "cover fired orange"],
    ["10m", { coverOpen: false }, "cover resolved orange"],
  ]);
  plays([
    ["0s", { coverOpen: true }],
    ["29s", { coverOpen: false }],
    ["60s", null],
  ]);
});

test("a reading of the gas alone is no word on the cover: the thirty seconds run on", () =>
  plays([
    ["0s", { coverOpen: true }],
    ["10s", { ch4LelPct: 3 }],
    ["30s", null, "cover fired orange"],
    ["60s", { ch4LelPct: 3 }],
  ]));

test("three quiet hours are yellow, two days for a sleepy probe", () => {
  plays([
    ["0m", { coverOpen: false }],
    ["179m", null],
    ["180m", null, "silent fired yellow"],
  ]);
  plays(
    [
      ["0h", { coverOpen: false }],
      ["47h59m", null],
      ["48h", null, "silent fired yellow"],
    ],
    { site: { dailyReport: true } },
  );
});
