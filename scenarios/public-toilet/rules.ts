// The questions asked of a public toilet: its air, its people, its water, its supplies, its door.

import {
  above,
  below,
  between,
  condition,
  days,
  defineRule,
  hours,
  type Instant,
  minutes,
  nextHour,
  operatorDefault,
  silent,
} from "#scenario";
import type { Params, Reading, Site } from "./schema.ts";
import {
  caseTable,
  closedCase,
  damageCase,
  dirtyCase,
  odourClasses,
  openingHours,
  personCase,
} from "./sources.ts";

/** Class bounds of the air, mg/m³: raised above, cleared at or below. */
const NH3 = { raise: 0.3, clear: 0.25, strong: 1, strongClear: 0.6 };
const H2S = { raise: 0.01, clear: 0.008 };

/** Smell and strong smell are one trouble: one alert that grows. */
const odour = () => ({
  ...condition<Reading, Site>({
    asks: { zh: "公厕是否有明显异味？", en: "Does the toilet smell?" },
    raise: ({ nh3MgPerM3, h2sMgPerM3 }) => {
      if (nh3MgPerM3 === undefined && h2sMgPerM3 === undefined) return undefined;
      if ((nh3MgPerM3 ?? 0) > NH3.strong) return "orange";
      return ((nh3MgPerM3 ?? 0) > NH3.raise || (h2sMgPerM3 ?? 0) > H2S.raise) && "yellow";
    },
    clear: ({ nh3MgPerM3 = 0, h2sMgPerM3 = 0 }) =>
      nh3MgPerM3 <= NH3.clear && h2sMgPerM3 <= H2S.clear,
    value: ({ nh3MgPerM3, h2sMgPerM3 }) => nh3MgPerM3 ?? h2sMgPerM3,
    sources: [...odourClasses, operatorDefault, caseTable],
    rationale: {
      act: {
        zh: "通知保洁冲洗、开启排风；强烈异味时查化粪池和管道堵塞。",
        en: "Have it flushed and the fan on; if strong, look for a blocked drain or tank.",
      },
      within: hours(1),
      otherwise: { zh: "市民投诉，氨浓度高时刺激呼吸道。", en: "Complaints; it hurts to breathe." },
    },
    alert: { hold: minutes(10), release: minutes(10), case: dirtyCase },
  }),
  thresholds: () => [
    {
      field: "nh3MgPerM3",
      when: "at-or-above" as const,
      bound: NH3.raise,
      level: "yellow" as const,
      clear: NH3.clear,
    },
    {
      field: "nh3MgPerM3",
      when: "at-or-above" as const,
      bound: NH3.strong,
      level: "orange" as const,
      clear: NH3.strongClear,
    },
    {
      field: "h2sMgPerM3",
      when: "at-or-above" as const,
      bound: H2S.raise,
      level: "yellow" as const,
      clear: H2S.clear,
    },
  ],
});

const inStall = (p: Params) =>
  above<Reading, Site>({
    asks: { zh: "是否有人久未离开厕位？", en: "Has somebody been in a stall for too long?" },
    field: "occupiedMin",
    when: ({ stallOccupied, occupiedMin }) => {
      if (stallOccupied === undefined) return occupiedMin === undefined ? undefined : true;
      return stallOccupied;
    },
    bounds: () => ({ yellow: p.stayMin, orange: p.stayLongMin }),
    clear: () => ({ yellow: 0 }), // whatever the clock says, only a free stall ends it
    sources: [operatorDefault],
    rationale: {
      act: {
        zh: "请保洁员敲门询问；无应答立即开门并呼叫 120。",
        en: "Have the attendant knock; no answer: open the door and call 120.",
      },
      within: minutes(5),
      otherwise: { zh: "突发疾病者无人发现。", en: "Somebody taken ill is not found." },
    },
    alert: { hold: 0, release: 0, case: personCase },
  });

const sos = () =>
  condition<Reading, Site>({
    asks: { zh: "是否有人按下求助按钮？", en: "Has somebody called for help?" },
    raise: (reading) => (reading.sos === undefined ? undefined : reading.sos && "red"),
    sources: [operatorDefault],
    rationale: {
      act: {
        zh: "立即通话并派最近人员到场，必要时呼叫 120、110；核实后复位。",
        en: "Speak to them, send whoever is nearest; 120 or 110; reset when it is settled.",
      },
      within: minutes(1),
      otherwise: { zh: "求助者无人应答。", en: "A call for help goes unanswered." },
    },
    alert: { hold: 0, release: 0, latch: true, case: { ...personCase, from: "red" } },
  });

/** Who is inside, as each sensor of the toilet last said. */
type Inside = { readonly [sensorId: string]: readonly [at: Instant, busy: boolean] };
/** What was said of people this long ago says nothing of now. */
const PEOPLE_KNOWN_FOR = minutes(5);
const SENSORS_MAX = 64;

