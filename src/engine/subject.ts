// One subject of one scenario: a sensor or a site, the rules that are put to it, and the row that keeps their memories.
//
// A subject lives in its own time, that of its readings. Where they come late, its own time is behind the clock of receipt
// by as much as the last one was, and what it waits for falls due that much later: a backfill is judged as it would have
// been live. Rules for silence alone live on the clock of receipt.

import type { AnyRule } from "../core/rule.ts";
import type { Duration, Instant } from "../core/time.ts";
import type { Entry } from "./heap.ts";
import { frozen } from "./json.ts";
import { fresh, type Memory, type Named, wakeAt } from "./pipeline.ts";
import type { Running } from "./running.ts";

/** All that is kept of one subject: one row. Memories that say nothing new are left out. */
export type SubjectRow = {
  /** The time that the last reading gave itself; -1 before the first. */
  heardAt: Instant;
  /** When that one was received. */
  receivedAt: Instant;
  memories: Record<string, Memory>;
};

export type Subject = {
  key: string;
  running: Running;
  siteId: string;
  sensorId: string | null;
  rules: readonly Named[];
  memories: Memory[];
  heardAt: Instant;
  receivedAt: Instant;
  /** Memories of rules that are gone, until their open alerts have been told to end. */
  orphans: Record<string, Memory>;
  /** Its place among those that wait to be woken. */
  entry: Entry<Subject>;
  changed: boolean;
  gone: boolean;
};

/** `river-level/S-1/G-3` for a sensor, `river-level/S-1` for a site. Ids have no slash. */
export const subjectKey = (scenario: string, siteId: string, sensorId: string | null): string =>
  sensorId === null ? `${scenario}/${siteId}` : `${scenario}/${siteId}/${sensorId}`;

export function newSubject(running: Running, siteId: string, sensorId: string | null): Subject {
  const rules = sensorId === null ? running.siteRules : running.sensorRules;
  const key = subjectKey(running.scenario.id, siteId, sensorId);
  const subject: Omit<Subject, "entry"> = {
    key,
    running,
    siteId,
    sensorId,
    rules,
    memories: rules.map(({ rule }) => fresh(rule)),
    heardAt: -1,
    receivedAt: -1,
    orphans: {},
    changed: false,
    gone: false,
  };
  const whole = subject as Subject;
  whole.entry = { at: 0, key, item: whole, slot: undefined };
  return whole;
}

/** Takes up a saved row. A state of another version is dropped, its alert and its wake are kept. */
export function restore(subject: Subject, row: SubjectRow): void {
  subject.heardAt = row.heardAt;
  subject.receivedAt = row.receivedAt;
  const left = new Map(Object.entries(row.memories));
  subject.rules.forEach(({ name, rule }, i) => {
    const saved = left.get(name);
    left.delete(name);
    if (saved) subject.memories[i] = taken(rule, saved);
  });
  subject.orphans = Object.fromEntries(left);
}

function taken(rule: AnyRule, saved: Memory): Memory {
  const { state, version } = fresh(rule);
  return saved.version === version
    ? { ...saved, state: frozen(saved.state) }
    : { ...saved, state, version };
}

/** Puts the rules of its scenario, as they are by now, in place of those it had; it remembers what a restart would have. */
export function relearn(subject: Subject): void {
  const row = rowOf(subject);
  const { running, sensorId } = subject;
  subject.rules = sensorId === null ? running.siteRules : running.sensorRules;
  subject.memories = subject.rules.map(({ rule }) => fresh(rule));
  restore(subject, row);
}

export function rowOf(subject: Subject): SubjectRow {
  const memories: Record<string, Memory> = { ...subject.orphans };
  subject.rules.forEach(({ name, rule }, i) => {
    const memory = subject.memories[i]!;
    const silent = memory.alert === null && memory.askAt === null && memory.state === rule.initial;
    if (!silent) memories[name] = memory;
  });
  const { heardAt, receivedAt } = subject;
  return { heardAt, receivedAt, memories };
}

/** Notes the time that a reading gave itself, and when it was received. */
export function hear(subject: Subject, time: Instant, receivedAt: Instant): void {
  subject.heardAt = time;
  subject.receivedAt = receivedAt;
}

/** How far its own time is behind the clock of receipt. A sensor's clock that is ahead is taken as right. */
export const lagOf = (subject: Subject): Duration =>
  Math.max(0, subject.receivedAt - subject.heardAt);

/** The instant of its own time that its last reading was judged at. */
export const judgedAt = (subject: Subject): Instant =>
  Math.min(subject.heardAt, subject.receivedAt);

/** When the subject next wants to be looked at, by the clock of receipt; null when only an event can move it. */
export function nextWake(subject: Subject): Instant | null {
  const lag = lagOf(subject);
  let earliest: Instant | null = null;
  for (let i = 0; i < subject.rules.length; i++) {
    const memory = subject.memories[i]!;
    if (memory.alert === null && memory.askAt === null) continue;
    const { rule } = subject.rules[i]!;
    const due = wakeAt(rule, memory, subject.running.silentUntil);
    if (due === null) continue;
    const at = rule.silence ? due : due + lag;
    if (earliest === null || at < earliest) earliest = at;
  }
  return earliest;
}

/** When it next wants to be looked at by its own time, silence left aside; null: never. */
export function nextOwn(subject: Subject): Instant | null {
  let earliest: Instant | null = null;
  for (let i = 0; i < subject.rules.length; i++) {
    const memory = subject.memories[i]!;
    const { rule } = subject.rules[i]!;
    if (rule.silence || (memory.alert === null && memory.askAt === null)) continue;
    const due = wakeAt(rule, memory, 0);
    if (due !== null && (earliest === null || due < earliest)) earliest = due;
  }
  return earliest;
}
