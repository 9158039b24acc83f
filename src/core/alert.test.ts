import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Alert,
  type AlertPolicy,
  type CasePolicy,
  caseDueAt,
  dueAt,
  isActive,
  isOpen,
  resetAlert,
  stepAlert,
} from "./alert.ts";
import { type Grade, grades, severity } from "./level.ts";
import type { Signal } from "./rule.ts";
import { minutes } from "./time.ts";

const ok: Signal = { level: "ok" };
const lingering: Signal = { level: "ok", lingers: true };
const unknown: Signal = { level: "unknown" };
const at = (level: Grade): Signal => ({ level });
const [blue, yellow, orange, red] = [at("blue"), at("yellow"), at("orange"), at("red")];

type Said = Signal | null | "reset";
type Told = [minute: number, said: Said, ...came: string[]];

const mint = (raisedAt: number) => `a${raisedAt / 60_000}`;
const tell = (alert: Alert, change: string) => `${alert.id} ${change} ${alert.level}`;

/**
 * Tells a story to one alert, letting its own deadlines pass in between, and gives it back as it
 * came out.
 */
function tells(policy: AlertPolicy, story: Told[]): Told[] {
  let alert: Alert | null = null;
  return story.map(([minute, said]) => {
    const now = minutes(minute);
    const came: string[] = [];
    const take = (signal: Signal | undefined, when: number) => {
      const step = stepAlert(alert, signal, policy, when, mint);
      if (step.change) came.push(`${when / 60_000}: ${tell(step.alert!, step.change)}`);
      alert = step.alert;
      // Nothing is left behind in the past.
      expect(nextDue(alert, policy) ?? when).toBeGreaterThanOrEqual(when);
    };
    // What falls due at the very instant of a signal is for the signal to decide.
    const isDue = (due: number | null) => due !== null && (said === null ? due <= now : due < now);
    for (let due = nextDue(alert, policy); isDue(due); due = nextDue(alert, policy))
      take(undefined, due!);
    if (said === "reset") {
      const step = alert && resetAlert(alert, now);
      if (step) came.push(`${minute}: ${tell(step.alert!, step.change!)}`);
      if (step) alert = step.alert;
    } else take(said ?? undefined, now);
    return [minute, said, ...came];
  });
}
const nextDue = (alert: Alert | null, policy: AlertPolicy) => alert && dueAt(alert, policy);
const plays = (policy: AlertPolicy, story: Told[]) => expect(tells(policy, story)).toEqual(story);

const plain: AlertPolicy = { hold: minutes(10), release: minutes(20), gap: minutes(15) };

describe("holding", () => {
  test("an alert fires when its signal has been bad for as long as the hold, not sooner", () =>
    plays(plain, [
      [0, yellow],
      [6, yellow],
      [9, null],
      [12, null, "10: a0 fired yellow"],
    ]));

  test("one bad sample is a glitch, however long nothing else comes", () =>
    plays(plain, [
      [0, yellow],
      [14, null],
      [60, null],
      [61, yellow],
    ]));

  test("one sample is enough where the policy says so", () =>
    plays({ ...plain, samples: 1 }, [
      [0, yellow],
      [12, null, "10: a0 fired yellow"],
    ]));

  test("without a hold the first sample fires", () =>
    plays({ ...plain, hold: 0 }, [[0, yellow, "0: a0 fired yellow"]]));

  test("without a hold two samples are needed where the policy says so", () =>
    plays({ ...plain, hold: 0, samples: 2 }, [
      [0, yellow],
      [1, yellow, "1: a0 fired yellow"],
    ]));

  test("a normal sample at the very instant the hold would end keeps it from firing", () =>
    plays(plain, [
      [0, yellow],
      [5, yellow],
      [10, ok],
      [30, null],
    ]));

  test("a good sample starts the hold anew, and the alert with it", () =>
    plays(plain, [
      [0, yellow],
      [8, ok],
      [9, yellow],
      [14, yellow],
      [20, null, "19: a9 fired yellow"],
    ]));

  test("a sample that is only lingering starts the hold anew too", () =>
    plays(plain, [
      [0, yellow],
      [8, lingering],
      [12, yellow],
      [14, yellow],
      [22, null, "22: a12 fired yellow"],
    ]));

  test("a hold that was lost sight of for longer than the gap is forgotten", () =>
    plays({ ...plain, hold: minutes(30) }, [
      [0, yellow],
      [10, yellow],
      [26, yellow],
      [40, yellow],
      [50, null],
      [57, null],
      [60, null],
    ]));

  test("a gap of just its length does not end a hold", () =>
    plays({ ...plain, hold: minutes(30) }, [
      [0, yellow],
      [15, yellow],
      [30, yellow, "30: a0 fired yellow"],
    ]));
});

