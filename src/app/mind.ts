// What one entry of the log does to the world: alerts, cases, register. Pure: the same entries give the same changes, byte for byte.

import type { Case } from "../cases/case.ts";
import { Docket } from "../cases/docket.ts";
import type { WorkCalendar } from "../cases/limits.ts";
import type { CasePolicy } from "../core/alert.ts";
import type { Reading } from "../core/reading.ts";
import type { AnyRule, Json, Rules } from "../core/rule.ts";
import type { AnyScenario } from "../core/scenario.ts";
import type { Instant } from "../core/time.ts";
import { type BlindChange, Blindness, type Groups } from "../engine/blindness.ts";
import { type AlertRecord, Desk, type Wanted } from "../engine/desk.ts";
import { Engine, type Meter } from "../engine/engine.ts";
import { HEALTH, health } from "../engine/health.ts";
import { outlineOf } from "../engine/outline.ts";
import { APART, shadowed } from "../engine/shadow-record.ts";
import type { SubjectRow } from "../engine/subject.ts";
import type { Transition } from "../engine/transition.ts";
import type { RegisterChange } from "../register/entities.ts";
import { Register } from "../register/register.ts";
import type { Entry, Position } from "../store/log.ts";
import type { Commit, Loaded } from "../store/records.ts";
import type { Act, Command, Outcome } from "./commands.ts";
import { laidOver } from "./params.ts";
import { consentSites, leaving, sensorsTouched, unconsented } from "./register-moves.ts";
import { type Askers, type InForce, type Released, Releases } from "./releases.ts";
import { Shadows } from "./shadows.ts";
import { groupsOf, whose } from "./standing.ts";

/** A scenario and the parameters it runs with. */
export type Played = { scenario: AnyScenario; params: object; release?: number };

/** What an act on something that is over needs from the records; the judge reads it before it hands the entry in. */
export type Recalled = { alert: AlertRecord | null; case: Case | null };

/** What one commit is to hold. */
export type Drained = Omit<Commit, "expected" | "outcomes"> & { outcomes: readonly Outcome[] };

type Answer =
  | { ok: true; result: Json }
  | { ok: false; problem: string; params: Record<string, string | number> };

type Link = { online: boolean; since: Instant };

/** Rows of this prefix beside the engine's: the link state of a sensor or gateway. Freshness is another fact. */
const LINK = "~link/";

export class Mind {
  readonly register: Register;
  readonly engine: Engine;
  readonly #desk: Desk;
  readonly #docket: Docket;
  readonly #rules = new Map<string, AnyRule>();
  readonly #groups: Groups;
  readonly #blindness: Blindness;
  readonly #played: Map<string, Played>;
  readonly #releases: Releases;
  readonly #shadows: Shadows;
  #position: Position;
  #time: Instant;
  /** Links that changed since the last drain. */
  readonly #links = new Map<string, Link>();
  #out: Record<string, string>;
  /** Scenarios left alone until the log says so itself, by the command of this key. */
  #skipped: Readonly<Record<string, string>> = {};
  #registerChanges: RegisterChange[] = [];
  #outcomes: Outcome[] = [];
  #metaChanged = false;
  #news = false;
  /** How far people's and cases' own timers have run. */
  #advancedTo: Instant = 0;

