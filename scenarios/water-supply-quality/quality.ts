// The questions asked of the water itself: turbidity, chlorine, pH, and more than one of them.

import {
  below,
  condition,
  hours,
  minutes,
  operatorDefault,
  type Rationale,
  type Rule,
  type Threshold,
} from "#scenario";
import { countOff, isMurky, isOffPh, isOverdosed, residual } from "./limits.ts";
import type { Params, Reading, Site } from "./schema.ts";
import { drinking, plate, secondary, shanghai, waterCase } from "./sources.ts";

/** Monitors report every five minutes; one late reading does not end a hold. */
const gap = minutes(30);

const sample: Rationale = {
  act: {
    zh: "通知物业和供水企业到场取样复测；超标确认后停用水箱、改直供，告知住户。",
    en: "Have property and supplier sample at once; if borne out, bypass the tank, tell residents.",
  },
  within: minutes(30),
  otherwise: { zh: "居民饮用不合格的水。", en: "Residents drink water that is not fit for it." },
};

const drawn = (
  field: keyof Reading,
  when: Threshold["when"],
  bound: number,
  level: Threshold["level"],
  clear: number,
): Threshold => ({ field, when, bound, level, clear });

/** A rule with its bounds drawn. */
const bounded = (
  rule: Rule<Reading, Site, null>,
  ...thresholds: readonly Threshold[]
): Rule<Reading, Site, null> => ({ ...rule, thresholds: () => thresholds });

export const turbidity = (p: Params) =>
  bounded(
    condition<Reading, Site>({
      asks: { zh: "水是否浑浊超标？", en: "Is the water too turbid?" },
      raise: (reading) => {
        const murky = isMurky(p, reading);
        return murky && "orange";
      },
      clear: ({ turbidityNtu }) =>
        turbidityNtu === undefined ? undefined : turbidityNtu <= p.turbidityClearNtu,
      value: (reading) => reading.turbidityNtu,
      sources: [drinking, secondary, operatorDefault],
      rationale: sample,
      alert: { hold: minutes(15), release: minutes(30), gap, case: waterCase },
    }),
    drawn("turbidityNtu", "at-or-above", p.turbidityNtu, "orange", p.turbidityClearNtu),
  );

export const turbidityWatch = (p: Params) =>
  bounded(
    condition<Reading, Site>({
      asks: { zh: "浑浊度是否偏高？", en: "Is the water on its way to being turbid?" },
      raise: ({ turbidityNtu: ntu }) => {
        if (ntu === undefined) return undefined;
        // Above the limit the rule "turbidity" speaks; two alerts would say one thing.
        return ntu > p.watchNtu && ntu <= p.turbidityNtu && "blue";
      },
      clear: ({ turbidityNtu: ntu }) => (ntu === undefined ? undefined : ntu <= p.watchClearNtu),
      value: (reading) => reading.turbidityNtu,
      sources: [shanghai, operatorDefault],
      rationale: {
        act: {
          zh: "查水箱、滤网和近期管网作业，安排冲洗。",
          en: "Check tank, strainer and recent works on the main; plan a flush.",
        },
        within: hours(24),
        otherwise: { zh: "可能发展为浑浊度超标。", en: "It may go on to break the limit." },
      },
      alert: { hold: minutes(15), release: minutes(30), gap },
    }),
    drawn("turbidityNtu", "at-or-above", p.watchNtu, "blue", p.watchClearNtu),
  );

export const chlorineLow = (p: Params): Rule<Reading, Site, null> => ({
  ...below<Reading, Site>({
    asks: { zh: "余氯是否过低？", en: "Is there too little chlorine to protect the water?" },
    field: "totalChlorineMgPerL",
    of: residual,
    bounds: () => ({ orange: p.chlorineLow }),
    clear: () => ({ orange: p.chlorineLowClear }),
    sources: [drinking, secondary, plate, operatorDefault],
    rationale: sample,
    alert: { hold: minutes(30), release: 0, gap, case: waterCase },
  }),
  thresholds: ({ disinfectant }) => {
    const field = disinfectant === "chloramine" ? "totalChlorineMgPerL" : "freeChlorineMgPerL";
    return [drawn(field, "below", p.chlorineLow, "orange", p.chlorineLowClear)];
  },
});

export const chlorineHigh = (p: Params) =>
  bounded(
    condition<Reading, Site>({
      asks: { zh: "余氯是否过高？", en: "Is there too much chlorine?" },
      raise: (reading) => {
        const overdosed = isOverdosed(p, reading);
        return overdosed && "orange";
      },
      clear: (reading) => {
        const { freeHighClear: freeHigh, totalHighClear: totalHigh } = p;
        const overdosed = isOverdosed({ freeHigh, totalHigh }, reading);
        return overdosed === undefined ? undefined : !overdosed;
      },
      value: ({ totalChlorineMgPerL: total, freeChlorineMgPerL: free }) => total ?? free,
      sources: [drinking, operatorDefault],
      rationale: sample,
      alert: { hold: minutes(10), release: 0, gap, case: waterCase },
    }),
    drawn("freeChlorineMgPerL", "at-or-above", p.freeHigh, "orange", p.freeHighClear),
    drawn("totalChlorineMgPerL", "at-or-above", p.totalHigh, "orange", p.totalHighClear),
  );

export const acidity = (p: Params) =>
  bounded(
    condition<Reading, Site>({
      asks: { zh: "pH 是否超出范围？", en: "Is the water too acid or too alkaline?" },
      raise: (reading) => {
        const off = isOffPh(p, reading);
        return off && "orange";
      },
      clear: (reading) => {
        const off = isOffPh(p, reading, p.phMargin);
        return off === undefined ? undefined : !off;
      },
      value: (reading) => reading.ph,
      sources: [drinking, operatorDefault],
      rationale: sample,
      alert: { hold: minutes(15), release: 0, gap, case: waterCase },
    }),
    drawn("ph", "below", p.phLow, "orange", p.phLow + p.phMargin),
    drawn("ph", "at-or-above", p.phHigh, "orange", p.phHigh - p.phMargin),
  );

export const contamination = (p: Params) =>
  condition<Reading, Site>({
    asks: {
      zh: "是否有两项以上水质指标同时超标？",
      en: "Are two or more qualities of the water off at once?",
    },
    raise: (reading, site) => {
      const off = countOff(p, reading, site);
      return off === undefined ? undefined : off >= 2 && "red";
    },
    value: (reading) => reading.turbidityNtu,
    sources: [drinking, operatorDefault],
    rationale: {
      act: {
        zh: "立即停止供水，通知住户勿饮用，供水、卫生监督、派出所到场；复测合格并复位后恢复。",
        en: "Stop the supply, tell residents not to drink, call supplier, health inspectors, police.",
      },
      within: minutes(5),
      otherwise: {
        zh: "水可能被污染或投毒，多人中毒。",
        en: "The water may be poisoned; many fall ill.",
      },
    },
    alert: {
      hold: minutes(5),
      release: minutes(30),
      gap,
      latch: true,
      case: {
        ...waterCase,
        from: "red",
        filing: {
          zh: "二次供水两项以上指标同时异常，疑似污染",
          en: "Two or more qualities of the water are off: contamination is suspected",
        },
        unit: "health-inspection",
      },
    },
  });
