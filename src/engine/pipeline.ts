// One event through one rule: event → verdict → signal → alert → change. Pure.

import {
  type Alert,
  type AlertStep,
  type Change,
  dueAt,
  resetAlert,
  stepAlert,
} from "../core/alert.ts";
import { severity } from "../core/level.ts";
import type { Reading } from "../core/reading.ts";
import type { AnyRule, Event, Heard, Json, Signal } from "../core/rule.ts";
import type { Duration, Instant } from "../core/time.ts";
import { noWitnesses, type Witnesses, witness } from "./evidence.ts";
import { faultIn } from "./json.ts";

/** All that is remembered of one rule on one subject. Plain JSON: a crash loses nothing that a row can't give back. */
export type Memory = {
  /** The rule's version that wrote the state. */
  version: number;
  state: Json;
  askAt: Instant | null;
  alert: Alert | null;
  /** When the alert was last looked at: its story never runs backwards. Null without an alert. */
  seenAt: Instant | null;
  witnesses: Witnesses;
  /** What a rule that listens last heard of this spell. */
  heard: Heard | null;
};

/** A rule by its name in its scenario. */
export type Named = { name: string; rule: AnyRule };

/** What one event did to one rule on one subject. */
export type Step = { memory: Memory; moved: Moved | null };

/** An alert that changed: as it was then, when that was, and what made it so. */
export type Moved = {
  change: Change;
  alert: Alert;
  at: Instant;
  witnesses: Witnesses;
  heard: Heard | null;
  note: string | undefined;
};

/** How a rule is asked: what happened, and the reading that it happened with, which may count as evidence. */
export type Asking = {
  event: Event<unknown, unknown>;
  reading: Reading | null;
  /** Silence is held against nobody before this instant: we were not listening ourselves. */
  silentUntil: Instant;
};

/** The alert's id: rule, subject and start, so that writing it twice is writing it once; fit for an address. */
export function alertId(subjectKey: string, rule: string, raisedAt: Instant): string {
  const [scenario, ...place] = subjectKey.split("/");
  return [scenario, rule, ...place, raisedAt.toString(36)].join("~");
}

/** A rule that broke its contract; the memory stays as it was. */
export class Poison extends Error {
  readonly fault: "not-json" | "bad-answer";
  constructor(fault: "not-json" | "bad-answer", message: string) {
    super(message);
    this.fault = fault;
  }
}

const NOTE_MAX = 300;

export const versionOf = (rule: AnyRule): number => rule.version ?? 1;

export const fresh = (rule: AnyRule): Memory => ({
  version: versionOf(rule),
  state: rule.initial,
  askAt: null,
  alert: null,
  seenAt: null,
  witnesses: noWitnesses,
  heard: null,
});

const unknown: Signal = { level: "unknown" };

/** Puts a rule to one event of a subject. Throws what the rule throws, or Poison for an answer that can't be kept. */
export function advance(
  { name, rule }: Named,
  subjectKey: string,
  memory: Memory,
  asking: Asking,
  at: Instant,
): Step {
  const { event } = asking;
  if (!isAsked(rule, memory, asking, at)) return unasked(rule, memory, event, at);
  const verdict = rule.judge(memory.state, event, at);
  const signal = sound(rule, verdict.signal);
  const state = kept(rule, memory, verdict.state);
  const askAt = wake(rule, verdict.wakeAt, event, at);
  const same = state === memory.state && askAt === memory.askAt;
  const next = same ? memory : { ...memory, state, askAt };
  // Nearly every reading of a healthy street ends here.
  if (memory.alert === null && !isTrouble(signal)) return { memory: next, moved: null };
  const mint = (raisedAt: Instant) => alertId(subjectKey, name, raisedAt);
  return step(rule, counted(next, signal, asking), signal, at, mint);
}

/** The same event where the rule can't be asked, or failed: a reading is unknown to it, time alone says nothing new. */
export function unasked(
  rule: AnyRule,
  memory: Memory,
  event: Event<unknown, unknown>,
  at: Instant,
): Step {
  if (memory.alert === null) return { memory, moved: null };
  return step(rule, memory, event.kind === "reading" ? unknown : undefined, at, unheard);
}

/** What falls due while nobody may judge: the alert is blind from now on, and the rule is asked a period later. */
export function rested(rule: AnyRule, memory: Memory, every: Duration, at: Instant): Memory {
  const next = putOff(memory, every, at);
  return next.alert === null ? next : step(rule, next, unknown, at, unheard).memory;
}

/** Asks a rule a period later than it asked for, if that was now or before. */
export const putOff = (memory: Memory, every: Duration, at: Instant): Memory =>
  memory.askAt === null || memory.askAt > at ? memory : { ...memory, askAt: at + every };

