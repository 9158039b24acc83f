import { expect, test } from "vitest";
import { each, play, type Row, type Stage } from "../../src/testing/play.ts";
import nonMotorParking from "./index.ts";

const plays = (rows: Row[], stage?: Stage) =>
  expect(play(nonMotorParking, rows, stage)).toEqual(rows);

const stray = (outsideBayCount: number, confidence = 0.9) => ({
  parkedCount: 10,
  outsideBayCount,
  zoneType: "noParking",
  confidence,
});
const bay = (occupancyPct: number, outsideBayCount: number) => ({
  parkedCount: 10,
  outsideBayCount,
  zoneType: "bay",
  occupancyPct,
});
const width = (clearWidthM: number, blindPathBlocked = false) => ({
  parkedCount: 10,
  clearWidthM,
  blindPathBlocked,
});

test("one vehicle in a forbidden zone for ten minutes fires; ten minutes without resolve it", () =>
  plays([
    ["0m", stray(1)],
    ["5m", stray(1)],
    ["10m", stray(1), "forbidden fired yellow"],
    ["15m", stray(0)],
    ["20m", stray(0)],
    ["25m", stray(0), "forbidden resolved yellow"],
  ]));

test("somebody who stops for five minutes alarms nobody", () =>
  plays([
    ["0m", stray(1)],
    ["5m", stray(1)],
    ["10m", stray(0)],
  ]));

test("five vehicles for ten minutes are orange, and the alert stays until all are gone", () =>
  plays([
    ["0m", stray(4)],
    ["5m", stray(5)],
    ["10m", stray(6), "forbidden fired yellow"],
    ["15m", stray(6), "forbidden escalated orange"],
    ["20m", stray(1)],
    ["30m", stray(1)],
    ["35m", stray(0)],
    ["45m", stray(0), "forbidden resolved orange"],
  ]));

test("a camera that is not sure says nothing, for better or worse", () =>
  plays([
    ["0m", stray(1, 0.59)],
    ["5m", stray(1, 0.59)],
    ["10m", stray(1, 0.59)],
    ["15m", stray(1, 0.6)],
    ["20m", stray(1, 0.6)],
    ["25m", stray(1, 0.6), "forbidden fired yellow"],
    ["30m", stray(0, 0.3)],
    ["35m", stray(0, 0.3)],
    ["45m", stray(0, 0.3)],
  ]));

test("vehicles beside their bays are not in a forbidden zone", () =>
  plays(each(0, 60, 5, bay(60, 3))));

test("a counter that does not say where vehicles stand accuses nobody", () =>
  plays(each(0, 60, 5, { parkedCount: 10, outsideBayCount: 3 })));

test("a way narrower than a metre and a half is blocked, until it is wide again", () =>
  plays([
    ["0m", width(1.4)],
    ["5m", width(1.4)],
    ["10m", width(1.4), "blocked fired orange"],
    ["15m", width(1.7)], // no longer narrow, not yet wide
    ["20m", width(1.8)],
    ["25m", width(1.8), "blocked resolved orange"],
  ]));

test("a blocked blind path is blocked however wide the way is", () =>
  plays(each(0, 10, 5, width(3, true), "blocked fired orange")));

test("a full place spilling over for a quarter of an hour fires; below nine tenths it clears", () =>
  plays([
    ...each(0, 15, 5, bay(100, 5), "overflow fired yellow"),
    ["20m", bay(95, 0)],
    ["25m", bay(89, 0)],
    ["30m", bay(89, 0)],
    ["35m", bay(89, 0), "overflow resolved yellow"],
  ]));

test("full alone, or spilling alone, is no overflow", () => {
  plays(each(0, 30, 5, bay(120, 4)));
  plays(each(0, 30, 5, bay(99, 9)));
});

test("occupancy is reckoned from the register's bays where the sensor does not tell it", () => {
  const counted = { parkedCount: 40, outsideBayCount: 6, zoneType: "bay" };
  plays(each(0, 15, 5, counted, "overflow fired yellow"), { site: { capacity: 40 } });
  plays(each(0, 30, 5, counted), { site: { capacity: 41 } });
  plays(each(0, 30, 5, counted), { site: { capacity: undefined } });
});

test("a camera that stops speaking is noticed after a quarter of an hour", () =>
  plays([
    ["0m", bay(50, 0)],
    ["15m", null, "silent fired yellow"],
    ["16m", bay(50, 0), "silent resolved yellow"],
  ]));

test("the city may set its own numbers", () =>
  plays(each(0, 10, 5, stray(1)), { params: { outside: 2 } }));
