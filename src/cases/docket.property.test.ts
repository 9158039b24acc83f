import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Grade, grades } from "../core/level.ts";
import { minutes } from "../core/time.ts";
import { type Case, type CaseEvent, type CaseState, type LostReason, lostReasons } from "./case.ts";
import type { PersonAct } from "./decide.ts";
import { Docket } from "./docket.ts";
import { fold } from "./evolve.ts";
import { isFinal } from "./look.ts";
import { sampleAlert, samplePolicy } from "./sample.ts";

const T0 = Date.parse("2026-12-30T20:00+08:00");
/** Six alerts of three sensors and one site rule at two sites, in two classes. */
const alerts = Array.from({ length: 6 }, (_, i) =>
  sampleAlert({
    id: `alert-${i}`,
    siteId: `S-${i % 2}`,
    rule: i % 3 === 0 ? "high" : "rising",
    sensorId: i === 5 ? null : `G-${i % 3}`,
  }),
);
const policies = [
  samplePolicy(),
  samplePolicy({
    class: "05-06",
    verify: minutes(10),
    limit: { amount: 1, unit: "work-hour" },
  }),
];
const policyOf = (alert: number) => policies[alert % 3 === 2 ? 1 : 0]!;

type Done =
  | { do: "open"; alert: number; level: Grade }
  | {
      do: "hear";
      alert: number;
      change: "escalated" | "reopened" | "latched" | "resolved";
      level: Grade;
    }
  | { do: "lost" | "heard"; sensor: number; why: LostReason }
  /** Any act at all, or the one that takes the case on. */
  | { do: "act"; nth: number; act: Partial<PersonAct> | null; by: string }
  | { do: "wait" };
type Step = Done & { after: number };

const level = fc.constantFrom(...grades);
const alert = fc.nat(5);
const note = fc.constantFrom("", "done");
const who = fc.constantFrom("li", "wang", "zhao");
const override = fc.record({ reason: note, approvedBy: who });
const act = fc.oneof(
  fc.record({ kind: fc.constant("case.dispatch"), unitId: fc.constantFrom("U-1", "U-2", "") }),
  fc.record({ kind: fc.constant("case.accept") }),
  fc.record({ kind: fc.constant("case.handle"), note }),
  fc.record({ kind: fc.constant("case.check"), note, passed: fc.boolean() }),
  fc.record(
    { kind: fc.constant("case.close"), note, verdict: fc.constant("true"), override },
    { requiredKeys: ["kind", "note", "verdict"] },
  ),
  fc.record({ kind: fc.constant("case.void"), reason: note }),
  fc.record({ kind: fc.constant("case.comment"), note }),
) as fc.Arbitrary<Partial<PersonAct>>;
const change = fc.constantFrom("escalated", "reopened", "latched", "resolved", "resolved");
const sensor = fc.nat(2);
const why = fc.constantFrom(...lostReasons);
const done: fc.Arbitrary<Done> = fc.oneof(
  fc.record({ do: fc.constant("open"), alert, level }),
  { weight: 3, arbitrary: fc.record({ do: fc.constant("hear"), alert, change, level }) },
  fc.record({ do: fc.constantFrom("lost", "heard", "heard"), sensor, why }),
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant("act"),
      nth: fc.nat(3),
      act: fc.option(act, { freq: 2 }),
      by: who,
    }),
  },
  fc.record({ do: fc.constant("wait") }),
) as fc.Arbitrary<Done>;
const after = fc.constantFrom(0, 0, 1, 4, 11, 31).map(minutes);
const story: fc.Arbitrary<Step[]> = fc.array(
  fc.tuple(done, after).map(([step, wait]) => ({ ...step, after: wait })),
  { minLength: 1, maxLength: 80, size: "max" },
);

/** What is on disk: cases, lines by id, and which case each alert was in last. */
type Stored = {
  cases: Map<string, Case>;
  lines: Map<string, CaseEvent>;
  caseOf: Map<number, string>;
};
const nothing = (): Stored => ({ cases: new Map(), lines: new Map(), caseOf: new Map() });

/** One step of the world, without judging it. `now` is the log's clock. */
function take(docket: Docket, stored: Stored, step: Step, now: number): void {
  switch (step.do) {
    case "wait":
      docket.passTo(now);
      return;
    case "open": {
      const caseId = stored.caseOf.get(step.alert) ?? null;
      const its = { ...alerts[step.alert]!, level: step.level, caseId };
      stored.caseOf.set(step.alert, docket.openOrJoin(its, policyOf(step.alert), now).case.id);
      return;
    }
    case "hear": {
      const { change: what, level: its } = step;
      docket.hear({ alertId: alerts[step.alert]!.id, change: what, level: its }, now);
      return;
    }
    case "lost":
    case "heard":
      docket[step.do]({ sensorId: `G-${step.sensor}` }, step.why, now);
      return;
    case "act": {
      const known = [...stored.cases.keys()].sort();
      const caseId = known[step.nth % Math.max(1, known.length)] ?? "none";
      const act = step.act ?? onward(docket.get(caseId));
      docket.act({ ...act, caseId } as PersonAct, step.by, now, stored.cases.get(caseId));
      return;
    }
  }
}

