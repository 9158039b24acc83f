import { expect, test } from "vitest";
import { caseDueAt, type Grade } from "#scenario";
import { defaultsOf } from "../../src/testing/defaults.ts";
import { each, play, type Row, type Stage } from "../../src/testing/play.ts";
import roadFlooding from "./index.ts";
import type { Params } from "./schema.ts";

const plays = (rows: Row[], stage?: Stage) => expect(play(roadFlooding, rows, stage)).toEqual(rows);
const at = (waterDepthCm: number, more = {}) => ({ waterDepthCm, ...more });
/** The water does not come fast here, whatever the steps of a timeline. */
const calm = { params: { fastCm: 300 } };
const road = { ...calm, site: { place: "road" } };

test("five centimetres for two minutes are a notice; under three for a quarter of an hour end it", () =>
  plays(
    [
      ["0m", at(4.9)],
      ["1m", at(5)],
      ["2m", at(5.2)],
      ["3m", at(5), "water fired blue"],
      ["4m", at(3)], // the clear value itself is not below it
      ["19m", at(3)],
      ["20m", at(2.9)],
      ["25m", at(0)],
      ["34m", at(0)],
      ["35m", at(0), "water resolved blue"],
    ],
    calm,
  ));

test("a wave from a passing lorry alarms nobody", () =>
  plays([
    ["0m", at(0)],
    ["1m", at(30)],
    ["2m", at(0)],
    ["3m", at(0)],
  ]));

test("one alert grows with the water: ten for five minutes, fifteen for two", () =>
  plays(
    [
      ...each(0, 2, 1, at(9.9), "water fired blue"),
      ["3m", at(10)],
      ["7m", at(10)],
      ["8m", at(10), "water escalated yellow"],
      ["9m", at(15)],
      ["10m", at(14.9)],
      ["11m", at(15)],
      ["12m", at(15)],
      ["13m", at(15), "water escalated orange"],
      ["14m", at(4)],
      ["28m", at(4)], // it ends where its mildest level ends
    ],
    calm,
  ));

/** A centimetre figure for each minute, from minute `from` on. */
const climb = (from: number, cms: readonly number[], ...came: string[]): Row[] => {
  const rows = cms.map((cm, i): Row => [`${from + i}m`, at(cm)]);
  rows.at(-1)!.push(...came);
  return rows;
};

test("five centimetres in five minutes are one level worse", () => {
  plays([
    ["0m", at(5)],
    ["5m", at(5), "water fired blue"],
    ["10m", at(5)],
    ...climb(11, [6, 7, 8, 9]),
    ...climb(15, [10, 11, 12], "water escalated orange (fast)"), // ten is medium: one level more
  ]);
  plays([
    ["0m", at(5)],
    ["5m", at(5), "water fired blue"],
    ["10m", at(5.1)],
    ...climb(11, [6, 7, 8, 9, 10, 10.9, 11.9, 12.8]), // never five in five minutes
    ...climb(19, [13.7, 14.6], "water escalated yellow"),
  ]);
});

test("an underpass at twenty-five centimetres is closed within a minute, for a person to reopen", () =>
  plays(
    [
      ...each(0, 2, 1, at(24.9), "water fired orange"),
      ["3m", at(25)],
      ["4m", at(25), "close fired red"],
      ["5m", at(15)],
      ["15m", at(15)],
      ["29m", at(15)], // the clear value itself is not below it
      ["30m", at(14.9)],
      ["40m", at(10)],
      ["50m", at(10)],
      ["59m", at(10)],
      ["60m", at(10), "close latched red"],
      ["70m", { reset: "close" }, "close resolved red"],
    ],
    calm,
  ));

test("on a road the same depth is red, and nobody waits for a reset", () =>
  plays(
    [
      ...each(0, 1, 1, at(25), "water fired red"),
      ["2m", at(0)],
      ["10m", at(0)],
      ["17m", at(0), "water resolved red"],
    ],
    road,
  ));

test("water that wants pumping and is not pumped for three minutes is orange until it is", () =>
  plays(
    [
      ["0m", at(9.9, { pumpRunning: false })],
      ["1m", at(10, { pumpRunning: false })],
      ["2m", at(10, { pumpRunning: false }), "water fired blue"],
      ["4m", at(10, { pumpRunning: false }), "pump fired orange"],
      ["5m", at(6, { pumpRunning: false })],
      ["6m", at(6, { pumpRunning: true }), "pump resolved orange"],
    ],
    calm,
  ));

test("a pump that stands still beside a dry road has nothing to do", () => {
  plays(each(0, 30, 5, at(0, { pumpRunning: false })));
  plays(
    [
      ["0m", at(10, { pumpRunning: false })],
      ["3m", at(10, { pumpRunning: false }), "water fired blue", "pump fired orange"],
      ["4m", at(3, { pumpRunning: false })],
      ["5m", at(2.9, { pumpRunning: false }), "pump resolved orange"],
    ],
    calm,
  );
});

test("where no pump tells, nothing is said of one", () => plays(each(0, 9, 3, at(4)), calm));

test("silence is noticed after a quarter of an hour, in a rain warning after five minutes", () => {
  plays([
    ["0m", at(0)],
    ["14m", null],
    ["15m", null, "silent fired yellow"],
    ["30m", at(0), "silent resolved yellow"],
  ]);
  plays([
    ["0m", at(0, { rainWarning: true })],
    ["4m", null],
    ["5m", null, "silent fired yellow"],
  ]);
});

test("a case waits five minutes for an acknowledgement below fifteen centimetres, then for nobody", () => {
  const { water, close } = roadFlooding.rules(defaultsOf(roadFlooding) as Params);
  const dueAt = (level: Grade) => caseDueAt(water!.alert.case, level, 0);
  expect((["blue", "yellow", "orange", "red"] as const).map(dueAt)).toEqual([null, 300_000, 0, 0]);
  expect(caseDueAt(close!.alert.case, "red", 0)).toBe(0);
});
