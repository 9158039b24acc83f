// The questions asked of the air: its index by the hour, the dust of a building site by the quarter
// of an hour, and whether it is much worse here than around.

import {
  addToBlock,
  type Block,
  type BlockOver,
  blockDue,
  countToday,
  type Duration,
  defineRule,
  type Event,
  type Grade,
  grades,
  hours,
  type Instant,
  minutes,
  operatorDefault,
  type Rule,
  type Signal,
  silent,
  type Today,
} from "#scenario";
import { hourlyAqi } from "./iaqi.ts";
import { particlesOf, periodOf } from "./particles.ts";
import type { Params, Reading, Site } from "./schema.ts";
import { dust, dustCase, humidity, index } from "./sources.ts";

type Means = { readonly [name: string]: number | undefined };

/** One event of a rule that looks at means alone: the window that it ended, if it did. */
function step(
  before: Block | null,
  event: Event<Reading, Site>,
  at: Instant,
  window: Duration,
  values: (reading: Reading, site: Site) => Means,
): { block: Block | null; over?: BlockOver; wakeAt: Instant | undefined } {
  if (event.kind === "heard") return { block: before, wakeAt: undefined };
  const options = { window, speaksFor: periodOf(event.site) };
  const told = event.kind === "reading" ? values(event.reading, event.site) : null;
  const { block, over } = addToBlock(before, told, at, options);
  return { block, wakeAt: blockDue(block, options), ...(over ? { over } : {}) };
}

const aqiLevel = (p: Params, aqi: number): Grade | undefined => {
  const bounds = { blue: p.aqiBlue, yellow: p.aqiYellow, orange: p.aqiOrange, red: p.aqiRed };
  return grades.findLast((grade) => aqi > bounds[grade]);
};

export const aqi = (p: Params) =>
  defineRule<Reading, Block | null, Site>({
    asks: { zh: "空气质量指数是否超标？", en: "Is the air polluted by its index?" },
    sources: [index, humidity, operatorDefault],
    rationale: {
      act: {
        zh: "按首要污染物核查周边源；橙色起停土方、增洒水，红色停工停课提示，通知敏感人群。",
        en: "Look for sources of the pollutant named; orange: stop earthworks; red: stop sites, warn.",
      },
      within: hours(1),
      otherwise: {
        zh: "居民长时间暴露于污染空气。",
        en: "Residents breathe polluted air for hours.",
      },
    },
    alert: {
      hold: hours(2),
      samples: 3, // the hour that completes the two is heard too, and not just waited for
      release: hours(2),
      gap: hours(3),
      case: {
        ...dustCase,
        from: "orange",
        when: { unacknowledgedFor: minutes(5) },
        filing: {
          zh: "空气重度污染，需核查工地扬尘等污染源",
          en: "The air is heavily polluted: building sites and other sources must be checked",
        },
        closing: { zh: "污染源已核查，指数回落", en: "Sources were checked; the index has fallen" },
        unit: "environment-bureau",
      },
    },
    initial: null,
    judge(before, event, at) {
      const { block, over, wakeAt } = step(before, event, at, hours(1), (reading, site) => ({
        ...particlesOf(p, reading, site),
        no2: reading.no2UgPerM3,
        so2: reading.so2UgPerM3,
        o3: reading.o3UgPerM3,
        co: reading.coMgPerM3,
      }));
      return { state: block, wakeAt, signal: over && aqiSignal(p, over.means) };
    },
  });

function aqiSignal(p: Params, means: Means): Signal {
  const hour = hourlyAqi(means, p.edition);
  if (!hour) return { level: "unknown" };
  const { aqi: value, primary } = hour;
  const level = aqiLevel(p, value);
  if (level) return { level, value, note: primary.join(",") };
  const lingers = value >= p.aqiBlue - p.aqiMargin || undefined;
  return { level: "ok", value, lingers };
}

type Counted = { block: Block | null; today: Today | null };

