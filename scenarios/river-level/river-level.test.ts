import { expect, test } from "vitest";
import { each, play, type Row, type Stage, transitionsOf } from "../../src/testing/play.ts";
import riverLevel from "./index.ts";

const plays = (rows: Row[], stage?: Stage) => expect(play(riverLevel, rows, stage)).toEqual(rows);
const at = (levelM: number) => ({ levelM });
/** The rule of most of these timelines says nothing of how fast the water rose. */
const calm = { params: { riseInHourM: 9, riseInTenMinutesM: 9, stepM: 9 } };

test("a wave that passes within ten minutes alarms nobody", () =>
  plays(
    [
      ["0m", at(3.9)],
      ["5m", at(3.5)],
      ["15m", at(3.5)],
    ],
    calm,
  ));

test("ten minutes at the alert stage fire yellow; half an hour below clear resolves", () =>
  plays(
    [
      ["0m", at(3.7)],
      ["5m", at(3.72)],
      ["10m", at(3.7), "high fired yellow"],
      ["15m", at(3.65)],
      ["20m", at(3.6)], // the clear value itself is not below it
      ["25m", at(3.59)],
      ["35m", at(3.5)],
      ["45m", at(3.5)],
      ["55m", at(3.5), "high resolved yellow"],
    ],
    calm,
  ));

test("one alert grows to orange at danger and to red near the crest, and never shrinks", () =>
  plays(
    [
      ["0m", at(4)],
      ["10m", at(4.2), "high fired yellow"],
      ["15m", at(4.4)],
      ["20m", at(4.5), "high escalated orange"],
      ["25m", at(4.95)], // not above the record yet
      ["30m", at(4.96)],
      ["31m", at(4.97), "high escalated red"], // two samples are enough for red
      ["40m", at(4.3)],
      ["50m", at(3.9)],
    ],
    calm,
  ));

test("where no record is known, red is twenty centimetres below the crest", () =>
  plays(
    [
      ["0m", at(4.99)],
      ["5m", at(5), "high fired orange"],
      ["10m", at(5), "high escalated red"],
    ],
    {
      ...calm,
      site: { recordM: undefined },
    },
  ));

test("a station that knows only its alert stage is watched for that", () =>
  plays([...each(0, 10, 5, at(9), "high fired yellow")], {
    ...calm,
    site: { dangerM: undefined, crestM: undefined, recordM: undefined },
  }));

test("water near the alert stage and still rising is a notice, and no case", () =>
  plays(
    [
      ["0m", at(3.3)],
      ["5m", at(3.36)],
      ["10m", at(3.42)],
      ["15m", at(3.46)],
      ["20m", at(3.5)],
      ["25m", at(3.54), "near fired blue"],
      ["30m", at(3.35)], // 0.35 below: neither near nor clear of it
      ["35m", at(3.29)],
      ["50m", at(3.29)],
      ["65m", at(3.29), "near resolved blue"],
    ],
    calm,
  ));

test("water that stands near the alert stage without rising is no notice", () =>
  plays(each(0, 120, 5, at(3.5)), calm));

test("water that is already at its alert stage is not also near it", () =>
  plays(
    [["0m", at(3.75)], ...each(5, 10, 5, at(3.8), "high fired yellow"), ["15m", at(3.9)]],
    calm,
  ));

test("thirty centimetres in an hour are a rapid rise, and worse when already near", () => {
  plays([
    ...each(0, 30, 5, at(2)),
    ["45m", at(2.2)],
    ["55m", at(2.3)],
    ["60m", at(2.31), "rising fired yellow"],
  ]);
  plays([
    ...each(0, 30, 5, at(3.1)),
    ["45m", at(3.25)],
    ["50m", at(3.39)],
    ["55m", at(3.4)],
    ["60m", at(3.41), "rising fired orange"],
  ]);
});

test("fifteen centimetres in ten minutes are a rapid rise too", () =>
  plays([...each(0, 30, 5, at(2)), ["35m", at(2.15)], ["40m", at(2.15), "rising fired yellow"]]));

