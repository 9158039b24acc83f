// Questions on the building itself: its lean, how fast it leans, its cracks, works inside it.

import {
  condition,
  days,
  type Grade,
  hours,
  minutes,
  operatorDefault,
  type Rationale,
  type Rule,
} from "#scenario";
import { drift } from "./drift.ts";
import { ownBaseline } from "./own-baseline.ts";
import type { Params, Reading, Site } from "./schema.ts";
import {
  building,
  caseTable,
  dangerous,
  emergencyCase,
  facadeCase,
  foundation,
  worksCase,
} from "./sources.ts";

const tangent = (deg: number): number => Math.tan((deg * Math.PI) / 180);

/** The lean as a slope, 0.01 being one per cent; undefined when an axis is missing. */
export const slopeOf = ({ tiltXDeg, tiltYDeg }: Reading): number | undefined =>
  tiltXDeg === undefined || tiltYDeg === undefined
    ? undefined
    : Math.hypot(tangent(tiltXDeg), tangent(tiltYDeg));

/** The slope that the foundation code allows a building of so many metres. */
const ALLOWED = [
  [24, 0.004],
  [60, 0.003],
  [100, 0.0025],
  [Number.POSITIVE_INFINITY, 0.002],
] as const;
export const allowedSlope = (heightM: number): number =>
  ALLOWED.find(([upTo]) => heightM <= upTo)![1];

/** Beyond this slope a building is dangerous: two per cent, three for two storeys and less. */
export const dangerousSlope = (storeys: number): number => (storeys >= 3 ? 0.02 : 0.03);

/** A lean is over when a survey says so, not when it is smaller. */
const beyond = (
  level: Grade,
  boundOf: (site: Site) => number | undefined,
  rest: Pick<Rule<Reading, Site>, "asks" | "sources" | "rationale" | "alert">,
): Rule<Reading, Site, null> =>
  condition<Reading, Site>({
    ...rest,
    raise: (reading, site) => {
      const [slope, bound] = [slopeOf(reading), boundOf(site)];
      if (slope === undefined || bound === undefined) return undefined;
      return slope > bound && level;
    },
    value: (reading) => {
      const slope = slopeOf(reading);
      return slope === undefined ? undefined : Math.round(slope * 100_000) / 100; // ‰
    },
  });

export const leanDesign = () =>
  beyond("yellow", ({ heightM }) => (heightM === undefined ? undefined : allowedSlope(heightM)), {
    asks: {
      zh: "建筑整体倾斜是否超过设计允许值（‰）？",
      en: "Does the building lean more than its design allows (‰)?",
    },
    sources: [foundation, building],
    rationale: {
      act: {
        zh: "通知房管部门安排检测鉴定，加密观测，核查周边基坑和降水。",
        en: "Have the housing authority survey it; watch closely; look for pits and pumping.",
      },
      within: hours(24),
      otherwise: { zh: "倾斜继续发展为危房。", en: "The lean goes on until it is dangerous." },
    },
    alert: {
      hold: hours(24),
      release: hours(1),
      latch: true,
      case: { ...facadeCase, from: "yellow", when: { unacknowledgedFor: minutes(5) } },
    },
  });

export const leanDanger = () =>
  beyond("red", ({ storeys }) => (storeys === undefined ? undefined : dangerousSlope(storeys)), {
    asks: {
      zh: "建筑倾斜是否达到危险程度（‰）？",
      en: "Does the building lean dangerously (‰)?",
    },
    sources: [dangerous, building],
    rationale: {
      act: {
        zh: "立即组织楼内及影响范围人员撤离、封闭现场，报房管、应急和消防。",
        en: "Evacuate it and all within its reach; close it off; housing, emergency, fire.",
      },
      within: minutes(10),
      otherwise: { zh: "房屋可能倒塌。", en: "The building may collapse." },
    },
    alert: { hold: hours(1), release: hours(1), latch: true, case: emergencyCase },
  });

const soon: Rationale = {
  act: {
    zh: "派房管人员和物业到场查看，必要时先撤离，安排应急检测。",
    en: "Send housing authority and property; evacuate if in doubt; have it surveyed at once.",
  },
  within: hours(1),
  otherwise: {
    zh: "结构可能在数小时内失稳。",
    en: "The structure may fail within hours.",
  },
};

export const leanSpeed = (p: Params) =>
  drift({
    asks: { zh: "建筑是否正在加快倾斜？", en: "Is the building leaning further?" },
    of: ({ tiltXDeg, tiltYDeg }) =>
      tiltXDeg === undefined || tiltYDeg === undefined ? undefined : [tiltXDeg, tiltYDeg],
    apart: (now, then) => Math.hypot(now[0]! - then[0]!, now[1]! - then[1]!),
    bounds: { orange: p.leanDeg },
    clear: p.leanClearDeg,
    sources: [operatorDefault],
    rationale: soon,
    alert: { hold: 0, samples: 2, release: days(3), case: emergencyCase },
  });

export const crackGrowth = (p: Params) =>
  drift({
    asks: { zh: "裂缝是否在发展？", en: "Is a crack growing?" },
    of: ({ crackWidthMm }) => (crackWidthMm === undefined ? undefined : [crackWidthMm]),
    apart: (now, then) => now[0]! - then[0]!,
    bounds: { blue: p.crackMm, orange: p.crackFastMm },
    clear: p.crackClearMm,
    sources: [operatorDefault, caseTable],
    rationale: { ...soon, within: hours(4) },
    alert: { hold: 0, samples: 2, release: days(7), case: facadeCase },
  });

export const vibration = (p: Params) =>
  ownBaseline({
    asks: {
      zh: "振动是否明显超过平时（疑似违法施工）？",
      en: "Does it shake far more than usual (unlawful works)?",
    },
    of: ({ accRmsMPerS2 }) => accRmsMPerS2,
    times: { yellow: p.vibrationTimes },
    clearTimes: p.vibrationClearTimes,
    floor: p.vibrationFloor,
    start: ({ accBaselineMPerS2 }) => accBaselineMPerS2,
    sources: [operatorDefault, caseTable],
    rationale: {
      act: {
        zh: "核对施工许可，派城管和物业上门查看是否敲墙、破坏承重结构。",
        en: "Check permits; send urban management and property to see who breaks which wall.",
      },
      within: minutes(30),
      otherwise: { zh: "承重结构被破坏。", en: "Load-bearing walls are lost." },
    },
    alert: { hold: minutes(10), release: minutes(10), case: worksCase },
  });
