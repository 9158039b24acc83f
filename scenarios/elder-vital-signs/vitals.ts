// Questions on pulse and breath: none at all, one that is extreme, a high sum, breathing that
// stops.

import {
  type CasePolicy,
  condition,
  defineRule,
  type Grade,
  type Instant,
  minutes,
  operatorDefault,
  type Rationale,
  type Rule,
  type Signal,
  type Source,
  seconds,
} from "#scenario";
import type { Params, Reading, Site } from "./schema.ts";
import { follow, isMeasured, type Known, labelOf, type Score } from "./score.ts";

const chart: Source = {
  kind: "standard",
  title: "Royal College of Physicians, National Early Warning Score, Chart 1",
  edition: "2017",
};

export const vitalsCase: CasePolicy = {
  from: "orange",
  when: "at-once",
  class: "99-97",
  filing: {
    zh: "独居老人生命体征异常，需上门探视",
    en: "An elder's vital signs are out of bounds; somebody must look in",
  },
  closing: {
    zh: "已联系或见到本人，情况已处理",
    en: "The elder was reached or seen, and cared for",
  },
  limit: { amount: 15, unit: "urgent-minute" },
  unit: "neighbourhood-care",
  verify: minutes(10),
};

/** A prompt to look after somebody; what ails them is for a doctor to say. */
const lookIn: Rationale = {
  act: {
    zh: "2 分钟内致电本人；无人接听请结对志愿者 15 分钟内上门；情况紧急拨打 120。本提示不是医疗诊断。",
    en: "Ring in 2 min; else a volunteer at the door in 15; 120 in need. No diagnosis.",
  },
  within: minutes(2),
  otherwise: {
    zh: "老人独自发病，延误救治。",
    en: "The elder is ill and alone, and help comes too late.",
  },
};

export const noVitals = (p: Params) =>
  condition<Reading, Site>({
    asks: {
      zh: "人在床上却测不到心跳和呼吸？",
      en: "In bed, and neither pulse nor breath to be found?",
    },
    raise: ({ inBed, heartRatePerMin, respirationPerMin, movementIndex, signalQuality = 1 }) => {
      if (isMeasured(heartRatePerMin) || isMeasured(respirationPerMin)) return false;
      if (inBed === false) return false;
      if (inBed === undefined || movementIndex === undefined) return;
      return signalQuality < p.quality ? undefined : movementIndex < p.stillIndex && "red";
    },
    clear: ({ heartRatePerMin, respirationPerMin }) =>
      isMeasured(heartRatePerMin) || isMeasured(respirationPerMin),
    sources: [operatorDefault],
    rationale: {
      ...lookIn,
      act: {
        zh: "橙色：平台自动呼叫 30 秒。无应答转红色：立即致电 120，请志愿者、持钥匙人上门。",
        en: "Orange: ring for 30 s. No answer, red: 120, volunteer and key-holder go.",
      },
      within: seconds(30),
    },
    alert: {
      hold: { orange: seconds(60), red: seconds(90) },
      release: 0,
      case: { ...vitalsCase, from: "red" },
    },
  });

/** A rule on the points of one flat: its bed sensor and spot instruments together. */
function scored(
  p: Params,
  judged: (score: Score) => Grade | "clear" | "between",
  rest: Pick<Rule<Reading, Site>, "asks" | "alert">,
): Rule<Reading, Site, Known | null> {
  return defineRule<Reading, Known | null, Site>({
    ...rest,
    subject: "site",
    sources: [chart, operatorDefault],
    rationale: lookIn,
    initial: null,
    judge(before, event, at) {
      if (event.kind !== "reading") return { state: before };
      const { known, score } = follow(before, event.reading, event.site, p, at);
      if (score === null) return { state: known, signal: { level: "unknown" } };
      const found = judged(score);
      const says = (signal: Omit<Signal, "value" | "note">, also: Partial<Known>) => ({
        state: { ...known, clearAt: null, ...also },
        signal: { ...signal, value: score.sum, note: labelOf(score) },
      });
      if (found === "between") return says({ level: "ok", lingers: true }, {});
      if (found !== "clear")
        return says({ level: found }, { raisedOn: Math.max(known.raisedOn, score.count) });
      if (score.count < known.raisedOn) return says({ level: "unknown" }, {});
      const clearAt = known.clearAt ?? at;
      const isOver = at - clearAt >= rest.alert.release;
      return says({ level: "ok" }, isOver ? { raisedOn: 0 } : { clearAt });
    },
  });
}

export const extreme = (p: Params) =>
  scored(
    p,
    ({ threes, highest }) => {
      if (threes > 0) return threes >= 2 ? "red" : "orange";
      return highest <= 1 ? "clear" : "between";
    },
    {
      asks: { zh: "是否有一项体征极端异常？", en: "Is any one vital sign extreme?" },
      alert: { hold: minutes(3), release: minutes(10), case: vitalsCase },
    },
  );

export const sum = (p: Params) =>
  scored(
    p,
    (score) => {
      if (score.sum >= p.sumOrange) return score.sum >= p.sumRed ? "red" : "orange";
      return score.sum <= p.sumClear ? "clear" : "between";
    },
    {
      asks: { zh: "部分体征评分合计是否过高？", en: "Is the partial score of vital signs high?" },
      alert: {
        hold: { orange: minutes(5), red: minutes(3) },
        release: minutes(15),
        case: vitalsCase,
      },
    },
  );

const APNEA_WITHIN = minutes(5);

export const apnea = (p: Params) =>
  defineRule<Reading, readonly Instant[], Site>({
    asks: { zh: "睡眠中呼吸是否反复或长时间暂停？", en: "Does breathing stop, again or for long?" },
    sources: [operatorDefault],
    rationale: lookIn,
    alert: {
      hold: 0,
      release: minutes(25), // with the five minutes of the window: none in half an hour
      case: {
        ...vitalsCase,
        from: "yellow",
        when: { unacknowledgedFor: minutes(5), atOnceFrom: "red" },
      },
    },
    initial: [],
    judge(before, event, at) {
      if (event.kind !== "reading") return { state: before };
      const { apneaS, signalQuality = 1 } = event.reading;
      if (apneaS === undefined || signalQuality < p.quality)
        return { state: before, signal: { level: "unknown" } };
      const recent = before.filter((earlier) => at - earlier < APNEA_WITHIN);
      const state = apneaS >= p.apneaS ? [...recent.slice(-8), at] : recent;
      if (apneaS >= p.longApneaS) return { state, signal: { level: "red", value: apneaS } };
      if (state.length >= 2) return { state, signal: { level: "yellow", value: apneaS } };
      return {
        state,
        signal: { level: "ok", value: apneaS, lingers: state.length > 0 || undefined },
      };
    },
  });