/** True, false, or undefined where nobody counts. */
function isBusy(inside: Inside, at: Instant): boolean | undefined {
  const known = Object.values(inside).filter(([saidAt]) => at - saidAt <= PEOPLE_KNOWN_FOR);
  return known.length === 0 ? undefined : known.some(([, busy]) => busy);
}

function noted(before: Inside, sensorId: string, reading: Reading, at: Instant): Inside {
  const { peopleCount, stallOccupied } = reading;
  if (peopleCount === undefined && stallOccupied === undefined) return before;
  const others = Object.entries(before)
    .filter(([id, [saidAt]]) => id !== sensorId && at - saidAt <= PEOPLE_KNOWN_FOR)
    .sort((a, b) => a[1][0] - b[1][0]);
  const busy = (peopleCount ?? 0) > 0 || stallOccupied === true;
  return Object.fromEntries([...others.slice(1 - SENSORS_MAX), [sensorId, [at, busy]]]);
}

/** Water that runs while nobody is inside; while somebody is, an open alert stays as it is. */
const leak = (p: Params) =>
  defineRule<Reading, Inside, Site>({
    asks: { zh: "无人时是否一直用水？", en: "Does water run while nobody is inside?" },
    subject: "site",
    sources: [operatorDefault, caseTable],
    rationale: {
      act: {
        zh: "派保洁员查看冲水箱和龙头，关闭支阀并报修。",
        en: "Have cisterns and taps looked at, the valve shut, and a repair ordered.",
      },
      within: hours(4),
      otherwise: { zh: "水一直白流，地面积水湿滑。", en: "Water is wasted and floors get wet." },
    },
    alert: { hold: minutes(30), release: 0, case: damageCase },
    initial: {},
    judge(before, event, at) {
      if (event.kind !== "reading") return { state: before };
      const state = noted(before, event.sensorId, event.reading, at);
      const value = event.reading.waterFlowLPerMin;
      if (value === undefined) return { state };
      if (value <= p.leakLPerMin) return { state, signal: { level: "ok", value } };
      const busy = isBusy(state, at);
      if (busy === undefined) return { state, signal: { level: "unknown" } };
      const signal = busy
        ? ({ level: "ok", value, lingers: true } as const)
        : ({ level: "yellow", value } as const);
      return { state, signal };
    },
  });

const supplies = (p: Params) =>
  below<Reading, Site>({
    asks: { zh: "厕纸是否将用完？", en: "Is the paper running out?" },
    field: "paperPct",
    bounds: () => ({ blue: p.paperPct }),
    clear: () => ({ blue: p.paperClearPct }),
    sources: [operatorDefault],
    rationale: {
      act: { zh: "通知保洁员补充厕纸。", en: "Have the attendant refill it." },
      within: hours(4),
      otherwise: { zh: "缺纸，市民投诉。", en: "There is none, and people complain." },
    },
    alert: { hold: minutes(5), release: 0 },
  });

/** When the door was last seen open. */
type Opened = { at: Instant } | null;

/** From the opening hour on: it is late until it has been seen open since. */
const notOpened = () =>
  defineRule<Reading, Opened, Site>({
    asks: { zh: "公厕是否未按时开放？", en: "Is the toilet not open in time?" },
    sources: [openingHours, operatorDefault, caseTable],
    rationale: {
      act: {
        zh: "联系保洁员开门；无人到岗时由环卫所派人。",
        en: "Ring the attendant; nobody there: the sanitation office sends someone.",
      },
      within: minutes(30),
      otherwise: { zh: "市民无处如厕。", en: "People find it shut." },
    },
    alert: { hold: minutes(15), release: 0, case: closedCase },
    initial: null,
    judge(before, event, at) {
      if (event.kind !== "reading") return { state: before };
      const { doorOpen } = event.reading;
      const { opensAtHour, closesAtHour = 24 } = event.site;
      if (doorOpen === undefined || opensAtHour === undefined)
        return { state: before, signal: { level: "unknown" } };
      if (doorOpen) return { state: { at }, signal: { level: "ok" } };
      const opensAt = nextHour(at, opensAtHour) - days(1);
      const wasOpen = before !== null && before.at >= opensAt;
      const isDue = between(at, opensAtHour, closesAtHour);
      if (isDue && !wasOpen) return { state: before, signal: { level: "yellow" } };
      return { state: before, signal: { level: "ok", lingers: true } };
    },
  });

export const rules = (p: Params) => ({
  odour: odour(),
  inStall: inStall(p),
  sos: sos(),
  leak: leak(p),
  supplies: supplies(p),
  notOpened: notOpened(),
  silent: silent<Reading, Site>({ after: minutes(15), level: "yellow" }),
});
