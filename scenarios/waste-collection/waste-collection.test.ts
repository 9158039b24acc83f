import { describe, expect, test } from "vitest";
import { each, MONDAY, play, type Row, type Stage } from "../../src/testing/play.ts";
import wasteCollection from "./index.ts";

const plays = (rows: Row[], stage?: Stage) =>
  expect(play(wasteCollection, rows, stage)).toEqual(rows);
const happen = (rows: Row[], stage?: Stage): unknown[] =>
  play(wasteCollection, rows, stage).flatMap(([when, , ...came]) =>
    came.map((one) => `${when} ${one}`),
  );

describe("fill", () => {
  const fill = (fillLevel: number) => ({ fillLevel });

  test("four fifths twice is a notice, until it is emptied below three tenths", () =>
    plays([
      ["0m", fill(0.79)],
      ["30m", fill(0.8)],
      ["60m", fill(0.8), "nearlyFull fired blue"],
      ["90m", fill(0.3)],
      ["120m", fill(0.29), "nearlyFull resolved blue"],
    ]));

  test("0.95 twice overflows, until below a half; one reading of a bag on top does not", () => {
    expect(
      happen([...each(0, 30, 30, fill(0.95)), ["60m", fill(0.5)], ["90m", fill(0.49)]]),
    ).toEqual([
      "30m nearlyFull fired blue",
      "30m overflow fired yellow",
      "90m overflow resolved yellow",
    ]);
    expect(
      happen([
        ["0m", fill(1)],
        ["30m", fill(0.4)],
        ["60m", fill(1)],
      ]),
    ).toEqual([]);
    expect(happen(each(0, 60, 30, fill(0.94)))).toEqual(["30m nearlyFull fired blue"]);
  });

  test("a camera that sees it overflow is enough by itself, and ends it too", () =>
    plays([
      ["0m", { overflowSeen: true }],
      ["30m", { overflowSeen: true }, "overflow fired yellow"],
      ["60m", { overflowSeen: false }, "overflow resolved yellow"],
    ]));
});

describe("rounds", () => {
  const bin = (fillLevel: number, emptiedH?: number) => ({
    fillLevel,
    ...(emptiedH !== undefined && { lastEmptiedAt: MONDAY + emptiedH * 3_600_000 }),
  });
  const hourly = (from: number, to: number, said: Row[1]): Row[] =>
    Array.from({ length: to - from + 1 }, (_, i) => [`${from + i}h`, said]);

  test.each([
    [true, "25h notEmptied fired yellow"],
    [false, "49h notEmptied fired yellow"],
  ])("food waste (%s) may stay a day, other waste two, and not an hour more", (foodWaste, came) =>
    expect(happen(hourly(0, 50, bin(0.5, 0)), { site: { foodWaste } })).toEqual([came]),
  );

  test("the bin's own word of when it was emptied counts from its first reading", () =>
    expect(happen(hourly(0, 9, bin(0.5, -20)))).toEqual(["5h notEmptied fired yellow"]));

  test("a round ends it, told or seen", () => {
    expect(happen([...hourly(0, 25, bin(0.5, 0)), ["26h", bin(0.5, 25.5)]])).toEqual([
      "25h notEmptied fired yellow",
      "26h notEmptied resolved yellow",
    ]);
    expect(happen([...hourly(0, 26, bin(0.5)), ["27h", bin(0.1)]])).toEqual([
      "25h notEmptied fired yellow",
      "27h notEmptied resolved yellow",
    ]);
  });

  test("an empty bin is not emptied again by staying empty", () =>
    expect(happen(hourly(0, 26, bin(0.1)))).toEqual(["25h notEmptied fired yellow"]));

  test("a bin whose clock is ahead is not emptied in the future", () =>
    expect(happen([["0h", bin(0.5, 500)], ...hourly(1, 26, bin(0.5))])).toEqual([
      "25h notEmptied fired yellow",
    ]));
});

