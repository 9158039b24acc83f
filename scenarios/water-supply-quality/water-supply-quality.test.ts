import { describe, expect, test } from "vitest";
import { each, play, type Row, type Stage, transitionsOf } from "../../src/testing/play.ts";
import waterSupply from "./index.ts";

const plays = (rows: Row[], stage?: Stage) => expect(play(waterSupply, rows, stage)).toEqual(rows);
const freeChlorine: Stage = { site: { disinfectant: "chlorine" } };

describe("turbidity", () => {
  const at = (turbidityNtu: number) => ({ turbidityNtu });

  test("more than 1 NTU for a quarter of an hour; 0.8 or less for half an hour ends it", () =>
    plays([
      ...each(0, 15, 5, at(1.01), "turbidity fired orange"),
      ["20m", at(0.81)],
      ...each(25, 35, 5, at(0.8), "turbidityWatch fired blue"), // below the limit, not yet good
      ...each(40, 55, 5, at(0.8), "turbidity resolved orange"),
    ]));

  test("the limit itself is allowed, and watched", () =>
    plays([
      ...each(0, 15, 5, at(1), "turbidityWatch fired blue"),
      ["20m", at(0.46)], // neither high nor clear
      ["25m", at(0.45)],
      ...each(30, 50, 5, at(0.3)),
      ["55m", at(0.3), "turbidityWatch resolved blue"],
    ]));

  test("half an NTU is what the city asks for", () => plays(each(0, 60, 5, at(0.5))));

  test("what is above the limit is not also watched", () =>
    plays([
      ...each(0, 15, 5, at(0.7), "turbidityWatch fired blue"),
      ...each(20, 35, 5, at(3), "turbidity fired orange"),
      ...each(40, 45, 5, at(3)),
    ]));

  test("a bubble in the cell alarms nobody", () =>
    plays([
      ["0m", at(4)],
      ["5m", at(0.2)],
      ["10m", at(4)],
      ["15m", at(0.2)],
    ]));
});

describe("chlorine", () => {
  test("where chloramine is used total chlorine protects, whatever the free", () =>
    plays([
      ...each(0, 30, 5, { totalChlorineMgPerL: 0.5, freeChlorineMgPerL: 0 }),
      ...each(35, 65, 5, { totalChlorineMgPerL: 0.049 }, "chlorineLow fired orange"),
      ["70m", { totalChlorineMgPerL: 0.079 }],
      ["75m", { totalChlorineMgPerL: 0.08 }, "chlorineLow resolved orange"],
    ]));

  test("elsewhere it is free chlorine, and 0.05 mg/L is enough", () =>
    plays(
      [
        ...each(0, 40, 5, { freeChlorineMgPerL: 0.05, totalChlorineMgPerL: 0 }),
        ...each(45, 75, 5, { freeChlorineMgPerL: 0.04 }, "chlorineLow fired orange"),
      ],
      freeChlorine,
    ));

  test.each([
    [
      "free",
      { freeChlorineMgPerL: 2.01 },
      { freeChlorineMgPerL: 1.81 },
      { freeChlorineMgPerL: 1.8 },
    ],
    [
      "total",
      { totalChlorineMgPerL: 3.01 },
      { totalChlorineMgPerL: 2.71 },
      { totalChlorineMgPerL: 2.7 },
    ],
  ])("too much %s chlorine for ten minutes", (_, high, nearly, clear) =>
    plays([
      ...each(0, 10, 5, high, "chlorineHigh fired orange"),
      ["15m", nearly],
      ["20m", clear, "chlorineHigh resolved orange"],
    ]),
  );

  test("2 mg/L free and 3 mg/L total are allowed", () =>
    plays(each(0, 60, 5, { freeChlorineMgPerL: 2, totalChlorineMgPerL: 3 })));
});

describe("pH", () => {
  test.each([
    [6.49, 6.59, 6.6],
    [8.51, 8.41, 8.4],
  ])("%d is off, %d is not yet clear, %d is", (off, nearly, clear) =>
    plays([
      ...each(0, 15, 5, { ph: off }, "acidity fired orange"),
      ["20m", { ph: nearly }],
      ["25m", { ph: clear }, "acidity resolved orange"],
    ]),
  );

  test("6.5 and 8.5 are allowed", () => {
    plays(each(0, 60, 5, { ph: 6.5 }));
    plays(each(0, 60, 5, { ph: 8.5 }));
  });
});

