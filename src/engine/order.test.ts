// Order of time: what is seen depends on what was said and when, not on how it came, was grouped or looked at.

import fc from "fast-check";
import { expect, test } from "vitest";
import { defineRule, minutes } from "../core/index.ts";
import {
  dwell,
  exit,
  type Facts,
  gauge,
  high,
  opened,
  plain,
  type Said,
  scenarioOf,
  text,
} from "../testing/town.ts";
import {
  type Dated,
  dated,
  happen,
  lines,
  readingOf,
  readings,
  seen,
  stories,
  townWorld,
} from "../testing/town-story.ts";
import { Engine } from "./engine.ts";
import type { Transition } from "./transition.ts";

const scenarios = [gauge, exit].map((scenario) => ({ scenario, params: {} }));

/** Lives a story through; `between` may do something of its own before each step. */
function live(
  story: readonly Dated[],
  between: (engine: Engine, before: number, at: number, i: number) => Transition[] = () => [],
): { told: Transition[]; engine: Engine } {
  const out = new Set<string>();
  const engine = new Engine({ scenarios, world: townWorld(out) });
  let before = story[0]?.at ?? 0;
  const told = story.flatMap((one, i) => {
    const extra = between(engine, before, one.at, i);
    before = one.at;
    return [...extra, ...happen(engine, out, one)];
  });
  return { told, engine };
}

test("letting time pass at any instants between changes nothing that is seen", () => {
  const looks = fc.array(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 3 }), {
    minLength: 1,
    maxLength: 12,
  });
  fc.assert(
    fc.property(stories, looks, (story, when) => {
      const whole = dated(story);
      const looked = live(whole, (engine, before, at, i) =>
        when[i % when.length]!.sort((a, b) => a - b).flatMap((share) =>
          engine.passTo(Math.round(before + share * (at - before))),
        ),
      );
      expect(seen(looked.told)).toEqual(seen(live(whole).told));
    }),
    { numRuns: 1_000 },
  );
});