describe("levels", () => {
  const graded: AlertPolicy = {
    ...plain,
    hold: { yellow: minutes(10), orange: minutes(5), red: 0 },
  };

  test("each level has its own hold", () =>
    plays({ ...graded, samples: 1 }, [
      [0, orange],
      [7, null, "5: a0 fired orange"],
      [8, red, "8: a0 escalated red"],
    ]));

  test("a worse signal counts for the levels below it", () =>
    plays(graded, [
      [0, orange],
      [2, yellow],
      [8, yellow],
      [11, null, "10: a0 fired yellow"],
    ]));

  test("a level must last its own hold before an alert grows to it", () =>
    plays(graded, [
      [0, yellow],
      [5, yellow],
      [10, orange, "10: a0 fired yellow"],
      [13, orange],
      [16, null, "15: a0 escalated orange"],
    ]));

  test("an open alert grows to a level that was lost sight of only after its hold anew", () =>
    plays(graded, [
      [0, yellow],
      [10, yellow, "10: a0 fired yellow"],
      [12, orange],
      [40, orange],
      [44, orange],
      [46, null, "45: a0 escalated orange"],
    ]));

  test("a level below all that are named holds as the lowest that is", () =>
    plays(graded, [
      [0, blue],
      [5, yellow],
      [11, null, "10: a0 fired blue"],
      [14, yellow],
      [16, null, "15: a0 escalated yellow"],
    ]));

  test("a level between those named holds as the next lower one", () =>
    plays({ ...plain, hold: { blue: minutes(8), red: 0 } }, [
      [0, orange],
      [5, orange],
      [9, null, "8: a0 fired orange"],
    ]));

  test("an open alert never shrinks", () =>
    plays({ ...plain, hold: 0 }, [
      [0, red, "0: a0 fired red"],
      [5, yellow],
      [10, blue],
      [15, ok],
      [25, ok],
      [35, ok, "35: a0 resolved red"],
    ]));
});

describe("clearing", () => {
  const quick: AlertPolicy = { ...plain, hold: 0 };

  test("it resolves when it has been normal for as long as the release", () =>
    plays(quick, [
      [0, yellow, "0: a0 fired yellow"],
      [5, ok],
      [15, ok],
      [26, null, "25: a0 resolved yellow"],
    ]));

  test("a bad sample during the release starts it anew", () =>
    plays(quick, [
      [0, yellow, "0: a0 fired yellow"],
      [5, ok],
      [15, yellow],
      [24, ok],
      [34, ok],
      [44, ok, "44: a0 resolved yellow"],
    ]));

  test("a lingering sample during the release starts it anew, and alone never ends it", () =>
    plays(quick, [
      [0, yellow, "0: a0 fired yellow"],
      [5, ok],
      [15, lingering],
      [29, lingering],
      [43, lingering],
      [50, ok],
      [60, ok],
      [70, ok, "70: a0 resolved yellow"],
    ]));

  test("a release does not run out while nothing is heard: silence is not normal", () =>
    plays(quick, [
      [0, yellow, "0: a0 fired yellow"],
      [5, ok],
      [60, null],
      [61, ok],
      [70, ok],
      [82, null, "81: a0 resolved yellow"],
    ]));

  test("without a release the first normal sample resolves", () =>
    plays({ ...quick, release: 0 }, [
      [0, yellow, "0: a0 fired yellow"],
      [5, ok, "5: a0 resolved yellow"],
    ]));
});

describe("unknown", () => {
  test("it does not fire an alert whose hold ends meanwhile; the next bad sample does", () =>
    plays(plain, [
      [0, yellow],
      [5, yellow],
      [8, unknown],
      [12, null],
      [13, yellow, "13: a0 fired yellow"],
    ]));

  test("it does not drop a pending alert before the gap has passed", () =>
    plays(plain, [
      [0, yellow],
      [5, yellow],
      [8, unknown],
      [18, unknown],
      [19, yellow, "19: a0 fired yellow"],
    ]));

  test("it does not let a release run out", () =>
    plays({ ...plain, hold: 0 }, [
      [0, yellow, "0: a0 fired yellow"],
      [5, ok],
      [18, ok],
      [19, unknown],
      [26, null],
      [27, ok, "27: a0 resolved yellow"],
    ]));

  test("it neither raises nor ends anything by itself", () =>
    plays({ ...plain, hold: 0 }, [
      [0, unknown],
      [1, yellow, "1: a1 fired yellow"],
      [2, unknown],
      [90, unknown],
    ]));

  test("it does not let an alert grow", () =>
    plays({ ...plain, hold: { yellow: 0, orange: minutes(5) }, samples: 1 }, [
      [0, orange, "0: a0 fired yellow"],
      [2, unknown],
      [9, null],
      [10, orange, "10: a0 escalated orange"],
    ]));
});

