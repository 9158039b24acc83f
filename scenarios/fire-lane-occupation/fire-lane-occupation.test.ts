import { expect, test } from "vitest";
import { play, type Row, type Stage } from "../../src/testing/play.ts";
import fireLane from "./index.ts";

const plays = (rows: Row[], stage?: Stage) => expect(play(fireLane, rows, stage)).toEqual(rows);

const lane = (status: string, laneType = "fireLane", more: object = {}) => ({
  status,
  laneType,
  ...more,
});

test("one word that a car has come is blue after 3, orange after 10, red after 30 minutes", () =>
  plays([
    ["0m", lane("occupied")],
    ["2m", null],
    ["3m", null, "occupied fired blue"],
    ["9m", null],
    ["10m", null, "occupied escalated orange"],
    ["29m", null],
    ["30m", null, "occupied escalated red"],
    ["41m", lane("free")],
    ["42m", null],
    ["43m", null, "occupied resolved red"],
  ]));

test("two minutes to set somebody down are no matter", () =>
  plays([
    ["0m", lane("occupied")],
    ["2m", lane("free")],
    ["1h", null],
  ]));

test("a car that leaves for a minute and comes back was never gone", () =>
  plays([
    ["0m", lane("occupied")],
    ["3m", null, "occupied fired blue"],
    ["5m", lane("free")],
    ["6m", lane("occupied")],
    ["15m", null],
    ["16m", null, "occupied escalated orange"],
  ]));

test("a fire-truck pad is a fire lane; a pavement and a no-stopping place are not", () => {
  plays([
    ["0m", lane("occupied", "fireTruckPad")],
    ["10m", null, "occupied fired blue", "occupied escalated orange"],
  ]);
  for (const kind of ["sidewalk", "noStopping"])
    plays([
      ["0m", lane("occupied", kind)],
      ["14m", null],
      ["15m", null, "roadside fired yellow"],
      ["20m", lane("free", kind)],
      ["22m", null, "roadside resolved yellow"],
    ]);
});

test("a fire engine is not in its own way", () =>
  plays([
    ["0m", lane("occupied", "fireLane", { vehicleClass: "emergency", fireAlarm: true })],
    ["2h", null],
  ]));

test("a sensor that does not know neither raises nor ends an alert", () => {
  plays([
    ["0m", lane("unknown")],
    ["2h", null],
  ]);
  plays([
    ["0m", lane("occupied")],
    ["3m", null, "occupied fired blue"],
    ["4m", lane("unknown")],
    ["1h", null],
    ["61m", lane("occupied"), "occupied escalated red"],
    ["62m", lane("free")],
    ["64m", null, "occupied resolved red"],
  ]);
});

test("heartbeats every half a day are enough, a day and a half is silence", () =>
  plays([
    ["0m", lane("free")],
    ["12h", lane("free")],
    ["47h", null],
    ["48h", null, "silent fired yellow"],
    ["49h", lane("free"), "silent resolved yellow"],
  ]));

test("the fire alarm wired into a barrier counts as a fire", () =>
  plays([
    ["0m", lane("occupied")],
    ["1m", lane("occupied", "fireLane", { fireAlarm: true }), `withFire fired red (fire:wired:s1)`],
    ["2m", lane("occupied", "fireLane", { fireAlarm: false }), "withFire resolved red"],
  ]));

test("the city may set its own times", () =>
  plays(
    [
      ["0m", lane("occupied")],
      ["5m", null, "occupied fired blue", "occupied escalated orange"],
    ],
    { params: { stopMin: 1, occupiedMin: 5 } },
  ));
