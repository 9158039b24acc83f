// The questions asked of a gauge. The stages are the station's own (register); the margins around
// them are the operator's.

import {
  above,
  type CasePolicy,
  condition,
  type Duration,
  days,
  defineRule,
  hours,
  type Instant,
  minutes,
  operatorDefault,
  rise,
  type Source,
  silent,
} from "#scenario";
import type { Params, Reading, Site } from "./schema.ts";
import { steady } from "./step.ts";

const stages: Source = { kind: "register", title: "水位站特征水位 / stages of the gauge station" };
const warnings: Source = {
  kind: "standard",
  title: "SL 758 水情预警发布",
  edition: "2018",
  unverified: true,
};
const blackOdour: Source = {
  kind: "standard",
  title: "城市黑臭水体整治工作指南",
  edition: "2015",
  unverified: true,
};

/** A gauge reports at least every 15 minutes; one late reading does not end a hold. */
const gap = minutes(20);

const floodCase: CasePolicy = {
  from: "yellow",
  when: "at-once",
  class: "99-89",
  filing: { zh: "河道水位达到或超过警戒水位", en: "The river has reached its alert stage" },
  closing: {
    zh: "水位回落至解除值以下，堤防与沿线已巡查",
    en: "The water is back below the clear level; wall and bank have been inspected",
  },
  limit: { amount: 30, unit: "urgent-minute" },
  unit: "water-authority",
  verify: minutes(30),
};

/** Stages are told in millimetres at the finest, so 3.7 less 0.3 is 3.4, as it is not in binary. */
const mm = (metres: number): number => Math.round(metres * 1_000) / 1_000;
const less = (metres: number | undefined, by: number): number | undefined =>
  metres === undefined ? undefined : mm(metres - by);

type Trend = { old: Mark; young: Mark };
type Mark = { at: Instant; levelM: number };
const TREND: Duration = minutes(10);

/**
 * What the level is compared with to see whether it rises: a reading of ten to twenty minutes ago.
 */
function followed(before: Trend | null, now: Mark): Trend {
  if (!before || now.at - before.young.at > hours(1)) return { old: now, young: now };
  return now.at - before.young.at >= TREND ? { old: before.young, young: now } : before;
}

const near = (p: Params) =>
  defineRule<Reading, Trend | null, Site>({
    asks: {
      zh: "水位是否接近警戒并仍在上涨？",
      en: "Is the water near its alert stage and still rising?",
    },
    sources: [warnings, stages, operatorDefault],
    rationale: {
      act: {
        zh: "通知河道值班人员关注，核对潮位、雨情和闸泵调度。",
        en: "Put the river watch on notice; check tide, rain, gates and pumps.",
      },
      within: minutes(30),
      otherwise: {
        zh: "到达警戒水位时准备不足。",
        en: "The alert stage would be reached unprepared.",
      },
    },
    alert: { hold: minutes(15), release: minutes(30), gap },
    initial: null,
    thresholds: (site) => [
      {
        field: "levelM",
        when: "at-or-above",
        bound: mm(site.alertM - p.nearM),
        level: "blue",
        clear: mm(site.alertM - p.nearClearM),
      },
    ],
    judge(before, event, at) {
      if (event.kind !== "reading") return { state: before };
      const value = event.reading.levelM;
      const { alertM } = event.site;
      const state = followed(before, { at, levelM: value });
      const rising = value >= mm(state.old.levelM + p.risingM);
      // At the alert stage itself the rule "high" speaks; two alerts would say one thing.
      const approaches = rising && value >= mm(alertM - p.nearM) && value < alertM;
      if (approaches) return { state, signal: { level: "blue", value } };
      const lingers = value >= mm(alertM - p.nearClearM) || undefined;
      return { state, signal: { level: "ok", value, lingers } };
    },
  });

/**
 * Overtopping is near the crest, or anything above what was ever seen (by a centimetre, the gauge's
 * own step).
 */
const overtopM = (p: Params, { crestM, recordM }: Site): number | undefined =>
  least(less(crestM, p.freeboardM), less(recordM, -0.01));

const least = (...all: readonly (number | undefined)[]): number | undefined => {
  const known = all.filter((one) => one !== undefined);
  return known.length > 0 ? Math.min(...known) : undefined;
};

