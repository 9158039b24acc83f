import { describe, expect, test } from "vitest";
import { each, play, type Row, type Stage } from "../../src/testing/play.ts";
import combustibleGas from "./index.ts";

const plays = (rows: Row[], stage?: Stage) =>
  expect(play(combustibleGas, rows, stage)).toEqual(rows);

const gas = (ch4PctLel: number, valveClosed = true) => ({ ch4PctLel, valveClosed });
const home: Stage = { site: { use: "home" } };
const co = (coPpm: number) => ({ coPpm });

describe("a leak", () => {
  test("ten per cent for half a minute, by one message; it ends by a person's word", () =>
    plays([
      ["0s", gas(10)],
      ["29s", null],
      ["30s", null, "leak fired orange"],
      ["5m", gas(5)],
      ["6m", gas(4.9)],
      ["16m", null, "leak latched orange"],
      ["1h", { reset: "leak" }, "leak resolved orange"],
    ]));

  test("9.9 per cent is none, nor is a puff that is over within half a minute", () => {
    plays(each(0, 30, 10, gas(9.9)));
    plays([
      ["0s", gas(20)],
      ["20s", gas(2)],
      ["10m", gas(0)],
    ]);
  });

  test("25 per cent for ten seconds is red, and stays until a person says so", () =>
    plays([
      ["0s", gas(25)],
      ["10s", null, "leakHigh fired red"],
      ["30s", null, "leak fired orange"],
      ["10m", gas(6)],
      ["20m", gas(4), "leakHigh latched red"],
      ["30m", gas(3), "leak latched orange"],
      ["40m", { reset: "leakHigh" }, "leakHigh resolved red"],
    ]));

  test("a detector that falls silent is not known to be clean: the leak stays", () =>
    plays(
      [
        ["0s", gas(12)],
        ["30s", null, "leak fired orange"],
        ["1m", gas(0)],
        ["10m", { values: gas(0), quality: "bad" }],
        ["15h", null],
      ],
      home,
    ));

  test("gas that comes back after it was latched is the same alert again", () =>
    plays(
      [
        ["0s", gas(12)],
        ["30s", null, "leak fired orange"],
        ["1m", gas(1)],
        ["11m", null, "leak latched orange"],
        ["20m", gas(12)],
        ["20m30s", null, "leak reopened orange"],
      ],
      home,
    ));
});

describe("the valve", () => {
  test("open for a minute while gas leaks is red, until it is shut", () =>
    plays([
      ["0s", gas(10, false)],
      ["30s", null, "leak fired orange"],
      ["60s", null, "valve fired red"],
      ["70s", gas(4, false)], // less gas is no shut valve
      ["80s", gas(12, true), "valve resolved red"],
    ]));

  test("an open valve without gas is how one cooks; a kitchen without a valve can't tell", () => {
    plays(each(0, 60, 10, gas(2, false)));
    plays([
      ["0s", { ch4PctLel: 12 }],
      ["30s", null, "leak fired orange"],
      ["10m", { ch4PctLel: 12 }],
    ]);
  });
});

describe("carbon monoxide", () => {
  test("50 ppm needs an hour, 49 never does", () => {
    plays(each(0, 90, 10, co(49)));
    plays(each(0, 60, 10, co(50), "co fired orange"));
  });

  test("an hour with a hole of half an hour in it is no hour", () =>
    plays(
      [
        ["0m", co(60)],
        ["10m", co(60)],
        ["40m", co(60)],
        ["60m", co(60)],
        ["80m", co(60)],
        ["100m", co(60), "co fired orange"],
      ],
      home,
    ));

  test("100 ppm needs ten minutes, 300 three, by one message", () => {
    plays([
      ["0m", co(100)],
      ["9m59s", null],
      ["10m", null, "coHigh fired orange"],
    ]);
    plays([
      ["0m", co(300)],
      ["2m59s", null],
      ["3m", null, "coHigh fired red"],
      ["10m", co(30)],
      ["20m", co(29), "coHigh resolved red"],
    ]);
  });

  test("it grows from orange to red", () =>
    plays([
      ["0m", co(150)],
      ["10m", co(310), "coHigh fired orange"],
      ["13m", null, "coHigh escalated red"],
    ]));
});

describe("the detector", () => {
  test("past its life or faulty is yellow until it is replaced", () => {
    plays([
      ["0m", { ch4PctLel: 0, sensorExpired: true }, "worn fired yellow"],
      ["10m", { ch4PctLel: 0, sensorExpired: false }, "worn resolved yellow"],
    ]);
    plays([["0m", { sensorFault: true }, "worn fired yellow"]]);
  });

  test("a restaurant may be silent for 15 minutes, a home for a day", () => {
    plays([
      ["0m", gas(0)],
      ["14m59s", null],
      ["15m", null, "silent fired orange"],
    ]);
    plays(
      [
        ["0m", gas(0)],
        ["23h59m", null],
        ["1d", null, "silent fired orange"],
      ],
      home,
    );
  });
});
