import { type Alert, isOpen, resetAlert } from "../core/alert.ts";
import type { Reading, Values } from "../core/reading.ts";
import type { AnyRule, Event, Heard } from "../core/rule.ts";
import { type AnyScenario, silenceOf } from "../core/scenario.ts";
import { type Duration, type Instant, seconds } from "../core/time.ts";
import type { Witnesses } from "./evidence.ts";
import { HEALTH, health } from "./health.ts";
import { Heap } from "./heap.ts";
import { type Asking, advance, Poison, type Step } from "./pipeline.ts";
import {
  alertId,
  newSubject,
  type Running,
  restore,
  rowOf,
  run,
  type Subject,
  type SubjectRow,
  subjectKey,
  subjectWake,
} from "./subject.ts";
import { type Transition, transition } from "./transition.ts";

/** What the judges may know of the world: the register, read anew at every judgement. */
export interface World {
  facts(scenario: string, siteId: string): unknown;
  /** The nearest site of a kind, from this one upwards; undefined: there is none. */
  nearest(siteId: string, kind: string): string | undefined;
  outOfService(sensorId: string): boolean;
}

/** Told before and after each rule is put to a subject, so that whoever watches knows where the time goes. */
export interface Meter {
  enter(scenario: string, rule: string): void;
  leave(scenario: string, rule: string): void;
}

export type Saved = readonly (readonly [subject: string, row: SubjectRow])[];
export type Judged = "judged" | "copy" | "late" | "out";

/** A pause of ours shorter than this is not held to have made us deaf. */
const DEAF_AFTER: Duration = seconds(10);

/** Puts rules to subjects in order of time. Holds state, reads no clock, does no I/O. */
export class Engine {
  readonly counts: Record<Judged, number> = { judged: 0, copy: 0, late: 0, out: 0 };
  readonly #world: World;
  readonly #meter: Meter | null;
  readonly #scenarios = new Map<string, Running>();
  readonly #listeners = new Map<string, { running: Running; name: string; rule: AnyRule }[]>();
  readonly #subjects = new Map<string, Subject>();
  readonly #wakes = new Heap<Subject>();
  #changed: Subject[] = [];
  /** The clock of receipt, as far as it has been let pass. */
  #clock: Instant = 0;
  #withdrawn: { subject: Subject; rule: string; alert: Alert; witnesses: Witnesses }[] = [];

  constructor(options: {
    scenarios: readonly { scenario: AnyScenario; params: object }[];
    world: World;
    saved?: Saved;
    meter?: Meter | null;
  }) {
    this.#world = options.world;
    this.#meter = options.meter ?? null;
    for (const { scenario, params } of [...options.scenarios, { scenario: health, params: {} }])
      this.#add(run(scenario, params, silenceOf(scenario)));
    for (const [key, row] of options.saved ?? []) this.#restore(key, row);
  }

  /** Judges a reading, and says in `counts` what became of it. One not newer than its sensor's last is a copy or history. */
  take(reading: Reading): Transition[] {
    const out: Transition[] = [];
    this.#passTo(reading.receivedAt, out);
    this.#clock = reading.receivedAt;
    const running = this.#scenarios.get(reading.scenario);
    if (!running || running.out) {
      this.counts.out++;
      return out;
    }
    const sensor = this.#subject(running, reading.siteId, reading.sensorId);
    const at = Math.min(reading.time, reading.receivedAt);
    if (at <= sensor.heardAt) {
      this.counts[at === sensor.heardAt ? "copy" : "late"]++;
      return out;
    }
    sensor.heardAt = at;
    this.counts.judged++;
    const asking = this.#asking(running, reading, at);
    this.#put(sensor, asking, at, out);
    if (running.siteRules.length > 0)
      this.#put(this.#subject(running, reading.siteId, null), asking, at, out);
    return out;
  }

  /** Lets time pass: wakes every subject that asked to be woken by then, in order. */
  passTo(at: Instant): Transition[] {
    const out: Transition[] = [];
    this.#passTo(at, out);
    return out;
  }

