// The docket: all open cases, as the judge uses them. Pure: the same inputs in the same order give
// the same cases and lines.

import type { CasePolicy, Change } from "../core/alert.ts";
import type { Grade } from "../core/level.ts";
import type { Instant } from "../core/time.ts";
import { Agenda } from "./agenda.ts";
import type { Case, CaseAct, CaseEvent, LostReason } from "./case.ts";
import { type CaseCommand, decide, type PersonAct } from "./decide.ts";
import { fold } from "./evolve.ts";
import type { CaseAlert } from "./facts.ts";
import { operatorCalendar, type WorkCalendar } from "./limits.ts";
import { BRAIN } from "./lines.ts";
import { isFinal, look, nextLookAt } from "./look.ts";
import { type CaseRefusal, refuse } from "./refusal.ts";
import { fits, Watching, type Whereabouts } from "./watching.ts";

/** A case after a step, and the lines that the step wrote; none where it said nothing new. */
export type CaseStep = { case: Case; events: readonly CaseEvent[] };
export type CaseAnswer = ({ ok: true } & CaseStep) | CaseRefusal;

/** What a case hears of an alert; the engine's transition, by its alert's id. */
export type AlertWord = { alertId: string; change: Change; level: Grade };

/**
 * Keeps the open cases, one to a site and class. `at` is the clock of the log, which never goes
 * backwards; every step first lets time pass up to it. Built anew from the cases it gave out in
 * `changed()`, it goes on as if nothing had been.
 */
export class Docket {
  readonly #calendar: WorkCalendar | null;
  readonly #open = new Map<string, Case>();
  /** Site and class → case, alert → case; what is watched → cases. Of open cases only. */
  readonly #places = new Map<string, string>();
  readonly #alerts = new Map<string, string>();
  readonly #watching = new Watching();
  readonly #agenda = new Agenda();
  #changed = new Map<string, Case>();
  #events: CaseEvent[] = [];

  /**
   * `cases`: as stored; closed ones are passed over. Without a calendar, limits in work time have
   * no due instant.
   */
  constructor(cases: Iterable<Case>, calendar: WorkCalendar | null = operatorCalendar) {
    this.#calendar = calendar;
    for (const one of cases) {
      if (isFinal(one)) continue;
      this.#index(one);
      this.#agenda.put(one.id, nextLookAt(one));
    }
  }

  get size(): number {
    return this.#open.size;
  }

  /** An open case, by its id. */
  get(id: string): Case | undefined {
    return this.#open.get(id);
  }

  /** The open case that an alert has joined. */
  withAlert(alertId: string): Case | undefined {
    return this.#open.get(this.#alerts.get(alertId) ?? "");
  }

  /** The open case of a site and class; there is at most one. */
  openAt(siteId: string, ofClass: string): Case | undefined {
    return this.#open.get(this.#places.get(placeOf(siteId, ofClass)) ?? "");
  }

  /** Whether an open case watches this sensor: whoever judges readings asks this first. */
  watches(sensorId: string): boolean {
    return this.#watching.hasSensor(sensorId);
  }

  /** When time next changes a case; null: nothing waits. */
  nextLookAt(): Instant | null {
    return this.#agenda.first()?.at ?? null;
  }

  /**
   * Opens the case of an alert, or lets it join the one that is open at its site in its class.
   * Twice is once.
   */
  openOrJoin(
    alert: CaseAlert,
    policy: CasePolicy,
    at: Instant,
    by: string = BRAIN,
    note?: string,
  ): CaseStep {
    this.passTo(at);
    const mine = this.withAlert(alert.id);
    if (mine) return this.#known(mine, alert, at);
    const calendar = this.#calendar;
    const entry = { alert, policy, calendar, by, ...(note ? { note } : {}) };
    const open = this.openAt(alert.siteId, policy.class);
    return this.#tell(open ?? null, { kind: open ? "alert.joined" : "alert.opened", ...entry }, at);
  }

  /**
   * A person opens the case of an alert. `alert` and `policy` are what the engine knows of it and
   * its rule; undefined: nothing.
   */
  open(
    act: Extract<CaseAct, { kind: "case.open" }>,
    alert: (CaseAlert & { phase: string }) | undefined,
    policy: CasePolicy | undefined,
    by: string,
    at: Instant,
  ): CaseAnswer {
    const id = act.alertId;
    if (!alert) return refuse("alert-not-found", { id });
    const mine = this.withAlert(id);
    if (mine) return refuse("alert-already-in-case", { id, caseId: mine.id, number: mine.number });
    if (alert.phase === "resolved") return refuse("alert-resolved", { id });
    if (!policy)
      return refuse("alert-makes-no-case", { id, scenario: alert.scenario, rule: alert.rule });
    return { ok: true, ...this.openOrJoin(alert, policy, at, by, act.note) };
  }

