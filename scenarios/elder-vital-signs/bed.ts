// Questions on the bed: empty at night for long, unused for a day, and a sensor that says nothing.

import {
  between,
  condition,
  defineRule,
  hours,
  type Instant,
  minutes,
  nextHour,
  offlineCase,
  operatorDefault,
  silent,
} from "#scenario";
import type { Reading, Site } from "./schema.ts";
import { vitalsCase } from "./vitals.ts";

const NIGHT_FROM = 22;
const NIGHT_TO = 6;
/** A mat with nobody on it may speak this seldom. */
const EMPTY_BED_SPEAKS = hours(6);

/** When the bed was last said to be empty; null: it was not. */
type Empty = Instant | null;

/** Getting up in the morning does not end it by itself: who fell at night may lie there still. */
export const nightAbsence = () =>
  defineRule<Reading, Empty, Site>({
    asks: { zh: "夜间离床是否过久？", en: "Out of bed at night for too long?" },
    sources: [operatorDefault],
    rationale: {
      act: {
        zh: "先致电本人；无人接听请结对志愿者上门，查看是否跌倒。",
        en: "Ring the elder; no answer: the paired volunteer looks in, a fall being likely.",
      },
      within: minutes(10),
      otherwise: { zh: "跌倒后长时间无人发现。", en: "After a fall nobody comes for hours." },
    },
    alert: {
      hold: { yellow: minutes(30), orange: minutes(90) },
      samples: 1, // a mat may tell of an empty bed once and then be still
      gap: EMPTY_BED_SPEAKS,
      release: 0,
      case: {
        ...vitalsCase,
        from: "yellow",
        when: { unacknowledgedFor: minutes(5) },
        filing: { zh: "独居老人夜间离床过久", en: "An elder living alone is out of bed for long" },
        limit: { amount: 30, unit: "urgent-minute" },
      },
    },
    initial: null,
    judge(before, event, at) {
      if (event.kind === "heard") return { state: before };
      if (event.kind === "wake") {
        const isKnown = before !== null && at - before <= EMPTY_BED_SPEAKS;
        return { state: before, signal: { level: isKnown ? "orange" : "unknown" } };
      }
      const { inBed } = event.reading;
      if (inBed === undefined) return { state: before, signal: { level: "unknown" } };
      if (inBed) return { state: null, signal: { level: "ok" } };
      if (between(at, NIGHT_FROM, NIGHT_TO)) return { state: at, signal: { level: "orange" } };
      const signal = { level: "ok", lingers: true } as const;
      return { state: at, signal, wakeAt: nextHour(at, NIGHT_FROM) };
    },
  });

export const bedUnused = () =>
  condition<Reading, Site>({
    asks: { zh: "床是否一整天无人使用？", en: "Has the bed not been used for a day?" },
    raise: ({ inBed }) => (inBed === undefined ? undefined : !inBed && "orange"),
    sources: [operatorDefault],
    rationale: {
      act: {
        zh: "核对外出登记；致电本人和家属，联系不上则上门。",
        en: "Check for a registered absence; ring elder and family; if not reached, go and see.",
      },
      within: minutes(30),
      otherwise: {
        zh: "老人可能在别处跌倒或失联。",
        en: "The elder may lie elsewhere, or be missing.",
      },
    },
    alert: {
      hold: hours(24),
      gap: EMPTY_BED_SPEAKS,
      release: 0,
      case: {
        ...vitalsCase,
        when: { unacknowledgedFor: minutes(5) },
        filing: { zh: "独居老人一整天未使用床铺", en: "An elder's bed was not used for a day" },
        limit: { amount: 2, unit: "urgent-hour" },
      },
    },
  });

/** Silence from an occupied bed may hide the worst; from an empty one it says little for hours. */
export const quiet = () =>
  silent<Reading, Site>({
    after: ({ inBed }) => (inBed === true ? minutes(30) : EMPTY_BED_SPEAKS),
    level: "orange",
    rationale: {
      act: {
        zh: "致电本人确认平安，再请运维检查床垫、网关和供电。",
        en: "Ring the elder first; then have mat, gateway and power checked.",
      },
      within: minutes(15),
      otherwise: { zh: "体征异常时无人知晓。", en: "A failing pulse would go unnoticed." },
    },
    case: { ...offlineCase(minutes(5)), limit: { amount: 4, unit: "urgent-hour" } },
  });
