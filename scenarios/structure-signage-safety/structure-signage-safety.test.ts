import { describe, expect, test } from "vitest";
import { each, play, type Row, type Stage } from "../../src/testing/play.ts";
import { allowedSlope, dangerousSlope, slopeOf } from "./building.ts";
import structureSignageSafety from "./index.ts";

const happen = (rows: Row[], stage?: Stage): unknown[] =>
  play(structureSignageSafety, rows, stage).flatMap(([when, , ...came]) =>
    came.map((one) => `${when} ${one}`),
  );
const plays = (rows: Row[], stage?: Stage) =>
  expect(play(structureSignageSafety, rows, stage)).toEqual(rows);

/** Hourly from hour to hour, both included. */
const hourly = (from: number, to: number, said: Row[1]): Row[] =>
  Array.from({ length: to - from + 1 }, (_, i) => [`${from + i}h`, said]);
/** A lean along one axis, given as a slope in per mille. */
const lean = (permille: number) => ({
  tiltXDeg: (Math.atan(permille / 1_000) * 180) / Math.PI,
  tiltYDeg: 0,
});
const sign = (tiltDeltaDeg: number, windSpeedMPerS = 3) => ({ tiltDeltaDeg, windSpeedMPerS });

describe("lean", () => {
  test("one per cent is 0.573 degrees, and two axes make one slope", () => {
    expect(slopeOf({ tiltXDeg: 0.573, tiltYDeg: 0 })).toBeCloseTo(0.01, 5);
    expect(slopeOf({ tiltXDeg: 0, tiltYDeg: -0.573 })).toBeCloseTo(0.01, 5);
    expect(slopeOf({ tiltXDeg: 1.7184, tiltYDeg: 2.2906 })).toBeCloseTo(0.05, 4); // 3, 4, 5
  });

  test.each([
    [24, 0.004],
    [24.1, 0.003],
    [60, 0.003],
    [60.1, 0.0025],
    [100, 0.0025],
    [100.1, 0.002],
  ])("a building of %d m may lean by %d", (heightM, slope) => {
    expect(allowedSlope(heightM)).toBe(slope);
  });

  test("three storeys are dangerous at two per cent, two at three", () => {
    expect([dangerousSlope(3), dangerousSlope(2)]).toEqual([0.02, 0.03]);
  });

  test.each([
    [20, 4],
    [54, 3],
    [90, 2.5],
    [150, 2],
  ])("%d m: more than %d ‰ for a day is yellow, just that is not", (heightM, permille) => {
    const site = { heightM };
    expect(happen(hourly(0, 30, lean(permille + 0.05)), { site })).toEqual([
      "24h leanDesign fired yellow",
    ]);
    expect(happen(hourly(0, 30, lean(permille - 0.01)), { site })).toEqual([]);
  });

  test("a lean that is smaller again waits for the survey", () =>
    expect(
      happen([
        ...hourly(0, 24, lean(3.2)),
        ...hourly(25, 28, lean(2.9)),
        ["29h", { reset: "leanDesign" }],
      ]),
    ).toEqual([
      "24h leanDesign fired yellow",
      "26h leanDesign latched yellow",
      "29h leanDesign resolved yellow",
    ]));

  test.each([
    [18, 20.1, 19.9],
    [2, 30.1, 29.9],
  ])("%d storeys: red when %d ‰ has lasted an hour, not at %d", (storeys, bad, good) => {
    const site = { storeys };
    expect(happen(hourly(0, 3, lean(bad)), { site })).toEqual(["1h leanDanger fired red"]);
    expect(happen(hourly(0, 3, lean(good)), { site })).toEqual([]);
  });

  test("without height and storeys in the register nobody can tell", () => {
    const site = { heightM: undefined, storeys: undefined };
    expect(happen(hourly(0, 40, lean(40)), { site })).toEqual([]);
  });

  test("a tenth of a degree within a day is orange, whichever way; a bit less is not", () => {
    const at = (x: number, y: number) => ({ tiltXDeg: x, tiltYDeg: y });
    const still = hourly(0, 12, at(0.05, 0));
    expect(happen([...still, ...hourly(13, 15, at(-0.01, 0.08))])).toEqual([
      "14h leanSpeed fired orange", // a second reading bears it out
    ]);
    expect(happen([...still, ...hourly(13, 15, at(0.05, 0.099))])).toEqual([]);
  });

  test("one wild reading is no movement, neither then nor as what later ones are compared to", () => {
    const at = (x: number) => ({ tiltXDeg: x, tiltYDeg: 0 });
    expect(
      happen([...hourly(0, 12, at(0.05)), ["13h", at(0.5)], ...hourly(14, 30, at(0.05))]),
    ).toEqual([]);
  });

  test("leaning is over when it has been still for three days", () => {
    const at = (x: number) => ({ tiltXDeg: x, tiltYDeg: 0 });
    const told = happen([...hourly(0, 12, at(0)), ...hourly(13, 120, at(0.12))]);
    // The last marks of the old place leave the day's window at about hour 36.
    expect(told).toEqual([
      "14h leanSpeed fired orange",
      expect.stringMatching(/^10[78]h .*resolved/),
    ]);
  });
});