test("a rapid rise clears when there was less than ten centimetres in an hour, for an hour", () =>
  plays([
    ...each(0, 30, 5, at(2)),
    ...each(35, 40, 5, at(2.2), "rising fired yellow"),
    ...each(45, 90, 5, at(2.25)),
    ["95m", at(2.25)], // the low of 2 m is more than an hour ago, that of 2.2 is not
    ...each(100, 150, 5, at(2.25)),
    ["155m", at(2.25), "rising resolved yellow"],
  ]));

test("a step of more than half a metre is doubted, not believed", () =>
  plays([
    ...each(0, 20, 5, at(2.5)),
    ["25m", at(4.6)],
    ["30m", at(2.5)],
    ["35m", at(4.6)],
    ["40m", at(2.5)],
  ]));

test("a step that the next reading bears out is believed: a gate may have opened", () =>
  plays([
    ...each(0, 30, 5, at(2.5)),
    ["35m", at(4.6)],
    ["40m", at(4.6)],
    ["45m", at(4.6), "high fired orange", "rising fired orange"],
  ]));

test("after an hour without a reading the water may be anywhere, and nothing is a step", () =>
  plays([
    ["0m", at(2.5)],
    ["15m", null, "silent fired yellow"],
    ["61m", at(3.9), "silent resolved yellow"],
    ["66m", at(3.9)],
    ["71m", at(3.9), "high fired yellow"],
  ]));

test("a doubted reading does not clear an alert either", () =>
  plays(
    [
      ...each(0, 10, 5, at(4), "high fired yellow"),
      ["15m", at(1)],
      ["20m", at(4)],
      ["25m", at(1)],
      ["30m", at(4)],
      ["35m", at(1)],
      ["40m", at(4)],
    ],
    { params: { riseInHourM: 9, riseInTenMinutesM: 9 } },
  ));

const foul = (values: object) => ({ levelM: 2, ...values });

test.each([
  ["oxygen below 2 mg/L", { oxygenMgPerL: 1.9 }],
  ["ammonia above 8 mg/L", { ammoniaMgPerL: 8.1, oxygenMgPerL: 2.5 }],
  ["redox below 50 mV", { orpMv: 49, oxygenMgPerL: 2.5 }],
])("black and odorous for two hours is a case: %s", (_, values) =>
  plays([
    ...each(0, 120, 15, foul(values), "foul fired yellow"),
    ["135m", foul({ oxygenMgPerL: 2.9 })],
    ["150m", foul({ oxygenMgPerL: 3 }), "foul resolved yellow"],
  ]),
);

test("a station without water quality is never foul", () => plays(each(0, 240, 15, at(2))));

test("a gauge that stops speaking is noticed after a quarter of an hour, and heard again", () =>
  plays([
    ["0m", at(1.5)],
    ["14m", null],
    ["15m", null, "silent fired yellow"],
    ["30m", at(1.5), "silent resolved yellow"],
  ]));

test("a gauge that reports every quarter of an hour is given three quarters", () =>
  plays(
    [
      ["0m", at(1.5)],
      ["44m", null],
      ["45m", null, "silent fired yellow"],
    ],
    {
      site: { periodMin: 15 },
    },
  ));

test("an alert's evidence names the stages, where they come from and what was read", () => {
  const [fired] = transitionsOf(riverLevel, each(0, 10, 5, at(3.75)), calm);
  expect(fired!.evidence).toMatchObject({
    value: 3.75,
    thresholds: [
      { field: "levelM", bound: 3.7, level: "yellow", clear: 3.6 },
      { field: "levelM", bound: 4.4, level: "orange", clear: 4.3 },
      { field: "levelM", bound: 4.96, level: "red", clear: 4.8 },
    ],
  });
  expect(fired!.evidence.sources.map(({ kind }) => kind)).toContain("register");
  expect(fired!.evidence.witnesses.first[0]!.values).toEqual({ levelM: 3.75 });
  expect(fired!.lifeSafety).toBe(true);
});
