// The questions asked of what is piled up. All bounds are the operator's; classes and limits follow
// the city's case table.

import {
  type CasePolicy,
  condition,
  hours,
  type Instant,
  isValid,
  minutes,
  minutesOutside,
  operatorDefault,
  type Point,
  placeIn,
  type Rationale,
  type Rule,
  type Source,
  sightings,
  silent,
  type Text,
  type Threshold,
} from "#scenario";
import type { Params, Reading, Site } from "./schema.ts";

const caseTable: Source = {
  kind: "standard",
  title: "GB/T 30428.8 立案、处置和结案",
  edition: "2020",
  unverified: true,
};
const fireLaw: Source = {
  kind: "standard",
  title: "消防法",
  edition: "2021",
  clause: "28, 60",
  unverified: true,
};
const permits: Source = { kind: "register", title: "占道堆物许可 / permits to keep materials" };

/** Polls come every ten minutes; one that is lost does not begin a pile anew. */
const within = minutes(25);

const placeOf = ({ lon, lat }: Reading): Point | undefined =>
  lon === undefined || lat === undefined ? undefined : { lon, lat };

/** Undefined: some permit is in force here, and the camera does not say where the pile is. */
function isPermitted(reading: Reading, { permits = [] }: Site, at: Instant): boolean | undefined {
  const now = permits.filter((permit) => isValid(permit, at) && minutesOutside(permit, at) === 0);
  if (now.length === 0) return false;
  const place = placeOf(reading);
  return place && now.some(({ polygon }) => placeIn(polygon, place) !== "outside");
}

type Pile = {
  kind: Reading["eventType"];
  asks: Text;
  /** From this area on; none: of any size. */
  fromM2?: number;
  lasts: number;
  /** Looks in a row without it that end it. */
  looks: number;
  /** Whether a permit of the register excuses it. */
  permits?: true;
  sources: readonly Source[];
  rationale: Rationale;
  case: CasePolicy;
};

/** A pile of one kind that lies for long enough. An uncertain picture says nothing. */
function piled(p: Params, pile: Pile): Rule<Reading, Site> {
  const { kind, fromM2 } = pile;
  const sees = (reading: Reading, site: Site, at: Instant) => {
    const { eventType, areaM2, confidence = 1 } = reading;
    if (confidence < p.confidence) return;
    if (eventType === "none") return null;
    if (eventType !== kind || (fromM2 !== undefined && areaM2 === undefined)) return;
    if (fromM2 !== undefined && areaM2! < fromM2) return null;
    const excused = pile.permits ? isPermitted(reading, site, at) : false;
    if (excused === undefined) return;
    if (excused) return null;
    return { place: placeOf(reading), level: "yellow", value: areaM2 } as const;
  };
  const bound: readonly Threshold[] =
    fromM2 === undefined
      ? []
      : [{ field: "areaM2", when: "at-or-above", bound: fromM2, level: "yellow" }];
  const rule = sightings<Reading, Site>({
    asks: pile.asks,
    sees,
    atLeast: 1,
    lasts: pile.lasts,
    metres: p.sameM,
    within,
    clears: { looks: pile.looks, of: "same-voice" },
    sources: pile.sources,
    rationale: pile.rationale,
    alert: { hold: 0, release: 0, case: pile.case },
  });
  return { ...rule, thresholds: () => bound } as Rule<Reading, Site>;
}

const rationale = (zh: string, en: string, within: number, otherwise: Text): Rationale => ({
  act: { zh, en },
  within,
  otherwise,
});
const inTheWay: Text = {
  zh: "行人绕行车道，越堆越多。",
  en: "People walk on the road, and more is piled on it.",
};

const cleared: Text = { zh: "堆放物已清除或整改", en: "The pile is cleared or put in order" };
const caseOf = (
  policy: Pick<CasePolicy, "class" | "filing" | "limit" | "unit"> & Partial<CasePolicy>,
): CasePolicy => ({
  from: "yellow",
  when: "at-once",
  closing: cleared,
  verify: minutes(30),
  ...policy,
});

const onRoad = (p: Params) => ({
  fromM2: p.roadM2,
  lasts: minutes(p.roadMin),
  looks: 2,
  permits: true as const,
  sources: [operatorDefault, permits, caseTable],
});

const roadPile = (p: Params) =>
  piled(p, {
    ...onRoad(p),
    kind: "roadPile",
    asks: { zh: "道路上是否乱堆物料？", en: "Are materials piled on the road?" },
    rationale: rationale(
      "派城管中队到场，责令当事人清走；有许可的要求整齐围挡。",
      "Send the squad: have the owner clear it; with a permit, have it fenced and tidy.",
      hours(1),
      inTheWay,
    ),
    case: caseOf({
      class: "01-36",
      filing: {
        zh: "未经许可在公共场所堆放物料",
        en: "Materials are piled in a public place without a permit",
      },
      limit: { amount: 1, unit: "work-day" },
      unit: "urban-management",
    }),
  });

