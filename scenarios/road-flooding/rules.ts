// The questions asked of a road under water: how deep and how fast, whether to close it, whether it
// is being pumped.

import {
  above,
  type Bounds,
  type CasePolicy,
  condition,
  defineRule,
  grades,
  type Instant,
  minutes,
  operatorDefault,
  type Source,
  silent,
  type Threshold,
  worse,
} from "#scenario";
import type { Params, Reading, Site } from "./schema.ts";

const cited = (title: string, edition: string): Source => ({
  kind: "standard",
  title,
  edition,
  unverified: true,
});
const shanghai = cited("上海下立交积水监测系统：5 cm 报养护，15 cm 报防汛指挥部", "新闻报道");
const sign = cited("下立交积水警示牌：25 cm 以上禁止通行", "新民晚报 2015-11-25");
const waterlogging = cited("城市内涝分级：3、10、25 cm", "公开资料");

/** Dry gauges report every five minutes. */
const gap = minutes(15);

const floodCase: CasePolicy = {
  from: "yellow",
  when: { unacknowledgedFor: minutes(5), atOnceFrom: "orange" },
  class: "05-06",
  filing: {
    zh: "道路积水影响安全或通行（面积大于 100 m² 且深度超过 15 cm 等）",
    en: "Water on the road endangers or blocks traffic (over 100 m2 and deeper than 15 cm)",
  },
  closing: { zh: "积水消除，恢复通行", en: "The water is gone and the road is open again" },
  limit: { amount: 2, unit: "urgent-hour" },
  unit: "drainage",
  verify: minutes(15),
};

type Depth = readonly [at: Instant, cm: number];
/** Over so long a rise is fast. */
const FAST = minutes(5);
/** 7.3 - 2.3 is a little off 5 in binary; a rise of just the bound counts. */
const ROUNDING = 1e-9;

/** A road has no rule of its own for closing: there the water's alert says it. */
const bounds = (p: Params, { place }: Site): Bounds => ({
  blue: p.firstCm,
  yellow: p.mediumCm,
  orange: p.reportCm,
  red: place === "road" ? p.closeCm : undefined,
});

const water = (p: Params) =>
  defineRule<Reading, readonly Depth[], Site>({
    asks: { zh: "路面是否积水？", en: "Is there water on the road?" },
    sources: [shanghai, sign, waterlogging, operatorDefault],
    rationale: {
      act: {
        zh: "蓝色：通知养护查雨水口；黄色：到场疏通、设警示；橙色：报防汛指挥部、抽排、引导绕行；红色：封路。",
        en: "Blue: check the inlets. Yellow: clear, warn. Orange: report, pump, divert. Red: close.",
      },
      within: minutes(15),
      otherwise: {
        zh: "车辆熄火被困，沿街门面进水。",
        en: "Cars stall in the water; shops along the road are flooded.",
      },
    },
    alert: {
      hold: { blue: minutes(2), yellow: minutes(5), orange: minutes(2), red: minutes(1) },
      release: minutes(15),
      gap,
      case: floodCase,
    },
    initial: [],
    thresholds: (site) =>
      Object.entries(bounds(p, site)).flatMap(([level, bound]): Threshold[] => {
        if (bound === undefined) return [];
        const drawn = { field: "waterDepthCm", when: "at-or-above", bound, level } as Threshold;
        return [level === "blue" ? { ...drawn, clear: p.firstClearCm } : drawn];
      }),
    judge(before, event, at) {
      if (event.kind !== "reading") return { state: before };
      const value = event.reading.waterDepthCm;
      const recent = before.filter(([since]) => since >= at - FAST);
      const state: readonly Depth[] = lower(recent, [at, value]);
      const rose = value - Math.min(value, ...recent.map(([, cm]) => cm));
      const raise = bounds(p, event.site);
      const level = grades.findLast((grade) => value >= (raise[grade] ?? Number.POSITIVE_INFINITY));
      if (level && rose + ROUNDING >= p.fastCm)
        return { state, signal: { level: worse(level), value, note: "fast" } };
      if (level) return { state, signal: { level, value } };
      const lingers = value >= p.firstClearCm || undefined;
      return { state, signal: { level: "ok", value, lingers } };
    },
  });

/** Only depths below all later ones can be the lowest of a window that moves on. */
const lower = (recent: readonly Depth[], now: Depth): Depth[] => [
  ...recent.filter(([, cm]) => cm < now[1]),
  now,
];

const close = (p: Params) =>
  above<Reading, Site>({
    asks: { zh: "下立交是否应封闭？", en: "Must the underpass be closed?" },
    field: "waterDepthCm",
    when: (_, { place }) => place === "underpass",
    bounds: () => ({ red: p.closeCm }),
    clear: () => ({ red: p.closeClearCm }),
    sources: [sign, waterlogging, operatorDefault],
    rationale: {
      act: {
        zh: "立即落杆封闭、交警到场，查看有无被困车辆；水退后现场检查，复位后方可开放。",
        en: "Drop the barrier, send police, look for people in cars; inspect and reset to reopen.",
      },
      within: minutes(5),
      otherwise: {
        zh: "车辆驶入深水，人员溺亡。",
        en: "Cars drive into deep water and people drown.",
      },
    },
    alert: {
      hold: minutes(1),
      release: minutes(30),
      gap,
      latch: true,
      case: {
        ...floodCase,
        from: "red",
        when: "at-once",
        class: "02-07",
        filing: {
          zh: "下立交（地下通道）大面积积水，阻碍通行",
          en: "An underpass is flooded and impassable",
        },
        closing: {
          zh: "积水抽排完毕，现场检查后恢复通行",
          en: "Pumped dry, inspected on site and open again",
        },
        unit: "traffic-police",
        verify: minutes(30),
      },
    },
  });

const pump = (p: Params) =>
  condition<Reading, Site>({
    asks: { zh: "该开泵时水泵是否未运行？", en: "Does the pump stand still when it must run?" },
    raise: ({ waterDepthCm, pumpRunning }) =>
      pumpRunning === undefined ? undefined : waterDepthCm >= p.pumpCm && !pumpRunning && "orange",
    // A pump has no more to do once the water is gone.
    clear: ({ waterDepthCm, pumpRunning }) => pumpRunning === true || waterDepthCm < p.firstClearCm,
    value: (reading) => reading.waterDepthCm,
    sources: [operatorDefault],
    rationale: {
      act: {
        zh: "远程启泵；不成则派排水抢险车，查供电、浮球和进水格栅。",
        en: "Start it remotely; else send the mobile pump; check power, float and intake.",
      },
      within: minutes(10),
      otherwise: { zh: "积水继续上涨直至封路。", en: "The water rises until the road is shut." },
    },
    alert: {
      hold: minutes(3),
      release: 0,
      gap,
      case: {
        ...floodCase,
        from: "orange",
        when: "at-once",
        filing: {
          zh: "积水超过 10 cm 而水泵未运行",
          en: "The water is deeper than 10 cm and the pump does not run",
        },
        closing: { zh: "水泵恢复运行，积水消除", en: "The pump runs again; the water is gone" },
      },
    },
  });

export const rules = (p: Params) => ({
  water: water(p),
  close: close(p),
  pump: pump(p),
  silent: silent<Reading, Site>({
    after: ({ rainWarning }) => minutes(rainWarning ? 5 : 15),
    level: "yellow",
  }),
});