const high = (p: Params) =>
  above<Reading, Site>({
    asks: { zh: "水位是否超过警戒水位？", en: "Is the water above its alert stage?" },
    field: "levelM",
    bounds: (site) => ({ yellow: site.alertM, orange: site.dangerM, red: overtopM(p, site) }),
    clear: (site) => ({
      yellow: less(site.alertM, p.clearM),
      orange: less(site.dangerM, p.clearM),
      red: less(site.crestM, p.freeboardClearM),
    }),
    sources: [warnings, stages, operatorDefault],
    rationale: {
      act: {
        zh: "派河道值班到场巡查；达保证水位时关闭沿线通道、转移低洼处人员；有漫溢危险时组织撤离并报区防汛办。",
        en: "Send the river watch; at danger close the riverside; at the crest evacuate.",
      },
      within: minutes(30),
      otherwise: {
        zh: "河水可能漫堤，低洼住户、地下空间进水，有人员伤亡危险。",
        en: "The river may overtop its wall; low homes and basements flood, lives are at risk.",
      },
    },
    alert: {
      hold: { yellow: minutes(10), orange: minutes(5), red: 0 },
      samples: 2,
      release: minutes(30),
      gap,
      case: floodCase,
    },
  });

const rising = (p: Params) =>
  rise<Reading, Site>({
    asks: { zh: "水位是否急剧上涨？", en: "Is the water rising rapidly?" },
    of: (reading) => reading.levelM,
    spans: ({ levelM }, { alertM }) => {
      const level = levelM >= mm(alertM - p.nearM) ? "orange" : "yellow";
      return [
        { within: hours(1), by: { [level]: p.riseInHourM } },
        { within: minutes(10), by: { [level]: p.riseInTenMinutesM } },
      ];
    },
    clear: p.riseClearM,
    gap,
    sources: [operatorDefault],
    rationale: {
      act: {
        zh: "核对雨情、上游来水与闸泵；疏散临水人员，通知沿岸工地。",
        en: "Clear people from the water's edge; check rain, gates and pumps.",
      },
      within: minutes(15),
      otherwise: {
        zh: "临水人员来不及撤离。",
        en: "People at the water's edge would not get away in time.",
      },
    },
    alert: {
      hold: 0,
      samples: 2,
      release: hours(1),
      gap,
      case: {
        ...floodCase,
        when: { unacknowledgedFor: minutes(5) },
        filing: { zh: "河道水位急剧上涨", en: "The river is rising rapidly" },
      },
    },
  });

const foul = (p: Params) =>
  condition<Reading, Site>({
    asks: { zh: "水体是否黑臭？", en: "Is the water black and odorous?" },
    raise: ({ oxygenMgPerL, ammoniaMgPerL, orpMv }) => {
      if (oxygenMgPerL === undefined && ammoniaMgPerL === undefined && orpMv === undefined) return;
      const isFoul =
        (oxygenMgPerL ?? Number.POSITIVE_INFINITY) < p.oxygenMgPerL ||
        (ammoniaMgPerL ?? 0) > p.ammoniaMgPerL ||
        (orpMv ?? Number.POSITIVE_INFINITY) < p.orpMv;
      return isFoul && "yellow";
    },
    clear: ({ oxygenMgPerL }) => oxygenMgPerL === undefined || oxygenMgPerL >= p.oxygenClearMgPerL,
    value: (reading) => reading.oxygenMgPerL,
    sources: [blackOdour, operatorDefault],
    rationale: {
      act: {
        zh: "派河道养护取样、查找排污口，联系生态环境部门。",
        en: "Have samples taken, look for the outfall, call the environment bureau.",
      },
      within: hours(2),
      otherwise: {
        zh: "污染扩散，鱼类死亡，居民投诉。",
        en: "Pollution spreads, fish die, residents complain.",
      },
    },
    alert: {
      hold: hours(2),
      release: 0,
      gap: hours(1),
      case: {
        from: "yellow",
        when: "at-once",
        class: "01-26",
        filing: { zh: "河道水质黑臭", en: "The river's water is black and odorous" },
        closing: {
          zh: "污染源已制止，水质恢复",
          en: "The source is stopped and the water has recovered",
        },
        limit: { amount: 2, unit: "work-day" },
        unit: "water-authority",
        verify: days(1),
      },
    },
  });

const quiet = () =>
  silent<Reading, Site>({
    after: (_, site) => Math.max(3 * minutes(site.periodMin ?? 5), minutes(15)),
    level: "yellow",
  });

export const rules = (p: Params) => ({
  near: steady(near(p), p.stepM),
  high: steady(high(p), p.stepM),
  rising: steady(rising(p), p.stepM),
  foul: foul(p),
  silent: quiet(),
});
