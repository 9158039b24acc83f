// The questions asked of trade on the street. All numbers are the operator's; classes and limits
// follow the city's case table.

import {
  type CasePolicy,
  condition,
  hours,
  minutes,
  operatorDefault,
  type Rationale,
  sightings,
  silent,
  type Text,
} from "#scenario";
import { hotSpot } from "./hot-spot.ts";
import type { Params, Reading, Site } from "./schema.ts";
import { caseTable, permits } from "./sources.ts";
import { placeOf, standingOf } from "./stalls.ts";

type Kind = NonNullable<Reading["eventType"]>;
type Trade = { kinds: readonly Kind[]; class: string; asks: Text; filing: Text };

const tradeCase = (trade: Pick<Trade, "class" | "filing">): CasePolicy => ({
  from: "yellow",
  when: "at-once",
  class: trade.class,
  filing: trade.filing,
  closing: {
    zh: "已取缔或整改，占道物品已清除",
    en: "Stopped or put right; what stood in the way is gone",
  },
  limit: { amount: 2, unit: "urgent-hour" },
  unit: "urban-management",
  verify: minutes(15),
});

const persuade: Rationale = {
  act: {
    zh: "派城管中队或最近网格员到场劝导，引导到许可摊位；拒不整改再依法取缔。",
    en: "Send the squad or collector: persuade, show a permitted stall; else stop it.",
  },
  within: minutes(30),
  otherwise: {
    zh: "占道经营聚集，行人走上车道，投诉增多。",
    en: "More traders gather, people walk on the road, residents complain.",
  },
};

/** Whether a poll can be relied on: an uncertain picture says nothing, for better or worse. */
const isSure = ({ confidence = 1 }: Reading, p: Params): boolean => confidence >= p.confidence;

/** Trade of some kinds where none is permitted. Polls of neighbouring cameras are of one trader. */
const trading = (p: Params, trade: Trade) =>
  sightings<Reading, Site>({
    asks: trade.asks,
    sees: (reading, site, at) => {
      if (reading.objectCount === 0) return isSure(reading, p) ? null : undefined;
      const { eventType } = reading;
      if (!isSure(reading, p) || eventType === undefined) return;
      if (!trade.kinds.includes(eventType)) return;
      const standing = standingOf(reading, site, p, at);
      if (standing === undefined) return;
      if (standing !== "unlawful") return null;
      return { place: placeOf(reading), level: "yellow", value: reading.objectCount };
    },
    atLeast: 1,
    lasts: minutes(p.dwellMin),
    metres: p.mergeM,
    within: minutes(15),
    clears: { looks: 2, of: "same-voice" },
    sources: [operatorDefault, permits, caseTable],
    rationale: persuade,
    alert: { hold: 0, release: 0, case: tradeCase(trade) },
  });

const breach = (p: Params) =>
  condition<Reading, Site>({
    asks: { zh: "许可摊位是否越界或超时？", en: "Has a permitted stall spread or overstayed?" },
    raise: (reading, site, at) => {
      if (!isSure(reading, p)) return;
      if (reading.objectCount === 0) return false;
      const standing = standingOf(reading, site, p, at);
      return standing === undefined ? undefined : standing === "breach" && "blue";
    },
    value: ({ objectCount }) => objectCount,
    sources: [operatorDefault, permits],
    rationale: {
      act: {
        zh: "服务优先：电话或上门提醒摊主退回摊位、按时收摊；屡劝不改再转城管。",
        en: "Service first: ring or visit, ask the holder to move back or pack up.",
      },
      within: hours(1),
      otherwise: {
        zh: "摊位逐步外扩，周边投诉。",
        en: "Stalls creep outwards and neighbours complain.",
      },
    },
    alert: { hold: minutes(10), release: 0, gap: minutes(20) },
  });

const obstruction = (p: Params) =>
  condition<Reading, Site>({
    asks: { zh: "经营是否堵住车道或安全出口？", en: "Does trade block a lane or an exit?" },
    raise: (reading) => {
      const { objectCount, laneCovered, exitCovered } = reading;
      if (!isSure(reading, p)) return;
      if (objectCount === 0) return false;
      if (laneCovered === true || exitCovered === true) return "orange";
      return laneCovered === undefined && exitCovered === undefined ? undefined : false;
    },
    value: ({ objectCount }) => objectCount,
    sources: [operatorDefault, caseTable],
    rationale: {
      ...persuade,
      act: {
        zh: "立即派城管中队到场清出车道、出口；必要时请交警疏导。",
        en: "Send the squad at once to free lane or exit; call traffic police if need be.",
      },
      within: minutes(10),
      otherwise: {
        zh: "车辆绕行易撞人，紧急时人员无法疏散。",
        en: "Cars swerve into people, and nobody gets out in an emergency.",
      },
    },
    alert: {
      hold: minutes(5),
      release: 0,
      gap: minutes(20),
      case: tradeCase({
        class: "04-06",
        filing: { zh: "占道经营堵塞车道或安全出口", en: "Trade blocks a lane or emergency exit" },
      }),
    },
  });

const hawker: Trade = {
  kinds: ["streetVendor"],
  class: "04-01",
  asks: { zh: "是否有无照游商？", en: "Is a hawker trading where none may?" },
  filing: { zh: "公共场所流动摊贩经营", en: "A hawker trades in a public place" },
};
const shopFront: Trade = {
  kinds: ["outOfStore"],
  class: "04-05",
  asks: { zh: "商铺是否店外经营？", en: "Is a shop trading outside its front?" },
  filing: {
    zh: "超出门窗外摆放经营物品或跨门占道经营",
    en: "A shop puts goods or trades beyond its doors and windows",
  },
};
const roadTrade: Trade = {
  kinds: ["roadTrading", "umbrella", "marketOvertime"],
  class: "04-06",
  asks: { zh: "是否占道经营？", en: "Is the street taken for trade?" },
  filing: {
    zh: "违法占用道路、广场等公共场所经营",
    en: "Road, square or other public ground is taken for trade",
  },
};

export const rules = (p: Params) => ({
  // Before those that it hears, so that it knows where they were seen.
  hotSpot: hotSpot(p),
  hawker: trading(p, hawker),
  shopFront: trading(p, shopFront),
  roadTrading: trading(p, roadTrade),
  breach: breach(p),
  obstruction: obstruction(p),
  silent: silent<Reading, Site>({ after: minutes(30), level: "yellow" }),
});
