// A building without power has one parent alert, whatever its boards and lifts say for themselves.

import { expect, test } from "vitest";
import { type Line, type Places, playAcross } from "../../src/testing/across.ts";
import elevatorSafety from "../elevator-safety/index.ts";
import electricalFire from "./index.ts";

const board = (feedsBuilding: boolean) => ({
  kind: "switchboard",
  in: "house",
  facts: { feedsBuilding },
});
const places: Places = {
  compound: { kind: "compound", facts: {} },
  house: { kind: "building", in: "compound", facts: {} },
  other: { kind: "building", in: "compound", facts: {} },
  main: board(true),
  floor1: board(false),
  floor2: board(false),
  far: { ...board(false), in: "other" },
  lift: { kind: "lift", in: "house", facts: { ratedSpeedMPerS: 1 } },
  lift2: { kind: "lift", in: "house", facts: { ratedSpeedMPerS: 1 } },
};
const plays = (lines: Line[]) =>
  expect(playAcross([elevatorSafety, electricalFire], places, lines)).toEqual(lines);

const at = (site: string) => ({ scenario: "electrical-fire", site });
const lift = (site = "lift") => ({ scenario: "elevator-safety", site });
const dead = { voltageAV: 0, voltageBV: 0, voltageCV: 0 } as const;
const live = { voltageAV: 221, voltageBV: 220, voltageCV: 222 } as const;
const idle = {
  serviceMode: 1,
  carMoving: false,
  doorZone: true,
  doorOpen: true,
  passengerPresent: false,
} as const;

test("the incoming supply alone is enough, and its return ends it", () =>
  plays([
    ["0s", at("main"), dead],
    [
      "30s",
      null,
      null,
      "main: electrical-fire/supplyLost fired orange",
      "house: electrical-fire/powerCut fired orange",
    ],
    ["5m", at("main"), live],
    ["6m", null, null, "main: electrical-fire/supplyLost resolved orange"],
    ["7m", null, null, "house: electrical-fire/powerCut resolved orange"],
  ]));

test("one floor's board that trips is no power cut of the building, two boards are", () =>
  plays([
    ["0s", at("floor1"), dead],
    ["30s", null, null, "floor1: electrical-fire/supplyLost fired yellow"],
    ["5m", at("far"), dead],
    ["5m30s", null, null, "far: electrical-fire/supplyLost fired yellow"],
    ["6m", at("floor2"), dead],
    [
      "6m30s",
      null,
      null,
      "floor2: electrical-fire/supplyLost fired yellow",
      "house: electrical-fire/powerCut fired orange",
    ],
  ]));

test("a board and a lift that has gone quiet agree; the lift stays under the same parent", () =>
  plays([
    ["0s", lift(), idle],
    ["1s", lift("lift2"), idle],
    ["1m", at("floor1"), dead],
    ["90s", null, null, "floor1: electrical-fire/supplyLost fired yellow"],
    [
      "10m",
      null,
      null,
      "lift: elevator-safety/silent fired orange",
      "house: electrical-fire/powerCut fired orange",
    ],
    ["10m1s", null, null, "lift2: elevator-safety/silent fired orange"],
  ]));

test("lifts that go quiet while the power is on are no power cut", () =>
  plays([
    ["0s", lift(), idle],
    ["1s", lift("lift2"), idle],
    ["10m", null, null, "lift: elevator-safety/silent fired orange"],
    ["10m1s", null, null, "lift2: elevator-safety/silent fired orange"],
  ]));
