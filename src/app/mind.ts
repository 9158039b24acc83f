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
import type { SubjectRow } from "../engine/subject.ts";
import type { Transition } from "../engine/transition.ts";
import type { RegisterChange } from "../register/entities.ts";
import { Register } from "../register/register.ts";
import type { Entry, Position } from "../store/log.ts";
import type { Commit, Loaded } from "../store/records.ts";
import type { Act, Command, Outcome } from "./commands.ts";
import { consentSites, leaving, sensorsTouched, unconsented } from "./register-moves.ts";
import { groupsOf, whose } from "./standing.ts";

/** A scenario and the parameters it runs with. */
export type Played = { scenario: AnyScenario; params: object };

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
  }) {
    const { scenarios, loaded, exercise, calendar, meter } = options;
    this.#position = loaded.position;
    this.#time = loaded.time ?? 0;
    this.#out = (loaded.meta.out ?? {}) as Record<string, string>;
    this.register = new Register(scenarios.map(({ scenario }) => scenario));
    this.register.apply(loaded.register);
    for (const { scenario, params } of [...scenarios, { scenario: health, params: {} }]) {
      const rules: Rules = scenario.rules(params);
      for (const [name, rule] of Object.entries(rules))
        this.#rules.set(`${scenario.id}/${name}`, rule);
    }
    this.#groups = groupsOf(this.register);
    this.#blindness = new Blindness(this.#groups);
    this.#remember(loaded);
    const saved = loaded.memories
      .filter(([key]) => !key.startsWith(LINK))
      .map(([key, row]) => [key, JSON.parse(row) as SubjectRow] as const);
    this.engine = new Engine({ scenarios, world: this.#world(), saved, meter: meter ?? null });
    const grace = (loaded.meta.grace ?? {}) as Record<string, Instant>;
    this.engine.resume({ grace, out: Object.keys(this.#out) });
    this.#desk = new Desk(this.#surroundings(exercise), loaded.alerts, this.#time);
    this.#docket = new Docket(loaded.cases, calendar);
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
    for (const id of Object.keys(scenarios)) this.engine.skip(id, true);
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
    const memories: (readonly [string, string | null])[] = [
      ...this.engine.changed().map(([key, row]) => [key, row && JSON.stringify(row)] as const),
      ...[...this.#links].map(([key, link]) => [key, JSON.stringify(link)] as const),
    ];
    const meta: Record<string, Json> = this.#metaChanged
      ? { out: this.#out, grace: this.engine.grace() }
      : {};
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

  #read(reading: Reading): void {
    if (!this.register.sensor(reading.sensorId)) return; // removed while it was on its way; the history has it
    const told = this.engine.take(reading);
    if (told.length > 0) this.#tell(told);
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
    this.#advance(at);
  }

  #tell(transitions: readonly Transition[]): void {
    for (const told of transitions) {
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
      if (key === command.key) this.engine.skip(id, false);
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
        return done(null);
      case "link":
        this.#links.set(LINK + act.id, { online: act.online, since: at });
        for (const change of this.#blindness.link(act.id, act.online))
          this.#tell(this.engine.blind(change));
        return done(null);
      case "register.change":
        return this.#register(act.changes, at);
      case "scenario.slow":
        this.#tell(this.engine.slow(act.scenario, act.rule, `${Math.round(act.tookMs)} ms`, at));
        return done(null);
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
    for (const { scenario, siteId, id } of sensors)
      this.#tell(this.engine.forget(scenario, siteId, id, at));
    for (const id of siteIds) this.#tell(this.engine.forgetSite(id, at));
    this.register.apply(changes);
    this.#registerChanges.push(...changes);
    for (const { id, outOfService } of before.values())
      this.#serviceChanged(id, Boolean(outOfService), at);
    // Without consent nobody is judged: what the rules kept of a person who withdraws ends at once.
    for (const { scenario, siteId, id } of unconsented(this.register, askedOf, at))
      for (const sensorId of [id, null])
        this.#tell(this.engine.forget(scenario, siteId, sensorId, at, "consent withdrawn"));
    this.#desk.refresh(at);
    return done({ changes: changes.length });
  }

  #serviceChanged(id: string, wasOut: boolean, at: Instant): void {
    const sensor = this.register.sensor(id);
    if (!sensor || Boolean(sensor.outOfService) === wasOut) return;
    if (sensor.outOfService) this.#docket.lost({ sensorId: id }, "out-of-service", at);
    else {
      this.engine.refresh({ ...sensor, sensorId: id }, at);
      this.#docket.heard({ sensorId: id }, "out-of-service", at);
    }
  }

  #service(scenario: string, reason: string | null, at: Instant): Answer {
    if (scenario === HEALTH || !this.register.scenario(scenario))
      return { ok: false, problem: "scenario-not-found", params: { id: scenario } };
    const { [scenario]: _before, ...others } = this.#out;
    this.#out = reason === null ? others : { ...others, [scenario]: reason };
    this.#metaChanged = true;
    this.#tell(this.engine.setOut(scenario, reason !== null, at, reason ?? ""));
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
