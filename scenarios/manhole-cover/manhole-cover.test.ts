import { describe, expect, test } from "vitest";
import { each, play, type Row, type Stage } from "../../src/testing/play.ts";
import manholeCover from "./index.ts";

const plays = (rows: Row[], stage?: Stage) => expect(play(manholeCover, rows, stage)).toEqual(rows);
const happen = (rows: Row[], stage?: Stage): unknown[] =>
  play(manholeCover, rows, stage).flatMap(([when, , ...came]) =>
    came.map((one) => `${when} ${one}`),
  );

const shut = { tiltDeg: 1, coverOpen: false };
const open = { tiltDeg: 80, coverOpen: true };

describe("open", () => {
  test.each([
    [{ onCarriageway: true, atSchool: false }, "red"],
    [{ onCarriageway: false, atSchool: true }, "red"],
    [{ onCarriageway: false, atSchool: false }, "orange"],
    [{ onCarriageway: undefined, atSchool: undefined }, "orange"],
  ])("%o: one word is enough, a minute later it is %s", (site, level) =>
    plays(
      [
        ["0s", open],
        ["59s", null],
        ["60s", null, `opened fired ${level}`],
      ],
      { site },
    ),
  );

  test.each([
    ["by its switch alone", { coverOpen: true }, true],
    ["by fifteen degrees alone", { tiltDeg: 15 }, true],
    ["not by a bit less", { tiltDeg: 14.9 }, false],
  ] as const)("%s", (_, said, fires) =>
    expect(
      happen([
        ["0s", said],
        ["60s", null],
      ]),
    ).toEqual(fires ? ["60s opened fired red"] : []),
  );

  test("shut again within the minute is nothing", () =>
    plays([
      ["0s", open],
      ["50s", shut],
      ["5m", null],
    ]));

  test("a hit or a gas reading in between is no word on the cover: the minute runs on", () =>
    plays([
      ["0s", open],
      ["10s", { vibrationMPerS2: 9 }],
      ["20s", { ch4LelPct: 2, waterDistanceM: 2 }],
      ["60s", null, "opened fired red"],
    ]));

  test("five minutes below five degrees, and then whoever has seen the photo resets it", () =>
    plays([
      ["0s", open],
      ["60s", null, "opened fired red"],
      ["10m", { tiltDeg: 5, coverOpen: false }],
      ["20m", shut],
      ["25m", null, "opened latched red"],
      ["30m", { reset: "opened" }, "opened resolved red"],
    ]));

  test("a permit may mute an open cover, and never its gas", () =>
    expect(manholeCover.lifeSafety).toEqual(["gas"]));
});

describe("loose", () => {
  const tilted = (tiltDeg: number) => ({ tiltDeg, coverOpen: false });

  test.each([
    [5, true],
    [14.9, true],
    [4.9, false],
  ])("%d degrees for ten minutes", (tiltDeg, fires) =>
    expect(
      happen([
        ["0m", tilted(tiltDeg)],
        ["9m", null],
        ["10m", null],
      ]),
    ).toEqual(fires ? ["10m loose fired yellow"] : []),
  );

  test("it is over below three degrees, and a cover that is taken off does not end it", () =>
    expect(
      happen([
        ["0m", tilted(8)],
        ["10m", null],
        ["20m", open],
        ["22m", tilted(3)],
        ["30m", tilted(2.9)],
      ]),
    ).toEqual([
      "10m loose fired yellow",
      "22m opened fired red",
      "30m opened latched red",
      "30m loose resolved yellow",
    ]));
});

describe("bouncing", () => {
  const hit = { vibrationMPerS2: 6 };

  test("fifty hits an hour for three hours is a notice", () =>
    expect(happen(each(0, 300, 1, hit))).toEqual(["229m bouncing fired blue"]));

  test("forty-nine an hour is a busy street", () => {
    const hour = Array.from({ length: 49 }, (_, i) => i);
    const rows = [0, 1, 2, 3, 4, 5].flatMap((h) =>
      hour.map((m): Row => [`${h * 60 + m + (m > 24 ? 11 : 0)}m`, hit]),
    );
    expect(happen(rows)).toEqual([]);
  });

  test("hits of just the bound are none, and a device may count them itself", () => {
    expect(happen(each(0, 300, 1, { vibrationMPerS2: 5 }))).toEqual([]);
    expect(happen(each(0, 240, 30, { hits: 25 }))).toEqual(["210m bouncing fired blue"]);
  });

  test("one wild hour, and the count falls by itself: no word is no hit", () =>
    expect(happen([...each(0, 59, 1, hit), ["5h", null], ["9h", hit]])).toEqual([]));

  test("it is over after a day with fewer than ten an hour", () => {
    const told = happen([
      ...each(0, 239, 1, hit),
      ...each(240, 600, 10, { hits: 2 }), // twelve an hour: not yet
      ...each(610, 640, 10, { hits: 1 }),
      ["34h", null],
      ["35h", null],
    ]);
    expect(told).toEqual(["229m bouncing fired blue", "35h bouncing resolved blue"]);
  });
});

describe("below", () => {
  const water = (waterDistanceM: number) => ({ waterDistanceM });

  test("thirty centimetres for ten minutes is yellow, at the cover for two is orange", () => {
    plays([...each(0, 10, 5, water(0.3), "surcharge fired yellow")]);
    plays([...each(0, 30, 5, water(0.31))]);
    plays([
      ["0m", water(0)],
      ["1m", water(0)],
      ["2m", null, "surcharge fired orange"],
    ]);
    plays([...each(0, 10, 5, water(0.01), "surcharge fired yellow")]);
  });

  test("it is over above half a metre", () =>
    plays([
      ...each(0, 10, 5, water(0.2), "surcharge fired yellow"),
      ["15m", water(0.5)],
      ["20m", water(0.51), "surcharge resolved yellow"],
    ]));

  test("one splash is no surcharge", () =>
    plays([
      ["0m", water(0)],
      ["5m", water(2)],
      ["10m", water(2)],
    ]));

  test("methane at a fifth of its limit for two minutes is orange, until below a tenth", () => {
    plays([
      ["0m", { ch4LelPct: 20 }],
      ["2m", { ch4LelPct: 20 }, "gas fired orange"],
      ["5m", { ch4LelPct: 10 }],
      ["6m", { ch4LelPct: 9.9 }, "gas resolved orange"],
    ]);
    plays([...each(0, 10, 1, { ch4LelPct: 19.9 })]);
  });
});

test("two days without a heartbeat are yellow", () =>
  plays([
    ["0h", shut],
    ["24h", shut],
    ["71h59m", null],
    ["72h", null, "silent fired yellow"],
  ]));