describe("latching", () => {
  const latched: AlertPolicy = { hold: 0, release: 0, gap: minutes(15), latch: true };

  test("normal again is not enough: a person must reset it", () =>
    plays(latched, [
      [0, red, "0: a0 fired red"],
      [5, ok, "5: a0 latched red"],
      [90, ok],
      [95, "reset", "95: a0 resolved red"],
    ]));

  test("nobody can reset it while the condition is there", () =>
    plays(latched, [
      [0, red, "0: a0 fired red"],
      [1, "reset"],
      [5, ok, "5: a0 latched red"],
      [6, "reset", "6: a0 resolved red"],
      [7, "reset"],
    ]));

  test("a relapse while it waits for its reset is the same alert", () =>
    plays(latched, [
      [0, red, "0: a0 fired red"],
      [5, ok, "5: a0 latched red"],
      [50, red, "50: a0 reopened red"],
      [55, ok, "55: a0 latched red"],
    ]));

  test("it cannot be reset while a relapse is being held", () =>
    plays({ ...latched, hold: minutes(10) }, [
      [0, red],
      [5, red],
      [11, null, "10: a0 fired red"],
      [12, ok, "12: a0 latched red"],
      [20, red],
      [21, "reset"],
      [40, "reset", "40: a0 resolved red"],
    ]));
});

describe("cooldown", () => {
  const quick: AlertPolicy = { hold: 0, release: 0, gap: minutes(15) };

  test("a relapse within the cooldown reopens the same alert at the level it had", () =>
    plays(quick, [
      [0, orange, "0: a0 fired orange"],
      [5, ok, "5: a0 resolved orange"],
      [14, yellow, "14: a0 reopened orange"],
    ]));

  test("a relapse at the end of the cooldown is a new alert", () =>
    plays(quick, [
      [0, orange, "0: a0 fired orange"],
      [5, ok, "5: a0 resolved orange"],
      [15, yellow, "15: a15 fired yellow"],
    ]));

  test("without a cooldown every spell is an alert of its own", () =>
    plays({ ...quick, cooldown: 0 }, [
      [0, yellow, "0: a0 fired yellow"],
      [5, ok, "5: a0 resolved yellow"],
      [6, yellow, "6: a6 fired yellow"],
    ]));

  test("a relapse that is not held leaves the cooldown running from where it began", () =>
    plays({ ...quick, hold: minutes(3), samples: 1 }, [
      [0, yellow],
      [4, ok, "3: a0 fired yellow", "4: a0 resolved yellow"],
      [6, yellow],
      [7, ok],
      [13, yellow],
      [16, yellow, "16: a0 reopened yellow"],
      [17, ok, "17: a0 resolved yellow"],
      [26, yellow],
      [28, ok],
      [29, yellow],
      [33, null, "32: a29 fired yellow"],
    ]));

  test("a relapse that was lost sight of after the cooldown is forgotten", () => {
    const policy: AlertPolicy = { ...quick, hold: minutes(5), samples: 2 };
    plays(policy, [
      [0, yellow],
      [5, yellow, "5: a0 fired yellow"],
      [6, ok, "6: a0 resolved yellow"],
      [12, yellow],
      [40, null],
      [41, yellow],
      [46, yellow, "46: a41 fired yellow"],
    ]);
  });
});

test("a late signal neither ends what began later nor makes later signals unheard", () => {
  const policy: AlertPolicy = { hold: minutes(10), release: 0, samples: 2, gap: minutes(15) };
  let alert = stepAlert(null, yellow, policy, minutes(0), mint).alert;
  alert = stepAlert(alert, yellow, policy, minutes(9), mint).alert;
  // Another sensor of the site, its clock behind.
  alert = stepAlert(alert, yellow, policy, minutes(4), mint).alert;
  expect(alert).toMatchObject({ phase: "pending", heardAt: minutes(9) });
  const fired = stepAlert(alert, undefined, policy, minutes(10), mint);
  expect(fired).toMatchObject({ change: "fired", alert: { since: minutes(10) } });
  const resolved = stepAlert(fired.alert, ok, policy, minutes(7), mint);
  expect(resolved).toMatchObject({ change: "resolved", alert: { since: minutes(10) } });
});