// Red when: a copy is told by the clamped time, so that one from a clock that is ahead is new each time; readings that
// come while a scenario is out are forgotten.
test("a reading that is delivered again, any time later and any number of times, changes nothing and is counted", () => {
  const again = fc.array(fc.array(fc.nat(60), { maxLength: 3 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(stories, again, (story, backs) => {
      const whole = dated(story);
      let copies = 0;
      const doubled = live(whole, (engine, _before, at, i) =>
        backs[i % backs.length]!.flatMap((back) => {
          const one = whole[i - 1 - back];
          if (one?.kind !== "reads") return [];
          copies++;
          return engine.take({ ...readingOf(one), receivedAt: at });
        }),
      );
      const once = live(whole);
      expect(seen(doubled.told)).toEqual(seen(once.told));
      const { copy, late, ...judged } = doubled.engine.counts;
      const { copy: copyOnce, late: lateOnce, ...judgedOnce } = once.engine.counts;
      expect(judged).toEqual(judgedOnce);
      expect(copy + late - copyOnce - lateOnce).toBe(copies);
    }),
    { numRuns: 1_000 },
  );
});

test("wakes run in order of time, and before the reading that follows them", () => {
  fc.assert(
    fc.property(stories, (story) => {
      let last = 0;
      const out = new Set<string>();
      const engine = new Engine({ scenarios, world: townWorld(out) });
      for (const one of dated(story))
        for (const { at, clock } of happen(engine, out, one)) {
          expect(clock).toBeGreaterThanOrEqual(last);
          expect(clock).toBeLessThanOrEqual(one.at);
          expect(at).toBeLessThanOrEqual(clock);
          last = clock;
        }
    }),
    { numRuns: 500 },
  );
});

const own = scenarioOf("gauge", {
  high,
  dwell,
  shut: opened({ hold: minutes(2), release: minutes(4), latch: true, samples: 1 }),
});
/** What one engine of rules without silence sees, received as `receive` says; then all that still waits. */
function received(story: readonly Dated[], receive: (one: Dated) => number): string[] {
  const engine = new Engine({ scenarios: [{ scenario: own, params: {} }], world: townWorld() });
  const told = story.flatMap((one) =>
    one.kind === "reads"
      ? engine.take({ ...readingOf(one), time: one.at, receivedAt: receive(one) })
      : [],
  );
  const end = story.at(-1)!;
  const late = Math.max(...story.map((one) => receive(one) - one.at));
  return [...told, ...engine.passTo(end.at + late)]
    .filter(({ at }) => at < end.at)
    .map(
      ({ at, sensorId, alert, change }) => `${at} ${sensorId} ${alert.id} ${change} ${alert.level}`,
    )
    .sort();
}
const alone = readings.map((story) =>
  dated(story.filter((one) => one.kind !== "reads" || one.sensorId === "a")),
);

// Red when: what falls due is woken by the clock of receipt alone, or what fell due before a late reading is not run first.
test("readings that a gateway held back and sends at once are judged as they would have been live", () => {
  fc.assert(
    fc.property(alone, (story) => {
      const end = story.at(-1)!.at;
      expect(received(story, () => end)).toEqual(received(story, ({ at }) => at));
    }),
    { numRuns: 700 },
  );
});

test("a sensor whose clock is slow is judged as one whose clock is right", () => {
  fc.assert(
    fc.property(readings, fc.integer({ min: 1, max: minutes(600) }), (story, slow) => {
      const whole = dated(story);
      expect(received(whole, ({ at }) => at + slow)).toEqual(received(whole, ({ at }) => at));
    }),
    { numRuns: 700 },
  );
});

const one = (at: number, levelM: number, receivedAt = at, open = false) => ({
  sensorId: "a",
  siteId: "cellar-1",
  scenario: "gauge",
  time: minutes(at),
  receivedAt: minutes(receivedAt),
  values: { levelM, open },
  quality: "good" as const,
});

test("a reading at the very instant that a hold runs out has its say first", () => {
  const engine = new Engine({ scenarios: [{ scenario: own, params: {} }], world: townWorld() });
  const told = [one(0, 3), one(5, 3), one(10, 1)].flatMap((reading) => [
    ...engine.passTo(reading.receivedAt),
    ...engine.take(reading),
  ]);
  expect(lines([...told, ...engine.passTo(minutes(60))])).toEqual([]);
});

// Red when: what a reading makes due at once waits for the next call, and a crash between them forgets what time it was.
test("a rule that wants to be woken at an instant that is past is woken at once, and now", () => {
  const hasty = defineRule<Said, null, Facts>({
    asks: text("Is it over?"),
    ...plain,
    alert: { hold: 0, release: 0 },
    initial: null,
    judge: (state, event, at) =>
      event.kind === "reading"
        ? { state, wakeAt: at - minutes(3) }
        : { state, signal: { level: "red" } },
  });
  const engine = new Engine({
    scenarios: [{ scenario: scenarioOf("gauge", { hasty }), params: {} }],
    world: townWorld(),
  });
  const told = engine.take(one(10, 1, 12));
  expect(lines(told)).toEqual(["10 hasty fired red"]);
  expect(told[0]!.clock).toBe(minutes(12));
});

test("a backfill that shows a short spell raises no alert, however late it comes", () => {
  const engine = new Engine({ scenarios: [{ scenario: own, params: {} }], world: townWorld() });
  const told = [one(0, 3, 60), one(1, 3, 60), one(2, 1, 60), one(58, 1, 60)].flatMap((reading) =>
    engine.take(reading),
  );
  expect(lines([...told, ...engine.passTo(minutes(200))])).toEqual([]);
});

test("a sensor whose clock was at the epoch until it was set is not asked about half a century", () => {
  const engine = new Engine({ scenarios: [{ scenario: own, params: {} }], world: townWorld() });
  const now = minutes(29_500_000);
  engine.take({ ...one(1, 1, 0, true), receivedAt: now });
  engine.take({ ...one(2, 1, 0, true), receivedAt: now + 1 });
  let asked = 0;
  const meter = { enter: () => asked++, leave() {} };
  const counting = new Engine({
    scenarios: [{ scenario: own, params: {} }],
    world: townWorld(),
    saved: engine.changed(),
    meter,
  });
  counting.take({ ...one(0, 1, 0, true), time: now + 1_000, receivedAt: now + 1_000 });
  expect(asked).toBeLessThan(3_000);
});
