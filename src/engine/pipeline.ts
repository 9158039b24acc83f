import { type Alert, type AlertStep, dueAt, stepAlert } from "../core/alert.ts";
import type { AnyRule, Event, Json, Signal } from "../core/rule.ts";
import type { Instant } from "../core/time.ts";
import { isJson, noWitnesses, type Witness, type Witnesses, witness } from "./evidence.ts";

/** All that is remembered of one rule on one subject. Plain JSON: a crash loses nothing that a row can't give back. */
export type Memory = {
  /** The rule's version that wrote the state. */
  version: number;
  state: Json;
  askAt: Instant | null;
  alert: Alert | null;
  witnesses: Witnesses;
};

/** What one event did to one rule on one subject. */
export type Step = {
  memory: Memory;
  change: AlertStep["change"] | undefined;
  /** The alert as it was when it changed, and the readings that made it so. */
  alert: Alert | null;
  witnesses: Witnesses;
  note: string | undefined;
};

/** How a rule is asked: what happened, and the reading that counts as evidence. */
export type Asking = {
  event: Event<unknown, unknown>;
  witness: Witness | null;
  /** Silence is held against nobody before this instant: we were not listening ourselves. */
  silentUntil: Instant;
};

/** A rule that broke its contract; the memory stays as it was. */
export class Poison extends Error {}

export const versionOf = (rule: AnyRule): number => rule.version ?? 1;

export const fresh = (rule: AnyRule): Memory => ({
  version: versionOf(rule),
  state: rule.initial,
  askAt: null,
  alert: null,
  witnesses: noWitnesses,
});

const unknown: Signal = { level: "unknown" };

/**
 * The whole way of one event through one rule: event → verdict → signal → alert → change. Pure.
 * `mint` names a new alert by the instant it began. Throws what the rule throws, or Poison for an answer that cannot be kept.
 */
export function advance(
  rule: AnyRule,
  memory: Memory,
  asking: Asking,
  at: Instant,
  mint: (raisedAt: Instant) => string,
): Step {
  const { event } = asking;
  const verdict = isAsked(rule, memory, asking, at)
    ? rule.judge(memory.state, event, at)
    : {
        state: memory.state,
        wakeAt: memory.askAt,
        signal: event.kind === "reading" ? unknown : undefined,
      };
  const { signal } = verdict;
  const askAt: Instant | null = verdict.wakeAt ?? null;
  if (
    memory.alert === null &&
    (signal === undefined || signal.level === "ok" || signal.level === "unknown")
  ) {
    // Nearly every reading of a healthy street ends here, and changes nothing.
    if (verdict.state === memory.state && askAt === memory.askAt) return still(memory);
    return still({
      ...memory,
      state: kept(rule, memory, verdict.state),
      askAt: wake(askAt, at, event),
    });
  }
  const step = stepAlert(memory.alert, signal, rule.alert, at, mint);
  const alert = step.alert;
  const witnesses = gathered(memory, asking, signal);
  return {
    memory: {
      version: memory.version,
      state: kept(rule, memory, verdict.state),
      askAt: wake(askAt, at, event),
      alert,
      witnesses: alert === null || alert.phase === "cooling" ? noWitnesses : witnesses,
    },
    change: step.change,
    alert: step.change ? alert : null,
    witnesses,
    note: signal?.note,
  };
}

/** When this memory next wants to be looked at without a reading. The alert's part is derived, so a changed hold takes effect at once. */
export function wakeAt(rule: AnyRule, memory: Memory, silentUntil: Instant): Instant | null {
  const due = memory.alert === null ? null : dueAt(memory.alert, rule.alert);
  const ask =
    memory.askAt === null || !rule.silence ? memory.askAt : Math.max(memory.askAt, silentUntil);
  return due === null ? ask : ask === null ? due : Math.min(due, ask);
}

/** A reading that is not good leaves a rule at unknown; a rule for silence hears all but the bad ones. */
function isAsked(rule: AnyRule, memory: Memory, asking: Asking, at: Instant): boolean {
  if (asking.event.kind === "heard") return true;
  if (asking.event.kind === "wake")
    return (
      memory.askAt !== null && memory.askAt <= at && !(rule.silence && at < asking.silentUntil)
    );
  const quality = asking.witness?.quality;
  return quality === "good" || (rule.silence === true && quality === "suspect");
}

const still = (memory: Memory): Step => ({
  memory,
  change: undefined,
  alert: null,
  witnesses: noWitnesses,
  note: undefined,
});

const gathered = (memory: Memory, asking: Asking, signal: Signal | undefined): Witnesses =>
  asking.witness && signal && signal.level !== "unknown"
    ? witness(memory.witnesses, asking.witness)
    : memory.witnesses;

/** A state that cannot stand in a row would be lost at the next restart: refused now, not then. */
function kept(rule: AnyRule, memory: Memory, state: Json): Json {
  if (state === memory.state || isJson(state)) return state;
  throw new Poison(`the state of "${rule.asks.en}" is not JSON`);
}

/** A wake at or before now would be asked for ever. */
function wake(askAt: Instant | null, at: Instant, event: Event<unknown, unknown>): Instant | null {
  if (askAt === null || askAt > at || event.kind === "reading") return askAt;
  throw new Poison(`asked at ${at} to be woken at ${askAt}`);
}
