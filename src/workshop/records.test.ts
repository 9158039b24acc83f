// What the records lack, or say in another place: pauses of the brain, sensors taken out or away,
// scenarios out of service.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { days, hours, minutes } from "../core/time.ts";
import { LivePast } from "../testing/past.ts";
import { MONDAY } from "../testing/play.ts";
import { sensorOf, smallStreet } from "../testing/small-street.ts";
import { gauge, scenarioOf } from "../testing/town.ts";
import { backtest } from "./backtest.ts";
import { Pauses } from "./pauses.ts";

const { high, quiet } = gauge.rules({});
/** One rule that holds, and one for silence. */
const tank = scenarioOf("tank", { high: high!, quiet: quiet! });
const street = smallStreet([tank], { tank: { alertM: 3 } });
const sensor = sensorOf(tank);

const past: LivePast[] = [];
const folders: string[] = [];
afterEach(async () => {
  for (const one of past.splice(0)) await one.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

async function begun(): Promise<LivePast> {
  const folder = mkdtempSync(join(tmpdir(), "brain-past-"));
  folders.push(folder);
  const live = await LivePast.open(folder, [tank], street, MONDAY);
  past.push(live);
  return live;
}

/** Every five minutes, with ticks between, the level by the hour that it is. */
async function says(live: LivePast, fromH: number, toH: number, level: (hour: number) => number) {
  for (let at = MONDAY + hours(fromH); at < MONDAY + hours(toH); at += minutes(5)) {
    const { id: sensorId, siteId } = sensor;
    const values = { levelM: level((at - MONDAY) / hours(1)), open: false };
    const said = { sensorId, siteId, scenario: "tank", time: at, receivedAt: at + 20, values };
    await live.hear([{ ...said, quality: "good" }]);
    live.pass(at + minutes(3));
  }
}

const tried = async (live: LivePast, until: number) => {
  live.pass(MONDAY + hours(until));
  await live.settle(MONDAY + hours(until));
  return backtest({
    scenario: tank,
    params: {},
    installed: [tank],
    history: live.history,
    records: live.records,
    from: MONDAY,
    to: MONDAY + hours(until),
    warmUp: days(1),
  });
};
const flood = (fromH: number, toH: number) => (hour: number) =>
  hour >= fromH && hour < toH ? 3.5 : 2;

test("while the brain was stopped nobody was silent, in the trial as on record", async () => {
  const live = await begun();
  await says(live, 0, 6, flood(1, 2));
  await live.restart(MONDAY + hours(6), MONDAY + hours(9));
  await says(live, 9, 14, flood(10, 11));
  const { comparison, pauses, liveAlerts, alerts } = await tried(live, 14);
  expect(comparison).toMatchObject({ differences: [], apart: [] });
  for (const all of [liveAlerts, alerts])
    expect(all.map(({ rule }) => rule)).toEqual(["high", "high"]);
  expect(pauses).toHaveLength(1);
});

test("a sensor that was silent while the brain ran is silent in the trial too", async () => {
  const live = await begun();
  await says(live, 0, 6, flood(1, 2));
  for (let at = MONDAY + hours(6); at < MONDAY + hours(9); at += minutes(1)) live.pass(at);
  await says(live, 9, 14, flood(10, 11));
  const { comparison, pauses, liveAlerts } = await tried(live, 14);
  expect(comparison.differences).toEqual([]);
  expect(liveAlerts.map(({ rule }) => rule)).toEqual(["high", "quiet", "high"]);
  expect(pauses).toEqual([]);
});

test("readings of a sensor that was out of service are stored, and judged on neither side", async () => {
  const live = await begun();
  await says(live, 0, 3, flood(1, 2));
  const outOfService = { by: "wang", since: MONDAY + hours(3), reason: "cleaned" };
  live.do(MONDAY + hours(3), {
    kind: "register.change",
    changes: [{ put: "sensor", value: { ...sensor, outOfService } }],
  });
  await says(live, 3, 8, flood(4, 6));
  const { comparison, readings } = await tried(live, 8);
  expect(comparison.differences).toEqual([]);
  expect(comparison.unchanged.map(({ ours }) => ours.rule)).toEqual(["high"]);
  expect(readings).toBe(96);
});

test("a time when the scenario was out of service is on record as the brain's own alert", async () => {
  const live = await begun();
  await says(live, 0, 3, flood(1, 2));
  live.do(MONDAY + hours(3), { kind: "scenario.out", scenario: "tank", reason: "mended" });
  await says(live, 3, 6, flood(3.5, 5));
  live.do(MONDAY + hours(6), { kind: "scenario.in", scenario: "tank" });
  await says(live, 6, 12, flood(8, 9));
  const { comparison } = await tried(live, 12);
  expect(comparison.differences).toEqual([]);
  expect(comparison.unchanged).toHaveLength(2);
});

test("what a fast clock said before the end of the period belongs to it", async () => {
  const live = await begun();
  await says(live, 0, 6, () => 2);
  const [end, fast] = [MONDAY + hours(6), minutes(1)];
  const said = { sensorId: sensor.id, siteId: sensor.siteId, scenario: "tank" };
  const values = { levelM: 5.2, open: false };
  const times = { time: end - 10_000 + fast, receivedAt: end - 10_000 };
  await live.hear([{ ...said, ...times, values, quality: "good" }]);
  const { comparison } = await tried(live, 6);
  expect(comparison.differences).toEqual([]);
  expect(comparison.unchanged.map(({ ours }) => ours.level)).toEqual(["red"]);
});

test("alerts of a sensor that is gone or stands elsewhere are set apart, not called gone", async () => {
  const live = await begun();
  await says(live, 0, 6, flood(1, 2));
  live.do(MONDAY + hours(6), {
    kind: "register.change",
    changes: [{ remove: "sensor", id: sensor.id }],
  });
  const { comparison, strangers } = await tried(live, 8);
  expect(comparison.differences).toEqual([]);
  expect(comparison.apart.map(({ why, side }) => [why, side])).toEqual([["removed", "live"]]);
  expect(strangers).toBe(72);
});

test("an alert whose readings were deleted is set apart, not called gone", async () => {
  const [live, other] = [await begun(), await begun()];
  await says(live, 0, 12, flood(1, 1.5));
  await says(other, 0, 1, () => 2);
  await says(other, 1.5, 12, () => 2);
  await live.settle(MONDAY + hours(12));
  await other.settle(MONDAY + hours(12));
  const { comparison } = await backtest({
    scenario: tank,
    params: {},
    installed: [tank],
    history: other.history,
    records: live.records,
    from: MONDAY,
    to: MONDAY + hours(11),
    warmUp: 0,
  });
  expect(comparison.differences.map(({ kind, ours }) => [kind, ours?.rule])).toEqual([
    ["new", "quiet"],
  ]);
  expect(comparison.apart.map(({ why }) => why)).toEqual(["readings-deleted"]);
});

test("sensors that speak in step are no pause, nor is silence that the brain itself spoke of", () => {
  const step = new Pauses([], minutes(5));
  const heard = [];
  for (let minute = 0; minute < 1_200; minute += 15)
    for (let i = 0; i < 50; i++) heard.push(step.hear(`s-${i}`, MONDAY + minutes(minute) + i));
  // At first their pace is not known.
  expect(heard.slice(50 * 8).filter((one) => one !== null)).toEqual([]);
  // The brain spoke of the silence itself, so it was there.
  const spoke = [15, 75, 135].map((minute) => MONDAY + minutes(minute));
  const [seen, unseen] = [new Pauses(spoke, minutes(5)), new Pauses([], minutes(5))];
  for (let minute = 0; minute < 240; minute += 60)
    for (const one of [seen, unseen]) one.hear("s", MONDAY + minutes(minute));
  expect(seen.found).toEqual([]);
  expect(unseen.found.length).toBeGreaterThan(0);
});
