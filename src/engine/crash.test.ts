// Crashes: whatever an engine was in the middle of, the rows that it gave out are all that another needs.

import fc from "fast-check";
import { expect, test } from "vitest";
import { exit, gauge } from "../testing/town.ts";
import {
  type Dated,
  dated,
  happen,
  Rows,
  seen,
  stories,
  townWorld,
} from "../testing/town-story.ts";
import { Engine } from "./engine.ts";

const scenarios = [gauge, exit].map((scenario) => ({ scenario, params: {} }));

/** An engine, its records, and the register beside them. */
class Brain {
  readonly rows = new Rows();
  readonly out = new Set<string>();
  engine = new Engine({ scenarios, world: townWorld(this.out) });
  #meta = JSON.stringify({ grace: {}, out: [] });

  take(one: Dated): string[] {
    const told = seen(happen(this.engine, this.out, one));
    const out = one.kind === "scenario" && one.out ? ["gauge"] : [];
    if (one.kind === "scenario") this.#meta = JSON.stringify({ grace: this.engine.grace(), out });
    return told;
  }

  commit(): void {
    this.rows.take(this.engine.changed());
  }

  /** Nothing is left but what was committed. */
  crash(): void {
    const saved = this.rows.load();
    this.engine = new Engine({ scenarios, world: townWorld(this.out), saved });
    this.engine.resume(JSON.parse(this.#meta));
  }
}

const told = (story: readonly Dated[], crashes: (i: number) => boolean): string[] => {
  const brain = new Brain();
  return story.flatMap((one, i) => {
    if (crashes(i)) {
      brain.commit();
      brain.crash();
    }
    return brain.take(one);
  });
};
const never = () => false;

// Red when: wakes are not queued on restore; woken rows are not in changed(); lag, askAt or seenAt is not in the row;
// a state passes that JSON does not bring back; ties are broken by age and not by key.
test("a crash between any two events changes nothing that is seen", () => {
  const crashes = fc.array(fc.boolean(), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(stories, crashes, (story, fates) => {
      const whole = dated(story);
      expect(told(whole, (i) => fates[i % fates.length]!)).toEqual(told(whole, never));
    }),
    { numRuns: 1_500 },
  );
});

test("a crash between any two events changes nothing in the rows", () => {
  fc.assert(
    fc.property(stories, (story) => {
      const [steady, crashing] = [new Brain(), new Brain()];
      for (const one of dated(story)) {
        steady.take(one);
        crashing.take(one);
        crashing.commit();
        crashing.crash();
      }
      steady.commit();
      const [left, right] = [crashing.rows.texts(), steady.rows.texts()];
      expect([...left].sort()).toEqual([...right].sort());
    }),
    { numRuns: 300 },
  );
});

// The judge commits about once a second: what came after the last commit is judged again, under the same ids.
test("judging again from an older position gives the same transitions, under the same ids", () => {
  const cut = fc.record({ from: fc.nat(44), to: fc.nat(44) });
  fc.assert(
    fc.property(stories, cut, (story, { from, to }) => {
      const whole = dated(story);
      const [position, died] = [Math.min(from, whole.length), Math.min(from + to, whole.length)];
      const brain = new Brain();
      for (const one of whole.slice(0, position)) brain.take(one);
      brain.commit();
      const others = new Set(brain.out);
      const first = whole
        .slice(position, died)
        .flatMap((one) => seen(happen(brain.engine, brain.out, one)));
      brain.out.clear();
      for (const id of others) brain.out.add(id);
      brain.crash();
      const again = whole.slice(position, died).flatMap((one) => brain.take(one));
      expect(again).toEqual(first);
    }),
    { numRuns: 1_000 },
  );
});

test("the stories of these tests reach what they are about", () => {
  const count = new Map<string, number>();
  for (const story of fc.sample(stories, { numRuns: 500, seed: 7 }))
    for (const line of told(dated(story), never)) {
      const { scenario, rule, change } = JSON.parse(line);
      const key = `${scenario}/${rule} ${change}`;
      count.set(key, (count.get(key) ?? 0) + 1);
    }
  const wanted = [
    ...["gauge/high", "gauge/dwell", "exit/blocked"].flatMap((rule) =>
      ["fired", "reopened", "resolved"].map((change) => `${rule} ${change}`),
    ),
    ...["fired", "latched", "reopened", "resolved"].map((change) => `gauge/shut ${change}`),
    ...["gauge/quiet", "gauge/flooded", "brain-health/faulty"].flatMap((rule) => [
      `${rule} fired`,
      `${rule} resolved`,
    ]),
    ...["gauge/high escalated", "gauge/dwell escalated"],
  ];
  expect(wanted.filter((key) => (count.get(key) ?? 0) < 3)).toEqual([]);
  expect(count.has("exit/echo fired")).toBe(false);
});
