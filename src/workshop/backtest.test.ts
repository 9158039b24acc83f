// The past judged again, held against the past as it was judged: random histories, and what each
// kind of record lacks.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import type { Reading } from "../core/reading.ts";
import { seeded } from "../core/rng.ts";
import type { AnyScenario } from "../core/scenario.ts";
import { days, hours, type Instant, minutes, seconds } from "../core/time.ts";
import type { RegisterChange } from "../register/entities.ts";
import { LivePast } from "../testing/past.ts";
import { MONDAY } from "../testing/play.ts";
import { smallStreet } from "../testing/small-street.ts";
import { exit, gauge, type Said } from "../testing/town.ts";
import { backtest, type Found } from "./backtest.ts";
import type { Outline } from "./compare.ts";

const SPAN = days(2);
const SENSORS = ["g-1", "g-2", "g-3"] as const;
const siteOf = (sensorId: string): string => (sensorId === "g-3" ? "cellar-2" : "cellar-1");

const name = (word: string) => ({ zh: word, en: word });
const site = (id: string, kind: string, parentId?: string): RegisterChange => ({
  put: "site",
  value: {
    id,
    kind,
    name: name(id),
    cellId: "ce",
    facts: { gauge: { alertM: 3 }, exit: { alertM: 3 } },
    ...(parentId ? { parentId } : {}),
  },
});
const sensor = (id: string, more: object = {}): RegisterChange => ({
  put: "sensor",
  value: { id, siteId: siteOf(id), scenario: "gauge", ...more },
});
const street: readonly RegisterChange[] = [
  ...smallStreet([]),
  site("house", "house"),
  site("cellar-1", "cellar", "house"),
  site("cellar-2", "cellar", "house"),
  ...SENSORS.map((id) => sensor(id)),
];

