// Timelines begin on 2 March 2026: the sun rises at 6:20 and sets at 17:53.

import { describe, expect, test } from "vitest";
import { each, play, type Row, type Stage, transitionsOf } from "../../src/testing/play.ts";
import streetLamp from "./index.ts";
import { isLit, scheduled } from "./schedule.ts";

const plays = (rows: Row[], stage?: Stage) => expect(play(streetLamp, rows, stage)).toEqual(rows);
const lamp = (powerState: string, more = {}) => ({ powerState, ...more });
/** What one of several lamps of the circuit says. */
const of = (sensorId: string, powerState: string, more = {}) => ({
  sensorId,
  values: lamp(powerState, more),
});

describe("the schedule", () => {
  const sky = { latitudeDeg: 31.28, longitudeDeg: 121.45, graceMin: 30 };
  const at = (time: string) => Date.parse(`2026-03-02T${time}+08:00`);
  const street = { roadClass: "main" } as const;

  test.each([
    ["00:00", "on"],
    ["05:45", "on"],
    ["05:55", undefined], // half an hour around sunrise either is right
    ["06:45", undefined],
    ["06:55", "off"],
    ["17:15", "off"],
    ["17:30", undefined],
    ["18:15", undefined],
    ["18:30", "on"],
    ["23:59", "on"],
  ])("at %s asks for %s", (time, wanted) => expect(scheduled(sky, street, at(time))).toBe(wanted));

  test("follows the seasons: at a quarter past six it is day in June and night in December", () => {
    expect(scheduled(sky, street, Date.parse("2026-06-21T18:15+08:00"))).toBe("off");
    expect(scheduled(sky, street, Date.parse("2026-06-21T19:15+08:00"))).toBe(undefined);
    expect(scheduled(sky, street, Date.parse("2026-12-21T18:15+08:00"))).toBe("on");
  });

  test("in an underpass it is always night", () =>
    expect(scheduled(sky, { ...street, schedule: "always" }, at("12:00"))).toBe("on"));

  test("where the sun does not set nothing is asked for", () =>
    expect(scheduled({ ...sky, latitudeDeg: 80 }, street, Date.parse("2026-06-21T00:00Z"))).toBe(
      undefined,
    ));

  test("a dimmed lamp is lit, a broken one is not", () => {
    expect([isLit({ powerState: "low" }), isLit({ powerState: "off" })]).toEqual([true, false]);
    expect(isLit({ powerState: "on", status: "brokenLantern" })).toBe(false);
    expect(isLit({ powerState: "on", status: "columnIssue" })).toBe(true);
  });
});

describe("one lamp", () => {
  test("dark for a quarter of an hour at night is a case, and lit for as long ends it", () =>
    plays(
      [
        ["0m", lamp("off")],
        ["15m", lamp("off"), "lampOut fired yellow"],
        ["30m", lamp("low")],
        ["45m", lamp("low"), "lampOut resolved yellow"],
      ],
      { begins: "20:00" },
    ));

  test("switched on but defective is dark as well", () =>
    plays(each(0, 15, 15, lamp("on", { status: "defectiveLamp" }), "lampOut fired yellow"), {
      begins: "20:00",
    }));

  test("that flickers once alarms nobody, nor does one that is off by day", () => {
    plays([["0m", lamp("on")], ["15m", lamp("off")], ["30m", lamp("on")]], { begins: "20:00" }); // biome-ignore format: one line
    plays(each(0, 540, 15, lamp("off")), { begins: "7:30" });
  });

  test("stays a case through the day, when nobody can see whether it was mended", () =>
    plays(
      [
        ["0m", lamp("off")],
        ["15m", lamp("off"), "lampOut fired yellow"],
        ...each(30, 780, 30, lamp("off")), // by day it must be off
        ...each(795, 825, 15, lamp("on"), "lampOut resolved yellow"),
      ],
      { begins: "5:00" },
    ));

  test("on a circuit without power is not itself out", () => {
    const told = transitionsOf(streetLamp, each(0, 60, 15, lamp("off", { circuitOn: false })), {
      begins: "20:00",
    });
    expect(told.map(({ rule }) => rule)).toEqual(["circuit"]);
  });
});

