// The questions asked of a section of road. Sizes and limits are those of the city's case table;
// how often something must be seen is the operator's.

import {
  type CasePolicy,
  days,
  type Grade,
  hours,
  minutes,
  operatorDefault,
  type Point,
  type Rationale,
  type Rule,
  type Sight,
  type Source,
  sightings,
  silent,
  type Threshold,
} from "#scenario";
import type { Params, Reading, Site } from "./schema.ts";

const caseTable: Source = {
  kind: "standard",
  title: "GB/T 30428.8 立案、处置和结案",
  edition: "2020",
  unverified: true,
};

const roadCase: CasePolicy = {
  from: "yellow",
  when: "at-once",
  class: "01-13",
  filing: {
    zh: "道路破损面积、开裂或坑凹落差达到立案标准",
    en: "The road is broken, cracked or sunk to the size that is filed",
  },
  closing: { zh: "路面已修复，照片复查通过", en: "The road is mended; a photo shows it" },
  limit: { amount: 5, unit: "work-day" },
  unit: "road-maintenance",
  verify: days(1),
};

const mend: Rationale = {
  act: {
    zh: "核对图像，派市政养护修补；深坑先放警示标志。",
    en: "Look at the picture, have the road mended; a deep hole gets a sign first.",
  },
  within: hours(4),
  otherwise: {
    zh: "骑车人摔倒、车辆爆胎，破损扩大。",
    en: "Riders fall, tyres burst, and the damage grows.",
  },
};

const placeOf = ({ lon, lat }: Reading): Point | undefined =>
  lon === undefined || lat === undefined ? undefined : { lon, lat };

/** What is said of a defect: how bad, the number that makes it so, and whether to believe it now. */
type Said = { level: Grade; value?: number | undefined; sure?: boolean };
type Question = Pick<Rule<Reading, Site>, "asks"> & {
  kinds: readonly Reading["defectType"][];
  /** Null: too small to be filed. Undefined: its size was not measured. */
  size: (reading: Reading, site: Site) => Said | null | undefined;
  rationale?: Rationale;
  case?: CasePolicy;
  bounds?: readonly Threshold[];
};

/**
 * Something that several passes saw at one place, or one that is sure. What is too small this time
 * neither confirms nor clears: the next pass may see more of it.
 */
function defect(p: Params, question: Question): Rule<Reading, Site> {
  const { asks, kinds, size, rationale = mend, bounds = [] } = question;
  const sees = (reading: Reading, site: Site): Sight | null | undefined => {
    const { defectType, confidence = 1, mended } = reading;
    if (defectType === "none") return null;
    if (!kinds.includes(defectType)) return;
    const place = placeOf(reading);
    if (mended) return { place, level: "ok" };
    const said = confidence < p.confidence ? undefined : size(reading, site);
    return said ? { place, sure: confidence >= p.sure, ...said } : undefined;
  };
  const rule = sightings<Reading, Site>({
    asks,
    sees,
    voice: ({ passId }) => passId,
    atLeast: p.passes,
    metres: p.sameM,
    within: days(p.passesDays),
    clears: { looks: 2, of: "other-voices" },
    sources: [caseTable, operatorDefault],
    rationale,
    alert: { hold: 0, release: 0, case: question.case ?? roadCase },
  });
  return { ...rule, thresholds: () => bounds } as Rule<Reading, Site>;
}

const isPothole = ({ defectType }: Reading): boolean => defectType === "pothole";

/** Broken ground by its area; a hole that is deep enough is asked for by its depth instead. */
const damage = (p: Params) =>
  defect(p, {
    asks: { zh: "路面是否破损？", en: "Is the road broken?" },
    kinds: ["pothole", "rut", "missingSlab", "subsidence"],
    size: (reading) => {
      const { areaM2, depthMm = 0 } = reading;
      if (isPothole(reading) && depthMm >= p.depthMm) return;
      if (areaM2 === undefined) return;
      return areaM2 >= p.damageM2 ? { level: "yellow", value: areaM2 } : null;
    },
    bounds: [{ field: "areaM2", when: "at-or-above", bound: p.damageM2, level: "yellow" }],
  });