const past: LivePast[] = [];
const folders: string[] = [];
afterEach(async () => {
  for (const one of past.splice(0)) await one.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

async function begun(scenarios: readonly AnyScenario[] = [gauge, exit]): Promise<LivePast> {
  const folder = mkdtempSync(join(tmpdir(), "brain-past-"));
  folders.push(folder);
  const live = await LivePast.open(folder, scenarios, street, MONDAY);
  past.push(live);
  return live;
}

const reading = (sensorId: string, at: Instant, said: Partial<Said>, lateMs = 40): Reading => ({
  sensorId,
  siteId: siteOf(sensorId),
  scenario: "gauge",
  time: at,
  receivedAt: at + lateMs,
  values: { levelM: 2, open: false, ...said },
  quality: "good",
});

/**
 * Three sensors that rise and fall, fall silent, come late, lie, repeat themselves, and now and
 * then see a door open.
 */
function storyOf(seed: number): Reading[] {
  const rng = seeded(seed);
  const story: Reading[] = [];
  for (const sensorId of SENSORS) {
    let levelM = 2.5;
    let open = false;
    let mute = 0;
    for (let at = MONDAY + minutes(1 + rng.next()); at < MONDAY + SPAN; at += minutes(5)) {
      levelM = Math.min(5.5, Math.max(1, levelM + rng.gauss(0, 0.25)));
      if (rng.next() < 0.1) open = !open;
      if (mute === 0 && rng.next() < 0.02) mute = Math.floor(rng.next() * 12);
      if (mute > 0) {
        mute--;
        continue;
      }
      const time = Math.floor(at + rng.next() * seconds(50));
      const lateMs = Math.floor(rng.next() < 0.06 ? rng.next() * minutes(40) : rng.next() * 900);
      const ahead = rng.next() < 0.03 ? Math.floor(rng.next() * seconds(100)) : 0;
      const one = reading(sensorId, time + ahead, { levelM: Number(levelM.toFixed(2)), open });
      const said = {
        ...one,
        receivedAt: time + lateMs,
        quality: rng.next() < 0.03 ? ("bad" as const) : ("good" as const),
      };
      story.push(said);
      if (rng.next() < 0.05) story.push({ ...said, receivedAt: said.receivedAt + seconds(7) });
    }
  }
  story.sort((a, b) => a.receivedAt - b.receivedAt);
  // What is received at one instant has an order that no history keeps.
  return story.filter((one, i) => one.receivedAt !== story[i - 1]?.receivedAt);
}

/**
 * Lives through a story, with ticks, and with people who now and then reset, acknowledge or shelve.
 */
async function lived(live: LivePast, story: readonly Reading[], people: number | null) {
  const rng = seeded(people ?? 0);
  let tickAt = MONDAY + minutes(1);
  for (const one of story) {
    for (; tickAt < one.receivedAt; tickAt += minutes(1)) {
      live.pass(tickAt);
      if (people === null || rng.next() > 0.02) continue;
      for (const { id, phase } of await live.open()) {
        const dice = rng.next();
        if (phase === "latched") live.do(tickAt, { kind: "alert.reset", alertId: id });
        else if (dice < 0.3) live.do(tickAt, { kind: "alert.acknowledge", alertId: id });
        else if (dice < 0.4) {
          const until = tickAt + hours(1);
          live.do(tickAt, { kind: "alert.shelve", alertId: id, until, reason: "test" });
        }
      }
    }
    await live.hear([one]);
  }
  live.pass(MONDAY + SPAN + hours(2));
  await live.settle(MONDAY + SPAN + hours(2));
}

const tried = (live: LivePast, scenario: AnyScenario, more: object = {}): Promise<Found> =>
  backtest({
    scenario,
    params: {},
    installed: [gauge, exit],
    history: live.history,
    records: live.records,
    from: MONDAY,
    to: MONDAY + SPAN,
    warmUp: days(7),
    ...more,
  });

const inWords = ({ rule, siteId, sensorId, firedAt, resolvedAt, level }: Outline): string =>
  [rule, siteId, sensorId, firedAt, resolvedAt, level].join(" ");

/** The gauge with its alert stage moved by so much. */
function moved(byM: number): AnyScenario {
  const { high, ...others } = gauge.rules({});
  const at = (site: { alertM: number }) => ({ alertM: site.alertM + byM });
  return {
    ...gauge,
    rules: () => ({
      high: {
        ...high!,
        thresholds: (site) => high!.thresholds!(at(site)),
        judge: (state, event, now) => high!.judge(state, { ...event, site: at(event.site) }, now),
      },
      ...others,
    }),
  };
}

test.each([1, 2, 3, 4, 5, 6, 7, 8])(
  "an unchanged scenario judges a random history as it was judged live (seed %i)",
  async (seed) => {
    const live = await begun();
    await lived(live, storyOf(seed), seed);
    for (const scenario of [gauge, exit]) {
      const { comparison, alerts, liveAlerts } = await tried(live, scenario);
      expect(comparison.differences).toEqual([]);
      expect(comparison.apart).toEqual([]);
      expect(alerts.map(inWords).sort()).toEqual(liveAlerts.map(inWords).sort());
      expect(comparison.unchanged.length).toBe(liveAlerts.length);
      expect(liveAlerts.length).toBeGreaterThan(scenario === gauge ? 20 : 0);
    }
  },
);

test.each([11, 12, 13, 14])(
  "a moved threshold names exactly the alerts that a live brain would have told otherwise (seed %i)",
  async (seed) => {
    const story = storyOf(seed);
    const other = moved(0.15);
    const [before, after] = [await begun([gauge, exit]), await begun([other, exit])];
    await lived(before, story, null);
    await lived(after, story, null);
    const { comparison, liveAlerts } = await tried(before, other);
    const there = (await tried(after, other)).liveAlerts.map(inWords);
    const here = liveAlerts.map(inWords);
    const sides = comparison.differences;
    const named = (side: "ours" | "live") =>
      sides.flatMap((one) => (one[side] ? [inWords(one[side])] : [])).sort();
    expect(named("live")).toEqual(here.filter((one) => !there.includes(one)).sort());
    expect(named("ours")).toEqual(there.filter((one) => !here.includes(one)).sort());
    expect(sides.length).toBeGreaterThan(2);
    expect(sides.every(({ ours, live }) => (ours ?? live)!.rule === "high")).toBe(true);
  },
);

test.each([21, 22, 23])(
  "a period in the middle is compared where both could see it, whatever the warm-up (seed %i)",
  async (seed) => {
    const live = await begun();
    await lived(live, storyOf(seed), seed);
    const span = { from: MONDAY + hours(13), to: MONDAY + hours(31) };
    for (const warmUp of [0, hours(1), hours(12)]) {
      const { comparison } = await tried(live, gauge, { ...span, warmUp });
      // Only the water's low of a spell that began unseen may differ, and that is set apart.
      expect(comparison.differences.filter(({ kind }) => kind !== "changed")).toEqual([]);
      expect(comparison.unchanged.length).toBeGreaterThan(5);
    }
  },
);