/** What takes a case on from where it is. */
function onward(one: Case | undefined): Partial<PersonAct> {
  switch (one?.state) {
    case "filed":
      return { kind: "case.dispatch", unitId: "U-1" };
    case "dispatched":
      return { kind: "case.accept" };
    case "accepted":
      return { kind: "case.handle", note: "done" };
    case "handled":
      return { kind: "case.check", passed: true, note: "seen" };
    default:
      return { kind: "case.close", verdict: "true", note: "over" };
  }
}

/** Makes durable what changed; through JSON, as any store does. */
function commit(docket: Docket, stored: Stored): CaseEvent[] {
  const { cases, events } = JSON.parse(JSON.stringify(docket.changed())) as ReturnType<
    Docket["changed"]
  >;
  for (const one of cases) stored.cases.set(one.id, one);
  for (const line of events) stored.lines.set(line.id, line);
  return events;
}

const open = (stored: Stored) => [...stored.cases.values()].filter((one) => !isFinal(one));

describe("the docket, whatever happens", () => {
  it("goes on after a crash between any two steps as if it had not happened", () => {
    fc.assert(
      fc.property(story, fc.array(fc.boolean(), { maxLength: 60 }), (steps, crashes) => {
        const calm = nothing();
        const rough = nothing();
        const docket = new Docket([]);
        let restarted = new Docket([]);
        let now = T0;
        steps.forEach((step, i) => {
          now += step.after;
          take(docket, calm, step, now);
          take(restarted, rough, step, now);
          const [a, b] = [commit(docket, calm), commit(restarted, rough)];
          expect(b).toEqual(a);
          if (crashes[i]) restarted = new Docket(open(rough).reverse());
        });
        expect(rough).toEqual(calm);
      }),
      { numRuns: 1_500 },
    );
  });

  it("writes the same when the steps of a group are lost before their commit and taken again", () => {
    fc.assert(
      fc.property(story, fc.integer({ min: 1, max: 7 }), fc.nat(6), (steps, group, lost) => {
        const run = (crash: boolean): Stored => {
          const stored = nothing();
          let docket = new Docket([]);
          let [now, committed, i] = [T0, 0, 0];
          let before = { now, caseOf: new Map(stored.caseOf) };
          let crashed = !crash;
          while (i < steps.length) {
            now += steps[i]!.after;
            take(docket, stored, steps[i]!, now);
            i++;
            if (i - committed === group || i === steps.length) {
              commit(docket, stored);
              committed = i;
              before = { now, caseOf: new Map(stored.caseOf) };
              crashed = !crash;
            } else if (!crashed && i - committed === 1 + (lost % group)) {
              docket = new Docket(open(stored));
              [now, i] = [before.now, committed];
              stored.caseOf = new Map(before.caseOf);
              crashed = true;
            }
          }
          return stored;
        };
        expect(run(true)).toEqual(run(false));
      }),
      { numRuns: 500 },
    );
  });

  it("keeps one open case to a site and class, cases that are their lines, and never touches a closed one", () => {
    const seen = { closed: 0, voided: 0, rework: 0, ready: 0, joined: 0 };
    fc.assert(
      fc.property(story, (steps) => {
        const stored = nothing();
        const docket = new Docket([]);
        let now = T0;
        for (const step of steps) {
          const before = new Map(stored.cases);
          now += step.after;
          take(docket, stored, step, now);
          const lines = commit(docket, stored);
          for (const { kind } of lines) if (kind in seen) seen[kind as keyof typeof seen]++;
          for (const [id, was] of before) {
            const is = stored.cases.get(id)!;
            const own = lines.filter(({ caseId }) => caseId === id);
            expect(is.version).toBe(was.version + own.length);
            if (!isFinal(was)) continue;
            expect(own.every(({ kind }) => kind === "commented")).toBe(true);
            const { version, changedAt, lastChange } = is;
            expect(is).toEqual({ ...was, version, changedAt, lastChange });
          }
          const places = open(stored).map((one) => `${one.siteId} ${one.class}`);
          expect(new Set(places).size).toBe(places.length);
          expect(docket.size).toBe(places.length);
        }
        for (const one of stored.cases.values()) {
          const own = [...stored.lines.values()].filter(({ caseId }) => caseId === one.id);
          expect(own.map(({ seq }) => seq)).toEqual(own.map((_, i) => i + 1));
          expect(own.map(({ at }) => at)).toEqual(own.map(({ at }) => at).sort((a, b) => a - b));
          expect(JSON.parse(JSON.stringify(fold(own)))).toEqual(one);
          walk(own);
        }
      }),
      { numRuns: 1_500 },
    );
    // The stories reach what the properties speak of.
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(20);
  });

  it("says ready exactly when every alert has been resolved and every sensor heard for the verify period", () => {
    fc.assert(
      fc.property(story, (steps) => {
        const stored = nothing();
        const docket = new Docket([]);
        const quiet = new Quiet();
        let now = T0;
        for (const step of steps) {
          now += step.after;
          const wasOpen = new Set(open(stored).map(({ id }) => id));
          take(docket, stored, step, now);
          const lines = commit(docket, stored);
          for (const one of stored.cases.values()) {
            if (!wasOpen.has(one.id) && isFinal(one)) continue;
            const ready = lines.find(({ caseId, kind }) => caseId === one.id && kind === "ready");
            if (ready) expect(ready.at).toBe(quiet.since(one)! + one.verify);
          }
          quiet.take(step, now, open(stored));
          for (const one of open(stored)) {
            const since = quiet.since(one);
            // The verify period of a case may end at this very instant; then the next step says so.
            if (since !== null && now > since + one.verify) expect(one.readyToClose).toBe(true);
            if (since === null || now < since + one.verify) expect(one.readyToClose).toBe(false);
          }
        }
      }),
      { numRuns: 1_500 },
    );
  });
});

