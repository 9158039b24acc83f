// The questions asked of the noise: above the limit by the hour, far above it, peaks at night, works
// at night. Levels are averaged by energy, day and night apart.

import {
  addEnergy,
  type Duration,
  defineRule,
  type Energies,
  type Event,
  hours,
  type Instant,
  minutes,
  operatorDefault,
  type Rule,
  type Signal,
  silent,
  type Threshold,
  tally,
} from "#scenario";
import { isNight, isSpoilt, limitAt, limitsOf, periodSince, sourceOf } from "./limits.ts";
import type { Params, Reading, Site } from "./schema.ts";
import { ambient, noiseCase, social, works, worksCase, zone } from "./sources.ts";

/** Stations report every minute. */
const PERIOD = minutes(1);
/** A level that is just the limit may come out a hair above it. */
const ROUNDING = 1e-6;
/** After 22 and 6 o'clock there is no hourly level for three quarters of an hour. */
const gap = hours(1);

/** The level over a window, of this day or this night alone; undefined where it cannot be told. */
function heard(
  p: Params,
  before: Energies,
  event: Event<Reading, Site> & { kind: "reading" },
  at: Instant,
  window: Duration,
): { energies: Energies; meanDb: number | undefined } {
  if (isSpoilt(p, event.reading)) return { energies: before, meanDb: undefined };
  const options = { window, speaksFor: PERIOD, since: periodSince(at) };
  return addEnergy(before, event.reading.laeqDb, at, options);
}

const unknown: Signal = { level: "unknown" };

/** The limits of day and night, as far above as asked. */
const drawn = (level: Threshold["level"], aboveDb: number) => (site: Site) => {
  const { day, night } = limitsOf(site.zoneClass, site.sourceType);
  return [day, night].map(
    (limit): Threshold => ({ field: "laeqDb", when: "at-or-above", bound: limit + aboveDb, level }),
  );
};

type Exceeding = { energies: Energies; since: Instant | null };
/** By day it must last so much longer than by night. */
const DAY_LONGER = minutes(30);

export const exceed = (p: Params) =>
  defineRule<Reading, Exceeding, Site>({
    asks: { zh: "小时等效声级是否超过限值？", en: "Is the level of the hour above its limit?" },
    sources: [ambient, social, works, zone, operatorDefault],
    rationale: {
      act: {
        zh: "回听录音判明声源：施工派城管，营业场所派派出所，工业源转生态环境。",
        en: "Find the source: works to urban management, shops and music to police, plants to bureau.",
      },
      within: minutes(30),
      otherwise: {
        zh: "居民无法休息，重复投诉。",
        en: "Residents cannot rest and complain again.",
      },
    },
    alert: { hold: minutes(30), release: hours(1), gap, case: noiseCase },
    initial: { energies: [], since: null },
    thresholds: drawn("yellow", 0),
    judge(before, event, at) {
      if (event.kind !== "reading") return { state: before };
      const { energies, meanDb } = heard(p, before.energies, event, at, hours(1));
      if (meanDb === undefined) return { state: { ...before, energies }, signal: unknown };
      const value = tenths(meanDb);
      const isOver = meanDb > limitAt(event.reading, event.site, at) + ROUNDING;
      if (!isOver) return { state: { energies, since: null }, signal: { level: "ok", value } };
      // What was too loud for the night is not for that too loud for the day.
      const known = before.since ?? at;
      const since = known < periodSince(at) ? at : known;
      const isLong = isNight(at) || at - since >= DAY_LONGER;
      const signal: Signal = isLong
        ? { level: "yellow", value }
        : { level: "ok", value, lingers: true };
      return { state: { energies, since }, signal };
    },
  });

const tenths = (db: number): number => Math.round(db * 10) / 10;

/** A rule on the level of a quarter of an hour; where it does not apply it keeps nothing. */
const quarter = (
  p: Params,
  rest: Omit<Rule<Reading, Site>, "initial" | "judge">,
  applies: (reading: Reading, site: Site, at: Instant) => boolean,
  says: (meanDb: number, reading: Reading, site: Site, at: Instant) => Signal,
) =>
  defineRule<Reading, Energies, Site>({
    ...rest,
    initial: [],
    judge(before, event, at) {
      if (event.kind !== "reading") return { state: before };
      if (!applies(event.reading, event.site, at)) return { state: [], signal: { level: "ok" } };
      const { energies, meanDb } = heard(p, before, event, at, minutes(15));
      const signal =
        meanDb === undefined ? unknown : says(meanDb - ROUNDING, event.reading, event.site, at);
      return { state: energies, signal };
    },
  });

