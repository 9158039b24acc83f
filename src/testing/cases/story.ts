// Random stories of a riverside's cases: alerts come and go, sensors are lost, people act, time passes.

import fc from "fast-check";
import { type Case, type CaseEvent, type LostReason, lostReasons } from "../../cases/case.ts";
import type { PersonAct } from "../../cases/decide.ts";
import type { Docket } from "../../cases/docket.ts";
import { isFinal } from "../../cases/look.ts";
import { type Grade, grades } from "../../core/level.ts";
import { minutes } from "../../core/time.ts";
import { sampleAlert, samplePolicy } from "./sample.ts";

export const T0 = Date.parse("2026-12-30T20:00+08:00");
/** Six alerts of three sensors and one site rule at two sites, in two classes. */
export const alerts = Array.from({ length: 6 }, (_, i) =>
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
export type Step = Done & { after: number };

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
export const story: fc.Arbitrary<Step[]> = fc.array(
  fc.tuple(done, after).map(([step, wait]) => ({ ...step, after: wait })),
  { minLength: 1, maxLength: 80, size: "max" },
);

/** What is on disk: cases, lines by id, and which case each alert was in last. */
export type Stored = {
  cases: Map<string, Case>;
  lines: Map<string, CaseEvent>;
  caseOf: Map<number, string>;
};
export const nothing = (): Stored => ({ cases: new Map(), lines: new Map(), caseOf: new Map() });

/** One step of the world, without judging it. `now` is the log's clock. */
export function take(docket: Docket, stored: Stored, step: Step, now: number): void {
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
export function commit(docket: Docket, stored: Stored): CaseEvent[] {
  const { cases, events } = JSON.parse(JSON.stringify(docket.changed())) as ReturnType<
    Docket["changed"]
  >;
  for (const one of cases) stored.cases.set(one.id, one);
  for (const line of events) stored.lines.set(line.id, line);
  return events;
}

export const open = (stored: Stored) => [...stored.cases.values()].filter((one) => !isFinal(one));