const constructionWaste = (p: Params) =>
  piled(p, {
    ...onRoad(p),
    kind: "constructionWaste",
    asks: { zh: "是否有建筑垃圾渣土堆积？", en: "Is there a heap of builders' waste?" },
    rationale: rationale(
      "查看图像找出倾倒人，派城管查处、通知清运单位。",
      "Find in the pictures who tipped it; send the squad and the haulier.",
      hours(4),
      {
        zh: "堆点引来更多偷倒，雨天泥浆入沟。",
        en: "One heap draws more, and rain washes it into the drains.",
      },
    ),
    case: caseOf({
      class: "01-11",
      filing: {
        zh: "长时间堆积建筑垃圾、装修垃圾或渣土",
        en: "Builders' waste, rubble or soil has lain for long",
      },
      limit: { amount: 5, unit: "work-day" },
      unit: "urban-management",
    }),
  });

const bulkyWaste = (p: Params) =>
  piled(p, {
    ...onRoad(p),
    kind: "bulkyWaste",
    asks: { zh: "是否有废弃家具占道？", en: "Is discarded furniture left in the way?" },
    rationale: rationale(
      "通知环卫上门收运，公告大件垃圾投放点。",
      "Have sanitation collect it; post where bulky waste may be left.",
      hours(4),
      inTheWay,
    ),
    case: caseOf({
      class: "01-35",
      filing: { zh: "废弃家具、设备占道摆放", en: "Discarded furniture or gear takes the street" },
      limit: { amount: 2, unit: "work-day" },
      unit: "sanitation",
    }),
  });

const exposedGarbage = (p: Params) =>
  piled(p, {
    kind: "exposedGarbage",
    asks: { zh: "是否有暴露生活垃圾？", en: "Is household garbage left in the open?" },
    fromM2: p.garbageM2,
    lasts: minutes(p.garbageMin),
    looks: 1,
    sources: [operatorDefault, caseTable],
    rationale: rationale(
      "派保洁清理，查看附近桶站是否满溢。",
      "Send a cleaner; see whether the bins nearby are full.",
      hours(1),
      { zh: "异味、蚊蝇、鼠患，居民投诉。", en: "Smell, flies and rats; residents complain." },
    ),
    case: caseOf({
      class: "01-10",
      filing: {
        zh: "公共场所未入容器的生活垃圾",
        en: "Household garbage in a public place outside any container",
      },
      limit: { amount: 4, unit: "work-hour" },
      unit: "sanitation",
    }),
  });

const corridorPile = (p: Params) =>
  piled(p, {
    kind: "corridorPile",
    asks: { zh: "楼道是否堆物？", en: "Are things piled up in a corridor?" },
    lasts: minutes(p.corridorMin),
    looks: 1,
    sources: [operatorDefault, fireLaw],
    rationale: rationale(
      "物业上门劝清，告知消防法规定；拒不清理报消防或派出所。",
      "The property manager asks for it to be cleared, citing fire law; else fire service.",
      hours(4),
      {
        zh: "起火时烟火封堵疏散通道。",
        en: "In a fire it burns in the only way out.",
      },
    ),
    case: caseOf({
      when: { unacknowledgedFor: minutes(5) },
      class: "01-36",
      filing: { zh: "楼道内堆放物品", en: "Things are piled up in a corridor" },
      limit: { amount: 1, unit: "work-day" },
      unit: "property-management",
    }),
  });

const exitBlocked = (p: Params) =>
  condition<Reading, Site>({
    asks: { zh: "出口或防火门是否被堵？", en: "Is an exit or a fire door blocked?" },
    raise: ({ eventType, blocksExit, confidence = 1 }) => {
      if (confidence < p.confidence) return;
      if (blocksExit === undefined) return eventType === "none" ? false : undefined;
      return blocksExit && "orange";
    },
    value: ({ areaM2 }) => areaM2,
    sources: [operatorDefault, fireLaw, caseTable],
    rationale: rationale(
      "物业立即搬开，30 分钟内反馈照片；拒不搬移报消防。",
      "The property manager clears it at once, photo within 30 min; else fire service.",
      minutes(10),
      { zh: "火灾时人员无法逃生。", en: "In a fire nobody gets out this way." },
    ),
    alert: {
      hold: minutes(5),
      release: minutes(2),
      gap: minutes(30),
      case: caseOf({
        from: "orange",
        class: "04-96",
        filing: {
          zh: "占用、堵塞消防通道或安全出口",
          en: "A fire lane or emergency exit is taken or blocked",
        },
        closing: { zh: "通道已清理畅通", en: "The way is clear again" },
        limit: { amount: 2, unit: "work-hour" },
        unit: "property-management",
      }),
    },
  });

export const rules = (p: Params) => ({
  roadPile: roadPile(p),
  constructionWaste: constructionWaste(p),
  bulkyWaste: bulkyWaste(p),
  exposedGarbage: exposedGarbage(p),
  corridorPile: corridorPile(p),
  exitBlocked: exitBlocked(p),
  silent: silent<Reading, Site>({ after: minutes(30), level: "yellow" }),
});