export const strong = (p: Params) =>
  quarter(
    p,
    {
      asks: { zh: "噪声是否严重超标？", en: "Is the noise far above its limit?" },
      sources: [ambient, social, works, zone, operatorDefault],
      rationale: {
        act: {
          zh: "立即派就近力量到场制止，固定证据。",
          en: "Send whoever is nearest to stop it, and secure evidence.",
        },
        within: minutes(15),
        otherwise: {
          zh: "大范围扰民，引发冲突。",
          en: "Whole blocks are kept awake; quarrels follow.",
        },
      },
      alert: {
        hold: minutes(15),
        release: 0,
        gap: minutes(30),
        case: { ...noiseCase, from: "orange" },
      },
      thresholds: drawn("orange", p.strongDb),
    },
    () => true,
    (meanDb, reading, site, at) => {
      const limit = limitAt(reading, site, at);
      const value = tenths(meanDb);
      if (meanDb > limit + p.strongDb) return { level: "orange", value };
      return { level: "ok", value, lingers: meanDb > limit + p.strongClearDb || undefined };
    },
  );

/** Works that have a permit for the night are muted by it, in the register. */
export const nightWorks = (p: Params) =>
  quarter(
    p,
    {
      asks: { zh: "夜间是否在施工？", en: "Are there works at night?" },
      sources: [works, zone, operatorDefault],
      rationale: {
        act: {
          zh: "核对夜间施工许可；无许可派城管制止并取证。",
          en: "Look for a night permit; if there is none send urban management to stop it.",
        },
        within: minutes(30),
        otherwise: { zh: "居民整夜无法入睡。", en: "Residents lie awake all night." },
      },
      alert: { hold: minutes(15), release: 0, gap: minutes(30), case: worksCase },
      thresholds: ({ sourceType }) =>
        sourceType === "construction"
          ? [{ field: "laeqDb", when: "at-or-above", bound: p.worksDb, level: "orange" }]
          : [],
    },
    (reading, site, at) => sourceOf(reading, site) === "construction" && isNight(at),
    (meanDb) => ({ level: meanDb > p.worksDb ? "orange" : "ok", value: tenths(meanDb) }),
  );

export const nightPeak = (p: Params) => ({
  ...tally<Reading, Site>({
    asks: { zh: "夜间是否反复突发高声？", en: "Do loud peaks break the night again and again?" },
    adds: (reading, site, at) => {
      if (isSpoilt(p, reading) || reading.lamaxDb === undefined) return undefined;
      const isPeak = reading.lamaxDb > limitAt(reading, site, at) + p.peakDb;
      return isNight(at) && isPeak ? 1 : 0;
    },
    within: hours(1),
    speaksFor: 2 * PERIOD,
    bounds: () => ({ yellow: p.peakTimes }),
    clear: () => ({ yellow: 1 }),
    sources: [ambient, works, operatorDefault],
    rationale: {
      act: {
        zh: "回听录音判明声源（装卸、鸣笛、犬吠、飙车），联系派出所或责任单位。",
        en: "Find the source (loading, horns, dogs, racing) and call police or whoever is in charge.",
      },
      within: minutes(60),
      otherwise: { zh: "居民反复被惊醒。", en: "Residents are woken again and again." },
    },
    alert: {
      hold: 0,
      release: 0,
      gap,
      case: { ...noiseCase, when: { unacknowledgedFor: minutes(5) }, unit: "police" },
    },
  }),
  thresholds: ({ zoneClass, sourceType }: Site) => {
    const bound = limitsOf(zoneClass, sourceType).night + p.peakDb;
    return [{ field: "lamaxDb", when: "at-or-above", bound, level: "yellow" } as const];
  },
});

export const rules = (p: Params) => ({
  exceed: exceed(p),
  strong: strong(p),
  nightPeak: nightPeak(p),
  nightWorks: nightWorks(p),
  silent: silent<Reading, Site>({ after: minutes(10), level: "yellow" }),
});