describe("fire", () => {
  const hot = (temperatureCel: number) => ({ temperatureCel });

  test("sixty degrees for a minute is red, until below 45 for ten minutes", () =>
    expect(
      happen([
        ["0m", hot(60)],
        ["1m", hot(60)],
        ...each(2, 15, 1, hot(45)),
        ...each(16, 26, 1, hot(44.9)),
      ]),
    ).toEqual(["1m fire fired red", "26m fire resolved red"]));

  test("ten degrees within ten minutes is red, a bit less or slower is the sun", () => {
    const climbing = (perMin: number): Row[] =>
      Array.from({ length: 21 }, (_, m) => [`${m}m`, hot(20 + perMin * m)]);
    expect(happen(climbing(1.2))).toEqual(["11m fire fired red"]);
    expect(happen(climbing(0.99))).toEqual([]);
  });

  test("one reading that was too low, or too high, is no fire", () => {
    expect(happen([...each(0, 4, 1, hot(25)), ["5m", hot(5)], ...each(6, 20, 1, hot(25))])).toEqual(
      [],
    );
    expect(
      happen([...each(0, 4, 1, hot(25)), ["5m", hot(80)], ...each(6, 20, 1, hot(25))]),
    ).toEqual([]);
  });

  test("a bin that says that it burns burns, whatever its thermometer", () =>
    plays([
      ["0m", { status: "burning" }],
      ["1m", { status: "burning" }, "fire fired red"],
    ]));
});

test.each([
  ["a tilt above 45 degrees", { tiltDeg: 46 }, { tiltDeg: 45 }],
  ["dropped", { status: "dropped", tiltDeg: 20 }, { status: "lidOpen", tiltDeg: 20 }],
] as const)("%s for five minutes is tipped over until it stands", (_, bad, good) => {
  plays([
    ["0m", bad],
    ["5m", bad, "tipped fired yellow"],
    ["10m", { status: "ok", tiltDeg: 15 }],
    ["15m", { status: "ok", tiltDeg: 14 }, "tipped resolved yellow"],
  ]);
  plays([...each(0, 20, 5, good)]);
});

describe("station", () => {
  const air = (nh3MgPerM3: number, h2sMgPerM3 = 0.01) => ({ nh3MgPerM3, h2sMgPerM3 });

  test("its mean of one hour counts: 1.5 of ammonia is allowed, more is not", () => {
    expect(happen(each(0, 90, 5, air(1.5)))).toEqual([]);
    expect(happen(each(0, 90, 5, air(1.51)))).toEqual(["45m stationOdour fired yellow"]);
    expect(happen(each(0, 90, 5, air(0.3, 0.061)))).toEqual(["45m stationOdour fired yellow"]);
  });

  test("a lorry that passes is no mean: by hand, 4.0 for a quarter and 0.5 else make 1.31", () =>
    expect(
      happen([
        ...each(0, 55, 5, air(0.5)),
        ...each(60, 70, 5, air(4)), // 3 × 4.0 and 10 × 0.5 of 13 slices
        ...each(75, 150, 5, air(0.5)),
      ]),
    ).toEqual([]));

  test("it is over when the mean is below 1.2, not when the air is", () =>
    expect(happen([...each(0, 60, 5, air(2)), ...each(65, 120, 5, air(0.2))])).toEqual([
      "45m stationOdour fired yellow",
      "90m stationOdour resolved yellow",
    ]));

  test("half-hourly readings make a mean too; two of them do not", () =>
    expect(happen(each(0, 90, 30, air(2)))).toEqual(["60m stationOdour fired yellow"]));

  test("many readings in one minute weigh no more than one", () => {
    const burst: Row[] = Array.from({ length: 30 }, (_, i) => [`55m${i}s`, air(4)]);
    expect(happen([...each(0, 50, 5, air(0.5)), ...burst])).toEqual([]);
  });

  test("five lorries for twenty minutes is a notice, until two", () =>
    plays([
      ["0m", { queueLength: 4 }],
      ["5m", { queueLength: 5 }],
      ["15m", { queueLength: 5 }],
      ["25m", { queueLength: 6 }, "stationQueue fired blue"],
      ["30m", { queueLength: 3 }],
      ["35m", { queueLength: 2 }, "stationQueue resolved blue"],
    ]));
});

test("three quiet hours are yellow", () =>
  plays([
    ["0m", { status: "ok" }],
    ["179m", null],
    ["180m", null, "silent fired yellow"],
  ]));
