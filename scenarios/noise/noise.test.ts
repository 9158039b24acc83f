import { describe, expect, test } from "vitest";
import { each, play, type Row, type Stage, transitionsOf } from "../../src/testing/play.ts";
import noise from "./index.ts";
import { isNight, limitsOf, periodSince } from "./limits.ts";

const plays = (rows: Row[], stage?: Stage) => expect(play(noise, rows, stage)).toEqual(rows);
const db = (laeqDb: number, more = {}) => ({ laeqDb, ...more });

describe("limits", () => {
  // GB 3096-2008, table 1, dB(A) by day and by night.
  test.each([
    ["0", 50, 40],
    ["1", 55, 45],
    ["2", 60, 50],
    ["3", 65, 55],
    ["4a", 70, 55],
    ["4b", 70, 60],
  ] as const)(
    "in a zone of class %s it may be %d dB by day and %d by night",
    (zone, day, night) => {
      expect(limitsOf(zone, "life")).toEqual({ day, night });
      // GB 12523-2025: at a building site 70 and 55, whatever the zone.
      expect(limitsOf(zone, "construction")).toEqual({ day: 70, night: 55 });
    },
  );

  test.each([
    ["05:59", true, "22:00"],
    ["06:00", false, "06:00"],
    ["21:59", false, "06:00"],
    ["22:00", true, "22:00"],
  ])("at %s it is night: %s, since %s", (time, night, began) => {
    const at = Date.parse(`2026-03-02T${time}+08:00`);
    expect(isNight(at)).toBe(night);
    const since = new Date(periodSince(at) + 8 * 3_600_000).toISOString();
    expect(since.slice(11, 16)).toBe(began);
    expect(at - periodSince(at)).toBeLessThan(16 * 3_600_000);
  });
});

/** One level for each minute of a spell, in a row; `came` is expected at its last minute. */
const spells = (...all: [minutes: number, db: number, ...came: string[]][]): Row[] => {
  let from = 0;
  return all.flatMap(([minutes, level, ...came]) => {
    const rows = each(from, from + minutes - 1, 1, db(level), ...came);
    from += minutes;
    return rows;
  });
};

describe("the level of the hour", () => {
  // It is known after three quarters of an hour, with the 45th reading.
  test("above the limit for an hour by day is yellow, until it is within it for an hour", () =>
    plays(
      spells(
        [105, 61, "exceed fired yellow"],
        [15, 61],
        [12, 50], // the hour is still above 60 dB
        [61, 50, "exceed resolved yellow"],
      ),
      { begins: "9:00" },
    ));

  test("by night half an hour is enough", () =>
    plays(spells([75, 51, "exceed fired yellow"], [15, 51]), { begins: "22:00" }));

  test("the limit itself is kept", () => plays(spells([240, 60]), { begins: "9:00" }));

  test("an evening that was allowed is not held against the night", () => {
    // 58 dB are allowed until 22:00; the night is quiet from its first minute.
    plays(spells([60, 58], [120, 45]), { begins: "21:00" });
    plays(spells([60, 58], [75, 51, "exceed fired yellow"]), { begins: "21:00" });
  });

  test("what began in the evening has its full half hour in the night", () =>
    plays(spells([60, 62], [74, 62], [1, 62, "exceed fired yellow"]), {
      begins: "21:00",
      params: { strongDb: 60 },
    }));

  test("what was too loud for the night for some minutes has the day's full hour from then on", () =>
    plays(spells([95, 40], [129, 61], [1, 61, "exceed fired yellow"]), { begins: "4:00" }));

  // 10 lg((50 × 10^4 + 10 × 10^5.9) / 60) = 51.5, where the mean of the decibels is 43. The seventh
  // loud minute lifts the hour above 50 dB.
  test("energies are averaged: ten loud minutes make an hour too loud", () =>
    plays(spells([90, 40], [10, 59], [27, 40, "exceed fired yellow"]), { begins: "22:00" }));
});

