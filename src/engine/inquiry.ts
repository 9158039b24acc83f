import { isOpen } from "../core/alert.ts";
import type { Reading, Values } from "../core/reading.ts";
import type { AnyRule, Threshold } from "../core/rule.ts";
import { type Duration, days, type Instant } from "../core/time.ts";
import { ask, boundsOf, type Fault } from "./ask.ts";
import { HEALTH } from "./health.ts";
import { heardOf, type Listener, Listeners } from "./listeners.ts";
import { type Asking, type Memory, type Moved, rested } from "./pipeline.ts";
import type { Running } from "./running.ts";
import { hear, judgedAt, lagOf, nextOwn, type Subject } from "./subject.ts";
import type { Subjects } from "./subjects.ts";
import { ended, type Transition, transition } from "./transition.ts";

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

/** More wakes of one subject at one instant than this are a fault of ours, which must end with its name and not in a loop. */
const AGAIN = 1_000;
/** A sensor whose clock leaps further than this is not taken to have lived through the time between. */
const LEAP: Duration = days(1);

/**
 * One event through one subject: all its rules, then those who listen to what came of it, and the brain's own health
 * where a rule failed. What came of it all is pushed to `out`, in order.
 */
export class Inquiry {
  /** The clock of receipt, as far as it has been let pass. */
  clock: Instant = 0;
  readonly #world: World;
  readonly #meter: Meter | null;
  readonly #subjects: Subjects;
  readonly #health: Running;
  #listeners = new Listeners();
  #faults: Fault[] = [];
  #woken: { subject: Subject; at: Instant; times: number } | null = null;

  constructor(
    parts: { world: World; meter: Meter | null; subjects: Subjects },
    scenarios: ReadonlyMap<string, Running>,
  ) {
    this.#world = parts.world;
    this.#meter = parts.meter;
    this.#subjects = parts.subjects;
    this.#health = scenarios.get(HEALTH)!;
    this.listen(scenarios);
  }

  /** Notes anew who hears of whom, where rules were put in place of others. */
  listen(scenarios: ReadonlyMap<string, Running>): void {
    this.#listeners = new Listeners();
    for (const running of scenarios.values()) this.#listeners.add(running);
  }

  /** Whether a subject says nothing: its scenario, or its sensor, is out of service. */
  isOut({ running, sensorId }: Subject): boolean {
    if (running.out) return true;
    return sensorId !== null && running !== this.#health && this.#world.outOfService(sensorId);
  }

  /** A reading that is new to its sensor, judged there and at its site. */
  read(sensor: Subject, reading: Reading, at: Instant, out: Transition[]): void {
    const { running, siteId } = sensor;
    const { sensorId, receivedAt, values } = reading;
    const site = this.#world.facts(running.scenario.id, siteId);
    const asking: Asking = {
      event: { kind: "reading", sensorId, reading: values, receivedAt, site },
      reading,
      silentUntil: running.silentUntil,
    };
    this.#live(sensor, at, out);
    hear(sensor, reading.time, receivedAt);
    this.#put(sensor, asking, at, out);
    if (running.siteRules.length === 0) return;
    const whole = this.#subjects.of(running, siteId, null);
    this.#put(whole, asking, this.#approach(whole, at, out), out);
  }

  /** The time a subject waited for has come. */
  wake(subject: Subject, at: Instant, out: Transition[]): void {
    const { running, siteId, key } = subject;
    const last = this.#woken;
    if (last?.subject !== subject || last.at !== at) this.#woken = { subject, at, times: 1 };
    else if (++last.times > AGAIN) throw new Error(`${key} is woken at ${at} for ever`);
    const site = this.#world.facts(running.scenario.id, siteId);
    const { silentUntil } = running;
    this.#put(subject, { event: { kind: "wake", site }, reading: null, silentUntil }, at, out);
  }

  /** The time it waited for has come, and it may say nothing. */
  rest(subject: Subject): void {
    const own = this.clock - lagOf(subject);
    subject.memories = subject.memories.map((memory, i) => {
      const { rule } = subject.rules[i]!;
      return rested(rule, memory, subject.running.every, rule.silence ? this.clock : own);
    });
    this.#subjects.keep(subject);
  }

