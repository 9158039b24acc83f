import { isOpen } from "../core/alert.ts";
import type { Reading } from "../core/reading.ts";
import type { AnyScenario } from "../core/scenario.ts";
import { type Duration, type Instant, seconds } from "../core/time.ts";
import type { BlindChange } from "./blindness.ts";
import { HEALTH, health } from "./health.ts";
import { Inquiry, type Meter, type World } from "./inquiry.ts";
import { resetMemory } from "./pipeline.ts";
import { gone, type Running, run } from "./running.ts";
import {
  hear,
  judgedAt,
  lagOf,
  newSubject,
  relearn,
  restore,
  rowOf,
  type Subject,
} from "./subject.ts";
import { type Saved, Subjects } from "./subjects.ts";
import type { Transition } from "./transition.ts";

export type { Meter, World } from "./inquiry.ts";
export type { Saved } from "./subjects.ts";

/** `out`: its sensor or its scenario is out of service, or there is no such scenario. */
export type Judged = "judged" | "copy" | "late" | "out";

/** A scenario, the parameters it judges with, and the number of their release; without one they are its own. */
export type Released = { scenario: AnyScenario; params: object; release?: number };

/** A pause of ours shorter than this is not held to have made us deaf. */
const DEAF_AFTER: Duration = seconds(10);

/** Puts rules to subjects in order of time. Holds state, reads no clock, does no I/O. */
export class Engine {
  readonly counts: Record<Judged, number> = { judged: 0, copy: 0, late: 0, out: 0 };
  readonly #scenarios = new Map<string, Running>();
  readonly #subjects = new Subjects();
  readonly #inquiry: Inquiry;
  /** Scenarios that have been told to be out of service, and those that are left alone without a word. */
  readonly #out = new Set<string>();
  readonly #skipped = new Set<string>();
  /** Subjects with memories that no rule judges any more, until `begin` tells the end of their alerts. */
  #orphaned: Subject[] = [];

  constructor(options: {
    scenarios: readonly Released[];
    world: World;
    saved?: Saved;
    meter?: Meter | null;
  }) {
    const { scenarios, world, saved = [], meter = null } = options;
    const all: readonly Released[] = [...scenarios, { scenario: health, params: {} }];
    for (const { scenario, params, release } of all)
      this.#scenarios.set(scenario.id, run(scenario, params, release));
    this.#inquiry = new Inquiry({ world, meter, subjects: this.#subjects }, this.#scenarios);
    this.#restore(saved);
  }

  /**
   * Judges a reading, and says in `counts` what became of it. One not newer than its sensor's last is a copy or history.
   * What fell due before its receipt comes first; what falls due at the very instant, after it.
   */
  take(reading: Reading): Transition[] {
    const out: Transition[] = [];
    const { time, receivedAt, siteId, sensorId } = reading;
    this.#passTo(receivedAt, out);
    const running = this.#scenarios.get(reading.scenario);
    const sensor = running && this.#subjects.of(running, siteId, sensorId);
    const judged = sensor ? this.#fate(sensor, reading) : "out";
    this.counts[judged]++;
    if (!sensor || time <= sensor.heardAt) return out;
    if (judged === "judged") this.#inquiry.read(sensor, reading, Math.min(time, receivedAt), out);
    else {
      hear(sensor, time, receivedAt);
      this.#subjects.keep(sensor);
    }
    this.#passTo(receivedAt, out); // what it said may have fallen due long ago, where it came late
    return out;
  }

  /** Lets time pass: wakes every subject that wanted it before `at`, in order. The instant itself is not over yet. */
  passTo(at: Instant): Transition[] {
    const out: Transition[] = [];
    this.#passTo(at, out);
    return out;
  }

  /**
   * The brain begins to run. After a pause of ours, silence is held against nobody for one period of its scenario, and a
   * rule is asked once for all the times it slept through. Open alerts of rules that are gone end.
   */
  begin(at: Instant, downSince: Instant | null): Transition[] {
    const out: Transition[] = [];
    if (downSince !== null && at - downSince >= DEAF_AFTER) this.#slept(at);
    this.#passTo(at, out);
    const orphaned = this.#orphaned.sort((a, b) => (a.key < b.key ? -1 : 1));
    this.#orphaned = [];
    for (const subject of orphaned) this.#withdraw(subject, out);
    return out.map((told) => ({ ...told, clock: at })); // found now, however long ago it was
  }

