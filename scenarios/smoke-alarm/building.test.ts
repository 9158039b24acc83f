// Smoke in several flats of a building, and its lifts: what confirms a fire beyond one flat.

import { expect, test } from "vitest";
import { type Line, type Places, playAcross } from "../../src/testing/across.ts";
import elevatorSafety from "../elevator-safety/index.ts";
import smokeAlarm from "./index.ts";

const inHouse = (kind: string) => ({ kind, in: "house", facts: { ratedSpeedMPerS: 1 } });
const places: Places = {
  house: { kind: "building", facts: {} },
  other: { kind: "building", facts: {} },
  a: inHouse("flat"),
  b: inHouse("flat"),
  c: { kind: "flat", in: "other", facts: {} },
  lift: inHouse("lift"),
  lift2: inHouse("lift"),
};
const plays = (lines: Line[]) =>
  expect(playAcross([elevatorSafety, smokeAlarm], places, lines)).toEqual(lines);

const flat = (site: string) => ({ scenario: "smoke-alarm", site });
const lift = (site = "lift") => ({ scenario: "elevator-safety", site });
const smoky = { smokeAlarm: true, muted: true } as const;
const calm = { smokeAlarm: false } as const;
const idle = {
  serviceMode: 1,
  carMoving: false,
  doorZone: true,
  doorOpen: true,
  passengerPresent: false,
  faultCode: "00",
  alarmCode: "00",
} as const;
const fireReturn = { ...idle, serviceMode: 3 } as const;

test("smoke in two flats of a building within a minute is a fire in the building", () => {
  plays([
    ["0s", flat("a"), smoky, "a: smoke-alarm/smoke fired orange"],
    [
      "60s",
      flat("b"),
      smoky,
      "b: smoke-alarm/smoke fired orange",
      "house: smoke-alarm/fire fired red (building)",
    ],
    ["2m", flat("a"), calm],
    ["3m", flat("b"), calm],
    ["7m", null, null, "a: smoke-alarm/smoke latched orange"],
    ["8m", null, null, "b: smoke-alarm/smoke latched orange"],
    ["13m", null, null, "house: smoke-alarm/fire latched red"],
  ]);
});

test("a minute and a second apart, or in two buildings, it is not", () => {
  plays([
    ["0s", flat("a"), smoky, "a: smoke-alarm/smoke fired orange"],
    ["61s", flat("b"), smoky, "b: smoke-alarm/smoke fired orange"],
  ]);
  plays([
    ["0s", flat("a"), smoky, "a: smoke-alarm/smoke fired orange"],
    ["10s", flat("c"), smoky, "c: smoke-alarm/smoke fired orange"],
  ]);
});

test("a lift in fire service confirms smoke in its building, whichever comes first", () => {
  plays([
    ["0s", lift(), fireReturn, "lift: elevator-safety/fireService fired blue"],
    [
      "5m",
      flat("a"),
      smoky,
      "a: smoke-alarm/smoke fired orange",
      "house: smoke-alarm/fire fired red (building)",
    ],
  ]);
  plays([
    ["0s", flat("a"), smoky, "a: smoke-alarm/smoke fired orange"],
    [
      "5m",
      lift(),
      fireReturn,
      "lift: elevator-safety/fireService fired blue",
      "house: smoke-alarm/fire fired red (building)",
    ],
  ]);
});

test("two lifts in fire service are a drill, and one that is over confirms nothing", () => {
  plays([
    ["0s", lift(), fireReturn, "lift: elevator-safety/fireService fired blue"],
    ["1m", lift("lift2"), fireReturn, "lift2: elevator-safety/fireService fired blue"],
  ]);
  plays([
    ["0s", lift(), fireReturn, "lift: elevator-safety/fireService fired blue"],
    ["1m", lift(), idle, "lift: elevator-safety/fireService resolved blue"],
    ["2m", flat("a"), smoky, "a: smoke-alarm/smoke fired orange"],
  ]);
});
