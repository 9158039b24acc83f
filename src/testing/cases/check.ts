// What must hold of any story's cases, worked out without the code that it checks.

import { expect } from "vitest";
import type { Case, CaseEvent, CaseState, LostReason } from "../../cases/case.ts";
import { alerts, type Step } from "./story.ts";

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
export function walk(lines: readonly CaseEvent[]): void {
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
export class Quiet {
  /**
   * Alerts that are open, and the reasons why each one's sensor is lost, since it joined the case
   * it is in.
   */
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