  /** An alert that nobody will judge any more ends, if it is open. */
  end(subject: Subject, name: string, memory: Memory, note: string, out: Transition[]): void {
    if (!memory.alert || !isOpen(memory.alert)) return;
    const rule = subject.rules.find((named) => named.name === name)?.rule ?? null;
    const moved = ended(memory, note, this.clock - lagOf(subject));
    this.tell(subject, { name, rule }, moved, out);
  }

  /** An alert moved: tells of it, and those who listen hear it. */
  tell(
    subject: Subject,
    { name, rule }: { name: string; rule: AnyRule | null },
    moved: Moved,
    out: Transition[],
  ): void {
    const thresholds = rule?.thresholds ? this.#bounds(subject, name, rule) : [];
    if (this.#faults.length > 0) this.#reportFaults(out);
    const { clock } = this;
    const told = transition({ subject, name, rule, moved, thresholds, clock });
    out.push(told);
    for (const listener of this.#listeners.of(told)) this.#spread(told, listener, out);
  }

  /** Tells the brain's own scenario of a fault, as a reading like any other. */
  report(fault: Omit<Fault, "fault"> & { fault: string }, out: Transition[]): void {
    const { scenario, ...values } = fault;
    if (scenario === HEALTH) throw new Error(`the brain's own scenario failed: ${fault.detail}`);
    this.notice("brain", scenario, values, out);
  }

  /** Tells the brain's own scenario of something at a site. */
  notice(siteId: string, sensorId: string, values: Values, out: Transition[]): void {
    const { clock } = this;
    const subject = this.#subjects.of(this.#health, siteId, sensorId);
    const times = { time: clock, receivedAt: clock };
    const named = { sensorId, siteId, scenario: HEALTH, ...times };
    this.read(subject, { ...named, values, quality: "good" }, clock, out);
  }

  /** Brings a subject to an instant of its own time: what fell due until then comes first, as if nothing had been late. */
  #live(subject: Subject, at: Instant, out: Transition[]): void {
    for (let due = nextOwn(subject); due !== null && due < at; due = nextOwn(subject))
      this.wake(subject, Math.max(due, at - LEAP), out);
  }

  /** Brings a site to an instant that one of its sensors or another scenario speaks of. A site's time never goes back. */
  #approach(site: Subject, at: Instant, out: Transition[]): Instant {
    const own = Math.max(at, judgedAt(site));
    this.#live(site, own, out);
    hear(site, own, this.clock);
    return own;
  }

  /** Puts every rule of a subject to one event. */
  #put(subject: Subject, asking: Asking, at: Instant, out: Transition[]): void {
    for (let i = 0; i < subject.rules.length; i++) this.#ask(subject, i, asking, at, out);
    this.#subjects.keep(subject);
  }

  #ask(subject: Subject, index: number, asking: Asking, at: Instant, out: Transition[]): void {
    const named = subject.rules[index]!;
    const { id } = subject.running.scenario;
    this.#meter?.enter(id, named.name);
    const time = named.rule.silence ? this.clock : at;
    const { memory, moved } = ask(subject, index, asking, time, this.#faults);
    this.#meter?.leave(id, named.name);
    subject.memories[index] = memory;
    if (this.#faults.length > 0) this.#reportFaults(out);
    if (moved) this.tell(subject, named, moved, out);
  }

  /** The second pass: a rule that listens hears of a transition on its site or below it. */
  #spread(told: Transition, { running, index, rule }: Listener, out: Transition[]): void {
    if (running.out) return;
    const home = rule.at === undefined ? told.siteId : this.#world.nearest(told.siteId, rule.at);
    if (home === undefined) return;
    const subject = this.#subjects.of(running, home, null);
    const own = this.#approach(subject, told.at, out);
    const site = this.#world.facts(running.scenario.id, home);
    const { silentUntil } = running;
    const event = { kind: "heard", heard: heardOf(told), site } as const;
    this.#ask(subject, index, { event, reading: null, silentUntil }, own, out);
    this.#subjects.keep(subject);
  }

  #bounds(subject: Subject, name: string, rule: AnyRule): readonly Threshold[] {
    const { id } = subject.running.scenario;
    const site = this.#world.facts(id, subject.siteId);
    this.#meter?.enter(id, name);
    const bounds = boundsOf(subject, name, rule, site, this.#faults);
    this.#meter?.leave(id, name);
    return bounds;
  }

  #reportFaults(out: Transition[]): void {
    const faults = this.#faults;
    this.#faults = [];
    for (const fault of faults) this.report(fault, out);
  }
}