/** What may be done in which state (domain.md 2.6), and the state it leads to. */
const ways: Partial<Record<CaseEvent["kind"], [from: CaseState[], to: CaseState]>> = {
  dispatched: [["filed", "dispatched", "accepted"], "dispatched"],
  accepted: [["dispatched"], "accepted"],
  handled: [["accepted"], "handled"],
  "check-passed": [["handled"], "checked"],
  rework: [["handled", "checked"], "dispatched"],
  closed: [["handled", "checked"], "closed"],
  voided: [["filed", "dispatched", "accepted"], "voided"],
};

/** Goes through a flow log by that table. */
function walk(lines: readonly CaseEvent[]): void {
  let [state, ready, reworks]: [CaseState, boolean, number] = ["filed", false, 0];
  for (const { kind, by, override } of lines) {
    if (kind === "ready" || kind === "not-ready") ready = kind === "ready";
    if (kind === "rework") reworks++;
    const way = ways[kind];
    if (!way) continue;
    expect(way[0]).toContain(state);
    if (kind === "voided") expect(reworks).toBe(0);
    if (kind === "closed" && !ready) {
      expect(state).toBe("checked");
      expect(override!.approvedBy).not.toBe(by);
    }
    state = way[1];
  }
}

/** Knows from the steps alone, alert by alert, since when a case has been quiet. */
class Quiet {
  /** Alerts that are open, and the reasons why each one's sensor is lost, since it joined the case it is in. */
  readonly #alerts = new Map<string, { caseId: string; open: boolean; lost: Set<LostReason> }>();
  readonly #since = new Map<string, number | null>();

  since(one: Case): number | null {
    return this.#since.get(one.id) ?? null;
  }

  take(step: Step, now: number, cases: readonly Case[]): void {
    for (const one of cases)
      for (const id of one.alertIds)
        if (this.#alerts.get(id)?.caseId !== one.id)
          this.#alerts.set(id, { caseId: one.id, open: true, lost: new Set() });
    const own = "alert" in step ? this.#alerts.get(alerts[step.alert]!.id) : undefined;
    if (own && (step.do === "open" || (step.do === "hear" && step.change === "reopened"))) {
      if (!own.open || step.do === "hear") own.lost.clear();
      own.open = true;
    }
    if (own && step.do === "hear" && step.change === "resolved") own.open = false;
    if (step.do === "lost" || step.do === "heard")
      alerts.forEach(({ id, sensorId }) => {
        if (sensorId !== `G-${step.sensor}`) return;
        const { lost } = this.#alerts.get(id) ?? {};
        if (step.do === "lost") lost?.add(step.why);
        else lost?.delete(step.why);
      });
    for (const one of cases) {
      const loud = one.alertIds.some((id) => {
        const its = this.#alerts.get(id)!;
        return its.open || its.lost.size > 0;
      });
      if (loud) this.#since.set(one.id, null);
      else if (this.since(one) === null) this.#since.set(one.id, now);
    }
  }
}
