// What a scenario says of a past, held against what is on record of it: which alerts are new, gone,
// earlier or later.

import { type Grade, severity } from "../core/level.ts";
import type { Json } from "../core/rule.ts";
import type { Instant } from "../core/time.ts";
import type { AlertEvent } from "../engine/alert-record.ts";
import type { Outline } from "../engine/outline.ts";
import type { Told } from "./past.ts";

export type { Outline } from "../engine/outline.ts";

/**
 * `earlier` and `later` speak of the firing; `changed`: it fired at the same instant, and ended at
 * another or reached another level. `byMs`: ours less the one on record.
 */
export type Difference =
  | { kind: "new"; ours: Outline; live: null; byMs: null }
  | { kind: "gone"; ours: null; live: Outline; byMs: null }
  | { kind: "earlier" | "later"; ours: Outline; live: Outline; byMs: number }
  | { kind: "changed"; ours: Outline; live: Outline; byMs: number | null };

/** Why an alert can't be held against its other. */
export type Reason =
  | "open-before"
  | "removed"
  | "moved"
  | "no-consent"
  | "pause"
  | "readings-deleted";
export type Apart = { why: Reason; side: "ours" | "live"; alert: Outline };

export type Comparison = {
  /** What is the same on both sides, as it is on ours. */
  unchanged: readonly { ours: Outline; live: Outline }[];
  differences: readonly Difference[];
  apart: readonly Apart[];
};

/** What bounds a comparison. */
export type Frame = {
  from: Instant;
  to: Instant;
  /** What was raised before it began before anything was judged. */
  since: Instant;
  unfit(alert: Outline): Reason | null;
  /** Whether it is near a pause of ours, whose length is only guessed. */
  isShaken(at: Instant): boolean;
};

const transitions: ReadonlySet<AlertEvent["kind"]> = new Set([
  "fired",
  "escalated",
  "reopened",
  "latched",
  "resolved",
]);

/** An alert as its flow log tells it up to just before `to`. */
export function outlineAt({ record, events }: Told, to: Instant): Outline {
  const { id, rule, siteId, sensorId, raisedAt, firedAt, scenarioVersion } = record;
  const moves = events.filter(({ kind, at }) => transitions.has(kind) && at < to);
  const last = moves.at(-1);
  const evidence = moves[0]?.evidence as { thresholds?: Json } | null | undefined;
  return {
    id,
    rule,
    siteId,
    sensorId,
    level: moves.reduce((worst, { level }) => most(worst, level), moves[0]?.level ?? record.level),
    raisedAt,
    firedAt,
    resolvedAt: last?.kind === "resolved" ? last.at : null,
    thresholds: evidence?.thresholds ?? [],
    scenarioVersion,
  };
}

/** Holds what a trial found against what is on record, subject by subject. */
export function compare(
  ours: readonly Outline[],
  live: readonly Outline[],
  frame: Frame,
): Comparison {
  const apart: Apart[] = [];
  const unchanged: { ours: Outline; live: Outline }[] = [];
  const differences: Difference[] = [];
  const [oursBy, liveBy] = [bySubject(ours), bySubject(live)];
  for (const key of [...new Set([...oursBy.keys(), ...liveBy.keys()])].sort()) {
    const sides = fitOf(oursBy.get(key) ?? [], liveBy.get(key) ?? [], frame, apart);
    for (const pair of paired(sides.ours, sides.live, frame.to)) {
      const difference = differenceOf(pair);
      if (!difference) unchanged.push(pair as { ours: Outline; live: Outline });
      else if (instantsOf(pair).some(frame.isShaken)) apart.push(...split("pause", pair));
      else differences.push(difference);
    }
  }
  const at = ({ ours: our, live: its }: Difference) => (our ?? its)!.firedAt;
  return { unchanged, differences: differences.sort((a, b) => at(a) - at(b)), apart };
}

type Pair = { ours: Outline | null; live: Outline | null };

