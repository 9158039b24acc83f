// What is known of the life in a home: who moved where, the door, the power, and what the bed
// sensor's own scenario has told.

import {
  type Duration,
  type Event,
  type Heard,
  hours,
  type Instant,
  minuteOfDay,
  minutes,
} from "#scenario";
import type { Params, Reading, Site } from "./schema.ts";

/** `heardAt`: the sensor's last word; `since`: its first; the others: when it last saw life. */
export type Home = {
  door: { heardAt: Instant; since: Instant; openedAt: Instant | null } | null;
  pir: {
    heardAt: Instant;
    since: Instant;
    elsewhereAt: Instant | null;
    bathroomAt: Instant | null;
  } | null;
  power: { watts: number; changedAt: Instant | null } | null;
  away: boolean;
  /** Alerts of the bed that are open, and when the bed last proved that somebody lives. */
  bed: { open: readonly string[]; lifeAt: Instant | null };
};

export const nobody: Home = {
  door: null,
  pir: null,
  power: null,
  away: false,
  bed: { open: [], lifeAt: null },
};

/** One that has missed two of its four-hourly heartbeats is not known to have seen nothing. */
const STALE_AFTER: Duration = hours(9);
/** Who is not seen so long after the door was last opened has gone out. */
const LEFT_AFTER: Duration = minutes(15);
/** A movement sensor goes on seeing whoever has just gone through the door. */
const AFTERGLOW: Duration = minutes(2);

/** Bed alerts by which the bed is empty, and those by which somebody lies there. */
const EMPTY = ["nightAbsence", "bedUnused"];
const ILL = ["extreme", "sum", "apnea"];

/** The rules of the bed sensor's scenario that a rule of the home hears. */
export const bedRules = [...EMPTY, ...ILL, "noVitals", "silent"].map((rule) => ({
  scenario: "elder-vital-signs",
  rule,
}));

/** The home after one more event. */
export function follow(before: Home, event: Event<Reading, Site>, p: Params, at: Instant): Home {
  if (event.kind === "heard") return { ...before, bed: heardOfBed(before.bed, event.heard, at) };
  if (event.kind === "wake") return before;
  const { doorOpened, motion, bathroomMotion, activePowerW, away } = event.reading;
  const { door, pir, power } = before;
  let after = before;
  if (doorOpened !== undefined)
    after = {
      ...after,
      door: {
        heardAt: at,
        since: door?.since ?? at,
        openedAt: doorOpened ? at : (door?.openedAt ?? null),
      },
    };
  if (motion !== undefined || bathroomMotion !== undefined)
    after = {
      ...after,
      pir: {
        heardAt: at,
        since: pir?.since ?? at,
        elsewhereAt: motion ? at : (pir?.elsewhereAt ?? null),
        bathroomAt: bathroomMotion ? at : (pir?.bathroomAt ?? null),
      },
    };
  if (activePowerW !== undefined) {
    const isStep = power !== null && Math.abs(activePowerW - power.watts) >= p.powerStepW;
    after = {
      ...after,
      power: { watts: activePowerW, changedAt: isStep ? at : (power?.changedAt ?? null) },
    };
  }
  return away === undefined ? after : { ...after, away };
}

function heardOfBed(bed: Home["bed"], { rule, change }: Heard, at: Instant): Home["bed"] {
  const isOver = change === "resolved" || change === "latched";
  const others = bed.open.filter((one) => one !== rule);
  if (ILL.includes(rule)) return { ...bed, lifeAt: at };
  const open = isOver ? others : [...others, rule];
  return { open, lifeAt: isOver && rule !== "silent" ? at : bed.lifeAt };
}

export const isBedEmpty = ({ bed }: Home): boolean => bed.open.some((rule) => EMPTY.includes(rule));

const isFresh = (sensor: { heardAt: Instant } | null, at: Instant): boolean =>
  sensor !== null && at - sensor.heardAt <= STALE_AFTER;

const movedAt = ({ pir }: Home): Instant =>
  pir === null
    ? Number.NEGATIVE_INFINITY
    : Math.max(pir.since, pir.elsewhereAt ?? 0, pir.bathroomAt ?? 0);

/** Away by registration, or seen to leave: nobody moved since the door was last opened. */
export function isOut(home: Home, at: Instant): boolean {
  if (home.away) return true;
  const openedAt = home.door?.openedAt ?? null;
  if (openedAt === null || home.pir === null) return false;
  return at - openedAt >= LEFT_AFTER && movedAt(home) <= openedAt + AFTERGLOW;
}

/** When the home last showed life: movement, the door, power switched by hand, the bed. */
export const lifeAt = (home: Home): Instant =>
  Math.max(
    movedAt(home),
    home.door?.openedAt ?? Number.NEGATIVE_INFINITY,
    home.power?.changedAt ?? Number.NEGATIVE_INFINITY,
    home.bed.lifeAt ?? Number.NEGATIVE_INFINITY,
  );

const NIGHT_FROM_MIN = 22 * 60 + 30;
const NIGHT_TO_MIN = 6 * 60;

/**
 * At night the bed sensor tells within half an hour when nobody lies there. As long as it tells of
 * nothing, somebody does, and breathes: a sign of life until the night's end.
 */
export function restedAt(home: Home, site: Site, at: Instant): Instant {
  if (site.bedMat !== true || home.bed.open.length > 0) return Number.NEGATIVE_INFINITY;
  const minute = minuteOfDay(at);
  if (minute >= NIGHT_FROM_MIN || minute < NIGHT_TO_MIN) return at;
  return Math.floor(at / minutes(1)) * minutes(1) - minutes(minute - NIGHT_TO_MIN);
}

/** Since when the door has been still; undefined: no sensor watches it. */
export const doorStillSince = ({ door }: Home): Instant | undefined =>
  door ? (door.openedAt ?? door.since) : undefined;

/** For how long the door has been still; undefined: its sensor can't tell. */
export function doorStillFor(home: Home, at: Instant): Duration | undefined {
  const since = doorStillSince(home);
  return since !== undefined && isFresh(home.door, at) ? at - since : undefined;
}

/** For how long nobody has been seen, counted from `since`; undefined: no sensor can tell. */
export const stillFor = (home: Home, since: Instant, at: Instant): Duration | undefined =>
  isFresh(home.pir, at) ? at - since : undefined;