test("an alert remembers the value and the note of its last bad signal", () => {
  const policy: AlertPolicy = { hold: 0, release: minutes(10) };
  const said: Signal = { level: "red", value: 7, note: "partial:2/7" };
  const { alert } = stepAlert(null, said, policy, 0, mint);
  const later = stepAlert(alert, { level: "ok", value: 1 }, policy, minutes(1), mint);
  expect(later.alert).toMatchObject({ value: 7, note: "partial:2/7" });
});

describe("cases", () => {
  const policy = (when: CasePolicy["when"]): CasePolicy => ({
    from: "yellow",
    when,
    class: "99-89",
    filing: { zh: "超警", en: "High" },
    closing: { zh: "回落", en: "Low" },
    limit: { amount: 1, unit: "urgent-hour" },
    unit: "water-authority",
    verify: minutes(30),
  });
  const waiting = { unacknowledgedFor: minutes(5) };

  test.each<[string, CasePolicy | undefined, Grade, number | null]>([
    ["no policy opens none", undefined, "red", null],
    ["a level below the policy's opens none", policy("at-once"), "blue", null],
    ["at once is at once", policy("at-once"), "yellow", 1_000],
    ["an alert waits to be acknowledged", policy(waiting), "red", 1_000 + minutes(5)],
    ["a level may be too bad to wait", policy({ ...waiting, atOnceFrom: "orange" }), "red", 1_000],
    [
      "a milder one waits",
      policy({ ...waiting, atOnceFrom: "orange" }),
      "yellow",
      1_000 + minutes(5),
    ],
  ])("%s", (_, casePolicy, level, due) => {
    expect(caseDueAt(casePolicy, level, 1_000)).toBe(due);
  });
});

const signals = fc.constantFrom<Signal | null>(
  ...[ok, ok, lingering, unknown, blue, yellow, orange, red, null],
);
const stories = fc.array(fc.record({ gap: fc.integer({ min: 0, max: 25 }), said: signals }), {
  maxLength: 60,
});
const spans = fc.integer({ min: 0, max: 30 }).map(minutes);
const policies: fc.Arbitrary<AlertPolicy> = fc
  .record(
    {
      hold: fc.oneof(
        spans,
        fc.record({ blue: spans, yellow: spans, orange: spans, red: spans }, { requiredKeys: [] }),
      ),
      release: spans,
      gap: fc.integer({ min: 1, max: 40 }).map(minutes),
      cooldown: spans,
      samples: fc.integer({ min: 1, max: 3 }),
      latch: fc.constant(true as const),
    },
    { requiredKeys: ["hold", "release", "gap"] },
  )
  .map((policy) => policy as AlertPolicy);

type Step = {
  at: number;
  said: Signal | null;
  before: Alert | null;
  after: Alert | null;
  change?: string;
};

/**
 * Every step of a story, wakes included. Looking when nothing is due is a step too; an instant that
 * is due is not over.
 */
function steps(
  policy: AlertPolicy,
  story: readonly { gap: number; said: Signal | null }[],
): Step[] {
  const seen: Step[] = [];
  let alert: Alert | null = null;
  let now = 0;
  const take = (said: Signal | null, when: number) => {
    const before: Alert | null = alert;
    const { alert: after, change } = stepAlert(before, said ?? undefined, policy, when, mint);
    seen.push({ at: when, said, before, after, ...(change ? { change } : {}) });
    alert = after;
    expect(due()).toBeGreaterThanOrEqual(when); // nothing is left behind in the past
  };
  const due = () => nextDue(alert, policy) ?? Number.POSITIVE_INFINITY;
  for (const { gap, said } of story) {
    now += minutes(gap);
    for (let wakes = 0; due() < now; wakes++) {
      expect(wakes).toBeLessThan(10); // each wake moves it on
      take(null, due());
    }
    if (said !== null || due() > now) take(said, now);
  }
  return seen;
}

const runs = { numRuns: 2_000 };

test("what resolves had fired, nothing fires twice, and only a latched alert latches", () => {
  fc.assert(
    fc.property(policies, stories, (policy, story) => {
      const open = new Set<string>();
      for (const { after, change } of steps(policy, story)) {
        if (!change) continue;
        const { id } = after!;
        if (change === "fired") expect(open.has(id)).toBe(false);
        if (change === "escalated" || change === "resolved" || change === "latched")
          expect(open.has(id)).toBe(true);
        if (change === "latched") expect(policy.latch).toBe(true);
        if (change === "resolved") expect(policy.latch).toBeUndefined(); // nobody resets here
        if (change === "resolved") open.delete(id);
        else open.add(id);
      }
    }),
    runs,
  );
});

