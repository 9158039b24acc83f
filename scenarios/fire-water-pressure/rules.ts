// The questions asked of fire water: is there enough pressure, not too much, is the tank full, the
// pump ready, the hydrant whole and left alone.

import {
  above,
  below,
  condition,
  hours,
  minutes,
  operatorDefault,
  seconds,
  silent,
} from "#scenario";
import type { Params, Reading, Site } from "./schema.ts";
import {
  dynamicClause,
  indoorsCase,
  lookAtIt,
  noWater,
  outdoorClause,
  staticClause,
  waterCase,
  worstPointClause,
} from "./sources.ts";

/** Two readings of a battery's monitor may lie half an hour apart, and a missed one is no end. */
const gap = hours(2);

export const hydrantLow = (p: Params) =>
  below<Reading, Site>({
    asks: { zh: "室外消火栓压力是否不足？", en: "Is the street hydrant short of pressure?" },
    field: "hydrantMpa",
    bounds: () => ({ orange: p.hydrantMpa }),
    clear: () => ({ orange: p.hydrantClearMpa }),
    sources: [outdoorClause, operatorDefault],
    rationale: noWater,
    alert: {
      hold: minutes(10),
      release: minutes(10),
      gap,
      case: { ...waterCase, from: "orange" },
    },
  });

/** One message is enough: the monitor wakes for it, and may not wake again for half an hour. */
export const hydrantEmpty = (p: Params) =>
  below<Reading, Site>({
    asks: {
      zh: "室外消火栓能否供消防车？",
      en: "Is the hydrant's pressure too low to fight a fire with?",
    },
    field: "hydrantMpa",
    bounds: () => ({ red: p.fireUseMpa }),
    clear: () => ({ red: p.fireUseClearMpa }),
    sources: [outdoorClause, operatorDefault],
    rationale: { ...noWater, within: minutes(10) },
    alert: {
      hold: minutes(1),
      samples: 1,
      release: 0,
      gap,
      case: { ...waterCase, from: "red", limit: { amount: 1, unit: "urgent-hour" } },
    },
  });

/** The least static pressure that the building's class asks for; undefined: not in the register. */
const leastMpa = (p: Params, { indoorClass }: Site): number | undefined => {
  if (indoorClass === undefined) return undefined;
  const byClass = {
    ordinary: p.ordinaryMpa,
    "class-1": p.classOneMpa,
    "over-100-m": p.tallMpa,
  };
  return byClass[indoorClass];
};

/** While water is drawn the pressure says nothing of the static one. */
const isStatic = ({ flowM3PerH }: Reading): boolean => flowM3PerH === undefined || flowM3PerH === 0;

export const indoorLow = (p: Params) =>
  below<Reading, Site>({
    asks: { zh: "室内最不利点压力是否不足？", en: "Is the worst point indoors short of pressure?" },
    field: "indoorMpa",
    when: (reading) => (isStatic(reading) ? true : undefined),
    bounds: (site) => {
      const least = leastMpa(p, site);
      return least === undefined ? {} : { orange: least };
    },
    clear: (site) => {
      const least = leastMpa(p, site);
      return least === undefined ? {} : { orange: Number((least + p.indoorClearMpa).toFixed(6)) };
    },
    sources: [
      worstPointClause,
      { kind: "register", title: "建筑类别 / class of the building" },
      operatorDefault,
    ],
    rationale: noWater,
    alert: { hold: minutes(10), release: 0, gap, case: { ...indoorsCase, from: "orange" } },
  });

export const overPressure = (p: Params) => {
  const highest = ({ hydrantMpa, indoorMpa }: Reading): number | undefined => {
    const told = [hydrantMpa, indoorMpa].filter((one) => one !== undefined);
    return told.length > 0 ? Math.max(...told) : undefined;
  };
  return condition<Reading, Site>({
    asks: { zh: "消防水压是否过高？", en: "Is the pressure too high?" },
    raise: (reading) => {
      const mpa = highest(reading);
      if (mpa === undefined) return;
      return mpa > (isStatic(reading) ? p.staticMpa : p.dynamicMpa) && "yellow";
    },
    clear: (reading) => {
      const mpa = highest(reading);
      if (mpa === undefined) return;
      return mpa < (isStatic(reading) ? p.staticClearMpa : p.dynamicClearMpa);
    },
    value: highest,
    sources: [staticClause, dynamicClause, operatorDefault],
    rationale: {
      act: {
        zh: "通知物业查减压阀、稳压泵和安全阀。",
        en: "Have the reducing valve, jockey pump and relief valve checked.",
      },
      within: hours(8),
      otherwise: {
        zh: "管件爆裂，水枪失控伤人。",
        en: "Fittings burst, and a nozzle cannot be held.",
      },
    },
    alert: {
      hold: minutes(10),
      release: 0,
      gap,
      case: { ...indoorsCase, when: { unacknowledgedFor: minutes(5) } },
    },
  });
};