  /** Takes a transition of an alert into its case; null where no open case has the alert. */
  hear({ alertId, change, level }: AlertWord, at: Instant): CaseStep | null {
    this.passTo(at);
    const one = this.withAlert(alertId);
    if (!one) return null;
    switch (change) {
      case "escalated":
        return this.#tell(one, { kind: "alert.escalated", alertId, level }, at);
      case "reopened":
        return this.#tell(one, { kind: "alert.relapsed", alertId, level }, at);
      case "resolved":
        return this.#tell(one, { kind: "alert.resolved", alertId }, at);
      // A case that has the alert knew that it fired; a latched alert waits for a person and has
      // not resolved.
      case "fired":
      case "latched":
        return { case: one, events: [] };
    }
  }

  /** Nobody knows any more what is watched there, for this reason. */
  lost(where: Whereabouts, why: LostReason, at: Instant): CaseEvent[] {
    return this.#remark("sensor.lost", where, why, at);
  }

  /**
   * This reason is gone: where no other remains, the sensors are heard again, and normal begins
   * anew.
   */
  heard(where: Whereabouts, why: LostReason, at: Instant): CaseEvent[] {
    return this.#remark("sensor.heard", where, why, at);
  }

  /**
   * Does what a person asks, or says why not. A closed case is not in the docket: hand in
   * `stored`, as read from the records, so that it can be commented on and any other act be told
   * that it is closed.
   */
  act(act: PersonAct, by: string, at: Instant, stored?: Case | null): CaseAnswer {
    this.passTo(at);
    const before =
      this.#open.get(act.caseId) ?? this.#changed.get(act.caseId) ?? stored ?? undefined;
    if (before && before.id !== act.caseId)
      throw new Error(`${act.caseId} was asked for and ${before.id} handed in`);
    const decision = decide(before ?? null, { ...act, by }, at);
    if (!decision.ok) return decision;
    return { ok: true, ...this.#apply(before ?? null, decision.events) };
  }

  /** Lets time pass up to `at`, in order: what was normal for long enough is ready to close. */
  passTo(at: Instant): CaseEvent[] {
    const events: CaseEvent[] = [];
    for (let due = this.#agenda.first(); due && due.at <= at; due = this.#agenda.first()) {
      const one = this.#open.get(due.id)!;
      events.push(...this.#apply(one, look(one, at)).events);
    }
    return events;
  }

  /** Cases and lines that are new since last asked, in the order in which they came. */
  changed(): { cases: Case[]; events: CaseEvent[] } {
    const given = { cases: [...this.#changed.values()], events: this.#events };
    this.#changed = new Map();
    this.#events = [];
    return given;
  }

  /** The alert is in this case already: it may have come back, or have grown. */
  #known(mine: Case, { id, level }: CaseAlert, at: Instant): CaseStep {
    const kind = mine.openAlertIds.includes(id) ? "alert.escalated" : "alert.relapsed";
    return this.#tell(mine, { kind, alertId: id, level }, at);
  }

  #remark(
    kind: "sensor.lost" | "sensor.heard",
    where: Whereabouts,
    why: LostReason,
    at: Instant,
  ): CaseEvent[] {
    this.passTo(at);
    const events: CaseEvent[] = [];
    const there = fits(where);
    for (const id of this.#watching.at(where)) {
      const one = this.#open.get(id)!;
      // Asked for every reading of a watched sensor, and nearly always nothing new.
      const alertIds = (one.watched ?? [])
        .filter((its) => its.lost.includes(why) === (kind === "sensor.heard") && there(its))
        .map((its) => its.alertId);
      if (alertIds.length === 0) continue;
      events.push(...this.#tell(one, { kind, alertIds, why }, at).events);
    }
    return events;
  }

  /** A fact is never refused. */
  #tell(before: Case | null, fact: CaseCommand, at: Instant): CaseStep {
    const decision = decide(before, fact, at);
    if (!decision.ok) throw new Error(`a fact was refused: ${fact.kind}: ${decision.problem}`);
    return this.#apply(before, decision.events);
  }

  #apply(before: Case | null, events: readonly CaseEvent[]): CaseStep {
    const after = fold(events, before)!;
    if (events.length === 0) return { case: after, events };
    this.#changed.set(after.id, after);
    this.#events.push(...events);
    if (isFinal(after)) this.#drop(after);
    else this.#index(after);
    this.#agenda.put(after.id, nextLookAt(after));
    return { case: after, events };
  }

  #index(one: Case): void {
    this.#open.set(one.id, one);
    this.#places.set(placeOf(one.siteId, one.class), one.id);
    for (const alertId of one.alertIds) this.#alerts.set(alertId, one.id);
    this.#watching.add(one);
  }

  #drop(one: Case): void {
    if (!this.#open.delete(one.id)) return; // a closed case was commented on
    this.#places.delete(placeOf(one.siteId, one.class));
    for (const alertId of one.alertIds) this.#alerts.delete(alertId);
    this.#watching.delete(one);
  }
}

const placeOf = (siteId: string, ofClass: string): string => `${siteId}~${ofClass}`;
