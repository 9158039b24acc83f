// The alert desk: what people and the house lay over an alert. Overlays mute people and dispatch; they never stop judging.

import { type CasePolicy, caseDueAt } from "../core/alert.ts";
import type { Json } from "../core/rule.ts";
import { type Duration, hours, type Instant, minutes } from "../core/time.ts";
import type { AlertEvent, AlertRecord } from "./alert-record.ts";
import { Heap } from "./heap.ts";
import type { Transition } from "./transition.ts";

export type { AlertEvent, AlertRecord } from "./alert-record.ts";

/** What the desk must know of the house around it. */
export interface Surroundings {
  /** How a rule's alerts become cases; undefined: never. */
  casePolicy(scenario: string, rule: string): CasePolicy | undefined;
  /** Whether a relapse would still reopen this resolved alert. */
  mayReopen(record: AlertRecord): boolean;
  place(siteId: string): { communityId: string; cellId: string };
  /** The permit that mutes this rule at this site now; undefined: none. */
  permit(siteId: string, scenario: string, rule: string, at: Instant): string | undefined;
  /** When a permit next begins or ends after `at`; null: none will. */
  nextPermitChange(at: Instant): Instant | null;
  outOfService(sensorId: string): boolean;
  /** Whose alerts an alert stands for while it is open (a power cut for the lifts it stopped); null: nobody's. */
  covers(parent: AlertRecord): ((child: AlertRecord) => boolean) | null;
  /** A drill: its alerts are marked as exercise everywhere. */
  exercise: boolean;
}

/** What people do to one alert; see AlertAct in app/commands.ts. */
export type DeskAct =
  | { kind: "alert.acknowledge"; alertId: string; version?: number; note?: string }
  | { kind: "alert.shelve"; alertId: string; version?: number; until: Instant; reason: string }
  | { kind: "alert.unshelve"; alertId: string; version?: number }
  | { kind: "alert.comment"; alertId: string; note: string };

export type AlertProblem =
  | "alert-not-found"
  | "alert-resolved"
  | "version-conflict"
  | "already-acknowledged"
  | "not-latched"
  | "not-shelved"
  | "shelve-too-long"
  | "shelve-in-the-past"
  | "life-safety-cannot-be-shelved";
export type Refusal = {
  ok: false;
  problem: AlertProblem;
  params: Record<string, string | number>;
};
export type Answer = { ok: true; record: AlertRecord } | Refusal;

/** An alert that wants a case, since when. */
export type Wanted = { record: AlertRecord; policy: CasePolicy; at: Instant };

/** The longest a person may shelve an alert for (ISA-18.2 asks for a bound; operator default). */
export const MAX_SHELVED: Duration = hours(24);

/** A resolved alert stays at hand for so long, for whoever was about to write a word on it. */
const MIN_KEPT: Duration = minutes(1);
const BRAIN = "brain";

/** Keeps the open alerts and their overlays. Pure: the same inputs in the same order give the same records and flow log. */
export class Desk {
  readonly #around: Surroundings;
  readonly #records = new Map<string, AlertRecord>();
  readonly #due = new Heap<string>();
  #changed = new Set<string>();
  #events: AlertEvent[] = [];
  #permitsAt: Instant | null = null;
  /** Open alerts that stand for others: id → whose. */
  readonly #parents = new Map<string, (child: AlertRecord) => boolean>();

  constructor(around: Surroundings, saved: readonly AlertRecord[], at: Instant) {
    this.#around = around;
    for (const record of saved) {
      this.#records.set(record.id, record);
      this.#queue(record);
      this.#father(record);
    }
    this.#permitsAt = around.nextPermitChange(at);
  }

  get(id: string): AlertRecord | undefined {
    return this.#records.get(id);
  }

