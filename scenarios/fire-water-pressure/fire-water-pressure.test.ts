import { describe, expect, test } from "vitest";
import { each, play, type Row, type Stage } from "../../src/testing/play.ts";
import fireWaterPressure from "./index.ts";

const plays = (rows: Row[], stage?: Stage) =>
  expect(play(fireWaterPressure, rows, stage)).toEqual(rows);

const hydrant = (hydrantMpa: number) => ({ hydrantMpa });
const indoors = (indoorMpa: number, flowM3PerH = 0) => ({ indoorMpa, flowM3PerH });

describe("a street hydrant", () => {
  test("below 0.14 MPa for ten minutes is orange, at 0.14 it is not", () => {
    plays(each(0, 30, 10, hydrant(0.14)));
    plays(each(0, 10, 10, hydrant(0.139), "hydrantLow fired orange"));
  });

  test("it ends at 0.16 for ten minutes", () =>
    plays([
      ...each(0, 10, 10, hydrant(0.13), "hydrantLow fired orange"),
      ["20m", hydrant(0.159)],
      ["30m", hydrant(0.16)],
      ["40m", null, "hydrantLow resolved orange"],
    ]));

  test("below 0.10 for a minute is red by one message, until 0.12", () =>
    plays([
      ["0m", hydrant(0.1)],
      ["5m", hydrant(0.099)],
      ["5m59s", null],
      ["6m", null, "hydrantEmpty fired red"],
      ["15m", hydrant(0.119), "hydrantLow fired orange"],
      ["25m", hydrant(0.12), "hydrantEmpty resolved red"],
    ]));

  test("thirty degrees for a minute is a crash, until it stands within five", () => {
    plays([
      ["0m", { tiltDeg: 29.9 }],
      ["10m", { tiltDeg: 30 }],
      ["11m", null, "knocked fired orange"],
      ["20m", { tiltDeg: 5 }],
      ["30m", { tiltDeg: 4.9 }, "knocked resolved orange"],
    ]);
    plays([
      ["0s", { tiltDeg: 60 }], // somebody leaned on the sensor
      ["30s", { tiltDeg: 1 }],
      ["10m", null],
    ]);
  });

  test("more than half a cubic metre an hour, or an open cap, for five minutes", () => {
    const use = (flowM3PerH: number, capOpen = false) => ({ flowM3PerH, capOpen });
    plays(each(0, 30, 10, use(0.5)));
    plays([
      ...each(0, 10, 5, use(0)),
      ["15m", use(0.6)],
      ["20m", use(0.6), "wrongfulUse fired yellow"],
      ["25m", use(0.1)],
      ["30m", use(0, true)],
      ["35m", use(0), "wrongfulUse resolved yellow"],
    ]);
    plays(each(0, 5, 5, use(0, true), "wrongfulUse fired yellow"));
  });
});

describe("indoors", () => {
  test("the least pressure is that of the building's class", () => {
    for (const [indoorClass, least] of [
      ["ordinary", 0.07],
      ["class-1", 0.1],
      ["over-100-m", 0.15],
    ] as const) {
      const stage = { site: { indoorClass } };
      plays(each(0, 30, 10, indoors(least)), stage);
      plays(
        [
          ...each(0, 10, 10, indoors(least - 0.001), "indoorLow fired orange"),
          ["20m", indoors(least + 0.019)],
          ["30m", indoors(least + 0.0201), "indoorLow resolved orange"],
        ],
        stage,
      );
    }
  });

  test("without a class nothing is said, nor while water is drawn", () => {
    plays(each(0, 30, 10, indoors(0.01)), { site: { indoorClass: undefined } });
    plays(each(0, 30, 10, indoors(0.05, 0.4)));
  });

  test("more than 1.0 MPa at rest or 0.70 while it flows is too much", () => {
    plays(each(0, 30, 10, indoors(1)));
    plays([
      ...each(0, 10, 10, indoors(1.001), "overPressure fired yellow"),
      ["20m", indoors(0.95)],
      ["30m", indoors(0.949), "overPressure resolved yellow"],
    ]);
    plays(each(0, 30, 10, indoors(0.7, 0.4)));
    plays(each(0, 10, 10, indoors(0.701, 0.4), "overPressure fired yellow"));
  });

  test("a tank below nine tenths of the design level, until nineteen twentieths", () => {
    const tank = (tankLevelM: number) => ({ tankLevelM });
    const two = { site: { designLevelM: 2 } };
    plays(each(0, 30, 10, tank(1.8)), two);
    plays(
      [
        ...each(0, 10, 10, tank(1.79), "tankLow fired orange"),
        ["20m", tank(1.89)],
        ["30m", tank(1.9), "tankLow resolved orange"],
      ],
      two,
    );
    plays(each(0, 30, 10, tank(0.1)), { site: { designLevelM: undefined } });
  });

  test("a pump that is not on automatic for ten minutes", () =>
    plays([
      ...each(0, 10, 10, { pumpAuto: false }, "pumpManual fired orange"),
      ["20m", { pumpAuto: true }, "pumpManual resolved orange"],
    ]));
});

test("mains monitors may be silent for two hours, those on a battery for two days", () => {
  plays([
    ["0h", hydrant(0.25)],
    ["1h59m", null],
    ["2h", null, "silent fired yellow"],
  ]);
  plays(
    [
      ["0h", hydrant(0.25)],
      ["47h59m", null],
      ["48h", null, "silent fired yellow"],
    ],
    { site: { sleepy: true } },
  );
});
