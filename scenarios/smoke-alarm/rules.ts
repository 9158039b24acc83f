// What one detector says for itself: smoke, kitchen fumes, and that it needs care.

import {
  above,
  below,
  condition,
  defineRule,
  hours,
  type Instant,
  minutes,
  offlineCase,
  operatorDefault,
  type Rule,
  type Signal,
  seconds,
  silent,
} from "#scenario";
import type { Params, Reading, Site } from "./schema.ts";
import { callFirst, detector, removedCase, smokeCase, upkeep } from "./sources.ts";

/** Since when the detector has been sounding; null: it is not. */
type Sounding = Instant | null;

/**
 * A rule on how long a detector has been sounding. A test neither raises nor clears. `turnsAfter`:
 * when what it says changes though nothing is heard.
 */
function sounding(
  rest: Pick<Rule<Reading, Site>, "asks" | "sources" | "rationale" | "alert">,
  says: (lastedMs: number, site: Site) => Signal,
  turnsAfter: (site: Site) => number,
): Rule<Reading, Site, Sounding> {
  return defineRule<Reading, Sounding, Site>({
    ...rest,
    initial: null,
    judge(before, event, at) {
      if (event.kind === "heard") return { state: before };
      if (event.kind === "wake")
        return before === null
          ? { state: null }
          : { state: before, signal: says(at - before, event.site) };
      const { smokeAlarm, testMode } = event.reading;
      if (testMode) return { state: null, signal: { level: "ok", lingers: true } };
      if (smokeAlarm === undefined) return { state: before };
      if (!smokeAlarm) return { state: null, signal: { level: "ok" } };
      const state = before ?? at;
      const turnsAt = state + turnsAfter(event.site);
      const wakeAt = turnsAt > at ? turnsAt : undefined;
      return { state, signal: says(at - state, event.site), wakeAt };
    },
  });
}

/** How long smoke is taken for fumes: never, but in a kitchen. */
export const fumesFor = (p: Params, site: Site): number =>
  site.kitchen === true ? seconds(p.kitchenS) : 0;

/** At once; in a kitchen when it lasts longer than fumes do. */
export const smoke = (p: Params) =>
  sounding(
    {
      asks: { zh: "是否有烟？", en: "Is there smoke?" },
      sources: [detector, operatorDefault],
      rationale: callFirst,
      alert: { hold: 0, release: minutes(5), latch: true, case: smokeCase },
    },
    (lasted, site) =>
      lasted >= fumesFor(p, site) ? { level: "orange" } : { level: "ok", lingers: true },
    (site) => fumesFor(p, site),
  );

export const nuisance = (p: Params) =>
  sounding(
    {
      asks: { zh: "是否为厨房油烟？", en: "Is it only kitchen fumes?" },
      sources: [operatorDefault],
      rationale: {
        act: {
          zh: "先不出动，看一分钟内是否恢复；经常误报的改装感温探测器。",
          en: "Wait a minute for it to end; where it is frequent, fit a heat detector.",
        },
        within: minutes(10),
        otherwise: {
          zh: "误报多了无人再信。",
          en: "So many false alarms that nobody believes them.",
        },
      },
      alert: { hold: 0, release: 0 },
    },
    (lasted, site) => (lasted < fumesFor(p, site) ? { level: "blue" } : { level: "ok" }),
    (site) => fumesFor(p, site),
  );

export const tamper = () =>
  condition<Reading, Site>({
    asks: { zh: "探测器是否被拆下？", en: "Has the detector been taken off?" },
    raise: (reading) => (reading.tamper === undefined ? undefined : reading.tamper && "yellow"),
    sources: [operatorDefault],
    rationale: upkeep(
      "致电住户请其装回；装修、掉落的派物业当日装好。",
      "Ring and ask that it be put back; fallen or works: property sees to it today.",
    ),
    alert: { hold: seconds(60), samples: 1, release: 0, case: removedCase },
  });

/** Told with each heartbeat, once a day: two of them, so that one cold night is no flat battery. */
const twoReports = { hold: 0, samples: 2, release: 0 } as const;

export const battery = (p: Params) =>
  below<Reading, Site>({
    asks: { zh: "电池是否快用完？", en: "Is the battery running out?" },
    field: "batteryPct",
    bounds: () => ({ blue: p.batteryPct }),
    clear: () => ({ blue: p.batteryClearPct }),
    sources: [operatorDefault],
    rationale: upkeep("列入当周更换电池。", "Have the battery changed this week."),
    alert: twoReports,
  });

export const dirty = (p: Params) =>
  above<Reading, Site>({
    asks: { zh: "探测室是否过脏？", en: "Is the smoke chamber too dirty?" },
    field: "contaminationPct",
    bounds: () => ({ blue: p.dirtyPct }),
    clear: () => ({ blue: p.dirtyClearPct }),
    sources: [operatorDefault],
    rationale: upkeep("列入当月清洗或更换。", "Have it cleaned or replaced this month."),
    alert: twoReports,
  });

/** Two heartbeats missed; in an elder's home it is one level worse. */
export const quiet = (): Rule<Reading, Site, null> => {
  const rule = silent<Reading, Site>({
    after: hours(48),
    level: "yellow",
    rationale: upkeep(
      "致电住户看指示灯；不亮则派运维更换，老人家中当日上门。",
      "Ring: is its light on? Else have it replaced, in an elder's home today.",
    ),
    case: offlineCase(hours(4)),
  });
  return {
    ...rule,
    judge(state, event, at) {
      const verdict = rule.judge(state, event, at);
      const isWorse = event.kind === "wake" && event.site.elderHome === true;
      return isWorse ? { ...verdict, signal: { level: "orange" } } : verdict;
    },
  };
};