const crack = (p: Params) =>
  defect(p, {
    asks: { zh: "路面是否开裂？", en: "Is the road cracked?" },
    kinds: ["crack"],
    size: ({ areaM2, lengthM, widthMm }) => {
      if (areaM2 !== undefined && areaM2 >= p.crackM2) return { level: "yellow", value: areaM2 };
      if (lengthM === undefined || widthMm === undefined) return;
      const isLong = lengthM > p.crackLengthM && widthMm >= p.crackWidthMm;
      return isLong ? { level: "yellow", value: lengthM } : null;
    },
    bounds: [
      { field: "areaM2", when: "at-or-above", bound: p.crackM2, level: "yellow" },
      { field: "widthMm", when: "at-or-above", bound: p.crackWidthMm, level: "yellow" },
    ],
  });

/** One pass with a photo is enough: a hole does not wait for the next van. */
const pothole = (p: Params) =>
  defect(p, {
    asks: { zh: "是否有坑槽？", en: "Is there a pothole?" },
    kinds: ["pothole"],
    size: ({ depthMm, imageRef, confidence = 1 }, { mainRoad = false }) => {
      if (depthMm === undefined) return;
      if (depthMm < p.depthMm) return null;
      const level = mainRoad || depthMm >= p.deepMm ? "orange" : "yellow";
      return { level, value: depthMm, sure: imageRef !== undefined || confidence >= p.sure };
    },
    bounds: [
      { field: "depthMm", when: "at-or-above", bound: p.depthMm, level: "yellow" },
      { field: "depthMm", when: "at-or-above", bound: p.deepMm, level: "orange" },
    ],
  });

/** Ground that gives way is believed at once, unless somebody says that traffic need not mind. */
const collapse = (p: Params) =>
  defect(p, {
    asks: { zh: "路面是否塌陷？", en: "Has the road caved in?" },
    kinds: ["subsidence"],
    size: ({ affectsTraffic = true, depthMm }) =>
      affectsTraffic ? { level: "red", value: depthMm, sure: true } : null,
    rationale: {
      act: {
        zh: "立即派市政、交警封闭围护并设警示标志，排查地下管线。",
        en: "Send road crew and traffic police at once: close, fence, sign; check the pipes.",
      },
      within: minutes(10),
      otherwise: {
        zh: "车辆、行人坠入，塌陷扩大。",
        en: "Cars and people fall in, and the hole grows.",
      },
    },
    case: {
      ...roadCase,
      from: "red",
      class: "05-05",
      filing: {
        zh: "路面塌陷、下沉影响通行安全",
        en: "The road has sunk or caved in and endangers traffic",
      },
      closing: {
        zh: "安全隐患消除，已围护并设警示标志",
        en: "Made safe, fenced, with a warning sign",
      },
      limit: { amount: 2, unit: "urgent-hour" },
      verify: minutes(30),
    },
  });

/** Fenced and signed is made safe, as far as a collapse goes; its mending is another case. */
function untilFenced(rule: Rule<Reading, Site>): Rule<Reading, Site> {
  return {
    ...rule,
    judge(state, event, at) {
      if (event.kind !== "reading" || !event.reading.fenced) return rule.judge(state, event, at);
      return rule.judge(state, { ...event, reading: { ...event.reading, mended: true } }, at);
    },
  };
}

/** Of the section, whichever vehicle passes. */
const unseen = (): Rule<Reading, Site> => ({
  ...silent<Reading, Site>({
    after: days(7),
    level: "blue",
    asks: { zh: "路段是否七天无人巡查？", en: "Has nobody passed this section for a week?" },
    rationale: {
      act: {
        zh: "核对巡查车线路和设备，补巡该路段。",
        en: "Check the vans' routes and gear; have the section driven.",
      },
      within: days(1),
      otherwise: { zh: "路面病害无人发现。", en: "Its damage goes unseen." },
    },
  }),
  subject: "site",
});

export const rules = (p: Params) => ({
  damage: damage(p),
  crack: crack(p),
  pothole: pothole(p),
  collapse: untilFenced(collapse(p)),
  silent: unseen(),
});
