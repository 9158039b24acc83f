import { describe, expect, test } from "vitest";
import { play, type Row, type Stage } from "../../src/testing/play.ts";
import elderHomeActivity from "./index.ts";

const plays = (rows: Row[], stage?: Stage) =>
  expect(play(elderHomeActivity, rows, stage)).toEqual(rows);

const shut = { doorOpened: false } as const;
const opened = { doorOpened: true } as const;
const still = { motion: false, bathroomMotion: false } as const;
const moves = { motion: true, bathroomMotion: false } as const;
/** A sensor of its own; all else is told by the hub. */
const by = (sensorId: string, values: object) => ({ sensorId, values }) as Row[1];
const pir = (values: object) => by("hub", values);
const door = (values: object) => by("hub", values);
/** The same said every so many hours, both ends included, on top of what else happens. */
const hourly = (from: number, to: number, every: number, said: Row[1]): Row[] =>
  Array.from(
    { length: Math.floor((to - from) / every) + 1 },
    (_, i): Row => [`${from + i * every}h`, said],
  );

describe("a call for help", () => {
  test("is red at once, and only a person ends it", () =>
    plays([
      ["0s", { sos: true }, "sos fired red"],
      ["10s", { sos: false }, "sos latched red"],
      ["5m", { reset: "sos" }, "sos resolved red"],
    ]));
});

describe("no movement", () => {
  test("twelve hours are orange, a day red, and any movement ends it", () =>
    plays([
      ["0h", pir(moves)],
      ...hourly(4, 8, 4, pir(still)),
      ["11h59m", null],
      ["12h", pir(still), "noMotion fired orange"],
      ...hourly(16, 20, 4, pir(still)),
      ["24h", pir(still), "noMotion escalated red"],
      ["24h30m", pir(moves), "noMotion resolved red"],
    ]));

  test("somebody who has left by the door is not missed at home", () =>
    plays([
      ["0h", pir(moves)],
      ["1h", door(opened)],
      ["1h1m", pir(moves)], // the sensor still sees who is on the way out
      ...hourly(4, 28, 4, pir(still)),
    ]));

  test("somebody who came home and moved is", () =>
    plays([
      ["0h", pir(moves)],
      ["1h", door(opened)],
      ["2h", door(opened)],
      ["2h5m", pir(moves)],
      ...hourly(6, 14, 4, pir(still)),
      ["14h5m", null, "noMotion fired orange"],
    ]));

  test("a registered absence keeps it quiet, and ends what is open", () => {
    plays([["0h", pir({ away: true, ...moves })], ...hourly(4, 28, 4, pir(still))]);
    plays([
      ["0h", pir(moves)],
      ...hourly(4, 8, 4, pir(still)),
      ["12h", pir(still), "noMotion fired orange"],
      ["13h", pir({ away: true }), "noMotion resolved orange"],
    ]);
  });

  test("a kettle is life, a refrigerator is not", () => {
    const meter = (activePowerW: number) => by("hub", { activePowerW });
    plays([
      ["0h", pir(moves)],
      ["1h", meter(60)],
      ["6h", pir(still)],
      ["7h", meter(180)],
      ["11h59m", null],
      ["12h", null, "noMotion fired orange"],
    ]);
    plays([
      ["0h", pir(moves)],
      ["1h", meter(60)],
      ["6h", pir(still)],
      ["7h", meter(1_560)],
      ["13h", pir(still)],
    ]);
  });

  test("a movement sensor that has said nothing for long has not seen nothing", () =>
    plays([
      ["0h", by("pir", moves)],
      ["2h", by("pir", still)],
      ["11h", by("door", shut)],
      ["12h", by("door", shut)], // the movement sensor was last heard ten hours ago
      ["13h", by("door", shut)],
      ["14h", null, "silent fired orange"],
      ["16h", by("pir", still), "silent resolved orange", "noMotion fired orange"],
    ]));
});

describe("the door", () => {
  test("a day without opening is yellow, two are orange; an opening ends it", () =>
    plays([
      ["0h", door(opened)],
      ...hourly(6, 18, 6, door(shut)),
      ["24h", door(shut), "doorStill fired yellow"],
      ...hourly(30, 42, 6, door(shut)),
      ["48h", door(shut), "doorStill escalated orange"],
      ["49h", door(opened), "doorStill resolved orange"],
    ]));

  test("of somebody who was seen to leave nothing is said", () =>
    plays([
      ["0h", pir(moves)],
      ["1h", door(opened)],
      ...hourly(4, 52, 4, pir({ doorOpened: false, ...still })),
    ]));
});