test("an open alert never shrinks, and one that is resolved is not open", () => {
  fc.assert(
    fc.property(policies, stories, (policy, story) => {
      for (const { before, after, change } of steps(policy, story)) {
        if (before && after && isOpen(before) && before.id === after.id)
          expect(severity(after.level)).toBeGreaterThanOrEqual(severity(before.level));
        if (change) expect(isOpen(after!)).toBe(change !== "resolved");
        if (change === "latched") expect(isActive(after!)).toBe(false);
      }
    }),
    runs,
  );
});

test("unknown and a lingering signal change nothing that anybody sees", () => {
  fc.assert(
    fc.property(policies, stories, (policy, story) => {
      for (const { said, change } of steps(policy, story))
        if (said === unknown || said === lingering) expect(change).toBeUndefined();
    }),
    runs,
  );
});

test("whoever looks in between changes nothing", () => {
  fc.assert(
    fc.property(policies, stories, (policy, story) => {
      const minuteByMinute = story.flatMap(({ gap, said }) => {
        const looks = Array.from({ length: Math.max(0, gap - 1) }, () => ({ gap: 1, said: null }));
        return [...looks, { gap: Math.min(gap, 1), said }];
      });
      const told = (one: typeof story) =>
        steps(policy, one).flatMap(({ at: when, after, change }) =>
          change ? [`${when / 60_000} ${tell(after!, change)}`] : [],
        );
      expect(told(minuteByMinute)).toEqual(told(story));
    }),
    runs,
  );
});

/**
 * Told in another way: looks back over the samples instead of keeping anything. One level, one bad
 * signal, no latch.
 */
function spellsThatFire(policy: AlertPolicy, story: readonly Step[]): number[] {
  const { hold, gap = 0, samples = 1 } = policy as { hold: number; gap?: number; samples?: number };
  const heard = story.filter(({ said }) => said !== null);
  const fired: number[] = [];
  let bad: number[] = [];
  const end = (by: number) => {
    if (bad.length === 0) return;
    const due = Math.max(bad[0]! + hold, bad[samples - 1] ?? Number.POSITIVE_INFINITY);
    if (due <= Math.min(by, bad.at(-1)! + gap)) fired.push(bad[0]!);
    bad = [];
  };
  for (const { at: when, said } of heard) {
    const isBad = said!.level !== "ok";
    if (bad.length > 0 && when > bad.at(-1)! + gap) end(when - 1);
    if (isBad) bad.push(when);
    else end(when - 1);
  }
  end(Number.POSITIVE_INFINITY);
  return fired;
}

test("the spells that fire are those that a look back over all samples finds", () => {
  const twoWords = fc.array(
    fc.record({ gap: fc.integer({ min: 1, max: 25 }), said: fc.constantFrom<Signal>(ok, yellow) }),
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(spans, fc.integer({ min: 1, max: 3 }), twoWords, (hold, samples, story) => {
      const policy: AlertPolicy = { hold, samples, release: 0, gap: minutes(15), cooldown: 0 };
      const far = [...story, { gap: 10_000, said: ok }];
      const all = steps(policy, far);
      const fired = all
        .filter(({ change }) => change === "fired")
        .map(({ after }) => after!.raisedAt);
      const open = new Set<number>();
      // An alert that lasts over a gap is one alert, where the look back sees two spells.
      const expected = spellsThatFire(
        policy,
        all.filter(({ said }) => said),
      ).filter((since) => {
        const openThen = all.findLast(({ at: when }) => when < since)?.after;
        if (openThen && isOpen(openThen)) return false;
        open.add(since);
        return true;
      });
      expect(fired).toEqual(expected);
      expect(open.size).toBe(expected.length);
    }),
    runs,
  );
});

test("every level that is reached has a mark of its own, and no more is kept than that", () => {
  fc.assert(
    fc.property(policies, stories, (policy, story) => {
      for (const { after } of steps(policy, story)) {
        if (!after) continue;
        expect(JSON.parse(JSON.stringify(after))).toEqual(
          Object.fromEntries(Object.entries(after).filter(([, value]) => value !== undefined)),
        );
        expect(JSON.stringify(after).length).toBeLessThan(500);
        expect(Object.keys(after.reached).every((grade) => grades.includes(grade as Grade))).toBe(
          true,
        );
      }
    }),
    { numRuns: 500 },
  );
});
