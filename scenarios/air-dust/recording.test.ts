// Five years of hourly PM2.5 in Beijing, 2010 to 2014, with its 2,067 missing hours.

import { describe, expect, test } from "vitest";
import { Engine } from "../../src/engine/engine.ts";
import type { Transition } from "../../src/engine/transition.ts";
import { defaultsOf } from "../../src/testing/defaults.ts";
import { worldOf } from "../../src/testing/play.ts";
import { hasRecordings, recorded } from "../../src/testing/recordings.ts";
import { type Edition, hourlyAqi } from "./iaqi.ts";
import airDust from "./index.ts";

/** An hour of the recording; null where nothing was measured. */
type Hour = { at: number; pm25: number | null };

const HOUR = 3_600_000;
/** Before a missing hour an hour is told so late, when nothing more can come. */
const LATE = 5 * 60_000;

const readings = (): Hour[] =>
  recorded("air", "beijing_pm25_2010_2014.csv").map((row) => {
    const [year, month, day, hour] = [row.year, row.month, row.day, row.hour].map(Number);
    const at = Date.UTC(year!, month! - 1, day, hour) - 8 * HOUR;
    return { at, pm25: row["pm2.5"] === "NA" ? null : Number(row["pm2.5"]) };
  });

const isPolluted = (pm25: number | null, edition: Edition): boolean =>
  pm25 !== null && hourlyAqi({ pm25 }, edition)!.aqi > 100;

/** All that an hourly station told of these years; in a missing hour it said nothing. */
function played(hours: readonly Hour[], edition: Edition): Transition[] {
  const engine = new Engine({
    scenarios: [{ scenario: airDust, params: { ...defaultsOf(airDust), edition } }],
    world: worldOf({ sensorKind: "reference", periodMin: 60 }),
  });
  return hours.flatMap(({ at, pm25 }) =>
    pm25 === null
      ? engine.passTo(at)
      : engine.take({
          sensorId: "embassy",
          siteId: "beijing",
          scenario: airDust.id,
          time: at,
          receivedAt: at,
          values: { pm25UgPerM3: pm25 },
          quality: "good",
        }),
  );
}

/** Runs of hours for which something holds: where each begins, and how long it is. */
function runs(hours: readonly Hour[], holds: (hour: Hour) => boolean) {
  const all: { from: number; length: number }[] = [];
  for (const [i, hour] of hours.entries()) {
    if (!holds(hour)) continue;
    const last = all.at(-1);
    if (last && last.from + last.length === i) last.length++;
    else all.push({ from: i, length: 1 });
  }
  return all;
}

describe.runIf(hasRecordings)("Beijing's air from 2010 to 2014", () => {
  const hours = hasRecordings ? readings() : [];

  test("was polluted for 20,246 hours by the edition of 2012, for 23,490 by that of 2026", () => {
    const count = (edition: Edition) => hours.filter((one) => isPolluted(one.pm25, edition)).length;
    expect([count("2012"), count("2026")]).toEqual([20_246, 23_490]);
    expect(hours.filter(({ pm25 }) => pm25 === null)).toHaveLength(2_067);
    expect(hours.filter(({ pm25 }) => (pm25 ?? 0) > 250)).toHaveLength(3_053);
    expect(Math.max(...hours.map(({ pm25 }) => pm25 ?? 0))).toBe(994);
  });

  describe.each(["2012", "2026"] as const)("played through the engine by HJ 633-%s", (edition) => {
    const told = hasRecordings ? played(hours, edition) : [];
    const aqi = told.filter(({ rule }) => rule === "aqi");

    test("no rule broke, and nothing but the index and the silence spoke", () => {
      const rules = new Set(told.map(({ scenario, rule }) => `${scenario}/${rule}`));
      expect([...rules].sort()).toEqual(["air-dust/aqi", "air-dust/silent"]);
    });

    /** From when it was known to when it was known to be over; the last may be open still. */
    const alerts = aqi.flatMap(({ change, at, alert }) => {
      if (change !== "fired" && change !== "reopened") return [];
      const over = aqi.find(
        (one) => one.change === "resolved" && one.alert.id === alert.id && one.at >= at,
      );
      return [{ from: at, to: over?.at ?? Number.POSITIVE_INFINITY }];
    });

    test("every three polluted hours in a row were under an alert by the end of the third", () => {
      const spells = runs(hours, ({ pm25 }) => isPolluted(pm25, edition)).filter(
        ({ length }) => length >= 3,
      );
      const missed = spells.filter(({ from, length }) => {
        const [thirdOver, end] = [hours[from + 2]!.at + HOUR, hours[from]!.at + length * HOUR];
        return !alerts.some((one) => one.from <= thirdOver + LATE && one.to >= end);
      });
      expect(spells.length).toBeGreaterThan(500);
      expect(missed).toEqual([]);
    });

    test("no alert began but on three polluted hours, none between them good", () => {
      const indexAt = new Map(hours.map(({ at }, i) => [at, i]));
      const idle = alerts.filter(({ from }) => {
        const last = indexAt.get(Math.floor(from / HOUR) * HOUR)!;
        const known = hours
          .slice(Math.max(0, last - 300), last)
          .filter(({ pm25 }) => pm25 !== null);
        return !known.slice(-3).every(({ pm25 }) => isPolluted(pm25, edition));
      });
      expect(alerts.length).toBeGreaterThan(300);
      expect(idle).toEqual([]);
    });
  });

  test("each time it was silent for three hours was noticed, and only these", () => {
    const silent = played(hours, "2026").filter(({ rule }) => rule === "silent");
    const first = hours.findIndex(({ pm25 }) => pm25 !== null);
    // Three hours after the last reading is the third hour missing.
    const pauses = runs(hours.slice(first), ({ pm25 }) => pm25 === null).filter(
      ({ length }) => length >= 3,
    );
    expect(pauses.length).toBeGreaterThan(50);
    expect(silent.filter(({ change }) => change === "fired")).toHaveLength(pauses.length);
  });
});