  /** The brain begins to run. After a pause of ours, silence is held against nobody for one period of its scenario. */
  begin(at: Instant, downSince: Instant | null): Transition[] {
    const deaf = downSince !== null && at - downSince >= DEAF_AFTER;
    if (deaf)
      for (const running of this.#scenarios.values())
        running.silentUntil = at + running.scenario.every;
    this.#clock = at;
    const out = this.#withdrawn.map(({ subject, rule: name, alert, witnesses }) => {
      this.#mark(subject);
      const step = { change: "resolved", alert, witnesses, note: "rule withdrawn" } as const;
      return transition({
        subject,
        name,
        rule: null,
        step,
        heard: null,
        at,
        clock: at,
        site: undefined,
      });
    });
    this.#withdrawn = [];
    this.#passTo(at, out);
    return out;
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
      const running = this.#scenarios.get(id);
      if (running) running.out = true;
    }
  }

  /** A person resets a latched alert. Null: there is no such alert, or it is not latched. */
  reset(
    subject: { scenario: string; rule: string; siteId: string; sensorId: string | null },
    at: Instant,
  ): Transition | null {
    const found = this.#subjects.get(
      subjectKey(subject.scenario, subject.siteId, subject.sensorId),
    );
    const i = found ? found.rules.findIndex(({ name }) => name === subject.rule) : -1;
    if (!found || i < 0) return null;
    const memory = found.memories[i]!;
    const step = memory.alert && resetAlert(memory.alert, at);
    if (!step?.alert) return null;
    found.memories[i] = { ...memory, alert: step.alert };
    this.#clock = at;
    this.#mark(found);
    this.#queue(found);
    const { witnesses } = memory;
    const reset = { change: "resolved", alert: step.alert, witnesses, note: undefined } as const;
    return this.#tell(found, i, reset, null, at);
  }

  /** Takes a scenario out of service, or puts it back; its alerts and memories stay as they are. */
  setOut(scenario: string, out: boolean, at: Instant, detail: string): Transition[] {
    const transitions: Transition[] = [];
    this.#passTo(at, transitions);
    const running = this.#scenarios.get(scenario);
    if (!running || running.out === out) return transitions;
    running.out = out;
    this.#clock = at;
    if (!out) {
      running.silentUntil = at + running.scenario.every;
      for (const subject of this.#subjects.values())
        if (subject.running === running) this.#queue(subject);
    }
    this.#report(scenario, "", out ? "out" : "in", detail, at, transitions);
    return transitions;
  }

  /** A rule took too long; told by whoever holds the clock. */
  slow(scenario: string, rule: string, detail: string, at: Instant): Transition[] {
    const out: Transition[] = [];
    this.#passTo(at, out);
    this.#clock = at;
    this.#report(scenario, rule, "slow", detail, at, out);
    return out;
  }

  /** The sensor's register entry changed: put back in service, it has one period before silence is held against it. */
  refresh(reading: { scenario: string; siteId: string; sensorId: string }, at: Instant): void {
    const subject = this.#subjects.get(
      subjectKey(reading.scenario, reading.siteId, reading.sensorId),
    );
    if (!subject) return;
    const earliest = at + subject.running.scenario.every;
    subject.memories = subject.memories.map((memory, i) =>
      subject.rules[i]!.rule.silence && memory.askAt !== null && memory.askAt < earliest
        ? { ...memory, askAt: earliest }
        : memory,
    );
    this.#mark(subject);
    this.#queue(subject);
  }

  /** The rows that changed since last asked: just these go into the commit. */
  changed(): Saved {
    const rows = this.#changed.map((subject) => {
      subject.changed = false;
      return [subject.key, rowOf(subject)] as const;
    });
    this.#changed = [];
    return rows;
  }

  #add(running: Running): void {
    this.#scenarios.set(running.scenario.id, running);
    for (const { name, rule } of running.siteRules)
      for (const heard of rule.hears ?? []) {
        const key = `${heard.scenario}/${heard.rule}`;
        const listeners = this.#listeners.get(key) ?? [];
        listeners.push({ running, name, rule });
        this.#listeners.set(key, listeners);
      }
  }

  #restore(key: string, row: SubjectRow): void {
    const [scenario = "", siteId = "", sensorId] = key.split("/");
    const running = this.#scenarios.get(scenario);
    if (!running) return; // a scenario that is not installed now: its rows stay where they are
    const subject = this.#subject(running, siteId, sensorId ?? null);
    for (const name of restore(subject, row)) {
      const { alert, witnesses } = row.memories[name]!;
      if (alert && isOpen(alert)) this.#withdrawn.push({ subject, rule: name, alert, witnesses });
    }
    this.#queue(subject);
  }

  #asking(running: Running, reading: Reading, at: Instant): Asking {
    const { sensorId, receivedAt, values } = reading;
    const quality = this.#world.outOfService(sensorId) ? "bad" : reading.quality;
    const site = this.#world.facts(running.scenario.id, reading.siteId);
    return {
      event: { kind: "reading", sensorId, reading: values, receivedAt, site },
      witness: { sensorId, at, receivedAt, quality, values },
      silentUntil: running.silentUntil,
    };
  }

  #passTo(at: Instant, out: Transition[]): void {
    for (let due = this.#wakes.peek(); due && due.at <= at; due = this.#wakes.peek()) {
      this.#wakes.pop();
      const subject = due.item;
      if (subject.queuedAt !== due.at) continue; // an earlier wake took its place
      subject.queuedAt = null;
      this.#clock = Math.max(this.#clock, due.at);
      const wake = this.#isQuiet(subject) ? null : subjectWake(subject);
      if (wake === null) continue;
      if (wake > due.at) {
        this.#queue(subject); // readings put it off
        continue;
      }
      const { running, siteId } = subject;
      const site = this.#world.facts(running.scenario.id, siteId);
      this.#put(
        subject,
        { event: { kind: "wake", site }, witness: null, silentUntil: running.silentUntil },
        due.at,
        out,
      );
    }
  }

  /** Time alone says nothing about a sensor or scenario that is out of service. */
  #isQuiet(subject: Subject): boolean {
    return (
      subject.running.out ||
      (subject.sensorId !== null && this.#world.outOfService(subject.sensorId))
    );
  }

  /** Puts every rule of a subject to one event, and tells the rules that listen what came of it. */
  #put(subject: Subject, asking: Asking, at: Instant, out: Transition[]): void {
    for (let i = 0; i < subject.rules.length; i++) {
      const told = this.#ask(subject, i, asking, at, out);
      if (told) {
        out.push(told);
        this.#spread(told, out);
      }
    }
    this.#mark(subject);
    this.#queue(subject);
  }

  /** The single place where a scenario's code runs, and where its failure stops. */
  #ask(
    subject: Subject,
    i: number,
    asking: Asking,
    at: Instant,
    out: Transition[],
  ): Transition | null {
    const { name, rule } = subject.rules[i]!;
    const { id } = subject.running.scenario;
    this.#meter?.enter(id, name);
    try {
      const step = advance(rule, subject.memories[i]!, asking, at, (raisedAt) =>
        alertId(subject, name, raisedAt),
      );
      const told = step.change ? this.#tell(subject, i, step, heardIn(asking.event), at) : null;
      subject.memories[i] = step.memory;
      return told;
    } catch (error) {
      // Whatever a scenario throws is its own fault, told as an alert; the memory stays as it was.
      const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      this.#report(
        id,
        name,
        error instanceof Poison ? "not-json" : "throws",
        detail.slice(0, 300),
        at,
        out,
      );
      return null;
    } finally {
      this.#meter?.leave(id, name);
    }
  }

  /** The second pass: rules that listen hear a transition on their site or below it; what they say is not heard again. */
  #spread(told: Transition, out: Transition[]): void {
    const { scenario, rule, change, siteId, alert, at } = told;
    const listeners = this.#listeners.get(`${scenario}/${rule}`);
    if (!listeners) return;
    const heard: Heard = { scenario, rule, change, siteId, level: alert.level, alertId: alert.id };
    for (const listener of listeners) {
      const { running } = listener;
      if (running.out) continue;
      const home =
        listener.rule.at === undefined ? siteId : this.#world.nearest(siteId, listener.rule.at);
      if (home === undefined) continue;
      const subject = this.#subject(running, home, null);
      const i = subject.rules.findIndex(({ name }) => name === listener.name);
      const site = this.#world.facts(running.scenario.id, home);
      const asking: Asking = {
        event: { kind: "heard", heard, site },
        witness: null,
        silentUntil: running.silentUntil,
      };
      const answer = this.#ask(subject, i, asking, at, out);
      if (answer) out.push(answer);
      this.#mark(subject);
      this.#queue(subject);
    }
  }

  #tell(
    subject: Subject,
    i: number,
    step: Omit<Step, "memory">,
    heard: Heard | null,
    at: Instant,
  ): Transition {
    const { name, rule } = subject.rules[i]!;
    const site = this.#world.facts(subject.running.scenario.id, subject.siteId);
    return transition({ subject, name, rule, step, heard, at, clock: this.#clock, site });
  }

  /** Tells the brain's own scenario of a fault, as a reading like any other. */
  #report(
    scenario: string,
    rule: string,
    fault: string,
    detail: string,
    at: Instant,
    out: Transition[],
  ): void {
    if (scenario === HEALTH) throw new Error(`the brain's own scenario failed: ${detail}`);
    const values: Values = { fault, rule, detail };
    const running = this.#scenarios.get(HEALTH)!;
    const subject = this.#subject(running, "brain", scenario);
    subject.heardAt = Math.max(at, subject.heardAt);
    const reading: Reading = {
      sensorId: scenario,
      siteId: "brain",
      scenario: HEALTH,
      time: at,
      receivedAt: at,
      values,
      quality: "good",
    };
    this.#put(subject, this.#asking(running, reading, at), at, out);
  }

  #subject(running: Running, siteId: string, sensorId: string | null): Subject {
    const key = subjectKey(running.scenario.id, siteId, sensorId);
    let subject = this.#subjects.get(key);
    if (!subject) {
      subject = newSubject(running, siteId, sensorId);
      this.#subjects.set(key, subject);
    }
    return subject;
  }

  #mark(subject: Subject): void {
    if (subject.changed) return;
    subject.changed = true;
    this.#changed.push(subject);
  }

  /** Keeps one live wake per subject: one that only moves later is put off when it comes up, not queued again. */
  #queue(subject: Subject): void {
    const at = subjectWake(subject);
    if (at === null || (subject.queuedAt !== null && subject.queuedAt <= at)) return;
    subject.queuedAt = at;
    this.#wakes.push({ at, key: subject.key, item: subject });
  }
}

const heardIn = (event: Event<unknown, unknown>): Heard | null =>
  event.kind === "heard" ? event.heard : null;
