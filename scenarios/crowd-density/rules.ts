// The questions asked of a crowd: how dense it is and whether it still moves, and how dense it will
// be.

import {
  type CasePolicy,
  condition,
  type Duration,
  defineRule,
  type Grade,
  grades,
  type Instant,
  minutes,
  operatorDefault,
  type Source,
  seconds,
  silent,
  type Threshold,
  worse,
} from "#scenario";
import { clearOf, raiseOf } from "./levels.ts";
import type { Params, Reading, Site } from "./schema.ts";

const fruin: Source = {
  kind: "standard",
  title: "Fruin, Pedestrian Planning and Design: levels of service",
  edition: "1971",
  unverified: true,
};
const greenGuide: Source = {
  kind: "standard",
  title: "Guide to Safety at Sports Grounds (UK): 47 people per 10 m2 standing",
  edition: "6 (2018)",
  unverified: true,
};

const crowdCase: CasePolicy = {
  from: "yellow",
  when: { unacknowledgedFor: minutes(5), atOnceFrom: "orange" },
  class: "99-92",
  filing: {
    zh: "人员高度密集，存在拥挤踩踏风险",
    en: "People stand so close that a crush may follow",
  },
  closing: { zh: "人群已疏散，密度恢复正常", en: "The crowd has thinned out; density is normal" },
  limit: { amount: 10, unit: "urgent-minute" },
  unit: "police",
  verify: minutes(10),
};

const hold: Record<Grade, Duration> = {
  blue: minutes(3),
  yellow: minutes(2),
  orange: seconds(60),
  red: seconds(30),
};
/** A crowd that hardly moves for so long is one level worse than its density says. */
const STOPPED_FOR = seconds(60);

/** People per square metre, by the camera's own reckoning or by its count. */
const densityOf = (reading: Reading, site: Site): number =>
  reading.densityPerM2 ?? reading.peopleCount / (reading.areaM2 ?? site.areaM2);

/** Since when the crowd moves in stops and starts; null: it does not. */
type Stopped = Instant | null;

function stopped(
  p: Params,
  before: Stopped,
  reading: Reading,
  density: number,
  at: Instant,
): Stopped {
  const { averageSpeedMPerS: speed } = reading;
  if (speed === undefined) return before;
  if (before !== null) return speed > p.movingMPerS ? null : before;
  return density >= p.stopAndGo && speed < p.stoppedMPerS ? at : null;
}

/** The level that density and standstill make together. */
function levelOf(
  p: Params,
  density: number,
  site: Site,
  since: Stopped,
  at: Instant,
): Grade | undefined {
  const raise = raiseOf(p, site);
  const level = grades.findLast((grade) => density >= raise[grade]!);
  if (level === undefined || since === null || density < p.stopAndGo) return level;
  // The hold of the level that it makes is still to come, and counts.
  return at - since >= STOPPED_FOR - hold[worse(level)] ? worse(level) : level;
}

export const density = (p: Params) =>
  defineRule<Reading, Stopped, Site>({
    asks: { zh: "人群是否过于密集？", en: "Is the crowd too dense?" },
    sources: [fruin, greenGuide, operatorDefault],
    rationale: {
      act: {
        zh: "黄色：现场引导、分流；橙色：派出所到场限流、停止入场；红色：2 分钟内响应，开辟出口，单向疏散。",
        en: "Yellow: guide, divert. Orange: police limit entry. Red: open exits, clear one way.",
      },
      within: minutes(2),
      otherwise: { zh: "可能发生拥挤踩踏。", en: "A crush may follow." },
    },
    alert: { hold, samples: 2, release: minutes(10), case: crowdCase },
    initial: null,
    thresholds: (site) =>
      Object.entries(raiseOf(p, site)).map(
        ([level, bound]): Threshold => ({
          field: "densityPerM2",
          when: "at-or-above",
          bound: bound!,
          level: level as Grade,
          ...(level === "blue" ? { clear: clearOf(p, site).blue! } : {}),
        }),
      ),
    judge(before, event, at) {
      if (event.kind !== "reading") return { state: before };
      const { reading, site } = event;
      const value = densityOf(reading, site);
      const state = stopped(p, before, reading, value, at);
      const level = levelOf(p, value, site, state, at);
      const note = state === null ? undefined : "stop-and-go";
      if (level) return { state, signal: { level, value, note } };
      const lingers = value >= clearOf(p, site).blue! || undefined;
      return { state, signal: { level: "ok", value, lingers } };
    },
  });

const peopleAhead = (p: Params, { peopleCount, inflowPerMin, outflowPerMin }: Reading) =>
  inflowPerMin === undefined || outflowPerMin === undefined
    ? undefined
    : peopleCount + p.forecastMin * (inflowPerMin - outflowPerMin);

export const forecast = (p: Params) =>
  condition<Reading, Site>({
    asks: { zh: "十分钟内是否会达到踩踏风险？", en: "Will it be at crush density in ten minutes?" },
    raise: (reading, site) => {
      const ahead = peopleAhead(p, reading);
      if (ahead === undefined) return;
      return ahead >= p.crush * (reading.areaM2 ?? site.areaM2) && "orange";
    },
    value: (reading) => peopleAhead(p, reading),
    sources: [greenGuide, operatorDefault],
    rationale: {
      act: {
        zh: "提前限流、分流入口，通知派出所和城运中心。",
        en: "Limit and divert at the entrances now; tell police and operations centre.",
      },
      within: minutes(3),
      otherwise: {
        zh: "十分钟内达到危险密度。",
        en: "Within ten minutes the density is dangerous.",
      },
    },
    alert: {
      hold: minutes(2),
      release: minutes(5),
      case: {
        ...crowdCase,
        when: { unacknowledgedFor: minutes(5) },
        filing: { zh: "预测人员密度将达到危险值", en: "The crowd is forecast to become dangerous" },
      },
    },
  });

export const rules = (p: Params) => ({
  density: density(p),
  forecast: forecast(p),
  silent: silent<Reading, Site>({ after: minutes(3), level: "yellow" }),
});