  /** Until when silence is held against nobody, by scenario; to be saved and given back to `resume`. */
  grace(): Record<string, Instant> {
    const held = [...this.#scenarios].filter(([, running]) => running.silentUntil > 0);
    return Object.fromEntries(held.map(([id, running]) => [id, running.silentUntil]));
  }

  /** Takes up what a former engine saved beside its rows. */
  resume(saved: { grace: Readonly<Record<string, Instant>>; out: readonly string[] }): void {
    for (const [id, until] of Object.entries(saved.grace)) {
      const running = this.#scenarios.get(id);
      if (running) running.silentUntil = until;
    }
    for (const id of saved.out) {
      this.#out.add(id);
      this.#service(id);
    }
  }

  /** Leaves a scenario alone, or no longer, without telling of it: nobody has said yet that it is out of service. */
  skip(scenario: string, skipped: boolean): void {
    if (skipped) this.#skipped.add(scenario);
    else this.#skipped.delete(scenario);
    this.#service(scenario);
  }

  /**
   * A person resets a latched alert; rules that listen hear of it. Null: there is no such alert, it is not latched, or
   * the condition is back. The caller has let time pass to `at`.
   */
  reset(
    alert: { scenario: string; rule: string; siteId: string; sensorId: string | null },
    at: Instant,
  ): Transition[] | null {
    const subject = this.#subjects.find(alert.scenario, alert.siteId, alert.sensorId);
    const index = subject?.rules.findIndex(({ name }) => name === alert.rule) ?? -1;
    const named = subject?.rules[index];
    if (!subject || !named) return null;
    const own = named.rule.silence ? at : at - lagOf(subject);
    const step = resetMemory(subject.memories[index]!, own);
    if (!step?.moved) return null;
    const out: Transition[] = [];
    this.#clockTo(at);
    subject.memories[index] = step.memory;
    this.#subjects.keep(subject);
    this.#inquiry.tell(subject, named, step.moved, out);
    return out;
  }

  /** Takes a scenario out of service, or puts it back; its alerts stay as they are, and nothing fires or ends meanwhile. */
  setOut(scenario: string, out: boolean, at: Instant, detail: string): Transition[] {
    const transitions: Transition[] = [];
    this.#passTo(at, transitions);
    const running = this.#scenarios.get(scenario);
    if (!running || this.#out.has(scenario) === out || scenario === HEALTH) return transitions;
    if (out) this.#out.add(scenario);
    else this.#out.delete(scenario);
    this.#service(scenario);
    if (!out) running.silentUntil = at + running.every;
    const fault = out ? "out" : "in";
    this.#inquiry.report({ scenario, rule: "", fault, detail }, transitions);
    return transitions;
  }

  /**
   * A scenario judges with other parameters from now on. Its memories and what it waits for stay, as they would at a restart;
   * what a shorter hold makes due falls due now. Throws, changing nothing, where its rules can't be made.
   */
  adopt({ scenario, params, release }: Released, at: Instant): Transition[] {
    const running = this.#scenarios.get(scenario.id);
    const out: Transition[] = [];
    if (!running) return out;
    const next = run(scenario, params, release);
    this.#passTo(at, out);
    running.sensorRules = next.sensorRules;
    running.siteRules = next.siteRules;
    running.release = next.release;
    this.#inquiry.listen(this.#scenarios);
    const own = [...this.#subjects.all()].filter((subject) => subject.running === running);
    for (const subject of own.sort((a, b) => (a.key < b.key ? -1 : 1))) {
      relearn(subject);
      this.#subjects.keep(subject);
      if (Object.keys(subject.orphans).length > 0) this.#withdraw(subject, out);
    }
    this.#passTo(at, out);
    return out;
  }

  /** A release no longer fits its scenario; told by whoever found out. */
  unfit(scenario: string, detail: string, at: Instant): Transition[] {
    const out: Transition[] = [];
    this.#passTo(at, out);
    this.#inquiry.report({ scenario, rule: "release", fault: "unfit", detail }, out);
    return out;
  }

  /** A rule took too long; told by whoever holds the clock. */
  slow(scenario: string, rule: string, detail: string, at: Instant): Transition[] {
    const out: Transition[] = [];
    this.#passTo(at, out);
    if (this.#scenarios.has(scenario) && scenario !== HEALTH)
      this.#inquiry.report({ scenario, rule, fault: "slow", detail }, out);
    return out;
  }

  /** A gateway or a site went blind, or sees again; told by whoever knows who stands behind it. */
  blind({ group, level, silent }: BlindChange): Transition[] {
    const out: Transition[] = [];
    const detail = `${silent}/${group.sensorIds.length}`;
    const said = level === null ? { fault: "sees" } : { fault: "blind", level };
    this.#inquiry.notice(group.siteId, group.id, { rule: "", detail, ...said }, out);
    return out;
  }

  /**
   * A sensor was put back in service: it has one period before silence is held against it. The caller let time pass to
   * `at` while it was still out.
   */
  refresh(sensor: { scenario: string; siteId: string; sensorId: string }, at: Instant): void {
    const subject = this.#subjects.find(sensor.scenario, sensor.siteId, sensor.sensorId);
    if (!subject) return;
    const earliest = at + subject.running.every;
    subject.memories = subject.memories.map((memory, i) =>
      subject.rules[i]!.rule.silence && memory.askAt !== null && memory.askAt < earliest
        ? { ...memory, askAt: earliest }
        : memory,
    );
    this.#subjects.keep(subject);
  }

  /**
   * A sensor, or a site (`sensorId` null), is gone from where it was, or may no longer be judged (`why`): its open alerts end,
   * and it is forgotten.
   */
  forget(
    scenario: string,
    siteId: string,
    sensorId: string | null,
    at: Instant,
    why?: string,
  ): Transition[] {
    const out: Transition[] = [];
    this.#passTo(at, out);
    const subject = this.#subjects.find(scenario, siteId, sensorId);
    if (!subject) return out;
    const note = why ?? (sensorId === null ? "site removed" : "sensor removed");
    subject.rules.forEach(({ name }, i) => {
      this.#inquiry.end(subject, name, subject.memories[i]!, note, out);
    });
    for (const [name, memory] of Object.entries(subject.orphans))
      this.#inquiry.end(subject, name, memory, note, out);
    this.#orphaned = this.#orphaned.filter((one) => one !== subject);
    this.#subjects.drop(subject);
    return out;
  }

  /** A site is gone: what its scenarios' own rules kept of it ends, and is forgotten. */
  forgetSite(siteId: string, at: Instant): Transition[] {
    return [...this.#scenarios.keys()].flatMap((id) => this.forget(id, siteId, null, at));
  }

  /** Whether a relapse would reopen this alert: then its record must not be forgotten. */
  mayReopen(alert: {
    id: string;
    scenario: string;
    rule: string;
    siteId: string;
    sensorId: string | null;
  }): boolean {
    const subject = this.#subjects.find(alert.scenario, alert.siteId, alert.sensorId);
    const index = subject?.rules.findIndex(({ name }) => name === alert.rule) ?? -1;
    return subject?.memories[index]?.alert?.id === alert.id;
  }

  /** The rows of some scenarios as they are now, for another engine to begin with. */
  rows(scenarios: ReadonlySet<string>): Saved {
    return [...this.#subjects.all()]
      .filter(({ running }) => scenarios.has(running.scenario.id))
      .map((subject) => [subject.key, rowOf(subject)] as const);
  }

  /** The rows that changed since last asked, null for a subject that is gone: just these go into the commit. */
  changed(): Saved {
    return this.#subjects.changed();
  }

  #service(scenario: string): void {
    const running = this.#scenarios.get(scenario);
    if (running) running.out = this.#out.has(scenario) || this.#skipped.has(scenario);
  }

  #fate(sensor: Subject, { time, receivedAt }: Reading): Judged {
    if (time <= sensor.heardAt) return time === sensor.heardAt ? "copy" : "late";
    if (this.#inquiry.isOut(sensor)) return "out";
    // Two that are both ahead of the clock are of the same instant, as far as anybody can tell.
    return Math.min(time, receivedAt) <= judgedAt(sensor) ? "copy" : "judged";
  }

  #passTo(at: Instant, out: Transition[]): void {
    for (let subject = this.#subjects.due(at); subject; subject = this.#subjects.due(at)) {
      this.#clockTo(subject.entry.at);
      if (this.#inquiry.isOut(subject)) this.#inquiry.rest(subject);
      else this.#inquiry.wake(subject, this.#inquiry.clock - lagOf(subject), out);
    }
    this.#clockTo(at);
  }

  /** The clock of receipt never goes back. */
  #clockTo(at: Instant): void {
    this.#inquiry.clock = Math.max(this.#inquiry.clock, at);
  }

  /** We heard nothing for a while: nobody is held to have been silent, and what rules wanted to be asked meanwhile is asked now. */
  #slept(at: Instant): void {
    for (const running of this.#scenarios.values()) running.silentUntil = at + running.every;
    for (const subject of this.#subjects.all()) {
      const own = at - lagOf(subject);
      const isMissed = (askAt: Instant | null, i: number) =>
        askAt !== null && askAt < own && !subject.rules[i]!.rule.silence;
      if (!subject.memories.some(({ askAt }, i) => isMissed(askAt, i))) continue;
      subject.memories = subject.memories.map((memory, i) =>
        isMissed(memory.askAt, i) ? { ...memory, askAt: own } : memory,
      );
      this.#subjects.keep(subject);
    }
  }

  /** Open alerts of rules that are gone end; nobody else will end them. */
  #withdraw(subject: Subject, out: Transition[]): void {
    const installed = this.#scenarios.has(subject.running.scenario.id);
    const note = installed ? "rule withdrawn" : "scenario withdrawn";
    for (const [name, memory] of Object.entries(subject.orphans))
      this.#inquiry.end(subject, name, memory, note, out);
    subject.orphans = {};
    if (installed) this.#subjects.keep(subject);
    else this.#subjects.drop(subject);
  }

  /** Takes up saved rows. Those of a scenario that is not installed now stay where they are, but for open alerts. */
  #restore(saved: Saved): void {
    for (const [key, row] of saved) {
      if (!row) continue;
      const [scenario = "", siteId = "", sensorId = null] = key.split("/");
      const running = this.#scenarios.get(scenario);
      const subject = running
        ? this.#subjects.of(running, siteId, sensorId)
        : newSubject(gone(scenario), siteId, sensorId);
      restore(subject, row);
      if (running) this.#subjects.queue(subject);
      const left = Object.values(subject.orphans);
      const open = left.some(({ alert }) => alert !== null && isOpen(alert));
      if (open || (running && left.length > 0)) this.#orphaned.push(subject);
    }
  }
}
