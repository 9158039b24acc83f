// One subject of one scenario: a sensor or a site, the rules that are put to it, and the row that keeps their memories.

import type { AnyRule } from "../core/rule.ts";
import type { AnyScenario } from "../core/scenario.ts";
import type { Duration, Instant } from "../core/time.ts";
import { fresh, type Memory, versionOf, wakeAt } from "./pipeline.ts";

/** All that is kept of one subject: one row. Memories that say nothing new are left out. */
export type SubjectRow = { heardAt: Instant; memories: Record<string, Memory> };

/** A scenario as this engine runs it, its rules made with its parameters. */
export type Running = {
  scenario: AnyScenario;
  sensorRules: readonly Named[];
  siteRules: readonly Named[];
  /** Silence is held against nobody before this instant. */
  silentUntil: Instant;
  out: boolean;
};
export type Named = { name: string; rule: AnyRule };

export type Subject = {
  key: string;
  running: Running;
  siteId: string;
  sensorId: string | null;
  rules: readonly Named[];
  memories: Memory[];
  heardAt: Instant;
  queuedAt: Instant | null;
  changed: boolean;
};

/** `river-level/S-1/G-3` for a sensor, `river-level/S-1` for a site. Ids have no slash. */
export const subjectKey = (scenario: string, siteId: string, sensorId: string | null): string =>
  sensorId === null ? `${scenario}/${siteId}` : `${scenario}/${siteId}/${sensorId}`;

/** The alert's id: rule, subject and start, so that writing it twice is writing it once; fit for an address. */
export const alertId = (subject: Subject, rule: string, raisedAt: Instant): string =>
  [
    subject.running.scenario.id,
    rule,
    ...subject.key.split("/").slice(1),
    raisedAt.toString(36),
  ].join("~");

/** Makes the rules of a scenario; a gap that a rule leaves open is the scenario's silence time. */
export function run(scenario: AnyScenario, params: object, silence: Duration): Running {
  const named = Object.entries(scenario.rules(params)).map(([name, rule]): Named => {
    const alert = { gap: silence, ...rule.alert };
    return { name, rule: { ...rule, alert } };
  });
  return {
    scenario,
    sensorRules: named.filter(({ rule }) => rule.subject !== "site"),
    siteRules: named.filter(({ rule }) => rule.subject === "site"),
    silentUntil: 0,
    out: false,
  };
}

export function newSubject(running: Running, siteId: string, sensorId: string | null): Subject {
  const rules = sensorId === null ? running.siteRules : running.sensorRules;
  return {
    key: subjectKey(running.scenario.id, siteId, sensorId),
    running,
    siteId,
    sensorId,
    rules,
    memories: rules.map(({ rule }) => fresh(rule)),
    heardAt: -1,
    queuedAt: null,
    changed: false,
  };
}

/** Takes up a saved row. A state of another version is dropped, its alert kept. Returns names of rules that are gone. */
export function restore(subject: Subject, row: SubjectRow): string[] {
  subject.heardAt = row.heardAt;
  subject.rules.forEach(({ name, rule }, i) => {
    const saved = row.memories[name];
    if (!saved) return;
    const same = saved.version === versionOf(rule);
    subject.memories[i] = same
      ? saved
      : { ...fresh(rule), alert: saved.alert, witnesses: saved.witnesses };
  });
  const known = new Set(subject.rules.map(({ name }) => name));
  return Object.keys(row.memories).filter((name) => !known.has(name));
}

export function rowOf(subject: Subject): SubjectRow {
  const memories: Record<string, Memory> = {};
  subject.rules.forEach(({ name, rule }, i) => {
    const memory = subject.memories[i]!;
    const silent = memory.alert === null && memory.askAt === null && memory.state === rule.initial;
    if (!silent) memories[name] = memory;
  });
  return { heardAt: subject.heardAt, memories };
}

/** When the subject next wants to be looked at; null when only an event can move it. */
export function subjectWake(subject: Subject): Instant | null {
  let earliest: Instant | null = null;
  for (let i = 0; i < subject.rules.length; i++) {
    const memory = subject.memories[i]!;
    if (memory.alert === null && memory.askAt === null) continue;
    const at = wakeAt(subject.rules[i]!.rule, memory, subject.running.silentUntil);
    if (at !== null && (earliest === null || at < earliest)) earliest = at;
  }
  return earliest;
}