describe("a circuit", () => {
  test("of which three lamps are dark is one alert beside those of the lamps", () =>
    plays(
      [
        ["0m", of("s1", "off")],
        ["1m", of("s2", "off")],
        ["2m", of("s3", "off")],
        ["15m", of("s1", "off"), "lampOut fired yellow", "circuit fired orange"],
        ["16m", of("s2", "off"), "lampOut fired yellow"],
        ["17m", of("s3", "off"), "lampOut fired yellow"],
      ],
      { begins: "20:00" },
    ));

  test("ends when all of its lamps keep the schedule", () => {
    const rows: Row[] = [
      ["0m", of("s1", "on")],
      ["1m", of("s2", "on")],
      ["2m", of("s3", "on")],
      ["12m", null],
      ["15m", of("s1", "on"), "circuit fired orange"], // lit at noon
      ["16m", of("s2", "off")],
      ["17m", of("s3", "off")],
      ["18m", of("s1", "off"), "circuit resolved orange"],
    ];
    plays(rows, { begins: "12:00" });
  });

  test("of which two lamps burn by day is none yet, unless it has but two", () => {
    const two: Row[] = [
      ["0m", of("s1", "on")],
      ["1m", of("s2", "on")],
      ["15m", of("s1", "on")],
    ];
    plays(two, { begins: "12:00" });
    plays([...two.slice(0, 2), ["15m", of("s1", "on"), "circuit fired orange"]], {
      begins: "12:00",
      site: { lamps: 2 },
    });
  });

  test("that says itself that it is switched on by day needs no lamp to say so", () =>
    plays(
      [
        ["0m", lamp("off", { circuitOn: true })],
        ["15m", lamp("off", { circuitOn: true }), "circuit fired orange (circuit)"],
        ["30m", lamp("off", { circuitOn: false }), "circuit resolved orange"],
      ],
      { begins: "12:00" },
    ));

  test("is not judged by what a lamp said three quarters of an hour ago", () =>
    plays(
      [
        ["0m", of("s1", "on")],
        ["20m", of("s2", "on")],
        ["45m", of("s3", "on")], // the first has just been forgotten
        ["59m", of("s3", "on"), "silent fired yellow"],
      ],
      { begins: "12:00" },
    ));

  test("may switch a little early or late", () =>
    plays(each(0, 45, 15, lamp("on", { circuitOn: true })), { begins: "17:25" }));
});

describe("leakage", () => {
  const leak = (leakageMa: number) => lamp("off", { leakageMa });

  test("of 30 mA for ten seconds is orange, of 100 red, below 15 over", () =>
    plays(
      [
        ["0m", leak(29.9)],
        ["1m", leak(30)],
        ["69s", null],
        ["71s", null, "leakage fired orange"],
        ["2m", leak(100)],
        ["3m", leak(100), "leakage escalated red"],
        ["4m", leak(15)],
        ["5m", leak(14.9), "leakage resolved red"],
      ],
      { begins: "12:00" },
    ));

  test("is life safety: no permit mutes it", () => {
    const told = transitionsOf(streetLamp, each(0, 15, 15, leak(200)), { begins: "12:00" });
    expect(told.map(({ rule, lifeSafety }) => [rule, lifeSafety])).toContainEqual([
      "leakage",
      true,
    ]);
  });
});

test("a pole that leans five degrees is orange, fifteen red, and upright again below two", () => {
  const pole = (tiltDeg: number) => lamp("off", { tiltDeg });
  plays(
    [
      ["0m", pole(4.9)],
      ["15m", pole(5)],
      ["30m", pole(5), "tilt fired orange"],
      ["31m", pole(15)],
      ["32m", pole(15), "tilt escalated red"],
      ["33m", pole(2)],
      ["34m", pole(1.9), "tilt resolved red"],
    ],
    { begins: "12:00" },
  );
});

test("a door that is open for five minutes is a notice until it is shut", () =>
  plays(
    [
      ["0m", lamp("off", { doorOpen: true })],
      ["4m", lamp("off", { doorOpen: false })],
      ["10m", lamp("off", { doorOpen: true })],
      ["14m", null],
      ["15m", null, "door fired yellow"],
      ["16m", lamp("off", { doorOpen: false }), "door resolved yellow"],
    ],
    { begins: "12:00" },
  ));

describe("the lit rate of a night", () => {
  /** A hundred readings of the dark hours, so many of them lit; noon is eighteen hours on. */
  const night = (lit: number): Row[] =>
    Array.from(
      { length: 100 },
      (_, i): Row => [`${5 * i}m`, lamp(i % 50 < lit / 2 ? "on" : "off")],
    );
  const rateOf = (lit: number, roadClass: string) =>
    transitionsOf(streetLamp, [...night(lit), ["18h", null], ["18h1m", null]], {
      begins: "19:00",
      site: { roadClass },
    }).filter(({ rule }) => rule === "litRate");

  test.each([
    [98, "main", []],
    [96, "main", ["litRate fired blue 96"]],
    [96, "secondary", []],
    [94, "secondary", ["litRate fired blue 94"]],
  ] as const)("%d of a hundred on a %s road", (lit, roadClass, came) => {
    const told = rateOf(lit, roadClass);
    const words = told.map((one) => `litRate ${one.change} ${one.alert.level} ${one.alert.value}`);
    expect(words).toEqual(came);
    // Told at noon.
    expect(told.every(({ at }) => new Date(at).toISOString().includes("T04:00"))).toBe(true);
  });

  test("is good again after one good night", () => {
    const rows: Row[] = [
      ...night(80),
      ...night(100).map(([when, said]): Row => [`1d${when}`, said]),
      ["42h", null],
    ];
    const told = transitionsOf(streetLamp, rows, { begins: "19:00" }).filter(
      ({ rule }) => rule === "litRate",
    );
    expect(told.map(({ change }) => change)).toEqual(["fired", "resolved"]);
  });
});

test("three quarters of an hour of silence are noticed", () =>
  plays(
    [
      ["0m", lamp("off")],
      ["44m", null],
      ["45m", null, "silent fired yellow"],
    ],
    { begins: "12:00" },
  ));