describe("far above the limit", () => {
  test("more than ten decibels in a quarter of an hour, for a quarter of an hour", () =>
    plays(
      spells(
        [61, 50],
        [20, 75, "strong fired orange"], // its fifth minute lifts the quarter above 70 dB
        [14, 50, "strong resolved orange"], // one loud minute is left in the quarter: below 65
      ),
      { begins: "9:00" },
    ));

  test("ten decibels are not more than ten", () =>
    plays(spells([100, 70]).slice(0, 100), { begins: "9:00" }));
});

describe("works at night", () => {
  const works = (minutes: number, level: number, ...came: string[]): Row[] =>
    each(0, minutes, 1, db(level, { sourceType: "construction" }), ...came);

  test("above 55 dB from 22 o'clock on are orange as soon as a quarter was held", () =>
    // The quarter is known with its twelfth reading, and held a quarter of an hour from then.
    plays(works(26, 56, "nightWorks fired orange"), { begins: "22:00" }));

  test("of 55 dB are allowed, and so is any other sound of 56", () => {
    plays(works(60, 55), { begins: "22:00" });
    plays(spells([60, 56]), { begins: "22:00", site: { zoneClass: "4b" } });
  });

  test("by day have a limit of their own", () =>
    plays(works(200, 70), { begins: "9:00", site: { zoneClass: "1" } }));

  test("are told by the register where the station cannot tell", () =>
    plays(each(0, 26, 1, db(56), "nightWorks fired orange"), {
      begins: "22:00",
      site: { sourceType: "construction" },
    }));
});

describe("peaks at night", () => {
  const peaks = (minutes: readonly number[], lamaxDb: number, ...came: string[]): Row[] =>
    each(0, 90, 1, {}).map(([when], minute): Row => {
      const said = db(40, { lamaxDb: minutes.includes(minute) ? lamaxDb : 50 });
      return minute === minutes.at(-1) ? [when, said, ...came] : [when, said];
    });

  test("the third within an hour is yellow, until an hour has had none", () => {
    plays(peaks([3, 10, 30], 65.1, "nightPeak fired yellow").slice(0, 90), { begins: "23:00" });
    const told = transitionsOf(noise, spells([200, 40]).map(quietly([3, 10, 30])), {
      begins: "23:00",
    });
    const [fired, resolved] = told.map(({ at }) => at);
    expect((resolved! - fired!) / 60_000).toBeGreaterThanOrEqual(60);
    expect((resolved! - fired!) / 60_000).toBeLessThanOrEqual(64); // right to a bucket of the hour
  });
  const quietly =
    (minutes: readonly number[]) =>
    ([when]: Row, minute: number): Row => [
      when,
      db(40, { lamaxDb: minutes.includes(minute) ? 66 : 50 }),
    ];

  test("two are not three, and fifteen decibels above the limit are not more", () => {
    plays(peaks([3, 30], 80), { begins: "23:00" });
    plays(peaks([3, 10, 30], 65), { begins: "23:00" });
  });

  test("three in two hours, or by day, wake nobody up", () => {
    plays(peaks([1, 40, 70], 80), { begins: "23:00" });
    plays(peaks([3, 10, 30], 80), { begins: "9:00" });
  });
});

describe("weather", () => {
  test.each([{ rain: true }, { windSpeedMPerS: 5.1 }])("nothing is valid in %o", (weather) =>
    plays(each(0, 240, 1, db(90, { lamaxDb: 99, ...weather })), { begins: "22:00" }),
  );

  test("wind of just 5 m/s is no excuse", () => {
    const told = transitionsOf(noise, each(0, 60, 1, db(90, { windSpeedMPerS: 5 })), {
      begins: "9:00",
    });
    expect(told.map(({ rule }) => rule)).toContain("strong");
  });
});

test("ten minutes of silence are noticed", () =>
  plays([
    ["0m", db(50)],
    ["9m", null],
    ["10m", null, "silent fired yellow"],
    ["12m", db(50), "silent resolved yellow"],
  ]));