/** Quarters of an hour over `above`; from the `times`-th of a day on it is an exceedance. */
function dustRule(
  p: Params,
  spec: {
    above: number;
    clear: number;
    times: number;
    levels: readonly [seldom: Grade, often: Grade];
  } & Pick<Rule<Reading, Site>, "asks" | "rationale" | "alert">,
): Rule<Reading, Site, Counted> {
  const { above, clear, times, levels, ...words } = spec;
  return defineRule<Reading, Counted, Site>({
    ...words,
    sources: [dust, humidity, operatorDefault],
    initial: { block: null, today: null },
    thresholds: () => [
      { field: "tspMgPerM3", when: "at-or-above", bound: above, level: levels[0], clear },
    ],
    judge(before, event, at) {
      const { block, over, wakeAt } = step(before.block, event, at, minutes(15), (...of) => ({
        tsp: particlesOf(p, ...of).tsp,
      }));
      if (!over) return { state: { ...before, block }, wakeAt };
      const value = over.means.tsp;
      if (value === undefined)
        return { state: { ...before, block }, wakeAt, signal: { level: "unknown" } };
      const isOver = value > above;
      // A quarter that ends at midnight belongs to the day that ends.
      const today = isOver ? countToday(before.today, 1, over.startsAt) : before.today;
      const count = today?.count ?? 0;
      const level = count >= times ? levels[1] : levels[0];
      const lingers = value > clear || undefined;
      const signal: Signal = isOver
        ? { level, value, note: `${count}/day` }
        : { level: "ok", value, lingers };
      return { state: { block, today }, wakeAt, signal };
    },
  });
}

export const siteDust = (p: Params) =>
  dustRule(p, {
    asks: { zh: "工地扬尘是否超过 1.0 mg/m³？", en: "Does the site's dust exceed 1.0 mg/m3?" },
    above: p.dustMgPerM3,
    clear: p.dustClearMgPerM3,
    times: p.dustTimes,
    levels: ["blue", "yellow"],
    rationale: {
      act: {
        zh: "联动雾炮喷淋，通知工地降尘；一日内第 7 次即超标，派城管现场查处。",
        en: "Start the mist cannon, call the site; the seventh in a day is an offence: send a squad.",
      },
      within: minutes(15),
      otherwise: { zh: "扬尘扩散，周边居民投诉。", en: "Dust spreads and residents complain." },
    },
    alert: { hold: 0, release: 0, case: dustCase },
  });

export const heavyDust = (p: Params) =>
  dustRule(p, {
    asks: { zh: "工地扬尘是否超过 2.0 mg/m³？", en: "Does the site's dust exceed 2.0 mg/m3?" },
    above: p.heavyMgPerM3,
    clear: p.heavyClearMgPerM3,
    times: p.heavyTimes,
    levels: ["yellow", "orange"],
    rationale: {
      act: {
        zh: "要求停止土方、拆除作业并覆盖；一日内第 2 次即超标，现场取证、责令停工整改。",
        en: "Have digging and demolition stopped; the second in a day is an offence: stop the site.",
      },
      within: minutes(15),
      otherwise: { zh: "严重扬尘污染。", en: "The neighbourhood lies under heavy dust." },
    },
    alert: { hold: 0, release: 0, case: dustCase },
  });

export const localJump = (p: Params) =>
  defineRule<Reading, Block | null, Site>({
    asks: { zh: "PM10 是否远高于全区？", en: "Is PM10 far above that of the district?" },
    sources: [humidity, operatorDefault],
    rationale: {
      act: {
        zh: "查看周边监控和工地、道路保洁，找到扬尘源并制止。",
        en: "Look for the source nearby: sites, sweepers, open loads; have it stopped.",
      },
      within: minutes(30),
      otherwise: { zh: "局地污染源持续排放。", en: "A source nearby goes on unnoticed." },
    },
    alert: {
      hold: minutes(30),
      samples: 3, // as with the index
      release: 0,
      gap: minutes(40),
      case: { ...dustCase, when: { unacknowledgedFor: minutes(5) } },
    },
    initial: null,
    judge(before, event, at) {
      const { block, over, wakeAt } = step(before, event, at, minutes(15), (reading, site) => ({
        here: particlesOf(p, reading, site).pm10,
        around: reading.districtPm10UgPerM3,
      }));
      return { state: block, wakeAt, signal: over && jumpSignal(p, over.means) };
    },
  });

function jumpSignal(p: Params, { here, around }: Means): Signal {
  if (here === undefined || around === undefined) return { level: "unknown" };
  if (here > p.jumpRatio * around && here > p.jumpUgPerM3) return { level: "yellow", value: here };
  const lingers = here >= p.jumpClearRatio * around || undefined;
  return { level: "ok", value: here, lingers };
}

export const rules = (p: Params) => ({
  aqi: aqi(p),
  siteDust: siteDust(p),
  heavyDust: heavyDust(p),
  localJump: localJump(p),
  silent: silent<Reading, Site>({
    after: (_, site) => Math.max(3 * periodOf(site), minutes(15)),
    level: "yellow",
  }),
});
