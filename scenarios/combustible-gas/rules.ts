// The questions asked of a kitchen: gas, carbon monoxide, a valve that should have shut, and a
// detector that no longer serves.

import {
  above,
  type CasePolicy,
  condition,
  hours,
  minutes,
  offlineCase,
  operatorDefault,
  type Rationale,
  type Source,
  seconds,
  silent,
} from "#scenario";
import type { Params, Reading, Site } from "./schema.ts";

const standard = (title: string, edition: string): Source => ({
  kind: "standard",
  title,
  edition,
  unverified: true,
});

/** Set-points of household detectors lie between 5 and 25 % of the lower explosive limit. */
const household = standard("GB 15322.2 可燃气体探测器 第2部分：家用", "2019");
const towns = standard("CJJ/T 146 城镇燃气报警控制系统技术规程", "2011");
const petrochemical = standard(
  "GB/T 50493 石油化工可燃气体和有毒气体检测报警设计标准",
  "现行版 / current",
);
const carbonMonoxide = standard("EN 50291-1 Carbon monoxide detection", "current");

const gasCase: CasePolicy = {
  from: "orange",
  when: "at-once",
  class: "99-94",
  filing: { zh: "户内燃气泄漏", en: "Gas leaks indoors" },
  closing: {
    zh: "燃气公司已查漏修复，浓度恢复正常",
    en: "The gas company found and mended the leak; the air is clean",
  },
  limit: { amount: 1, unit: "urgent-hour" },
  unit: "gas-company",
  verify: minutes(30),
};

const openWindows: Rationale = {
  act: {
    zh: "致电：关阀、开窗、不动电器、到室外；燃气公司（962777）到场查漏。",
    en: "Ring: valve shut, windows open, touch no switch, go out; gas company comes.",
  },
  within: minutes(2),
  otherwise: { zh: "燃气积聚，遇火花爆炸。", en: "Gas gathers until a spark sets it off." },
};
const evacuate: Rationale = {
  act: {
    zh: "119和燃气公司同时出动；疏散该楼，楼外关总阀，禁止按铃、开灯、乘电梯。",
    en: "119 and gas company; clear the house, shut it off outside; no bells, lights, lifts.",
  },
  within: seconds(60),
  otherwise: { zh: "爆炸，危及整栋楼。", en: "An explosion takes the whole house." },
};
const fresh: Rationale = {
  act: {
    zh: "致电：立即到室外，开窗、关热水器和炉灶；有不适拨120；无人接听上门。",
    en: "Ring: out at once, windows open, heaters off; unwell: 120; no answer: go there.",
  },
  within: minutes(2),
  otherwise: { zh: "一氧化碳中毒，无色无味。", en: "Carbon monoxide poisons them unnoticed." },
};

/** Detectors speak every ten minutes; what was not heard for longer is not known to be clean. */
const gap = minutes(25);

/** The detector is its own debouncer, and may have strength for one message only. */
export const leak = (p: Params) =>
  above<Reading, Site>({
    asks: { zh: "是否有燃气泄漏？", en: "Is gas leaking?" },
    field: "ch4PctLel",
    bounds: () => ({ orange: p.leakPct }),
    clear: () => ({ orange: p.leakClearPct }),
    sources: [household, towns, operatorDefault],
    rationale: openWindows,
    alert: {
      hold: seconds(30),
      samples: 1,
      release: minutes(10),
      gap,
      latch: true,
      case: gasCase,
    },
  });

export const leakHigh = (p: Params) =>
  above<Reading, Site>({
    asks: { zh: "燃气是否大量泄漏？", en: "Is gas leaking badly?" },
    field: "ch4PctLel",
    bounds: () => ({ red: p.leakHighPct }),
    clear: () => ({ red: p.leakClearPct }),
    sources: [household, petrochemical, operatorDefault],
    rationale: evacuate,
    alert: {
      hold: seconds(10),
      samples: 1,
      release: 0,
      gap,
      latch: true,
      case: { ...gasCase, from: "red", limit: { amount: 30, unit: "urgent-minute" } },
    },
  });

const coCase: CasePolicy = {
  ...gasCase,
  filing: { zh: "室内一氧化碳超标", en: "Carbon monoxide indoors" },
  closing: {
    zh: "人员安全，烟道、热水器已检修，浓度恢复正常",
    en: "People are safe, flue and heater are mended, and the air is clean",
  },
};

