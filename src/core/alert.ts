// The life of one alert, as a fold over signals. A duration is never a timer, only `at - since`.

import type { CasePolicy } from "./case-policy.ts";
import { type Grade, grades, severity } from "./level.ts";
import type { Signal } from "./rule.ts";
import { type Duration, type Instant, minutes } from "./time.ts";

export { type CasePolicy, caseDueAt, type Limit } from "./case-policy.ts";

/** How a signal becomes an alert. */
export type AlertPolicy = {
  /**
   * How long the signal must have been at a level or above. A level that is not named holds as the
   * next lower one that is, or, below all of them, as the lowest.
   */
  hold: Duration | Partial<Record<Grade, Duration>>;
  /** How long the signal must have been ok before the alert resolves. */
  release: Duration;
  /**
   * Bad signals needed within the hold; default 2 when it holds at all, since one sample is a
   * glitch.
   */
  samples?: number;
  /** How long a hold or release runs on without a valid signal; default 15 minutes. */
  gap?: Duration;
  /** How long after resolving a relapse reopens the same alert; default 10 minutes. */
  cooldown?: Duration;
  /** Life safety: normal again is not enough, a person must reset it. */
  latch?: true;
  case?: CasePolicy;
};

/**
 * `pending` and `cooling` are not shown to anybody; `latched` is normal again and waits for a
 * person.
 */
export type Phase = "pending" | "firing" | "clearing" | "latched" | "cooling";
/** Since when, and with how many samples, the signal has been at this level or above. */
type Reached = Partial<Record<Grade, { at: Instant; samples: number }>>;

export type Alert = {
  id: string;
  phase: Phase;
  level: Grade;
  value?: number | undefined;
  /** What the rule noted of its last bad signal. */
  note?: string | undefined;
  /** When the spell began that gave it its id. */
  raisedAt: Instant;
  /** When the present phase began. */
  since: Instant;
  /** The last valid signal. */
  heardAt: Instant;
  reached: Reached;
  /** The last signal was unknown: until the next valid one nothing fires, grows or resolves. */
  blind?: true;
  /** Resolved before, at this instant; a relapse within the cooldown is the same alert. */
  cooledAt?: Instant;
};

export type Change = "fired" | "escalated" | "reopened" | "latched" | "resolved";
export type AlertStep = { alert: Alert | null; change?: Change };

/** The hold of a level, of the next lower level that has one, or of the lowest that has one. */
function holdOf({ hold }: AlertPolicy, level: Grade): Duration {
  if (typeof hold === "number") return hold;
  const named = grades.filter((grade) => hold[grade] !== undefined);
  const nearest = named.findLast((grade) => severity(grade) <= severity(level)) ?? named[0];
  return nearest === undefined ? 0 : hold[nearest]!;
}
const gapOf = (policy: AlertPolicy): Duration => policy.gap ?? minutes(15);
const cooldownOf = (policy: AlertPolicy): Duration => policy.cooldown ?? minutes(10);

/**
 * Folds one signal, or just the passing of time, into an alert. `mint` gives the id of a new one.
 * The caller lets wakes run in order of time first, so at most one thing happens here.
 */
export function stepAlert(
  before: Alert | null,
  signal: Signal | undefined,
  policy: AlertPolicy,
  at: Instant,
  mint: (raisedAt: Instant) => string,
): AlertStep {
  // A late reading can neither end what began after it nor make what was heard since unheard.
  const now = before ? Math.max(at, before.since, before.heardAt) : at;
  const folded = signal ? fold(before, signal, policy, now, mint) : before;
  return folded ? settle(folded, policy, now) : { alert: null };
}

/** When an alert moves on by itself; null when only a signal or a person can move it. */
export function dueAt(alert: Alert, policy: AlertPolicy): Instant | null {
  const lostAt = alert.heardAt + gapOf(policy);
  const heldAt = alert.blind ? Number.POSITIVE_INFINITY : earliestHold(alert, policy);
  switch (alert.phase) {
    case "pending":
      return finite(Math.min(heldAt, lostAt));
    case "firing":
      return heldAt <= lostAt ? finite(heldAt) : null;
    case "latched":
      return isQuiet(alert) ? null : finite(Math.min(heldAt, lostAt));
    case "clearing":
      return finite(alert.blind ? lostAt : Math.min(alert.since + policy.release, lostAt));
    case "cooling":
      return alert.since + cooldownOf(policy);
  }
}

/**
 * Whether an operator would call it active: the condition is there, or not yet known to be gone for
 * long enough.
 */
export const isActive = (alert: Alert): boolean =>
  alert.phase === "firing" || alert.phase === "clearing";
/** Whether it is open: it fired and has not resolved. */
export const isOpen = (alert: Alert): boolean => isActive(alert) || alert.phase === "latched";

/**
 * A person resets a latched alert; null when there is nothing to reset, or the condition is back.
 */
export const resetAlert = (alert: Alert, at: Instant): AlertStep | null =>
  alert.phase === "latched" && isQuiet(alert)
    ? { alert: cool(alert, Math.max(at, alert.since)), change: "resolved" }
    : null;

function fold(
  before: Alert | null,
  signal: Signal,
  policy: AlertPolicy,
  at: Instant,
  mint: (raisedAt: Instant) => string,
): Alert | null {
  if (signal.level === "unknown") return before && blinded(before);
  if (signal.level === "ok") return before && calm(before, signal.lingers === true, at);
  const level = signal.level;
  const alert = before ?? fresh(mint(at), level, at);
  const relapse = alert.phase === "cooling";
  if (relapse && at - alert.since >= cooldownOf(policy))
    return fold(null, signal, policy, at, mint);
  const lapsed = at > alert.heardAt + gapOf(policy); // nobody knows what it was in between
  return {
    ...seeing(alert),
    phase: relapse ? "pending" : alert.phase === "clearing" ? "firing" : alert.phase,
    since: relapse || alert.phase === "clearing" ? at : alert.since,
    value: signal.value,
    note: signal.note,
    heardAt: at,
    reached: reach(relapse || lapsed ? {} : alert.reached, level, at),
  };
}