describe("cracks", () => {
  const crack = (crackWidthMm: number) => ({ crackWidthMm });

  test("a tenth of a millimetre in a day is blue, half a millimetre orange", () => {
    const still = hourly(0, 12, crack(0.8));
    expect(happen([...still, ...hourly(13, 14, crack(0.89))])).toEqual([]);
    expect(happen([...still, ...hourly(13, 14, crack(0.9))])).toEqual([
      "14h crackGrowth fired blue",
    ]);
    expect(happen([...still, ...hourly(13, 14, crack(1.3))])).toEqual([
      "14h crackGrowth fired orange",
    ]);
  });

  test("a crack that closes is no growth", () =>
    expect(happen([...hourly(0, 12, crack(1.4)), ...hourly(13, 20, crack(0.8))])).toEqual([]));

  test("it is over after a week without growth", () => {
    const told = happen([...hourly(0, 12, crack(0.8)), ...hourly(13, 220, crack(0.95))]);
    expect(told).toHaveLength(2);
    // A day until the old width has left the window, and seven.
    expect(told[1]).toMatch(/^20[34]h crackGrowth resolved blue/);
  });
});

describe("signs", () => {
  test.each([
    [1, "signTilt fired yellow"],
    [3, "signTilt fired orange"],
    [-3, "signTilt fired orange"],
  ])("%d degrees for ten minutes: %s", (deg, came) => plays([...each(0, 10, 5, sign(deg), came)]));

  test("just below a degree is nothing, nor is ten minutes less one", () => {
    plays([...each(0, 60, 5, sign(0.99))]);
    plays([...each(0, 5, 5, sign(4)), ["9m", sign(0.2)], ["20m", sign(0.2)]]);
  });

  test("five degrees is red, with a case of its own, beside the orange of the tilt", () =>
    plays([...each(0, 10, 5, sign(5), "signTilt fired orange", "signFalling fired red")]));

  test("in a storm every level of a sign is one worse", () => {
    plays([...each(0, 10, 5, sign(1, 17.2), "storm fired blue", "signTilt fired orange (storm)")]);
    plays([
      ...each(
        0,
        10,
        5,
        sign(3, 20),
        "storm fired blue",
        "signTilt fired orange (storm)",
        "signFalling fired red (storm)",
      ),
    ]);
    plays([...each(0, 10, 5, sign(1, 17.1), "signTilt fired yellow")]);
  });

  test("a storm that comes to a sign which tilts already raises it", () =>
    plays([
      ...each(0, 10, 5, sign(1.5), "signTilt fired yellow"),
      ...each(15, 25, 5, sign(1.5, 18), "storm fired blue", "signTilt escalated orange (storm)"),
    ]));

  test("a sound sign is no alert in any storm", () =>
    expect(happen(each(0, 60, 5, sign(0.4, 28)))).toEqual(["10m storm fired blue"]));

  test("a storm goes on between 17.2 and 13.9 once it has lasted, a gust does not", () => {
    expect(happen([...each(0, 10, 5, sign(0, 18)), ...each(15, 30, 5, sign(1, 14))])).toEqual([
      "10m storm fired blue",
      "25m signTilt fired orange (storm)",
    ]);
    expect(happen([["0m", sign(0, 18)], ...each(5, 15, 5, sign(1, 14))])).toEqual([
      "15m signTilt fired yellow",
    ]);
  });

  test("the wind of one device on a site counts for the signs of the others", () =>
    plays([
      ["0m", { values: { windSpeedMPerS: 19 }, sensorId: "wind" }],
      ["1m", { values: { tiltDeltaDeg: 1.2 }, sensorId: "sign" }],
      ["10m", { values: { windSpeedMPerS: 19 }, sensorId: "wind" }, "storm fired blue"],
      ["11m", { values: { tiltDeltaDeg: 1.2 }, sensorId: "sign" }, "signTilt fired orange (storm)"],
    ]));

  test("of several signs the worst counts, and a straight one does not hide it", () =>
    plays([
      ["0m", { values: { tiltDeltaDeg: 3.5 }, sensorId: "a" }],
      ["1m", { values: { tiltDeltaDeg: 0.1 }, sensorId: "b" }],
      ["10m", { values: { tiltDeltaDeg: 3.5 }, sensorId: "a" }, "signTilt fired orange"],
      ["11m", { values: { tiltDeltaDeg: 0.1 }, sensorId: "b" }],
    ]));

  test("straight again after an hour it waits for whoever says that it is mended", () =>
    expect(
      happen([
        ...each(0, 10, 5, sign(1.5)),
        ...each(15, 60, 15, sign(0.5)), // not below half a degree
        ...each(65, 130, 5, sign(0.49)),
        ["140m", { reset: "signTilt" }],
      ]),
    ).toEqual([
      "10m signTilt fired yellow",
      "125m signTilt latched yellow",
      "140m signTilt resolved yellow",
    ]));

  test("the storm itself is over ten minutes after it fell below 13.9", () =>
    plays([
      ...each(0, 10, 5, sign(0, 17.2), "storm fired blue"),
      ["15m", sign(0, 13.9)],
      ["20m", sign(0, 13.8)],
      ["25m", sign(0, 13.8)],
      ["30m", sign(0, 13.8), "storm resolved blue"],
    ]));

  test("an unlisted sign is filed after two days, seen surely, and dark nights are bridged", () => {
    const seen = { unlistedSign: true, confidence: 0.7 };
    const dark = { unlistedSign: true, confidence: 0.4 };
    expect(
      happen([
        ...hourly(0, 8, seen),
        ...hourly(9, 20, dark),
        ...hourly(21, 32, seen),
        ...hourly(33, 44, dark),
        ...hourly(45, 50, seen),
        ...hourly(51, 54, { unlistedSign: false, confidence: 0.9 }),
      ]),
    ).toEqual(["48h illegalSign fired yellow", "53h illegalSign resolved yellow"]);
    expect(happen(hourly(0, 60, dark))).toEqual([]);
  });
});

