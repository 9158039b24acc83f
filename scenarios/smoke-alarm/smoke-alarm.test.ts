import { describe, expect, test } from "vitest";
import { play, type Row, type Stage } from "../../src/testing/play.ts";
import smokeAlarm from "./index.ts";

const plays = (rows: Row[], stage?: Stage) => expect(play(smokeAlarm, rows, stage)).toEqual(rows);

/** A quiet detector in a bedroom, and one that sounds. */
const calm = { smokeAlarm: false, temperatureCel: 22, batteryPct: 90 } as const;
const smoky = { smokeAlarm: true } as const;
const hushed = { ...smoky, muted: true } as const;
const room: Stage = { site: { kitchen: false } };
const ordinary: Stage = { site: { kitchen: false, elderHome: false } };

describe("smoke", () => {
  test("in a room it is orange at once, and ends by a person's word when normal for 5 min", () =>
    plays(
      [
        ["0s", hushed, "smoke fired orange"],
        ["40s", calm],
        ["5m39s", null],
        ["5m40s", null, "smoke latched orange"],
        ["20m", { reset: "smoke" }, "smoke resolved orange"],
      ],
      room,
    ));

  test("a reset while it still sounds does nothing", () =>
    plays(
      [
        ["0s", hushed, "smoke fired orange"],
        ["10s", { reset: "smoke" }],
        ["20s", calm],
        ["30s", { reset: "smoke" }],
      ],
      room,
    ));

  test("in a kitchen it is fumes for a minute, and then smoke, though nothing more is heard", () =>
    plays([
      ["0s", hushed, "nuisance fired blue"],
      ["59s", null],
      ["60s", null, "smoke fired orange", "nuisance resolved blue"],
    ]));

  test("fumes that end within the minute call nobody", () =>
    plays([
      ["0s", smoky, "nuisance fired blue"],
      ["59s", calm, "nuisance resolved blue"],
      ["10m", null],
    ]));

  test("a test calls nobody, and does not end what is going on", () => {
    plays([["0s", { ...smoky, testMode: true }]], room);
    plays(
      [
        ["0s", hushed, "smoke fired orange"],
        ["10s", { smokeAlarm: false, testMode: true }],
        ["10m", null],
      ],
      room,
    );
  });
});

describe("a confirmed fire", () => {
  test("at 57 degrees, not at 56.9, and only a person ends it", () => {
    plays([["0s", { ...calm, temperatureCel: 56.9 }]], room);
    plays(
      [
        ["0s", { ...calm, temperatureCel: 57 }, "fire fired red (heat)"],
        ["1m", { ...calm, temperatureCel: 50 }],
        ["2m", { ...calm, temperatureCel: 49.9 }],
        ["7m", null, "fire latched red"],
        ["1h", { reset: "fire" }, "fire resolved red"],
      ],
      room,
    );
  });

  test("by nobody who answers for a minute, and in a kitchen a minute after it is smoke", () => {
    plays(
      [
        ["0s", smoky, "smoke fired orange"],
        ["59s", null],
        ["60s", null, "fire fired red (no-answer)"],
      ],
      room,
    );
    plays([
      ["0s", smoky, "nuisance fired blue"],
      ["60s", null, "smoke fired orange", "nuisance resolved blue"],
      ["119s", null],
      ["120s", null, "fire fired red (no-answer)"],
    ]);
  });

  test("not where somebody has hushed it, also when the next message no longer says so", () =>
    plays(
      [
        ["0s", smoky, "smoke fired orange"],
        ["30s", hushed],
        ["50s", smoky],
        ["10m", null],
      ],
      room,
    ));

  test("by a second detector up to a minute after the first fell silent", () => {
    const second = { values: hushed, sensorId: "s2" };
    plays(
      [
        ["0s", hushed, "smoke fired orange"],
        ["10s", calm],
        ["70s", second, "smoke fired orange", "fire fired red (second-detector)"],
      ],
      room,
    );
    plays(
      [
        ["0s", hushed, "smoke fired orange"],
        ["10s", calm],
        ["71s", second, "smoke fired orange"],
      ],
      room,
    );
  });

  test("by a person at once", () =>
    plays([["0s", { manualAlarm: true }, "fire fired red (person)"]], room));

  test("a detector that burns is silent, and the fire stays", () =>
    plays(
      [
        ["0s", smoky, "smoke fired orange"],
        ["60s", null, "fire fired red (no-answer)"],
        ["1d", null],
      ],
      room,
    ));
});

describe("upkeep", () => {
  test("taken down for a minute is a case; back on its base ends it", () => {
    const off = { ...calm, tamper: true };
    plays(
      [
        ["0s", off],
        ["59s", null],
        ["60s", null, "tamper fired yellow"],
        ["2h", { ...calm, tamper: false }, "tamper resolved yellow"],
      ],
      room,
    );
    plays(
      [
        ["0s", off],
        ["50s", { ...calm, tamper: false }],
        ["10m", null],
      ],
      room,
    );
  });

  test("two reports below ten per cent, a day apart; a new battery ends it, a warm day does not", () =>
    plays(
      [
        ["0h", { ...calm, batteryPct: 9 }],
        ["1d", { ...calm, batteryPct: 10 }],
        ["2d", { ...calm, batteryPct: 9 }],
        ["3d", { ...calm, batteryPct: 9 }, "battery fired blue"],
        ["4d", { ...calm, batteryPct: 12 }],
        ["5d", { ...calm, batteryPct: 100 }, "battery resolved blue"],
      ],
      room,
    ));

  test("two reports of eighty per cent dirt, not of 79", () => {
    const dust = (contaminationPct: number) => ({ ...calm, contaminationPct });
    plays(
      [
        ["0h", dust(79)],
        ["1d", dust(79)],
        ["2d", dust(80)],
        ["3d", dust(80), "dirty fired blue"],
        ["4d", dust(29), "dirty resolved blue"],
      ],
      room,
    );
  });

  test("silent for two days is yellow, in an elder's home orange", () => {
    plays(
      [
        ["0s", calm],
        ["1d23h59m", null],
        ["2d", null, "silent fired yellow"],
        ["2d1h", calm, "silent resolved yellow"],
      ],
      ordinary,
    );
    plays(
      [
        ["0s", calm],
        ["2d", null, "silent fired orange"],
      ],
      room,
    );
  });
});