describe("two qualities off at once", () => {
  test("stop the supply after five minutes, and only a person starts it again", () =>
    plays([
      ["0m", { turbidityNtu: 2, totalChlorineMgPerL: 0.01 }],
      ["5m", { turbidityNtu: 2, totalChlorineMgPerL: 0.01 }, "contamination fired red"],
      ["10m", { turbidityNtu: 0.2, totalChlorineMgPerL: 0.5 }],
      ...each(15, 35, 5, { turbidityNtu: 0.2, totalChlorineMgPerL: 0.5 }),
      ["40m", { turbidityNtu: 0.2, totalChlorineMgPerL: 0.5 }, "contamination latched red"],
      ["41m", { reset: "contamination" }, "contamination resolved red"],
    ]));

  test("chlorine is one quality, however it is told", () =>
    plays([...each(0, 10, 5, { turbidityNtu: 0.2, freeChlorineMgPerL: 3, totalChlorineMgPerL: 4 }, "chlorineHigh fired orange")])); // biome-ignore format: one line

  test("too much chlorine counts as too little does", () =>
    plays(each(0, 5, 5, { ph: 9, totalChlorineMgPerL: 4 }, "contamination fired red")));

  test("a monitor that is left with one good probe does not show that all is well", () =>
    plays([
      ...each(0, 5, 5, { turbidityNtu: 2, ph: 5 }, "contamination fired red"),
      ...each(10, 60, 5, { ph: 7 }),
    ]));

  test("it is life safety: no permit mutes it", () => {
    const [fired] = transitionsOf(waterSupply, each(0, 5, 5, { turbidityNtu: 2, ph: 5 }));
    expect(fired).toMatchObject({ rule: "contamination", lifeSafety: true });
  });
});

test("an open hatch is red after half a minute, and stays until somebody has looked", () =>
  plays([
    ["0m", { hatchOpen: false }],
    ["1m", { hatchOpen: true }],
    ["89s", null],
    ["91s", null, "hatch fired red"],
    ["5m", { hatchOpen: false }, "hatch latched red"],
    ["6m", { reset: "hatch" }, "hatch resolved red"],
  ]));

test("a hatch that only rattled alarms nobody", () =>
  plays([
    ["0m", { hatchOpen: true }],
    ["20s", { hatchOpen: false }],
    ["5m", { hatchOpen: false }],
  ]));

test("a pump may be a fifth off its set pressure", () =>
  plays([
    ["0m", { outletPressureMpa: 0.28 }],
    ["5m", { outletPressureMpa: 0.42 }],
    ["10m", { outletPressureMpa: 0.279 }],
    ["15m", { outletPressureMpa: 0.421 }, "pressure fired yellow"],
    ["20m", { outletPressureMpa: 0.35 }, "pressure resolved yellow"],
  ]));

test("where nothing is set, 0.10 to 0.45 MPa are normal", () =>
  plays(
    [
      ["0m", { outletPressureMpa: 0.1 }],
      ["5m", { outletPressureMpa: 0.45 }],
      ["10m", { outletPressureMpa: 0.46 }],
      ["15m", { outletPressureMpa: 0.09 }, "pressure fired yellow"],
    ],
    { site: { setPressureMpa: undefined } },
  ));

test("a tank is due after half a year, and no longer once it was cleaned", () =>
  plays([
    ["0m", { daysSinceCleaned: 180 }],
    ["5m", { daysSinceCleaned: 181 }, "cleaning fired blue"],
    ["10m", { daysSinceCleaned: 0 }, "cleaning resolved blue"],
  ]));

test("half an hour of silence is noticed", () =>
  plays([
    ["0m", { ph: 7 }],
    ["29m", null],
    ["30m", null, "silent fired yellow"],
    ["35m", { ph: 7 }, "silent resolved yellow"],
  ]));
