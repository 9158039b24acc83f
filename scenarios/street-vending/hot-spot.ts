// A place where the same is filed again and again wants another answer than one more visit.

import {
  days,
  defineRule,
  hours,
  type Instant,
  metresBetween,
  minutes,
  operatorDefault,
  type Point,
} from "#scenario";
import type { Params, Reading, Site } from "./schema.ts";
import { caseTable } from "./sources.ts";
import { placeOf } from "./stalls.ts";

type Filing = { at: Instant; place: Point | null };
/** Where trade was last seen, what was filed of late, and the last filing of a hot spot. */
type Filed = { seen: Point | null; filings: readonly Filing[]; hot: Filing | null };

/** More filings of one stretch than this are not kept; the oldest go first. */
const FILINGS_MAX = 24;

const isNear = (a: Filing, b: Filing, metres: number): boolean =>
  a.place === null || b.place === null
    ? a.place === b.place
    : metresBetween(a.place, b.place) <= metres;

/** Hears what this scenario files on its own stretch of street, and counts. */
export const hotSpot = (p: Params) =>
  defineRule<Reading, Filed, Site>({
    asks: { zh: "同一点位是否反复占道？", en: "Is it the same spot again and again?" },
    subject: "site",
    hears: ["hawker", "shopFront", "roadTrading"].map((rule) => ({
      scenario: "street-vending",
      rule,
    })),
    sources: [operatorDefault, caseTable],
    rationale: {
      act: {
        zh: "报值班长研判：增设疏导点、调整巡查时段或固定值守。",
        en: "The shift leader reviews it: a permitted stall, other patrol hours, a post.",
      },
      within: hours(4),
      otherwise: {
        zh: "每天重复立案、重复劝离，问题不解。",
        en: "It is filed and cleared every day, and nothing changes.",
      },
    },
    alert: {
      hold: 0,
      release: 0,
      case: {
        from: "orange",
        when: { unacknowledgedFor: minutes(5) },
        class: "04-06",
        filing: {
          zh: "同一点位一周内多次立案",
          en: "Filed several times within a week at one spot",
        },
        closing: { zh: "已制定并落实长效措施", en: "A lasting measure is decided and in place" },
        limit: { amount: 1, unit: "work-day" },
        unit: "urban-management",
        verify: days(1),
      },
    },
    initial: { seen: null, filings: [], hot: null },
    judge(before, event, at) {
      const due = (hot: Filing | null) => (hot ? hot.at + days(p.cleanDays) : undefined);
      if (event.kind === "wake")
        return { state: { ...before, hot: null }, signal: { level: "ok" } };
      if (event.kind === "reading") {
        const wakeAt = due(before.hot);
        if (event.reading.objectCount === 0) return { state: before, wakeAt };
        const seen = placeOf(event.reading) ?? null;
        const isMoved = seen?.lon !== before.seen?.lon || seen?.lat !== before.seen?.lat;
        return { state: isMoved ? { ...before, seen } : before, wakeAt };
      }
      if (event.heard.change !== "fired") return { state: before, wakeAt: due(before.hot) };
      const now: Filing = { at, place: before.seen };
      const since = at - days(p.filingsDays);
      const recent = before.filings.filter((filing) => filing.at > since);
      const filings = [...recent.slice(1 - FILINGS_MAX), now];
      const value = filings.filter((filing) => isNear(filing, now, p.filingsM)).length;
      const isHot = value >= p.filings;
      const isAgain = before.hot !== null && isNear(before.hot, now, p.filingsM);
      const hot = isHot || isAgain ? now : before.hot;
      const state = { ...before, filings, hot };
      return { state, signal: isHot ? { level: "orange", value } : undefined, wakeAt: due(hot) };
    },
  });
