// The questions asked of a parking zone. All numbers are the operator's; class and limit follow the
// city's case table.

import {
  above,
  type CasePolicy,
  condition,
  minutes,
  operatorDefault,
  type Source,
  silent,
} from "#scenario";
import type { Params, Reading, Site } from "./schema.ts";

const caseTable: Source = {
  kind: "standard",
  title: "GB/T 30428.8 立案、处置和结案",
  edition: "2020",
  unverified: true,
};

const parkingCase: CasePolicy = {
  from: "yellow",
  when: "at-once",
  class: "04-10",
  filing: {
    zh: "非机动车未有序停放，影响通行",
    en: "Non-motor vehicles parked out of order and in the way",
  },
  closing: { zh: "车辆已规范停放，通行恢复", en: "The vehicles stand in order; the way is free" },
  limit: { amount: 2, unit: "work-hour" },
  unit: "urban-management",
  verify: minutes(10),
};

const forbidden = (p: Params) =>
  above<Reading, Site>({
    asks: { zh: "禁停区是否停放非机动车？", en: "Are vehicles parked where none may be?" },
    field: "outsideBayCount",
    when: ({ outsideBayCount, zoneType, confidence = 1 }) => {
      if (confidence < p.confidence || outsideBayCount === undefined) return;
      if (outsideBayCount === 0) return true; // an empty zone is free, whatever kind it is
      return zoneType === undefined ? undefined : zoneType !== "bay";
    },
    bounds: () => ({ yellow: p.outside, orange: p.outsideMany }),
    clear: () => ({ yellow: p.outside, orange: p.outsideFew + 1 }),
    sources: [operatorDefault, caseTable],
    rationale: {
      act: {
        zh: "先劝导、引导入位，通知市容公司或物业整理；数量多时派城管中队并联系企业清运。",
        en: "Persuade first, then the tidying crew; when many, urban management.",
      },
      within: minutes(30),
      otherwise: {
        zh: "人行道、入口被占，行人走上车道。",
        en: "Pavement and entrance are taken, people walk on the road.",
      },
    },
    alert: { hold: minutes(10), release: minutes(10), case: parkingCase },
  });

const blocked = (p: Params) =>
  condition<Reading, Site>({
    asks: { zh: "盲道或出入口是否被堵？", en: "Is a blind path or an exit blocked?" },
    raise: ({ blindPathBlocked, clearWidthM }) => {
      if (blindPathBlocked === undefined && clearWidthM === undefined) return;
      const isNarrow = clearWidthM !== undefined && clearWidthM < p.narrowM;
      return (blindPathBlocked === true || isNarrow) && "orange";
    },
    clear: ({ clearWidthM }) => clearWidthM === undefined || clearWidthM >= p.wideM,
    value: (reading) => reading.clearWidthM,
    sources: [operatorDefault, caseTable],
    rationale: {
      act: {
        zh: "派最近的网格员或物业当场搬移，保证盲道和出入口畅通。",
        en: "Send the nearest collector or guard to move them and free path and exit.",
      },
      within: minutes(15),
      otherwise: {
        zh: "视障者可能摔伤，紧急时人员无法疏散。",
        en: "Blind people may fall, and nobody gets out in an emergency.",
      },
    },
    alert: { hold: minutes(10), release: minutes(5), case: parkingCase },
  });

/** As the camera says, or from the count and the register's number of bays. */
const occupancyPct = ({ occupancyPct, parkedCount }: Reading, { capacity }: Site) =>
  occupancyPct ?? (capacity === undefined ? undefined : (100 * parkedCount) / capacity);

const overflow = (p: Params) =>
  condition<Reading, Site>({
    asks: { zh: "停放点是否停满外溢？", en: "Is the parking place full and spilling over?" },
    raise: (reading, site) => {
      const occupancy = occupancyPct(reading, site);
      const { outsideBayCount } = reading;
      if (occupancy !== undefined && occupancy < p.fullPct) return false;
      if (outsideBayCount !== undefined && outsideBayCount < p.overflow) return false;
      return occupancy === undefined || outsideBayCount === undefined ? undefined : "yellow";
    },
    clear: (reading, site) => {
      const occupancy = occupancyPct(reading, site);
      return occupancy === undefined ? undefined : occupancy < p.freePct;
    },
    value: occupancyPct,
    sources: [operatorDefault, caseTable],
    rationale: {
      act: {
        zh: "通知企业或市容公司调运，引导到附近空位。",
        en: "Have companies or crew move vehicles; point people to free bays.",
      },
      within: minutes(60),
      otherwise: {
        zh: "车辆继续外溢，占用人行道。",
        en: "The place spills on over the pavement.",
      },
    },
    alert: {
      hold: minutes(15),
      release: minutes(10),
      case: { ...parkingCase, when: { unacknowledgedFor: minutes(5) } },
    },
  });

export const rules = (p: Params) => ({
  forbidden: forbidden(p),
  blocked: blocked(p),
  overflow: overflow(p),
  silent: silent<Reading, Site>({ after: minutes(15), level: "yellow" }),
});
