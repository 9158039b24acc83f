// The questions asked of a septic tank: how full it is, what gas stands in it, whether it is shut.

import {
  above,
  condition,
  hours,
  minutes,
  operatorDefault,
  type Rationale,
  seconds,
  silent,
} from "#scenario";
import type { Params, Reading, Site } from "./schema.ts";
import {
  caseTable,
  confined,
  coverCase,
  depth,
  detectors,
  gasCase,
  overflowCase,
  workplace,
} from "./sources.ts";

/** How full, in per cent of the depth; undefined where level or depth is not known. */
const fullPct = ({ liquidLevelM }: Reading, { tankDepthM }: Site): number | undefined =>
  liquidLevelM === undefined || tankDepthM === undefined
    ? undefined
    : (100 * liquidLevelM) / tankDepthM;

/** A tank that fills and then overflows is one trouble: one alert that grows. */
const level = (p: Params) => ({
  ...condition<Reading, Site>({
    asks: { zh: "化粪池是否将满或外溢？", en: "Is the tank nearly full, or overflowing?" },
    raise: (reading, site) => {
      const { freeboardM } = reading;
      const full = fullPct(reading, site);
      if (full === undefined && freeboardM === undefined) return undefined;
      if (freeboardM !== undefined && freeboardM <= p.overflowM) return "orange";
      const isNear = freeboardM !== undefined && freeboardM <= p.freeboardM;
      return (isNear || (full ?? 0) >= p.fullPct) && "yellow";
    },
    clear: (reading, site) => (fullPct(reading, site) ?? 0) < p.fullClearPct,
    value: (reading) => reading.freeboardM ?? reading.liquidLevelM,
    sources: [operatorDefault, depth, caseTable],
    rationale: {
      act: {
        zh: "联系环卫清掏；已外溢时围挡、冲洗消毒，查下游管道是否堵塞。",
        en: "Have it pumped; if it overflows fence it off, wash, look for a blocked drain.",
      },
      within: hours(4),
      otherwise: { zh: "粪水外溢，污染小区环境。", en: "Sewage runs over the compound." },
    },
    alert: {
      hold: 0,
      samples: 2,
      release: hours(1),
      gap: hours(48), // a sleepy probe speaks once a day
      case: overflowCase,
    },
  }),
  thresholds: ({ tankDepthM }: Site) => [
    { field: "freeboardM", when: "below" as const, bound: p.freeboardM, level: "yellow" as const },
    { field: "freeboardM", when: "below" as const, bound: p.overflowM, level: "orange" as const },
    ...(tankDepthM === undefined
      ? []
      : [
          {
            field: "liquidLevelM",
            when: "at-or-above" as const,
            bound: (tankDepthM * p.fullPct) / 100,
            level: "yellow" as const,
            clear: (tankDepthM * p.fullClearPct) / 100,
          },
        ]),
  ],
});

const stayOut: Rationale = {
  act: {
    zh: "立即警戒、禁止明火，停止一切井下作业并停批作业票；强制通风、复测合格前不得进入。",
    en: "Cordon off, no flames; stop all entry, issue no entry permit; air it and measure again.",
  },
  within: minutes(5),
  otherwise: {
    zh: "遇火爆炸；下井人员中毒窒息，盲目施救者接连倒下。",
    en: "A spark explodes it; who climbs in dies, and so do those who follow to help.",
  },
};

const methane = (p: Params) =>
  above<Reading, Site>({
    asks: { zh: "甲烷是否接近爆炸下限？", en: "Does methane near its explosive limit?" },
    field: "ch4LelPct",
    bounds: () => ({ orange: p.methanePct, red: p.methaneHighPct }),
    clear: () => ({ orange: p.methaneClearPct, red: p.methanePct }),
    sources: [detectors, operatorDefault],
    rationale: stayOut,
    alert: { hold: { orange: minutes(5), red: minutes(1) }, release: 0, case: gasCase },
  });

/** Most that is allowed of hydrogen sulphide, and least of oxygen. */
const H2S_MAX = 10;
const OXYGEN_MIN = 19.5;

const toxic = (p: Params) => ({
  ...condition<Reading, Site>({
    asks: {
      zh: "池内硫化氢或缺氧是否会致人伤亡？",
      en: "Would the air in the tank kill, by hydrogen sulphide or want of oxygen?",
    },
    raise: ({ h2sMgPerM3, o2Pct }) => {
      if (h2sMgPerM3 === undefined && o2Pct === undefined) return undefined;
      const isPoison = h2sMgPerM3 !== undefined && h2sMgPerM3 >= H2S_MAX;
      const isThin = o2Pct !== undefined && o2Pct < OXYGEN_MIN;
      return (isPoison || isThin) && "orange";
    },
    clear: ({ h2sMgPerM3 = 0, o2Pct = 21 }) =>
      h2sMgPerM3 < p.h2sClearMgPerM3 && o2Pct > p.oxygenClearPct,
    value: ({ h2sMgPerM3, o2Pct }) => h2sMgPerM3 ?? o2Pct,
    sources: [workplace, confined, operatorDefault],
    rationale: stayOut,
    alert: { hold: minutes(1), release: 0, case: gasCase },
  }),
  thresholds: () => [
    {
      field: "h2sMgPerM3",
      when: "at-or-above" as const,
      bound: H2S_MAX,
      level: "orange" as const,
      clear: p.h2sClearMgPerM3,
    },
    {
      field: "o2Pct",
      when: "below" as const,
      bound: OXYGEN_MIN,
      level: "orange" as const,
      clear: p.oxygenClearPct,
    },
  ],
});

const opened = condition<Reading, Site>({
  asks: { zh: "化粪池盖板是否打开？", en: "Is the tank's cover open?" },
  raise: ({ coverOpen }) => coverOpen === true && "orange",
  sources: [operatorDefault, caseTable],
  rationale: {
    act: {
      zh: "核对作业许可；无许可时就近派人围护，防止人员坠入。",
      en: "Check for a work permit; none: send whoever is near to guard the hole.",
    },
    within: minutes(10),
    otherwise: { zh: "行人、儿童坠入池中。", en: "Somebody, a child perhaps, falls in." },
  },
  alert: {
    hold: seconds(30),
    samples: 1, // the switch is its own debouncer, and speaks on change only
    release: 0,
    gap: hours(48),
    case: coverCase,
  },
});

/** A reading that says nothing of the cover is no word on it: the hold runs on. */
const cover = (): typeof opened => ({
  ...opened,
  judge: (state, event, at) =>
    event.kind === "reading" && event.reading.coverOpen === undefined
      ? { state }
      : opened.judge(state, event, at),
});

export const rules = (p: Params) => ({
  level: level(p),
  methane: methane(p),
  toxic: toxic(p),
  cover: cover(),
  silent: silent<Reading, Site>({
    after: (_, { dailyReport = false }) => hours(dailyReport ? 48 : 3),
    level: "yellow",
  }),
});
