// The questions asked of a zone for shared bikes. All numbers are the operator's; class and limit
// follow the city's case table. The company is sent first, the government watches.

import {
  above,
  below,
  type CasePolicy,
  condition,
  hours,
  type Instant,
  minutes,
  operatorDefault,
  type Rationale,
  type Rule,
  type Source,
  sightings,
  silent,
} from "#scenario";
import type { Params, Reading, Site } from "./schema.ts";
import {
  capacityOf,
  fresh,
  freshFor,
  isReport,
  isStale,
  NO_DATA,
  occupancyPct,
} from "./station.ts";

const caseTable: Source = {
  kind: "standard",
  title: "GB/T 30428.8 立案、处置和结案",
  edition: "2020",
  unverified: true,
};

const bikeCase: CasePolicy = {
  from: "yellow",
  when: "at-once",
  class: "04-93",
  filing: {
    zh: "共享单车超量停放或乱停放",
    en: "Shared bikes stand in too great a number or out of place",
  },
  closing: {
    zh: "超量车辆已清运，停放有序、通行恢复",
    en: "The surplus is taken away, the rest stand in order, the way is free",
  },
  limit: { amount: 2, unit: "work-hour" },
  unit: "bike-enterprise",
  verify: minutes(15),
};

const clearing: Rationale = {
  act: {
    zh: "派单责任企业：15 分钟响应、2 小时内现场清运；超时转城管中队督办并计入企业考核。",
    en: "Send the company: answer in 15 min, clear in 2 h; when late, urban management.",
  },
  within: minutes(15),
  otherwise: {
    zh: "车辆堆叠倒伏，人行道和站口被堵，行人走上车道。",
    en: "Bikes pile up over pavement and station exit, people walk on the road.",
  },
};

const full = (p: Params): Rule<Reading, Site, null> => ({
  ...condition<Reading, Site>({
    asks: { zh: "停放点是否停满？", en: "Is the zone full of shared bikes?" },
    raise: (reading, site) => {
      const occupancy = occupancyPct(reading, site);
      return occupancy === undefined ? undefined : occupancy >= p.fullPct && "yellow";
    },
    clear: (reading, site) => (occupancyPct(reading, site) ?? 0) < p.fullClearPct,
    value: occupancyPct,
    sources: [operatorDefault, caseTable],
    rationale: clearing,
    alert: { hold: minutes(10), release: minutes(15), gap: minutes(20), case: bikeCase },
  }),
  thresholds: (site) => counted(site, "yellow", p.fullPct, p.fullClearPct),
});

/** Too many by far, or the way too narrow: unknown only where nothing bad is seen and much unseen. */
const burst = (p: Params): Rule<Reading, Site, null> => ({
  ...condition<Reading, Site>({
    asks: { zh: "停放点是否爆仓、通道被堵？", en: "Has the zone burst, or is the way blocked?" },
    raise: (reading, site) => {
      const occupancy = occupancyPct(reading, site);
      const { clearWidthM } = reading;
      if (occupancy === undefined && clearWidthM === undefined) return;
      const isNarrow = clearWidthM !== undefined && clearWidthM < p.narrowM;
      return (isNarrow || (occupancy ?? 0) >= p.burstPct) && "orange";
    },
    clear: (reading, site) => (occupancyPct(reading, site) ?? 0) < p.burstClearPct,
    value: occupancyPct,
    sources: [operatorDefault, caseTable],
    rationale: clearing,
    alert: { hold: minutes(10), release: minutes(15), gap: minutes(20), case: bikeCase },
  }),
  thresholds: (site) => [
    ...counted(site, "orange", p.burstPct, p.burstClearPct),
    { field: "clearWidthM", when: "below", bound: p.narrowM, level: "orange" },
  ],
});

/** The bound as a number of bikes, where the register says how many are allowed. */
function counted(site: Site, level: "yellow" | "orange", pct: number, clearPct: number) {
  const capacity = capacityOf({}, site);
  if (capacity === undefined) return [];
  const [bound, clear] = [(capacity * pct) / 100, (capacity * clearPct) / 100];
  return [{ field: "vehicleCount", when: "at-or-above", bound, clear, level } as const];
}