  /** Every alert that is not resolved. */
  open(): AlertRecord[] {
    return [...this.#records.values()].filter(({ phase }) => phase !== "resolved");
  }

  /** The alerts of a scenario that are not over, or may reopen. */
  lasting(scenario: string): AlertRecord[] {
    return [...this.#records.values()].filter(
      (record) =>
        record.scenario === scenario &&
        (record.phase !== "resolved" || this.#around.mayReopen(record)),
    );
  }

  /** Takes an alert's transition into its record and flow log. */
  hear(told: Transition): AlertRecord {
    const { change, alert, at } = told;
    const before = this.#records.get(alert.id) ?? this.#open(told);
    const resolved = change === "resolved";
    const phase = resolved ? "resolved" : change === "latched" ? "latched" : "firing";
    const again = change === "reopened";
    const next: AlertRecord = {
      ...before,
      level: alert.level,
      value: alert.value ?? null,
      phase,
      resolvedAt: resolved ? at : null,
      reopened: before.reopened + (again ? 1 : 0),
      // Whoever saw it the first time has not seen it come back.
      acked:
        again || (change === "escalated" && before.level !== alert.level) ? null : before.acked,
      caseDueAt: resolved ? null : before.caseDueAt,
    };
    const told_ = told.evidence as unknown as Json;
    const record = this.#log(next, change, BRAIN, told.clock, told.evidence.note, told_, at);
    const muted = resolved ? record : this.#mute(record, told.clock);
    if (this.#father(muted)) this.#laidUnder(muted, told.clock);
    return muted;
  }

  /** Does what a person asks, or says why not. */
  act(act: DeskAct, by: string, at: Instant): Answer {
    const found = this.check(act.alertId, "version" in act ? act.version : undefined);
    if (!found.ok) return found;
    const { record } = found;
    if (act.kind === "alert.comment")
      return { ok: true, record: this.#log(record, "commented", by, at, act.note) };
    if (record.phase === "resolved") return refuse("alert-resolved", record);
    switch (act.kind) {
      case "alert.acknowledge":
        if (record.acked) return refuse("already-acknowledged", record, { by: record.acked.by });
        return this.#done(
          { ...record, acked: { by, at }, caseDueAt: null },
          "acknowledged",
          by,
          at,
          act.note,
        );
      case "alert.shelve":
        return this.#shelve(record, act, by, at);
      case "alert.unshelve":
        if (!record.shelved) return refuse("not-shelved", record);
        return this.#done({ ...record, shelved: null }, "unshelved", by, at);
    }
  }

  /** The record, if it is there and its version is the one the person saw. */
  check(alertId: string, version: number | undefined): Answer {
    const record = this.#records.get(alertId);
    if (!record) return { ok: false, problem: "alert-not-found", params: { id: alertId } };
    if (version !== undefined && version !== record.version)
      return refuse("version-conflict", record, whatElse(record, version));
    return { ok: true, record };
  }

  /** Notes that a person reset it; the transition that resolves it is heard afterwards. */
  noteReset(record: AlertRecord, by: string, at: Instant, note: string | undefined): void {
    this.#log(record, "reset", by, at, note ?? null);
  }

  /** The case that an alert belongs to from now on. */
  link(alertId: string, caseId: string, by: string, at: Instant): void {
    const record = this.#records.get(alertId);
    if (record && record.caseId !== caseId)
      this.#log({ ...record, caseId, caseDueAt: null }, "case-opened", by, at, caseId);
  }

  /** The case it belonged to is over: if its policy asks for one, it will want another. */
  unlink(alertId: string, at: Instant): void {
    const record = this.#records.get(alertId);
    if (record?.caseId) this.#plan(this.#keep({ ...record, caseId: null }), at);
  }

  /** Takes up a record that was forgotten since it is over, for whoever comments on it late. */
  recall(record: AlertRecord): void {
    if (!this.#records.has(record.id)) this.#records.set(record.id, record);
  }

  /** The register changed: permits and sensors out of service are looked at anew. */
  refresh(at: Instant): void {
    this.#permitsAt = this.#around.nextPermitChange(at);
    for (const record of this.open()) this.#mute(record, at);
  }

  /** Lets time pass in order: shelves end, permits begin and end, cases fall due. Returns the alerts that want a case. */
  passTo(at: Instant): Wanted[] {
    const wanted: Wanted[] = [];
    for (;;) {
      const due = this.#due.peek();
      const permitsAt = this.#permitsAt ?? Number.POSITIVE_INFINITY;
      const next = Math.min(due?.at ?? Number.POSITIVE_INFINITY, permitsAt);
      if (next > at) return wanted;
      if (permitsAt === next) {
        this.refresh(next);
        continue;
      }
      this.#due.pop();
      const record = this.#records.get(due!.item);
      if (record) this.#look(record, next, wanted);
    }
  }

  /** Whether `changed()` would give anything. */
  get dirty(): boolean {
    return this.#changed.size > 0;
  }

  /** Records and flow-log lines that changed since last asked. */
  changed(): { alerts: AlertRecord[]; events: AlertEvent[] } {
    const alerts = [...this.#changed].map((id) => this.#records.get(id)!);
    const events = this.#events;
    this.#changed = new Set();
    this.#events = [];
    return { alerts, events };
  }

  /** Forgets resolved alerts that can no longer reopen; after `changed()`, so that none is lost. */
  forget(at: Instant): void {
    for (const [id, record] of this.#records)
      if (
        record.phase === "resolved" &&
        at > record.changedAt + MIN_KEPT &&
        !this.#around.mayReopen(record)
      )
        this.#records.delete(id);
  }

  #open(told: Transition): AlertRecord {
    const { scenario, rule, siteId, sensorId, alert, lifeSafety, evidence } = told;
    return {
      id: alert.id,
      scenario,
      rule,
      siteId,
      sensorId,
      ...this.#around.place(siteId),
      level: alert.level,
      value: null,
      phase: "firing",
      raisedAt: alert.raisedAt,
      firedAt: told.at,
      changedAt: told.clock,
      resolvedAt: null,
      acked: null,
      shelved: null,
      suppressed: null,
      outOfService: false,
      lifeSafety,
      caseId: null,
      caseDueAt: null,
      scenarioVersion: evidence.scenarioVersion,
      ruleVersion: evidence.ruleVersion,
      ...(evidence.scenarioRelease && { scenarioRelease: evidence.scenarioRelease }),
      reopened: 0,
      exercise: this.#around.exercise,
      version: 0,
    };
  }

  #shelve(
    record: AlertRecord,
    act: { until: Instant; reason: string },
    by: string,
    at: Instant,
  ): Answer {
    if (record.lifeSafety) return refuse("life-safety-cannot-be-shelved", record);
    if (act.until <= at) return refuse("shelve-in-the-past", record);
    if (act.until > at + MAX_SHELVED)
      return refuse("shelve-too-long", record, { hours: MAX_SHELVED / hours(1) });
    const shelved = { by, at, until: act.until, reason: act.reason };
    return this.#done({ ...record, shelved }, "shelved", by, at, act.reason);
  }

  /** Notes whether an alert stands for others now; true where that may have changed. */
  #father(record: AlertRecord): boolean {
    const before = this.#parents.has(record.id);
    const whose = record.phase === "resolved" ? null : this.#around.covers(record);
    if (whose) this.#parents.set(record.id, whose);
    else this.#parents.delete(record.id);
    return before || whose !== null;
  }

  /** Looks anew at the alerts that one stands for, or stood for. */
  #laidUnder(parent: AlertRecord, at: Instant): void {
    for (const record of this.open().sort((a, b) => (a.id < b.id ? -1 : 1))) {
      const was = record.suppressed?.by === parent.id;
      if (was || this.#parentOf(record) === parent.id) this.#mute(record, at);
    }
  }

  /** The open alert that stands for this one. One that stands for others has none, so nothing goes round in circles. */
  #parentOf(record: AlertRecord): string | undefined {
    if (this.#parents.size === 0 || this.#parents.has(record.id)) return undefined;
    const found = [...this.#parents].filter(([, covers]) => covers(record)).map(([id]) => id);
    return found.sort()[0];
  }

  /** What permits, other alerts and the sensor's service state lay over an alert, and when its case is due under them. */
  #mute(before: AlertRecord, at: Instant): AlertRecord {
    const outOfService = before.sensorId !== null && this.#around.outOfService(before.sensorId);
    const { permit: permitted } = this.#around;
    const mutedBy = before.lifeSafety
      ? undefined
      : (permitted(before.siteId, before.scenario, before.rule, at) ?? this.#parentOf(before));
    let record =
      outOfService === before.outOfService ? before : this.#keep({ ...before, outOfService });
    if (mutedBy !== undefined && record.suppressed?.by !== mutedBy)
      record = this.#log(
        { ...record, suppressed: { by: mutedBy, at } },
        "suppressed",
        BRAIN,
        at,
        mutedBy,
      );
    else if (mutedBy === undefined && record.suppressed) {
      const by = record.suppressed.by;
      record = this.#log({ ...record, suppressed: null }, "unsuppressed", BRAIN, at, by);
    }
    return this.#plan(record, at);
  }

  /** Sets when the alert will want a case, where its policy asks for one and nothing mutes it. */
  #plan(record: AlertRecord, at: Instant): AlertRecord {
    const policy = this.#around.casePolicy(record.scenario, record.rule);
    const muted = record.shelved !== null || record.suppressed !== null || record.outOfService;
    const wants = record.caseId === null && record.phase !== "resolved" && !muted;
    const due = wants ? caseDueAt(policy, record.level, at) : null;
    // One that waits to be acknowledged goes on waiting from when it began; one that need not wait does not.
    const planned =
      due === null || due === at ? due : record.acked ? null : (record.caseDueAt ?? due);
    return planned === record.caseDueAt
      ? this.#queue(record)
      : this.#keep({ ...record, caseDueAt: planned });
  }

  /** One alert whose time has come: its shelf ends, or it wants its case. */
  #look(before: AlertRecord, at: Instant, wanted: Wanted[]): void {
    let record = before;
    if (record.shelved && record.shelved.until <= at)
      record = this.#plan(this.#log({ ...record, shelved: null }, "unshelved", BRAIN, at), at);
    if (record.caseDueAt !== null && record.caseDueAt <= at) {
      const policy = this.#around.casePolicy(record.scenario, record.rule);
      record = this.#keep({ ...record, caseDueAt: null });
      if (policy) wanted.push({ record, policy, at });
    }
  }

  #done(
    next: AlertRecord,
    kind: AlertEvent["kind"],
    by: string,
    at: Instant,
    note?: string,
  ): Answer {
    const record = this.#plan(this.#log(next, kind, by, at, note ?? null), at);
    return { ok: true, record };
  }