describe("vibration", () => {
  const shaking = (accRmsMPerS2: number) => ({ accRmsMPerS2 });

  test("more than three times the baseline for ten minutes is yellow, until it is quiet", () => {
    plays([...each(0, 60, 5, shaking(0.06))]); // the register's 0.02: just three times
    plays([
      ...each(0, 10, 5, shaking(0.061), "vibration fired yellow"),
      ["15m", shaking(0.031)],
      ["20m", shaking(0.03)],
      ["30m", shaking(0.03), "vibration resolved yellow"],
    ]);
  });

  test("after half a week the place's own past counts, not the register", () => {
    const week = hourly(0, 170, shaking(0.05));
    const works: Row[] = [
      ["171h", shaking(0.14)],
      ["172h", shaking(0.14)],
    ];
    expect(happen([...week, ...works])).toEqual([]);
    const loud: Row[] = [
      ["171h", shaking(0.16)],
      ["172h", shaking(0.16)],
    ];
    expect(happen([...week, ...loud])).toEqual(["172h vibration fired yellow"]);
  });

  test("it does not get used to what it calls bad", () =>
    expect(happen([...hourly(0, 100, shaking(0.02)), ...hourly(101, 400, shaking(0.1))])).toEqual([
      "102h vibration fired yellow",
    ]));

  test("a place that nobody measured says nothing for half a week, then it does", () => {
    const site = { accBaselineMPerS2: undefined };
    expect(happen(hourly(0, 60, shaking(0.2)), { site })).toEqual([]);
    const learnt: Row[] = [...hourly(0, 100, shaking(0.02)), ...hourly(101, 102, shaking(0.2))];
    expect(happen(learnt, { site })).toEqual(["102h vibration fired yellow"]);
  });

  test("three times next to nothing is nothing", () =>
    expect(happen(hourly(0, 5, shaking(0.02)), { site: { accBaselineMPerS2: 0.001 } })).toEqual(
      [],
    ));
});

test("a device that is quiet for six hours is yellow", () =>
  plays([
    ["0m", sign(0)],
    ["359m", null],
    ["360m", null, "silent fired yellow"],
    ["361m", sign(0), "silent resolved yellow"],
  ]));