/** Three windows of five minutes: the first tells of the five minutes before it. */
const surge = (p: Params) =>
  above<Reading, Site>({
    asks: { zh: "车辆是否快速涌入？", en: "Are bikes pouring in?" },
    field: "inflow",
    bounds: () => ({ blue: p.inflow }),
    clear: () => ({ blue: p.inflowClear }),
    sources: [operatorDefault],
    rationale: {
      act: {
        zh: "提前通知企业派车调运，引导到邻近停放点。",
        en: "Have the company send a truck before it is full; point riders elsewhere.",
      },
      within: minutes(30),
      otherwise: {
        zh: "半小时内停放点爆仓。",
        en: "The zone will burst within half an hour.",
      },
    },
    alert: { hold: minutes(10), samples: 3, release: 0 },
  });

/** How long a report counts for those that follow. */
const REPORTS_FOR = hours(2);

const reported = (p: Params) =>
  sightings<Reading, Site>({
    asks: {
      zh: "是否有多人上报同一处单车堵点？",
      en: "Have several people reported bikes in the way here?",
    },
    sees: ({ reporter, lon, lat }) => {
      if (reporter === undefined || lon === undefined || lat === undefined) return;
      return { place: { lon, lat }, level: "yellow" };
    },
    voice: ({ reporter = "" }) => reporter,
    atLeast: p.reporters,
    metres: p.reportsM,
    within: REPORTS_FOR,
    sources: [operatorDefault, caseTable],
    rationale: clearing,
    alert: {
      hold: minutes(10),
      samples: 1,
      release: 0,
      gap: REPORTS_FOR,
      latch: true, // reports cease of themselves; a person says that the place is tidy, or always was
      case: {
        ...bikeCase,
        filing: {
          zh: "两名以上群众上报同一处共享单车乱停放",
          en: "Two people or more report shared bikes out of place at one spot",
        },
      },
    },
  });

const empty = (p: Params) =>
  below<Reading, Site>({
    asks: { zh: "停放点是否无车可借？", en: "Has the zone no bike to rent?" },
    field: "bikesAvailable",
    of: ({ bikesAvailable, vehicleCount }) => bikesAvailable ?? vehicleCount,
    bounds: () => ({ blue: p.empty }),
    clear: () => ({ blue: p.emptyClear }),
    sources: [operatorDefault],
    rationale: {
      act: {
        zh: "通知企业从附近满位点调车。",
        en: "Have the company bring bikes from a full zone nearby.",
      },
      within: hours(1),
      otherwise: { zh: "市民无车可骑，投诉增多。", en: "Riders find none and complain." },
    },
    alert: { hold: minutes(30), release: 0, gap: minutes(20) },
  });

/**
 * A feed that repeats what the station said long ago is as silent as one that says nothing. A report
 * is nobody's sign of life: it keeps the time at which silence was due.
 */
function quiet(): Rule<Reading, Site, Instant | null> {
  const rule = silent<Reading, Site>({ after: NO_DATA, level: "yellow" });
  return {
    ...rule,
    initial: null,
    judge(due, event, at) {
      if (event.kind === "wake") return { state: null, signal: { level: "yellow" } };
      if (event.kind === "heard" || isReport(event.reading))
        return { state: due, wakeAt: due === null ? undefined : Math.max(due, at) };
      const { reading, receivedAt } = event;
      if (isStale(reading, receivedAt)) return { state: null, signal: { level: "yellow" } };
      const wakeAt = receivedAt + freshFor(reading, receivedAt);
      return { state: wakeAt, signal: { level: "ok" }, wakeAt };
    },
  };
}

export const rules = (p: Params) => ({
  full: fresh(full(p)),
  burst: fresh(burst(p)),
  surge: fresh(surge(p)),
  reported: reported(p),
  empty: fresh(empty(p)),
  silent: quiet(),
});