/** A person resets a latched alert; null: it is not latched, or the condition is back. */
export function resetMemory(memory: Memory, at: Instant): Step | null {
  const seenAt = Math.max(at, memory.seenAt ?? at);
  const done = memory.alert && resetAlert(memory.alert, seenAt);
  return done ? stepped(memory, done, seenAt, undefined) : null;
}

/** When this memory next wants to be looked at without a reading. The alert's part is derived, so a changed hold takes effect at once. */
export function wakeAt(rule: AnyRule, memory: Memory, silentUntil: Instant): Instant | null {
  const due = memory.alert === null ? null : dueAt(memory.alert, rule.alert);
  const ask =
    memory.askAt === null || !rule.silence ? memory.askAt : Math.max(memory.askAt, silentUntil);
  if (due === null) return ask;
  return ask === null ? Math.ceil(due) : Math.min(Math.ceil(due), ask);
}

/** A reading that is not good leaves a rule at unknown; a rule for silence hears all but the bad ones. */
function isAsked(rule: AnyRule, memory: Memory, asking: Asking, at: Instant): boolean {
  if (asking.event.kind === "heard") return true;
  if (asking.event.kind === "wake")
    return (
      memory.askAt !== null && memory.askAt <= at && !(rule.silence && at < asking.silentUntil)
    );
  const quality = asking.reading?.quality;
  return quality === "good" || (rule.silence === true && quality === "suspect");
}

const isTrouble = (signal: Signal | undefined): boolean =>
  signal !== undefined && signal.level !== "ok" && signal.level !== "unknown";

/** No alert begins with an unknown signal, nor with time alone. */
const unheard = (): string => {
  throw new Error("an alert began that nobody had reason for");
};

/** What was read or heard is evidence where the rule could tell something from it. */
function counted(memory: Memory, signal: Signal | undefined, asking: Asking): Memory {
  if (!signal || signal.level === "unknown") return memory;
  const { event, reading } = asking;
  if (event.kind === "heard") return { ...memory, heard: event.heard };
  return reading ? { ...memory, witnesses: witness(memory.witnesses, reading) } : memory;
}

function step(
  rule: AnyRule,
  memory: Memory,
  signal: Signal | undefined,
  at: Instant,
  mint: (raisedAt: Instant) => string,
): Step {
  const seenAt = Math.max(at, memory.seenAt ?? at);
  const done = stepAlert(memory.alert, signal, rule.alert, seenAt, mint);
  return stepped(memory, done, seenAt, signal?.note);
}

/** Takes a step of the alert into its memory; the evidence of a spell goes with it. */
function stepped(
  memory: Memory,
  { alert, change }: AlertStep,
  at: Instant,
  note: string | undefined,
): Step {
  const { witnesses, heard } = memory;
  const over = alert === null || alert.phase === "cooling";
  return {
    memory: {
      ...memory,
      alert,
      seenAt: alert === null ? null : at,
      witnesses: over ? noWitnesses : witnesses,
      heard: over ? null : heard,
    },
    moved: change && alert ? { change, alert, at, witnesses, heard, note } : null,
  };
}

/** A state that can't stand in a row would be lost at the next restart: refused now, not then. */
function kept(rule: AnyRule, memory: Memory, state: Json): Json {
  const fault = state === memory.state ? null : faultIn(state);
  if (fault) throw new Poison("not-json", `the state of "${rule.asks.en}" ${fault}`);
  return state;
}

/** A level that is none, or a value that is no number, would make an alert that nobody can compare. */
function sound(rule: AnyRule, signal: Signal | undefined): Signal | undefined {
  if (signal === undefined) return signal;
  const { level, value, note } = signal;
  if (level !== "unknown" && severity(level) < 0)
    throw new Poison("bad-answer", `"${rule.asks.en}" answered the level ${String(level)}`);
  if (value !== undefined && !Number.isFinite(value))
    throw new Poison("bad-answer", `"${rule.asks.en}" answered the value ${String(value)}`);
  if (note === undefined) return signal;
  return { ...signal, note: String(note).slice(0, NOTE_MAX) };
}

/** A wake at or before now, asked for when woken, would be asked for ever. */
function wake(
  rule: AnyRule,
  asked: Instant | undefined,
  event: Event<unknown, unknown>,
  at: Instant,
): Instant | null {
  if (asked === undefined) return null;
  if (!Number.isFinite(asked) || (asked <= at && event.kind === "wake"))
    throw new Poison("bad-answer", `"${rule.asks.en}" asked at ${at} to be woken at ${asked}`);
  return Math.ceil(asked);
}
