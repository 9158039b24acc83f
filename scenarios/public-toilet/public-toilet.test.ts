import { describe, expect, test } from "vitest";
import { each, play, type Row, type Stage } from "../../src/testing/play.ts";
import publicToilet from "./index.ts";

const plays = (rows: Row[], stage?: Stage) => expect(play(publicToilet, rows, stage)).toEqual(rows);
const happen = (rows: Row[], stage?: Stage): unknown[] =>
  play(publicToilet, rows, stage).flatMap(([when, , ...came]) =>
    came.map((one) => `${when} ${one}`),
  );

describe("air", () => {
  const air = (nh3MgPerM3: number, h2sMgPerM3 = 0.002) => ({ nh3MgPerM3, h2sMgPerM3 });

  test.each([
    ["ammonia above 0.3", air(0.31), air(0.3), "yellow"],
    ["hydrogen sulphide above 0.01", air(0.1, 0.011), air(0.1, 0.01), "yellow"],
    ["ammonia above 1.0", air(1.01), air(0.3), "orange"],
  ])("%s mg/m³ for ten minutes smells, just that does not", (_, bad, good, level) => {
    plays([...each(0, 10, 1, bad, `odour fired ${level}`)]);
    plays([...each(0, 30, 1, good)]);
  });

  test("a smell that gets strong is the same alert, ten minutes later", () =>
    expect(happen([...each(0, 12, 1, air(0.5)), ...each(13, 23, 1, air(1.2))])).toEqual([
      "10m odour fired yellow",
      "23m odour escalated orange",
    ]));

  test("it clears after ten minutes at 0.25 and 0.008, not before", () =>
    expect(
      happen([
        ...each(0, 10, 1, air(0.5)),
        ...each(11, 20, 1, air(0.26)),
        ...each(21, 30, 1, air(0.2, 0.009)),
        ...each(31, 45, 1, air(0.25, 0.008)),
      ]),
    ).toEqual(["10m odour fired yellow", "41m odour resolved yellow"]));
});

describe("people", () => {
  const stall = (occupiedMin: number) => ({ stallOccupied: true, occupiedMin });
  const free = { stallOccupied: false, occupiedMin: 0 };

  test("thirty minutes in a stall is yellow, sixty orange, free is over", () =>
    plays([
      ["0m", stall(29)],
      ["1m", stall(30), "inStall fired yellow"],
      ...each(2, 30, 1, stall(59)),
      ["31m", stall(60), "inStall escalated orange"],
      ["32m", stall(61)],
      ["33m", free, "inStall resolved orange"],
    ]));

  test("a clock that starts again while somebody is inside does not end it", () =>
    plays([
      ["0m", stall(30), "inStall fired yellow"],
      ["1m", stall(0)],
      ["2m", stall(1)],
      ["3m", free, "inStall resolved yellow"],
    ]));

  test("a call for help is red at once and stays until staff reset it", () =>
    plays([
      ["0s", { sos: false }],
      ["10s", { sos: true }, "sos fired red"],
      ["20s", { sos: true }],
      ["25s", { reset: "sos" }],
      ["30s", { sos: false }, "sos latched red"],
      ["10m", { reset: "sos" }, "sos resolved red"],
    ]));
});

describe("water", () => {
  const flow = (waterFlowLPerMin: number, peopleCount = 0) => ({ waterFlowLPerMin, peopleCount });

  test("water that runs for thirty minutes with nobody inside is a leak until it stops", () =>
    expect(
      happen([
        ...each(0, 31, 1, flow(0.5)),
        ...each(32, 35, 1, flow(3, 2)), // people come: nobody can tell their water from the leak
        ...each(36, 40, 1, flow(0.5)),
        ["41m", flow(0)],
      ]),
    ).toEqual(["30m leak fired yellow", "41m leak resolved yellow"]));

  test("a visit, or a minute without flow, begins it anew", () => {
    expect(
      happen([...each(0, 25, 1, flow(1)), ["26m", flow(2, 1)], ...each(27, 56, 1, flow(1))]),
    ).toEqual([]);
    expect(
      happen([...each(0, 25, 1, flow(1)), ["26m", flow(0)], ...each(27, 56, 1, flow(1))]),
    ).toEqual([]);
  });

  test("meter and counter may be two devices; without a counter nobody can tell", () => {
    const meter = (m: number): Row => [
      `${m}m`,
      { values: { waterFlowLPerMin: 2 }, sensorId: "meter" },
    ];
    const counter = (m: number, peopleCount: number): Row => [
      `${m}m30s`,
      { values: { peopleCount }, sensorId: "counter" },
    ];
    const minutes = Array.from({ length: 36 }, (_, i) => i);
    expect(happen(minutes.flatMap((m) => [meter(m), counter(m, 0)]))).toEqual([
      "31m leak fired yellow",
    ]);
    expect(happen(minutes.flatMap((m) => [meter(m), counter(m, 1)]))).toEqual([]);
    // A counter that has been quiet for five minutes counts nobody, and says nothing of nobody.
    expect(happen([counter(0, 0), ...minutes.slice(1).map(meter)])).toEqual([
      "16m silent fired yellow",
    ]);
    expect(happen(minutes.map(meter)).filter((one) => String(one).includes("leak"))).toEqual([]);
  });
});

test("less than a tenth of the paper for five minutes is a notice until it is half full", () =>
  expect(
    happen([
      ...each(0, 6, 1, { paperPct: 10 }),
      ...each(7, 12, 1, { paperPct: 9 }),
      ["13m", { paperPct: 49 }],
      ["14m", { paperPct: 50 }],
    ]),
  ).toEqual(["12m supplies fired blue", "14m supplies resolved blue"]));

describe("door", () => {
  const shut = { doorOpen: false };
  const open = { doorOpen: true };

  test("shut a quarter of an hour after opening time is filed until it opens", () =>
    expect(happen([...each(0, 80, 1, shut), ["81m", open]], { begins: "5:00" })).toEqual([
      "75m notOpened fired yellow",
      "81m notOpened resolved yellow",
    ]));

  test("a door that was open this morning and is shut now did open", () =>
    expect(
      happen([...each(0, 70, 1, shut), ["71m", open], ...each(72, 200, 1, shut)], {
        begins: "5:00",
      }),
    ).toEqual([]));

  test("yesterday's opening does not count for today", () =>
    expect(happen([["0m", open], ...each(1, 600, 1, shut)], { begins: "21:30" })).toEqual([
      "525m notOpened fired yellow",
    ]));

  test("a toilet that is open day and night is never late", () =>
    expect(
      happen(each(0, 600, 1, shut), { site: { opensAtHour: undefined, closesAtHour: undefined } }),
    ).toEqual([]));
});

test("fifteen quiet minutes are yellow", () =>
  plays([
    ["0m", { sos: false }],
    ["14m", null],
    ["15m", null, "silent fired yellow"],
  ]));