  constructor(options: {
    scenarios: readonly Played[];
    loaded: Loaded;
    exercise: boolean;
    calendar?: WorkCalendar | null;
    meter?: Meter | null;
    /** Whether a release needs a second person. */
    fourEyes?: boolean;
  }) {
    const { loaded, exercise, calendar, meter, fourEyes = false } = options;
    this.#releases = new Releases(options.scenarios, loaded.meta.releases, fourEyes);
    const scenarios = options.scenarios.map((one) => ({
      ...one,
      ...this.#releases.of(one.scenario.id),
    }));
    this.#position = loaded.position;
    this.#time = loaded.time ?? 0;
    this.#out = (loaded.meta.out ?? {}) as Record<string, string>;
    this.register = new Register(scenarios.map(({ scenario }) => scenario));
    this.register.apply(loaded.register);
    this.#played = new Map(scenarios.map((one) => [one.scenario.id, one]));
    for (const one of [...scenarios, { scenario: health, params: {} }]) this.#learn(one);
    this.#groups = groupsOf(this.register);
    this.#blindness = new Blindness(this.#groups);
    this.#remember(loaded);
    const saved = loaded.memories
      .filter(([key]) => !key.startsWith(APART))
      .map(([key, row]) => [key, JSON.parse(row) as SubjectRow] as const);
    this.engine = new Engine({ scenarios, world: this.#world(), saved, meter: meter ?? null });
    const grace = (loaded.meta.grace ?? {}) as Record<string, Instant>;
    const standing = { grace, out: Object.keys(this.#out) };
    this.engine.resume(standing);
    const beside = { played: this.#played, world: this.#world(), meter: meter ?? null };
    this.#shadows = new Shadows(beside, loaded, standing);
    this.#desk = new Desk(this.#surroundings(exercise), loaded.alerts, this.#time);
    this.#docket = new Docket(loaded.cases, calendar);
  }

  #learn({ scenario, params }: Played): void {
    for (const key of this.#rules.keys())
      if (key.startsWith(`${scenario.id}/`)) this.#rules.delete(key);
    const rules: Rules = scenario.rules(params);
    for (const [name, rule] of Object.entries(rules))
      this.#rules.set(`${scenario.id}/${name}`, rule);
  }

  /** Who is silent, and which links are gone; the alerts that came of it are on record. */
  #remember({ alerts, memories }: Loaded): void {
    for (const alert of alerts)
      if (alert.sensorId !== null && alert.phase !== "resolved" && this.#isSilence(alert))
        this.#blindness.sensor(alert.sensorId, alert.level);
    for (const [key, row] of memories)
      if (key.startsWith(LINK))
        this.#blindness.link(key.slice(LINK.length), (JSON.parse(row) as Link).online);
  }

  get position(): Position {
    return this.#position;
  }

  /** The log's time, as far as it has been judged. */
  get time(): Instant {
    return this.#time;
  }

  /** Scenarios out of service, with the reason. */
  get out(): Readonly<Record<string, string>> {
    return this.#out;
  }

  /** What the scenarios judge with whose parameters were released. */
  get released(): Readonly<Record<string, InForce>> {
    return this.#releases.released;
  }

  /** Whether somebody waits for what changed: an alert, a case, an outcome, the register. Memories alone can wait. */
  get news(): boolean {
    return this.#news;
  }

  /** Judges one entry. `recalled` is what a command on something that is over needs. */
  take(entry: Entry, recalled: Recalled = { alert: null, case: null }): void {
    if (entry.kind === "readings") for (const reading of entry.readings) this.#read(reading);
    else if (entry.kind === "tick") this.#passTo(entry.time);
    else this.#obey(entry.command as unknown as Command, entry.position, entry.time, recalled);
    this.#position = entry.position;
    this.#time = Math.max(this.#time, entry.time);
  }

  /**
   * Goes on without scenarios that a judge before this one did not come back from, until the log itself takes each of them
   * out of service: by the command of the key given for it, whatever is said of it before.
   */
  skip(scenarios: Readonly<Record<string, string>>): void {
    this.#skipped = scenarios;
    for (const id of Object.keys(scenarios)) this.#skip(id, true);
  }

  #skip(id: string, skipped: boolean): void {
    const shadow = shadowed(id);
    if (shadow !== null && skipped) this.#shadows.leave(shadow);
    this.engine.skip(id, skipped);
    this.#beside(this.#time, (engine) => {
      engine.skip(id, skipped);
      return null;
    });
  }

  /** A command that was answered before: its answer is given again, and nothing else happens but that time passes. */
  repeat(entry: Entry, outcome: Outcome): void {
    this.#passTo(entry.time);
    this.#position = entry.position;
    this.#time = Math.max(this.#time, entry.time);
    this.#outcomes.push(outcome);
    this.#news = true;
  }

  /** Whether an outcome of this key waits to be committed. */
  pending(key: string): Outcome | undefined {
    return this.#outcomes.find((outcome) => outcome.key === key);
  }

  /** Everything that changed since the last drain. */
  drain(): Drained {
    const { alerts, events: alertEvents } = this.#desk.changed();
    this.#desk.forget(this.#time);
    const { cases, events: caseEvents } = this.#docket.changed();
    const shadows = this.#shadows.drain();
    const memories: (readonly [string, string | null])[] = [
      ...this.engine.changed().map(([key, row]) => [key, row && JSON.stringify(row)] as const),
      ...[...this.#links].map(([key, link]) => [key, JSON.stringify(link)] as const),
      ...shadows.rows,
    ];
    const meta: Record<string, Json> = {
      ...(this.#metaChanged ? this.#small() : {}),
      ...shadows.meta,
    };
    const drained = {
      position: this.#position,
      time: this.#time,
      memories,
      alerts,
      alertEvents,
      cases,
      caseEvents,
      register: this.#registerChanges,
      outcomes: this.#outcomes,
      outbox: [],
      meta,
    };
    this.#links.clear();
    this.#registerChanges = [];
    this.#outcomes = [];
    this.#metaChanged = false;
    this.#news = false;
    return drained;
  }

  /** The small states that a restart must find. */
  #small(): Record<string, Json> {
    const releases = this.#releases.book as unknown as Json;
    const isReleased = Object.keys(this.#releases.book).length > 0;
    return { out: this.#out, grace: this.engine.grace(), ...(isReleased && { releases }) };
  }

  #read(reading: Reading): void {
    if (!this.register.sensor(reading.sensorId)) return; // removed while it was on its way; the history has it
    const told = this.engine.take(reading);
    if (told.length > 0) this.#tell(told);
    if (this.#shadows.any) this.#shadows.take(reading);
    if (this.#docket.watches(reading.sensorId)) this.#watch(reading);
    // Time passes with every reading, whatever was told: a log without ticks is judged as one with them.
    if (reading.receivedAt > this.#advancedTo) this.#advance(reading.receivedAt);
  }

  /** A case is not told "normal" by a reading that its sensor itself does not trust. */
  #watch({ sensorId, quality, receivedAt }: Reading): void {
    const word = quality === "good" ? "heard" : "lost";
    this.#docket[word]({ sensorId }, "bad-quality", receivedAt);
  }

  #passTo(at: Instant): void {
    this.#tell(this.engine.passTo(at));
    this.#beside(at, (engine) => engine.passTo(at));
    this.#advance(at);
  }

  /** What the live engine lives through, the shadows live through as well. */
  #beside(at: Instant, work: (engine: Engine) => readonly Transition[] | null): void {
    if (this.#shadows.any) this.#shadows.each(at, work);
  }

  #tell(transitions: readonly Transition[]): void {
    for (const told of transitions) {
      if (this.#shadows.any) this.#shadows.witness(told);
      this.#advance(told.clock);
      const record = this.#desk.hear(told);
      if (told.change === "reopened" && record.caseId && !this.#docket.get(record.caseId))
        this.#desk.unlink(record.id, told.clock);
      const { change, alert } = told;
      this.#docket.hear({ alertId: alert.id, change, level: alert.level }, told.clock);
      this.#silence(told);
      this.#advance(told.clock);
    }
    // After all of them, since it is found now: nobody was blind before the last of them went quiet.
    const blinded = transitions.flatMap((told) => this.#sight(told));
    for (const change of blinded) this.#tell(this.engine.blind(change));
  }

  /** What a sensor's silence, or its end, means for those that go quiet with it. */
  #sight(told: Transition): BlindChange[] {
    if (told.sensorId === null || !this.#isSilence(told)) return [];
    return this.#blindness.sensor(
      told.sensorId,
      told.change === "resolved" ? null : told.alert.level,
    );
  }

  /** A silent sensor is not a normal one: cases that watch it are told. */
  #silence({ scenario, rule, change, siteId, sensorId, clock }: Transition): void {
    if (!this.#isSilence({ scenario, rule }) || change === "escalated") return;
    const where = {
      scenario,
      siteId,
      ...(sensorId === null ? {} : { sensorId }),
      exceptRule: rule,
    };
    this.#docket[change === "resolved" ? "heard" : "lost"](where, "silent", clock);
  }

  /** People's and cases' own timers, in order of time. */
  #advance(at: Instant): void {
    this.#advancedTo = Math.max(this.#advancedTo, at);
    for (const wanted of this.#desk.passTo(at)) this.#file(wanted);
    const events = this.#docket.passTo(at);
    this.#news ||= this.#desk.dirty || events.length > 0;
  }

  #file({ record, policy, at }: Wanted): void {
    const step = this.#docket.openOrJoin(record, policy, at);
    this.#desk.link(record.id, step.case.id, "brain", at);
  }

  #obey(command: Command, position: Position, at: Instant, recalled: Recalled): void {
    this.#position = position;
    if (command.act.kind !== "brain.start") this.#passTo(at);
    for (const [id, key] of Object.entries(this.#skipped))
      if (key === command.key) this.#skip(id, false);
    const answer = this.#do(command.act, command.by, at, recalled);
    this.#advance(at);
    this.#outcomes.push({ key: command.key, position, ...answer });
    this.#news = true;
  }

  #do(act: Act, by: string, at: Instant, recalled: Recalled): Answer {
    switch (act.kind) {
      case "brain.start":
        this.#metaChanged = true;
        this.#tell(this.engine.begin(at, act.downSince));
        this.#beside(at, (engine) => engine.begin(at, act.downSince));
        for (const [id, why] of this.#releases.unfit) this.#tell(this.engine.unfit(id, why, at));
        return done(null);
      case "link":
        this.#links.set(LINK + act.id, { online: act.online, since: at });
        for (const change of this.#blindness.link(act.id, act.online))
          this.#tell(this.engine.blind(change));
        return done(null);
      case "register.change":
        return this.#register(act.changes, at);
      case "scenario.slow":
        return this.#slow(act, at);
      case "scenario.shadow":
        return act.params === null
          ? this.#endShadow(act.scenario, null, at)
          : this.#shadow(act.scenario, act.params, by, at);
      case "scenario.release":
      case "scenario.rollback":
        return this.#release(act, { by, approvedBy: act.approvedBy ?? null }, at);
      case "scenario.out":
      case "scenario.in":
        return this.#service(act.scenario, act.kind === "scenario.out" ? act.reason : null, at);
      case "alert.reset":
        return this.#reset(act, by, at, recalled);
      case "alert.acknowledge":
      case "alert.shelve":
      case "alert.unshelve":
      case "alert.comment": {
        if (recalled.alert) this.#desk.recall(recalled.alert);
        const answer = this.#desk.act(act, by, at);
        return answer.ok ? done(answer.record) : answer;
      }
      case "case.open": {
        const record = this.#desk.get(act.alertId);
        const policy = record && this.#policy(record.scenario, record.rule);
        const answer = this.#docket.open(act, record, policy, by, at);
        if (!answer.ok) return answer;
        this.#desk.link(act.alertId, answer.case.id, by, at);
        return done(answer.case);
      }
      default: {
        if (act.kind === "case.dispatch" && !this.register.get("unit", act.unitId))
          return { ok: false, problem: "unit-not-found", params: { id: act.unitId } };
        const answer = this.#docket.act(act, by, at, recalled.case);
        return answer.ok ? done(answer.case) : answer;
      }
    }
  }

  /** A batch is taken whole or not at all; what hangs on it is looked at anew. */
  #register(changes: readonly RegisterChange[], at: Instant): Answer {
    const faults = this.register.check(changes);
    const [first] = faults;
    if (first)
      return {
        ok: false,
        problem: "register-refused",
        params: { count: faults.length, faults: JSON.stringify(faults.slice(0, 100)) },
      };
    const before = sensorsTouched(this.register, changes);
    const askedOf = consentSites(this.register, changes);
    // What is gone from where it was is forgotten while the register still knows who listens there.
    const { sensors, siteIds } = leaving(changes, before);
    for (const { scenario, siteId, id } of sensors) this.#forget(scenario, siteId, id, at);
    for (const id of siteIds) {
      this.#tell(this.engine.forgetSite(id, at));
      this.#beside(at, (engine) => engine.forgetSite(id, at));
    }
    this.register.apply(changes);
    this.#registerChanges.push(...changes);
    for (const { id, outOfService } of before.values())
      this.#serviceChanged(id, Boolean(outOfService), at);
    // Without consent nobody is judged: what the rules kept of a person who withdraws ends at once.
    for (const { scenario, siteId, id } of unconsented(this.register, askedOf, at))
      for (const sensorId of [id, null])
        this.#forget(scenario, siteId, sensorId, at, "consent withdrawn");
    this.#desk.refresh(at);
    return done({ changes: changes.length });
  }

  #forget(...[scenario, siteId, sensorId, at, why]: Parameters<Engine["forget"]>): void {
    this.#tell(this.engine.forget(scenario, siteId, sensorId, at, why));
    this.#beside(at, (engine) => engine.forget(scenario, siteId, sensorId, at, why));
  }

  #serviceChanged(id: string, wasOut: boolean, at: Instant): void {
    const sensor = this.register.sensor(id);
    if (!sensor || Boolean(sensor.outOfService) === wasOut) return;
    if (sensor.outOfService) this.#docket.lost({ sensorId: id }, "out-of-service", at);
    else {
      this.engine.refresh({ ...sensor, sensorId: id }, at);
      this.#beside(at, (engine) => {
        engine.refresh({ ...sensor, sensorId: id }, at);
        return null;
      });
      this.#docket.heard({ sensorId: id }, "out-of-service", at);
    }
  }

  /** Its own scenario is told nothing of a shadow: nobody's alerts are at stake. */
  #slow({ scenario, rule, tookMs }: Extract<Act, { kind: "scenario.slow" }>, at: Instant): Answer {
    const took = `${Math.round(tookMs)} ms`;
    const shadow = shadowed(scenario);
    if (shadow === null) this.#tell(this.engine.slow(scenario, rule, took, at));
    else this.#shadows.fault(shadow, `slow: ${rule}, ${took}`);
    return done(null);
  }

  #shadow(id: string, given: Json, by: string, at: Instant): Answer {
    const played = this.#played.get(id);
    if (!played) return { ok: false, problem: "scenario-not-found", params: { id } };
    const laid = laidOver(played.scenario, played.params, given);
    if (!laid.ok) return laid;
    const { params, changed } = laid;
    return done(
      this.#shadows.begin(id, { params, changed, by }, at, {
        rows: (scenarios) => this.engine.rows(scenarios),
        open: this.#desk.lasting(id).map(outlineOf),
        grace: this.engine.grace(),
        out: Object.keys(this.#out),
      }),
    );
  }

  #endShadow(id: string, why: string | null, at: Instant): Answer {
    return this.#shadows.end(id, at, why)
      ? done({ id })
      : { ok: false, problem: "shadow-not-running", params: { id } };
  }

  #release(
    act: Extract<Act, { kind: "scenario.release" | "scenario.rollback" }>,
    who: Askers,
    at: Instant,
  ): Answer {
    const { scenario: id } = act;
    const released: Released =
      act.kind === "scenario.release"
        ? this.#releases.release(id, act.params, who, at)
        : this.#releases.rollback(id, who, at);
    if (!released.ok) return released;
    const next = { ...this.#played.get(id)!, ...this.#releases.of(id) };
    this.#played.set(id, next);
    this.#learn(next);
    this.#metaChanged = true;
    this.#tell(this.engine.adopt(next, at));
    this.#shadows.adopt(next, at);
    return done(released.release);
  }

  #service(scenario: string, reason: string | null, at: Instant): Answer {
    const shadow = shadowed(scenario);
    if (shadow !== null && reason !== null) return this.#endShadow(shadow, reason, at);
    if (scenario === HEALTH || !this.register.scenario(scenario))
      return { ok: false, problem: "scenario-not-found", params: { id: scenario } };
    const { [scenario]: _before, ...others } = this.#out;
    this.#out = reason === null ? others : { ...others, [scenario]: reason };
    this.#metaChanged = true;
    const isOut = reason !== null;
    this.#tell(this.engine.setOut(scenario, isOut, at, reason ?? ""));
    this.#beside(at, (engine) => engine.setOut(scenario, isOut, at, reason ?? ""));
    this.#docket[reason === null ? "heard" : "lost"]({ scenario }, "scenario-out", at);
    return done(null);
  }

  #reset(
    act: Extract<Act, { kind: "alert.reset" }>,
    by: string,
    at: Instant,
    recalled: Recalled,
  ): Answer {
    if (recalled.alert) this.#desk.recall(recalled.alert);
    const found = this.#desk.check(act.alertId, act.version);
    if (!found.ok) return found;
    const { record } = found;
    const told = record.phase === "latched" ? this.engine.reset(record, at) : null;
    if (!told)
      return { ok: false, problem: "not-latched", params: { id: record.id, phase: record.phase } };
    this.#desk.noteReset(record, by, at, act.note);
    this.#tell(told);
    this.#beside(at, (engine) => engine.reset(record, at));
    return done(this.#desk.get(record.id)!);
  }

  #policy(scenario: string, rule: string): CasePolicy | undefined {
    return this.#rules.get(`${scenario}/${rule}`)?.alert.case;
  }

  #world() {
    const { register } = this;
    return {
      facts: (scenario: string, siteId: string) => register.facts(scenario, siteId) ?? {},
      nearest: (siteId: string, kind: string) => register.nearest(siteId, kind),
      outOfService: (sensorId: string) => register.outOfService(sensorId),
    };
  }

  #isSilence = ({ scenario, rule }: { scenario: string; rule: string }): boolean =>
    this.#rules.get(`${scenario}/${rule}`)?.silence === true;

  #surroundings(exercise: boolean) {
    const { register } = this;
    return {
      casePolicy: (scenario: string, rule: string) => this.#policy(scenario, rule),
      mayReopen: (record: AlertRecord) => this.engine.mayReopen(record),
      place: (siteId: string) => ({
        communityId: register.communityOf(siteId)?.id ?? "",
        cellId: register.cellOf(siteId)?.id ?? "",
      }),
      permit: (siteId: string, scenario: string, rule: string, at: Instant) =>
        register.permitsFor(siteId, scenario, rule, at)[0]?.id,
      nextPermitChange: (at: Instant) => register.nextPermitChange(at),
      outOfService: (sensorId: string) => register.outOfService(sensorId),
      covers: (parent: AlertRecord) => whose(parent, this.#rules, register, this.#groups),
      exercise,
    };
  }
}

const done = (result: unknown): Answer => ({ ok: true, result: (result ?? null) as Json });