export const co = (p: Params) =>
  above<Reading, Site>({
    asks: { zh: "一氧化碳是否长时间偏高？", en: "Is there carbon monoxide for long?" },
    field: "coPpm",
    bounds: () => ({ orange: p.coPpm }),
    clear: () => ({ orange: p.coClearPpm }),
    sources: [carbonMonoxide],
    rationale: fresh,
    alert: { hold: minutes(60), release: 0, gap, case: coCase },
  });

export const coHigh = (p: Params) =>
  above<Reading, Site>({
    asks: { zh: "一氧化碳是否达到危险浓度？", en: "Is carbon monoxide at a dangerous level?" },
    field: "coPpm",
    bounds: () => ({ orange: p.coHighPpm, red: p.coDeadlyPpm }),
    clear: () => ({ orange: p.coClearPpm }),
    sources: [carbonMonoxide],
    rationale: fresh,
    alert: {
      hold: { orange: minutes(10), red: minutes(3) },
      samples: 1, // at a deadly level the next message may come too late
      release: 0,
      gap,
      case: { ...coCase, limit: { amount: 30, unit: "urgent-minute" } },
    },
  });

export const valve = (p: Params) =>
  condition<Reading, Site>({
    asks: { zh: "泄漏时切断阀是否未关？", en: "Is the valve still open while gas leaks?" },
    raise: ({ ch4PctLel, valveClosed }) => {
      if (ch4PctLel === undefined || valveClosed === undefined) return;
      return ch4PctLel >= p.leakPct && !valveClosed && "red";
    },
    clear: ({ valveClosed }) => valveClosed === true,
    value: (reading) => reading.ch4PctLel,
    sources: [operatorDefault],
    rationale: {
      ...evacuate,
      act: {
        zh: "远程再关一次；不成功则请人在楼外关总阀，燃气公司和119出动。",
        en: "Shut it again from here; else somebody shuts it outside, gas company and 119.",
      },
    },
    alert: {
      hold: seconds(60),
      samples: 1,
      release: 0,
      gap,
      case: {
        ...gasCase,
        from: "red",
        filing: { zh: "泄漏时切断阀未关闭", en: "The valve did not shut on a leak" },
        limit: { amount: 30, unit: "urgent-minute" },
      },
    },
  });

export const worn = () =>
  condition<Reading, Site>({
    asks: { zh: "探测器是否到期或故障？", en: "Is the detector too old, or faulty?" },
    raise: ({ sensorExpired, sensorFault }) => {
      if (sensorExpired === undefined && sensorFault === undefined) return;
      return (sensorExpired === true || sensorFault === true) && "yellow";
    },
    sources: [household, operatorDefault],
    rationale: {
      act: { zh: "一周内更换探测器。", en: "Have the detector replaced within the week." },
      within: hours(24),
      otherwise: { zh: "漏气时不报警。", en: "It would not sound on a leak." },
    },
    alert: {
      hold: 0,
      release: 0,
      case: {
        ...gasCase,
        from: "yellow",
        when: { unacknowledgedFor: minutes(5) },
        filing: { zh: "燃气探测器到期或故障", en: "A gas detector is too old or faulty" },
        closing: { zh: "探测器已更换", en: "The detector has been replaced" },
        limit: { amount: 5, unit: "work-day" },
        unit: "sensor-maintenance",
      },
    },
  });

/** A restaurant's detector hangs on its mains and speaks all day; a home's may sleep. */
const patienceOf = (site: Site): number => (site.use === "restaurant" ? minutes(15) : hours(24));

export const quiet = () =>
  silent<Reading, Site>({
    after: (_, site) => patienceOf(site),
    level: "orange",
    rationale: {
      act: {
        zh: "致电确认探测器指示灯；不亮当日派人更换，营业场所先停用燃气。",
        en: "Ring: is its light on? Else replace it today; a restaurant stops using gas.",
      },
      within: minutes(30),
      otherwise: { zh: "漏气时无人知晓。", en: "A leak would go unnoticed." },
    },
    case: { ...offlineCase(minutes(5)), limit: { amount: 1, unit: "work-day" } },
  });
