// Questions on a bin: how full it is, when it was last emptied, whether it stands.

import {
  above,
  condition,
  defineRule,
  hours,
  type Instant,
  minutes,
  operatorDefault,
} from "#scenario";
import type { Params, Reading, Site } from "./schema.ts";
import { caseTable, kindOfWaste, lateCase, overflowCase, tippedCase } from "./sources.ts";

export const nearlyFull = (p: Params) =>
  above<Reading, Site>({
    asks: { zh: "垃圾箱桶是否将满？", en: "Is the bin nearly full?" },
    field: "fillLevel",
    bounds: () => ({ blue: p.nearlyFull }),
    clear: () => ({ blue: p.emptied }),
    sources: [operatorDefault],
    rationale: {
      act: { zh: "通知最近的保洁员清运。", en: "Tell the nearest cleaner to empty it." },
      within: hours(2),
      otherwise: { zh: "很快满溢。", en: "It will overflow soon." },
    },
    alert: { hold: 0, samples: 2, release: 0 },
  });

export const overflow = (p: Params) =>
  condition<Reading, Site>({
    asks: { zh: "垃圾是否满溢？", en: "Does the bin overflow?" },
    raise: ({ fillLevel, overflowSeen }) => {
      if (fillLevel === undefined && overflowSeen === undefined) return undefined;
      return ((fillLevel ?? 0) >= p.overflow || overflowSeen === true) && "yellow";
    },
    clear: ({ fillLevel }) => (fillLevel ?? 0) < p.overflowClear,
    value: ({ fillLevel }) => fillLevel,
    sources: [operatorDefault, caseTable],
    rationale: {
      act: {
        zh: "派环卫就近清运并清扫周边，示范道路 3 分钟内到场。",
        en: "Have it emptied and the ground swept; within three minutes in show streets.",
      },
      within: minutes(30),
      otherwise: { zh: "垃圾散落路面，招引蚊蝇。", en: "Litter on the road, and flies." },
    },
    alert: { hold: 0, samples: 2, release: 0, case: overflowCase },
  });

/** Since when it has not been emptied, as far as anybody knows. */
type Since = Instant | null;

/** Told by the bin, or seen: it was fuller and is now as good as empty. */
export const notEmptied = (p: Params) =>
  defineRule<Reading, { since: Since; wasFull: boolean }, Site>({
    asks: { zh: "垃圾是否未按时清运？", en: "Was the waste not collected in time?" },
    sources: [operatorDefault, kindOfWaste, caseTable],
    rationale: {
      act: {
        zh: "核对清运班次，派环卫补运；湿垃圾优先。",
        en: "Check the round and have it collected; food waste first.",
      },
      within: hours(4),
      otherwise: { zh: "垃圾腐败发臭。", en: "The waste rots and smells." },
    },
    alert: { hold: 0, release: 0, case: lateCase },
    initial: { since: null, wasFull: false },
    judge(before, event, at) {
      if (event.kind !== "reading") return { state: before };
      const { fillLevel, lastEmptiedAt } = event.reading;
      if (fillLevel === undefined && lastEmptiedAt === undefined) return { state: before };
      const isEmpty = fillLevel !== undefined && fillLevel < p.emptied;
      const seen = before.wasFull && isEmpty ? at : (before.since ?? at);
      const told = lastEmptiedAt === undefined ? undefined : Math.min(lastEmptiedAt, at);
      // The bin's own word counts for the past; nobody has seen what was before the first reading.
      const since = before.since === null && told !== undefined ? told : Math.max(seen, told ?? 0);
      const wasFull = fillLevel === undefined ? before.wasFull : !isEmpty;
      const value = Math.floor(((at - since) / hours(1)) * 10) / 10;
      const allowed = hours(event.site.foodWaste ? p.foodHours : p.otherHours);
      const level = at - since > allowed ? "yellow" : "ok";
      return { state: { since, wasFull }, signal: { level, value } };
    },
  });

export const tipped = (p: Params) => ({
  ...condition<Reading, Site>({
    asks: { zh: "垃圾箱桶是否倾倒？", en: "Has the bin been tipped over?" },
    raise: ({ tiltDeg, status }) => {
      if (tiltDeg === undefined && status === undefined) return undefined;
      return ((tiltDeg ?? 0) > p.tippedDeg || status === "dropped") && "yellow";
    },
    clear: ({ tiltDeg }) => (tiltDeg ?? 0) < p.uprightDeg,
    value: ({ tiltDeg }) => tiltDeg,
    sources: [operatorDefault, caseTable],
    rationale: {
      act: { zh: "派保洁员扶正并清扫。", en: "Have it put upright and the litter swept." },
      within: hours(2),
      otherwise: { zh: "垃圾散落，阻碍通行。", en: "Litter lies about and is in the way." },
    },
    alert: { hold: minutes(5), release: 0, case: tippedCase },
  }),
  thresholds: () => [
    {
      field: "tiltDeg",
      when: "at-or-above" as const,
      bound: p.tippedDeg,
      level: "yellow" as const,
      clear: p.uprightDeg,
    },
  ],
});