  #log(
    next: AlertRecord,
    kind: AlertEvent["kind"],
    by: string,
    at: Instant,
    note: string | null = null,
    evidence: Json = null,
    about: Instant = at,
  ): AlertRecord {
    const lastChange = { kind, by };
    const record = this.#keep({ ...next, version: next.version + 1, changedAt: at, lastChange });
    const { id, level, value, version } = record;
    this.#events.push({
      id: `${id}.${version}`,
      alertId: id,
      seq: version,
      at: about,
      kind,
      by,
      level,
      value,
      note,
      evidence,
    });
    return record;
  }

  #keep(record: AlertRecord): AlertRecord {
    this.#records.set(record.id, record);
    this.#changed.add(record.id);
    return this.#queue(record);
  }

  #queue(record: AlertRecord): AlertRecord {
    for (const at of [record.shelved?.until, record.caseDueAt])
      if (at !== undefined && at !== null) this.#due.push({ at, key: record.id, item: record.id });
    return record;
  }
}

/** What happened since a person saw it. */
const whatElse = ({ changedAt, lastChange }: AlertRecord, given: number) => ({
  given,
  changedAt,
  ...(lastChange && { by: lastChange.by, change: lastChange.kind }),
});

const refuse = (
  problem: AlertProblem,
  record: AlertRecord,
  params: Record<string, string | number> = {},
): Refusal => ({
  ok: false,
  problem,
  params: { id: record.id, version: record.version, phase: record.phase, ...params },
});
