// The life of every alert, whatever the story: how it begins, grows and ends, and what is told of it.

import fc from "fast-check";
import { expect, test } from "vitest";
import { isOpen, minutes, severity } from "../core/index.ts";
import { exit, gauge } from "../testing/town.ts";
import {
  type Dated,
  dated,
  happen,
  Rows,
  readingOf,
  stories,
  townWorld,
} from "../testing/town-story.ts";
import { Engine } from "./engine.ts";
import type { Transition } from "./transition.ts";

const scenarios = [gauge, exit].map((scenario) => ({ scenario, params: {} }));

function live(story: readonly Dated[]): Transition[] {
  const out = new Set<string>();
  const engine = new Engine({ scenarios, world: townWorld(out) });
  return story.flatMap((one) => happen(engine, out, one));
}
const told = stories.map((story) => live(dated(story)));

/** The transitions of each alert, by its id. */
const byAlert = (transitions: readonly Transition[]): Transition[][] => [
  ...Map.groupBy(transitions, ({ alert }) => alert.id).values(),
];

/** What may come next. */
const next: Record<Transition["change"], readonly Transition["change"][]> = {
  fired: ["escalated", "latched", "resolved"],
  escalated: ["escalated", "latched", "resolved"],
  reopened: ["escalated", "latched", "resolved"],
  latched: ["reopened", "resolved"],
  resolved: ["reopened"],
};

test("every alert fires once and first, and only what is open grows, latches or resolves", () => {
  fc.assert(
    fc.property(told, (transitions) => {
      for (const life of byAlert(transitions)) {
        const changes = life.map(({ change }) => change);
        expect(changes[0]).toBe("fired");
        changes.slice(1).forEach((change, i) => {
          expect(next[changes[i]!]).toContain(change);
        });
      }
    }),
    { numRuns: 700 },
  );
});

// Red when: an alert shrinks; a late reading is judged at its own instant though the alert has moved since.
test("the level of an alert never falls, and its story never goes back in time", () => {
  fc.assert(
    fc.property(told, (transitions) => {
      for (const life of byAlert(transitions))
        life.slice(1).forEach(({ at, alert, change }, i) => {
          const before = life[i]!;
          expect(at).toBeGreaterThanOrEqual(before.at);
          expect(at).toBeGreaterThanOrEqual(alert.raisedAt);
          const grown = severity(alert.level) - severity(before.alert.level);
          expect(change === "escalated" ? grown : grown + 1).toBeGreaterThan(0);
        });
    }),
    { numRuns: 700 },
  );
});

test("a rule has at most one open alert on a subject", () => {
  fc.assert(
    fc.property(told, (transitions) => {
      const open = new Map<string, string>();
      for (const { scenario, rule, siteId, sensorId, change, alert } of transitions) {
        const subject = [scenario, rule, siteId, sensorId].join("/");
        expect([undefined, alert.id]).toContain(open.get(subject));
        if (change === "resolved") open.delete(subject);
        else open.set(subject, alert.id);
      }
    }),
    { numRuns: 500 },
  );
});

test("what is told is JSON as it stands, names its subject, and its evidence is of the alert's own spell", () => {
  fc.assert(
    fc.property(told, (transitions) => {
      for (const one of transitions) {
        expect(JSON.parse(JSON.stringify(one))).toEqual(one);
        const { scenario, rule, siteId, sensorId, alert, change, evidence } = one;
        const subject = [scenario, rule, siteId, ...(sensorId === null ? [] : [sensorId])];
        expect(alert.id).toBe([...subject, alert.raisedAt.toString(36)].join("~"));
        expect(isOpen(alert)).toBe(change !== "resolved");
        const { first, last, between } = evidence.witnesses;
        expect([first.length <= 2, last.length <= 8, between >= 0]).toEqual([true, true, true]);
        for (const { quality } of [...first, ...last]) expect(quality).not.toBe("bad");
      }
    }),
    { numRuns: 300 },
  );
});

const read = (i: number, levelM: number) =>
  readingOf({
    kind: "reads",
    gap: 0,
    at: 1_772_380_800_000 + i * 5_000,
    sensorId: "a",
    said: { levelM, open: true },
    lag: 0,
    quality: "good",
    times: 1,
  });

test("however long an alert lasts, its row stays under 8 KB, and says how many readings it left out", () => {
  const engine = new Engine({ scenarios, world: townWorld() });
  const rows = new Rows();
  const transitions: Transition[] = [];
  for (let i = 0; i < 10_000; i++) transitions.push(...engine.take(read(i, 4 + (i % 10) / 10)));
  rows.take(engine.changed());
  const longest = Math.max(...[...rows.texts().values()].map((row) => row.length));
  expect(longest).toBeGreaterThan(1_000);
  expect(longest).toBeLessThan(8_192);
  transitions.push(
    ...engine.take(read(10_000, 1)),
    ...engine.passTo(read(0, 1).time + minutes(900)),
  );
  const over = transitions.find(({ rule, change }) => rule === "high" && change === "resolved");
  expect(over?.evidence.witnesses.between).toBe(10_001 - 10);
  expect(over?.evidence.witnesses.first[0]?.at).toBe(read(0, 1).time);
  expect(over?.evidence.witnesses.last.at(-1)?.values.levelM).toBe(1);
});
