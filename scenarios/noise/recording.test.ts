// Twelve days of one-minute LAeq beside a street, March 2025, judged as a zone of class 1.

import { describe, expect, test } from "vitest";
import { energyMean, type Instant } from "#scenario";
import { Engine } from "../../src/engine/engine.ts";
import { defaultsOf } from "../../src/testing/defaults.ts";
import { worldOf } from "../../src/testing/play.ts";
import { hasRecordings, recorded } from "../../src/testing/recordings.ts";
import noise from "./index.ts";
import { isNight } from "./limits.ts";

type Minute = { at: Instant; day: string; laeqDb: number };
const HOUR = 3_600_000;

/** The recorder's own clock is taken for the street's. */
const minutes = (): Minute[] =>
  recorded("noise", "laeq_1min.csv").map((row) => ({
    at: Date.parse(`${row.datetime!.replace(" ", "T")}+08:00`),
    day: row.datetime!.slice(0, 10),
    laeqDb: Number(row["LEQ dB -A"]),
  }));

/** The equivalent level of all minutes for which something holds, to a tenth. */
const level = (all: readonly Minute[], holds: (minute: Minute) => boolean): number =>
  Math.round(10 * energyMean(all.filter(holds).map(({ laeqDb }) => laeqDb))) / 10;

function played(all: readonly Minute[]) {
  const engine = new Engine({
    scenarios: [{ scenario: noise, params: defaultsOf(noise) }],
    world: worldOf({ zoneClass: "1" }),
  });
  return all.flatMap(({ at, laeqDb }) =>
    engine.take({
      sensorId: "recorder",
      siteId: "kerb",
      scenario: noise.id,
      time: at,
      receivedAt: at,
      values: { laeqDb },
      quality: "good",
    }),
  );
}

describe.runIf(hasRecordings)("twelve days beside a street", () => {
  const all = hasRecordings ? minutes() : [];
  const days = [...new Set(all.map(({ day }) => day))];
  const whole = days.slice(0, -1);
  const byDay = (day: string) => level(all, (one) => one.day === day && !isNight(one.at));
  const byNight = (day: string) => level(all, (one) => one.day === day && isNight(one.at));
  /** The night that begins on a day at 22:00. */
  const nightFrom = (day: string) => {
    const start = Date.parse(`${day}T22:00+08:00`);
    return level(all, ({ at }) => at >= start && at < start + 8 * HOUR);
  };

  test("have the day and night levels that are stated of them", () => {
    expect(all).toHaveLength(16_470);
    expect([byDay("2025-03-21"), byNight("2025-03-21")]).toEqual([52, 48.8]);
    expect([byDay("2025-03-24"), byNight("2025-03-24")]).toEqual([52.7, 48]);
    expect([nightFrom("2025-03-21"), nightFrom("2025-03-24")]).toEqual([44.8, 48.2]);
  });

  test("keep the day's limit of class 1 and break the night's on most days", () => {
    expect(whole.filter((day) => byDay(day) > 55)).toEqual([]);
    expect(whole.filter((day) => byNight(day) > 45)).toHaveLength(whole.length - 1);
  });

  const told = hasRecordings ? played(all) : [];

  test("raise an alert in each night that was too loud as a whole", () => {
    const exceed = told.filter(({ rule }) => rule === "exceed");
    const open = exceed.flatMap(({ change, alert, at }) => {
      if (change !== "fired" && change !== "reopened") return [];
      const over = exceed.find(
        (one) => one.change === "resolved" && one.alert.id === alert.id && one.at > at,
      );
      return [{ from: at, to: over?.at ?? Number.POSITIVE_INFINITY }];
    });
    const loud = whole.filter((day) => nightFrom(day) > 45);
    const missed = loud.filter((day) => {
      const [from, to] = [22, 30].map((hour) => Date.parse(`${day}T00:00+08:00`) + hour * HOUR);
      return !open.some((one) => one.from < to! && one.to > from!);
    });
    expect(loud.length).toBeGreaterThan(5);
    expect(missed).toEqual([]);
    expect([...new Set(told.map(({ scenario }) => scenario))]).toEqual(["noise"]);
  });

  test("are called far above a limit only where the quarter of an hour before was", () => {
    const strong = told.filter(({ rule, change }) => rule === "strong" && change !== "resolved");
    const levels = strong.map(({ at }) => {
      const limit = isNight(at) ? 45 : 55;
      return level(all, (one) => one.at > at - HOUR / 4 && one.at <= at) - limit;
    });
    expect(levels.length).toBeGreaterThan(0);
    expect(Math.min(...levels)).toBeGreaterThan(10);
  });

  test("are without a pause, and nothing else is said of them", () => {
    const rules = new Set(told.map(({ rule }) => rule));
    expect([...rules].sort()).toEqual(["exceed", "strong"]);
  });
});
