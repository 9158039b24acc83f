// The same hands on the same past: cases that people kept from being opened, or closed, are so in
// the trial too.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { gauge } from "../app/judge.fixture.ts";
import { hours, minutes } from "../core/time.ts";
import { LivePast } from "../testing/past.ts";
import { MONDAY } from "../testing/play.ts";
import { sensorOf, smallStreet } from "../testing/small-street.ts";
import { backtest } from "./backtest.ts";
import { precisionOf } from "./precision.ts";

const sensor = sensorOf(gauge);
let folder = "";
let live: LivePast;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "brain-cases-"));
  live = await LivePast.open(folder, [gauge], smallStreet([gauge]), MONDAY);
});
afterEach(async () => {
  await live.close();
  rmSync(folder, { recursive: true });
});

/** Floods at these hours, each for one hour, and what is done when an alert has just fired. */
async function lives(floods: readonly number[], doing: (at: number) => Promise<void>) {
  let known = "";
  for (let at = MONDAY; at < MONDAY + hours(24); at += minutes(5)) {
    const hour = (at - MONDAY) / hours(1);
    const levelM = floods.some((from) => hour >= from && hour < from + 1) ? 3.2 : 2;
    const said = { sensorId: sensor.id, siteId: sensor.siteId, scenario: "gauge", time: at };
    await live.hear([{ ...said, receivedAt: at + 20, values: { levelM }, quality: "good" }]);
    live.pass(at + minutes(1));
    const open = (await live.open()).map(({ id }) => id).join();
    if (open !== known && open !== "") await doing(at + minutes(2));
    known = open;
  }
  live.pass(MONDAY + hours(24));
  await live.settle(MONDAY + hours(24));
}

const tried = () =>
  backtest({
    scenario: gauge,
    params: {},
    installed: [gauge],
    history: live.history,
    records: live.records,
    from: MONDAY,
    to: MONDAY + hours(24),
    warmUp: 0,
  });

test("an alert that was acknowledged in time opens no case in the trial either", async () => {
  let turn = 0;
  await lives([2, 8, 14, 20], async (at) => {
    if (turn++ % 2 === 1) return;
    for (const { id } of await live.open()) live.do(at, { kind: "alert.acknowledge", alertId: id });
  });
  const { cases, liveCases, comparison } = await tried();
  expect(comparison.differences).toEqual([]);
  expect(liveCases.length).toBeGreaterThan(0);
  expect(cases.map(({ openedAt }) => openedAt)).toEqual(
    liveCases.map(({ openedAt }) => openedAt).sort((a, b) => a - b),
  );
  expect(comparison.unchanged.length).toBe(4);
});

test("a case that was closed is closed in the trial, so the next flood opens another", async () => {
  await lives([2, 8, 14, 20], async (at) => {
    const later = at + minutes(1);
    for (const one of (await live.records.cases({ open: true, limit: 9 })).items)
      live.do(later, { kind: "case.void", caseId: one.id, reason: "no water" });
  });
  const { cases, liveCases, comparison } = await tried();
  expect(liveCases.length).toBe(4);
  expect(cases.length).toBe(4);
  const [high] = precisionOf(comparison, liveCases);
  expect(high).toMatchObject({ rule: "high", right: 0, wrong: 3, precision: 0 });
});