/**
 * The alerts of the period that may be compared; the others are set apart, each with the reason.
 */
function fitOf(
  ours: readonly Outline[],
  live: readonly Outline[],
  frame: Frame,
  apart: Apart[],
): { ours: Outline[]; live: Outline[] } {
  const until = carriedUntil(ours, live, frame);
  const keep = (side: Apart["side"], alerts: readonly Outline[]) =>
    alerts.filter((alert) => {
      if (alert.firedAt < frame.from || alert.firedAt >= frame.to) return false;
      const why = alert.firedAt <= until ? "open-before" : frame.unfit(alert);
      if (why) apart.push({ why, side, alert });
      return why === null;
    });
  return { ours: keep("ours", ours), live: keep("live", live) };
}

/** Until when an alert stood open that began where only one side could see it. */
function carriedUntil(
  ours: readonly Outline[],
  live: readonly Outline[],
  { from, since }: Frame,
): Instant {
  const carried = (these: readonly Outline[], those: readonly Outline[]) =>
    these
      .filter(({ id }) => those.every((one) => one.id !== id))
      .filter(({ raisedAt, firedAt }) => firedAt < from || raisedAt < since)
      .map(({ resolvedAt }) => resolvedAt ?? Number.POSITIVE_INFINITY)
      .filter((end) => end >= from);
  return Math.max(Number.NEGATIVE_INFINITY, ...carried(ours, live), ...carried(live, ours));
}

/** The same alert by its id, else the first that stood open at the same time. */
function paired(ours: readonly Outline[], live: readonly Outline[], to: Instant): Pair[] {
  const left = new Set(live);
  const find = (fits: (its: Outline) => boolean): Outline | null => {
    const found = [...left].find(fits) ?? null;
    if (found) left.delete(found);
    return found;
  };
  const same = new Map(ours.map((our) => [our, find(({ id }) => id === our.id)]));
  const overlaps = (a: Outline, b: Outline): boolean =>
    a.raisedAt <= (b.resolvedAt ?? to) && b.raisedAt <= (a.resolvedAt ?? to);
  const pairs: Pair[] = ours.map((our) => ({
    ours: our,
    live: same.get(our) ?? find((its) => overlaps(our, its)),
  }));
  return [...pairs, ...[...left].map((its) => ({ ours: null, live: its }))];
}

function differenceOf({ ours, live }: Pair): Difference | null {
  if (!live) return { kind: "new", ours: ours!, live, byMs: null };
  if (!ours) return { kind: "gone", ours, live, byMs: null };
  const byMs = ours.firedAt - live.firedAt;
  if (byMs !== 0) return { kind: byMs < 0 ? "earlier" : "later", ours, live, byMs };
  if (ours.resolvedAt === live.resolvedAt && ours.level === live.level) return null;
  const ends = ours.resolvedAt !== null && live.resolvedAt !== null;
  return {
    kind: "changed",
    ours,
    live,
    byMs: ends ? ours.resolvedAt! - live.resolvedAt! : null,
  };
}

const instantsOf = ({ ours, live }: Pair): Instant[] =>
  [ours, live].flatMap((one) => (one ? [one.firedAt, one.resolvedAt ?? one.firedAt] : []));

const split = (why: Reason, { ours, live }: Pair): Apart[] => [
  ...(ours ? [{ why, side: "ours", alert: ours } as const] : []),
  ...(live ? [{ why, side: "live", alert: live } as const] : []),
];

function bySubject(alerts: readonly Outline[]): Map<string, Outline[]> {
  const found = new Map<string, Outline[]>();
  for (const alert of [...alerts].sort((a, b) => a.firedAt - b.firedAt)) {
    const key = `${alert.rule}/${alert.siteId}/${alert.sensorId ?? ""}`;
    const known = found.get(key);
    if (known) known.push(alert);
    else found.set(key, [alert]);
  }
  return found;
}

const most = (a: Grade, b: Grade): Grade => (severity(b) > severity(a) ? b : a);