/**
 * A valid signal that is not bad: normal, or `lingering` between the bounds, where nothing begins
 * and nothing ends.
 */
function calm(alert: Alert, lingering: boolean, at: Instant): Alert | null {
  if (alert.phase === "cooling") return alert;
  if (alert.phase === "pending") return dropped(alert);
  const calmed: Alert = { ...seeing(alert), heardAt: at, reached: {} };
  if (lingering)
    return alert.phase === "clearing" ? { ...calmed, phase: "firing", since: at } : calmed;
  return alert.phase === "firing" ? { ...calmed, phase: "clearing", since: at } : calmed;
}

/** Moves an alert on if the time it had to wait has passed. */
function settle(alert: Alert, policy: AlertPolicy, at: Instant): AlertStep {
  const lostAt = alert.heardAt + gapOf(policy);
  const lost = at >= lostAt;
  const held = alert.blind ? undefined : heldLevel(alert, policy, Math.min(at, lostAt));
  switch (alert.phase) {
    case "pending":
      if (held) return fire(alert, held, alert.cooledAt === undefined ? "fired" : "reopened", at);
      return lost ? settleDropped(alert, policy, at) : { alert };
    case "latched":
      if (held) return fire(alert, held, "reopened", at);
      return { alert: lost && !isQuiet(alert) ? { ...alert, reached: {} } : alert };
    case "firing":
      if (!held || severity(held) <= severity(alert.level)) return { alert };
      return { alert: { ...alert, level: held }, change: "escalated" }; // it may grow, never shrink
    case "clearing":
      if (
        !alert.blind &&
        at >= alert.since + policy.release &&
        alert.since + policy.release <= lostAt
      )
        return policy.latch
          ? { alert: { ...alert, phase: "latched", since: at }, change: "latched" }
          : { alert: cool(alert, at), change: "resolved" };
      // Unknown is not normal.
      return { alert: lost ? { ...alert, phase: "firing", since: at } : alert };
    case "cooling":
      return { alert: at >= alert.since + cooldownOf(policy) ? null : alert };
  }
}

/**
 * A spell that was lost sight of before it was held may have outlived the cooldown that it
 * interrupted.
 */
function settleDropped(alert: Alert, policy: AlertPolicy, at: Instant): AlertStep {
  const left = dropped(alert);
  return left ? settle(left, policy, at) : { alert: null };
}

/** Whether nothing bad has been heard since it was last normal. */
const isQuiet = (alert: Alert): boolean => grades.every((grade) => !alert.reached[grade]);

const blinded = (alert: Alert): Alert =>
  alert.blind || alert.phase === "cooling" ? alert : { ...alert, blind: true };
const seeing = ({ blind: _, ...alert }: Alert): Alert => alert;

const fresh = (id: string, level: Grade, at: Instant): Alert => ({
  id,
  phase: "pending",
  level,
  raisedAt: at,
  since: at,
  heardAt: at,
  reached: {},
});

const fire = (alert: Alert, level: Grade, change: Change, at: Instant): AlertStep => ({
  alert: {
    ...alert,
    phase: "firing",
    since: at,
    level: severity(level) > severity(alert.level) || change === "fired" ? level : alert.level,
  },
  change,
});

const cool = (alert: Alert, at: Instant): Alert => ({
  ...seeing(alert),
  phase: "cooling",
  since: at,
  cooledAt: at,
  reached: {},
});

/** A spell that ended before it was held: forgotten, or back to waiting for a relapse. */
const dropped = (alert: Alert): Alert | null =>
  alert.cooledAt === undefined
    ? null
    : { ...seeing(alert), phase: "cooling", since: alert.cooledAt, reached: {} };

/** Levels up to this one are reached, those above it are left. */
function reach(before: Reached, level: Grade, at: Instant): Reached {
  const after: Reached = {};
  for (const grade of grades.slice(0, severity(level))) {
    const mark = before[grade];
    after[grade] = { at: mark?.at ?? at, samples: (mark?.samples ?? 0) + 1 };
  }
  return after;
}

const samplesNeeded = (policy: AlertPolicy, level: Grade): number =>
  policy.samples ?? (holdOf(policy, level) > 0 ? 2 : 1);

/** The highest level that has been held for long enough by `at`. */
const heldLevel = (alert: Alert, policy: AlertPolicy, at: Instant): Grade | undefined =>
  grades.findLast((grade) => {
    const mark = alert.reached[grade];
    if (!mark || mark.samples < samplesNeeded(policy, grade)) return false;
    return at >= mark.at + holdOf(policy, grade);
  });

/**
 * When the next level that is not yet fired at will have been held; Infinity when none will without
 * a further sample.
 */
function earliestHold(alert: Alert, policy: AlertPolicy): Instant {
  const fired = alert.phase === "firing" ? severity(alert.level) : 0;
  let earliest = Number.POSITIVE_INFINITY;
  for (const grade of grades) {
    const mark = alert.reached[grade];
    if (!mark || severity(grade) <= fired || mark.samples < samplesNeeded(policy, grade)) continue;
    earliest = Math.min(earliest, mark.at + holdOf(policy, grade));
  }
  return earliest;
}

const finite = (at: Instant): Instant | null => (Number.isFinite(at) ? at : null);
