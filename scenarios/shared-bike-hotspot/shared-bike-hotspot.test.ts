import { expect, test } from "vitest";
import { each, MONDAY, play, type Row, type Stage } from "../../src/testing/play.ts";
import sharedBikes from "./index.ts";

const zone: Stage = { site: { capacity: 100 } };
const plays = (rows: Row[], stage: Stage = zone) =>
  expect(play(sharedBikes, rows, stage)).toEqual(rows);

const stands = (vehicleCount: number, more: object = {}) => ({ vehicleCount, ...more });
const comes = (inflow: number) => ({ vehicleCount: 50, inflow });
const report = (reporter: string, metres = 0) => ({
  reporter,
  lon: 121.4507,
  lat: 31.3128 + metres / 111_195,
});

test("full for ten minutes fires, and ends after a quarter of an hour below eighty per cent", () =>
  plays([
    ...each(0, 10, 5, stands(100), "full fired yellow"),
    ["15m", stands(80)], // no longer full, not yet clear
    ["20m", stands(79)],
    ["30m", stands(79)],
    ["35m", stands(79), "full resolved yellow"],
  ]));

test("ninety-nine of a hundred is not full, and full for five minutes is no matter", () => {
  plays(each(0, 60, 5, stands(99)));
  plays([["0m", stands(120)], ["5m", stands(120)], ...each(10, 30, 5, stands(70))]);
});

test("half as many again has burst, until all have their place", () =>
  plays([
    ...each(0, 5, 5, stands(150)),
    ["10m", stands(150), "full fired yellow", "burst fired orange"],
    ["15m", stands(100)],
    ["20m", stands(99)],
    ["30m", stands(99)],
    ["35m", stands(99), "burst resolved orange"],
  ]));

test("one short of half as many again has not burst", () =>
  plays(
    each(0, 30, 5, stands(149)).map((row, i) => (i === 2 ? [...row, "full fired yellow"] : row)),
  ));

test("a way narrower than a metre and a half has burst, however few the bikes", () => {
  plays(each(0, 10, 5, stands(30, { clearWidthM: 1.49 }), "burst fired orange"));
  plays(each(0, 30, 5, stands(30, { clearWidthM: 1.5 })));
});

test("three windows of fifteen arrivals are a surge; fewer than eight end it", () =>
  plays([
    ...each(0, 10, 5, comes(15), "surge fired blue"),
    ["15m", comes(8)],
    ["20m", comes(7), "surge resolved blue"],
  ]));

test("fourteen arrivals, or two windows of many, are none", () => {
  plays(each(0, 60, 5, comes(14)));
  plays([
    ["0m", comes(30)],
    ["5m", comes(30)],
    ["10m", comes(7)],
  ]);
});

test("ten minutes of two windows, or three within six minutes, are not three windows", () => {
  plays([
    ["0m", comes(30)],
    ["10m", comes(30)],
    ["11m", comes(30), "surge fired blue"],
  ]);
  plays([
    ["0m", comes(30)],
    ["3m", comes(30)],
    ["6m", comes(30)],
    ["9m", comes(30)],
    ["10m", comes(7)],
  ]);
});

test("bikes out of order take a place like any other", () => {
  plays(each(0, 10, 5, { bikesAvailable: 90, bikesDisabled: 10 }, "full fired yellow"));
  plays(each(0, 30, 5, { bikesAvailable: 90, bikesDisabled: 9 }));
});

test("two people within fifty metres are believed after ten minutes, and a person ends it", () =>
  plays([
    ["0m", report("anna")],
    ["3m", report("ben", 49)],
    ["14m", null, "reported fired yellow"],
    ["2h10m", null, "reported latched yellow"],
    ["2h11m", { reset: "reported" }, "reported resolved yellow"],
  ]));

test("one who reports thrice is one; two far apart are two places", () => {
  plays([
    ["0m", report("anna")],
    ["2m", report("anna")],
    ["4m", report("anna")],
    ["1h", null],
  ]);
  plays([
    ["0m", report("anna")],
    ["2m", report("ben", 52)],
    ["1h", null],
  ]);
});

test("a report two hours old bears out nothing", () =>
  plays([
    ["0m", report("anna")],
    ["2h", report("ben")],
    ["3h", null],
  ]));

test("no bike for half an hour is told, three end it", () =>
  plays([
    ...each(0, 30, 5, stands(0), "empty fired blue"),
    ["35m", stands(2)],
    ["40m", stands(3), "empty resolved blue"],
  ]));

test("one bike left is not empty; a docked station counts those to rent", () => {
  plays(each(0, 60, 5, stands(1)));
  const docked = { bikesAvailable: 0, bikesDisabled: 4, docksAvailable: 16 };
  plays(each(0, 30, 5, docked, "empty fired blue"));
});

test("a docked station without a number of its own is full when no dock is free", () => {
  const docked = (docksAvailable: number) => ({
    bikesAvailable: 18,
    bikesDisabled: 2,
    docksAvailable,
  });
  const unknown: Stage = { site: { capacity: undefined } };
  plays(each(0, 10, 5, docked(0), "full fired yellow"), unknown);
  plays(each(0, 30, 5, docked(1)), unknown);
});

test("a counter whose zone has no number says nothing of being full", () =>
  plays(each(0, 60, 5, stands(900)), { site: { capacity: undefined } }));

const reportedAt = (minute: number) => ({ lastReportedS: MONDAY / 1_000 + 60 * minute });

test("a feed that repeats an old word is silent: it raises nothing and clears nothing", () =>
  plays([
    ["0m", stands(120, reportedAt(0))],
    ["5m", stands(120, reportedAt(5))],
    ["10m", stands(120, reportedAt(10)), "full fired yellow"],
    ["20m", stands(10, reportedAt(10))],
    ["25m", stands(10, reportedAt(10)), "silent fired yellow"],
    ["40m", stands(10, reportedAt(10))],
    ["45m", stands(10, reportedAt(45)), "silent resolved yellow"],
  ]));

test("a counter that says nothing for a quarter of an hour is silent, whoever reports meanwhile", () =>
  plays([
    ["0m", stands(50)],
    ["14m", report("anna")],
    ["15m", null, "silent fired yellow"],
    ["16m", report("ben", 200)],
    ["17m", stands(50), "silent resolved yellow"],
  ]));

test("who only reports is not missed when silent", () =>
  plays([
    ["0m", report("anna")],
    ["5h", null],
  ]));
