// A real flood: USGS gauge 03287500, every 15 minutes from January to March 2014.

import { describe, expect, test } from "vitest";
import { Engine } from "../../src/engine/engine.ts";
import { defaultsOf } from "../../src/testing/defaults.ts";
import { worldOf } from "../../src/testing/play.ts";
import { hasRecordings, recorded } from "../../src/testing/recordings.ts";
import riverLevel from "./index.ts";

type Level = { at: number; levelM: number };

const readings = (): Level[] =>
  recorded("river", "usgs_03287500_stage_m.csv").map((row) => ({
    at: Date.parse(row.observationDateTime!),
    levelM: Number(row.currentLevel_m),
  }));

/** All that the rule `high` told of the recording, with the station's alert stage as given. */
function highWater(levels: readonly Level[], alertM: number) {
  const engine = new Engine({
    scenarios: [{ scenario: riverLevel, params: defaultsOf(riverLevel) }],
    world: worldOf({ alertM, periodMin: 15 }),
  });
  const told = levels.flatMap(({ at, levelM }) =>
    engine.take({
      sensorId: "03287500",
      siteId: "lock-4",
      scenario: riverLevel.id,
      time: at,
      receivedAt: at,
      values: { levelM },
      quality: "good",
    }),
  );
  return told.filter(({ rule }) => rule === "high");
}

/**
 * From the first reading at or above the stage, when the alert was raised, to the last one before
 * it resolved.
 */
function episodes(levels: readonly Level[], alertM: number) {
  const told = highWater(levels, alertM);
  return told
    .filter(({ change }) => change === "fired")
    .map(({ alert }) => {
      const over = told.find((one) => one.alert.id === alert.id && one.change === "resolved");
      const last = levels.findLast(({ at, levelM }) => levelM >= alertM && at < over!.at)!;
      return [alert.raisedAt, last.at].map((at) => new Date(at).toISOString().slice(0, 16));
    });
}

describe.runIf(hasRecordings)("the Kentucky River in early 2014", () => {
  const levels = hasRecordings ? readings() : [];

  test("above 6.096 m there was one episode", () => {
    expect(episodes(levels, 6.096)).toEqual([["2014-02-05T15:00", "2014-02-08T04:45"]]);
  });

  test("above 4.5 m, cleared below 4.4 m, there were two", () => {
    expect(episodes(levels, 4.5)).toEqual([
      ["2014-02-05T07:45", "2014-02-08T18:30"],
      ["2014-02-23T05:30", "2014-02-24T15:30"],
    ]);
  });

  test("the evidence of the end shows the last reading above and those that cleared it", () => {
    const resolved = highWater(levels, 6.096).find(({ change }) => change === "resolved")!;
    const { first, last } = resolved.evidence.witnesses;
    const above = last.findLast(({ values }) => (values.levelM as number) >= 6.096)!;
    expect(new Date(first[0]!.at).toISOString()).toBe("2014-02-05T15:00:00.000Z");
    expect(new Date(above.at).toISOString()).toBe("2014-02-08T04:45:00.000Z");
    // Below 5.996 m from 05:45 on, and so for half an hour.
    expect(new Date(resolved.at).toISOString()).toBe("2014-02-08T06:15:00.000Z");
    expect(resolved.evidence.thresholds).toEqual([
      { field: "levelM", when: "at-or-above", bound: 6.096, level: "yellow", clear: 5.996 },
    ]);
  });

  test("the flood rose too slowly to be called rapid, and was no step", () => {
    const engine = new Engine({
      scenarios: [{ scenario: riverLevel, params: defaultsOf(riverLevel) }],
      world: worldOf({ alertM: 100, periodMin: 15 }),
    });
    const told = levels.flatMap(({ at, levelM }) =>
      engine.take({
        sensorId: "03287500",
        siteId: "lock-4",
        scenario: riverLevel.id,
        time: at,
        receivedAt: at,
        values: { levelM },
        quality: "good",
      }),
    );
    // The gauge was silent once, for 75 minutes; nothing else is worth a word at this stage.
    expect(told.map(({ rule, change }) => `${rule} ${change}`)).toEqual([
      "silent fired",
      "silent resolved",
    ]);
  });
});