/** Its walls are taken to be upright: so much of the level is so much of the water. */
export const tankLow = (p: Params) =>
  below<Reading, Site>({
    asks: { zh: "消防储水是否不足？", en: "Does the tank hold too little for a fire?" },
    field: "tankLevelM",
    bounds: ({ designLevelM }) =>
      designLevelM === undefined ? {} : { orange: (p.tankPct / 100) * designLevelM },
    clear: ({ designLevelM }) =>
      designLevelM === undefined ? {} : { orange: (p.tankClearPct / 100) * designLevelM },
    sources: [{ kind: "register", title: "设计消防储水水位 / design level" }, operatorDefault],
    rationale: noWater,
    alert: { hold: minutes(10), release: 0, gap, case: { ...indoorsCase, from: "orange" } },
  });

export const wrongfulUse = (p: Params) =>
  condition<Reading, Site>({
    asks: { zh: "消火栓是否被盗用或漏水？", en: "Is water taken, or lost, without a fire?" },
    raise: ({ flowM3PerH, capOpen }) => {
      if (flowM3PerH === undefined && capOpen === undefined) return;
      return ((flowM3PerH ?? 0) > p.flowM3PerH || capOpen === true) && "yellow";
    },
    clear: ({ flowM3PerH }) => (flowM3PerH ?? 0) === 0,
    value: (reading) => reading.flowM3PerH,
    sources: [operatorDefault],
    rationale: lookAtIt,
    alert: {
      hold: minutes(5),
      release: 0,
      gap,
      case: {
        ...waterCase,
        filing: { zh: "消火栓被盗用或漏水", en: "A hydrant is used wrongfully, or leaks" },
        closing: { zh: "已制止、关闭，栓体完好", en: "Stopped and shut; the hydrant is whole" },
      },
    },
  });

export const knocked = (p: Params) =>
  above<Reading, Site>({
    asks: { zh: "消火栓是否被撞歪？", en: "Has the hydrant been knocked over?" },
    field: "tiltDeg",
    bounds: () => ({ orange: p.tiltDeg }),
    clear: () => ({ orange: p.tiltClearDeg }),
    sources: [operatorDefault],
    rationale: { ...lookAtIt, within: hours(1) },
    alert: {
      hold: seconds(60),
      samples: 1,
      release: 0,
      gap,
      case: {
        ...waterCase,
        from: "orange",
        filing: { zh: "消火栓被撞倒斜", en: "A hydrant was knocked over" },
        closing: { zh: "已扶正修复", en: "It stands upright and is mended" },
      },
    },
  });

export const pumpManual = () =>
  condition<Reading, Site>({
    asks: { zh: "消防泵是否不在自动状态？", en: "Is the fire pump not on automatic?" },
    raise: ({ pumpAuto }) => (pumpAuto === undefined ? undefined : !pumpAuto && "orange"),
    sources: [operatorDefault],
    rationale: {
      ...noWater,
      act: {
        zh: "致电消防控制室：检修须有许可和专人值守，否则立即恢复自动。",
        en: "Ring the control room: works need a permit and a guard, else back to automatic.",
      },
      within: minutes(15),
    },
    alert: {
      hold: minutes(10),
      release: 0,
      gap,
      case: {
        ...indoorsCase,
        from: "orange",
        filing: { zh: "消防泵不在自动状态", en: "A fire pump is not on automatic" },
        closing: { zh: "已恢复自动", en: "It is on automatic again" },
      },
    },
  });

export const quiet = () =>
  silent<Reading, Site>({
    after: (_, site) => (site.sleepy === true ? hours(48) : hours(2)),
    level: "yellow",
  });