describe("the bathroom", () => {
  const inBath = { motion: false, bathroomMotion: true } as const;
  test("an hour after the last movement there, none elsewhere, until there is some", () =>
    plays([
      ["0m", pir(inBath)],
      ["59m", pir(still)],
      ["60m", pir(still), "longBathroom fired orange"],
      ["70m", pir(moves), "longBathroom resolved orange"],
    ]));

  test("not while somebody is still moving there, nor after the front door was opened", () => {
    plays([
      ["0m", pir(inBath)],
      ["40m", pir(inBath)],
      ["99m", pir(still)],
    ]);
    plays([
      ["0m", pir(inBath)],
      ["20m", door(opened)],
      ["90m", pir(still)],
    ]);
  });
});

describe("water", () => {
  const meter = (cumulativeVolumeM3: number) => by("hub", { cumulativeVolumeM3 });
  const dry = (from: number, to: number): Row[] => hourly(from, to, 0.5, meter(7)).map(halves);
  const halves = ([, said, ...came]: Row, i: number): Row => [`${i * 30}m`, said, ...came];

  test("less than ten litres in twelve hours is yellow, as soon as most of them were heard", () => {
    const rows = dry(0, 12);
    const told = play(elderHomeActivity, rows).flatMap(([when, , ...came]) =>
      came.map((one) => `${when} ${one}`),
    );
    expect(told).toEqual(["600m lowWater fired yellow"]);
  });

  test("a dry night with somebody moving about stays yellow; with nobody it is orange", () => {
    const night = (last: object): Row[] => [
      ["0h", pir(moves)],
      ["1s", door(opened)],
      ["10m", pir(moves)],
      ...hourly(1, 12, 1, meter(7)),
      ["12h10m", pir({ ...last, doorOpened: false })],
      ["12h20m", meter(7)],
    ];
    const told = (rows: Row[]) =>
      play(elderHomeActivity, rows)
        .flatMap(([, , ...came]) => came)
        .filter((one) => one.startsWith("lowWater"));
    expect(told(night(moves))).toEqual([]);
    const half = (rows: Row[]) => rows.flatMap((row) => [row, later(row)]);
    const later = ([when, said]: Row): Row => [`${when}30m`, said];
    const dense = (last: object): Row[] => [
      ["0h", pir(moves)],
      ["1s", door(opened)],
      ["10m", pir(moves)],
      ...half(hourly(1, 11, 1, meter(7))),
      ["12h10m", pir({ ...last, doorOpened: false })],
      ["12h20m", meter(7)],
    ];
    expect(told(dense(moves))).toEqual(["lowWater fired yellow"]);
    expect(told(dense(still))).toEqual(["lowWater fired yellow", "lowWater escalated orange"]);
  });

  test("a dry home that was seen to be left is not low on water", () => {
    const left: Row[] = [
      ["0m", pir(moves)],
      ["1m", door(opened)],
      ["2m", pir(still)],
      ...dry(0, 13).slice(1),
    ];
    expect(play(elderHomeActivity, left).flatMap(([, , ...came]) => came)).toEqual([]);
  });

  test("fifty litres an hour for two hours is water left on, until none flows", () => {
    const tap = (litres: number[]): Row[] =>
      litres.map((one, i): Row => [`${i * 30}m`, meter(7 + one / 1_000)]);
    const rows = tap([0, 25, 50, 75, 100, 125, 126, 126]);
    rows[5]!.push("waterOn fired yellow");
    rows[7]!.push("waterOn resolved yellow");
    plays(rows);
    plays(tap([0, 24, 48, 72, 96, 120, 144]));
  });

  test("a meter that says nothing for two hours is offline, never a home without water", () =>
    plays([
      ["0m", meter(7)],
      ["2h", null, "silent fired orange"],
      ["13h", null],
    ]));
});

test("a dry home with a still door where somebody moves about is not lifeless", () => {
  const hub = pir({ cumulativeVolumeM3: 7, doorOpened: false, ...moves });
  const rows = Array.from({ length: 54 }, (_, i): Row => [`${i * 30}m`, hub]);
  const told = play(elderHomeActivity, rows).flatMap(([, , ...came]) => came);
  expect(told).toEqual(["lowWater fired yellow", "doorStill fired yellow"]);
  const alone = rows.map(
    ([when], i): Row => [when, pir({ cumulativeVolumeM3: 7, doorOpened: false, motion: i === 0 })],
  );
  const worse = play(elderHomeActivity, alone).flatMap(([, , ...came]) => came);
  expect(worse).toContain("lifeless fired red (water+motion)");
});
