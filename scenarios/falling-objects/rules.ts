// The questions asked of a camera under a facade: what fell, whether the same band throws again and
// again, whether somebody was hit.

import {
  type CasePolicy,
  condition,
  days,
  defineRule,
  type Grade,
  hours,
  type Instant,
  minutes,
  operatorDefault,
  type Source,
  silent,
} from "#scenario";
import { isFreeFall } from "./free-fall.ts";
import type { Params, Reading, Site } from "./schema.ts";

const standard = (title: string, edition: string, clause: string): Source => ({
  kind: "standard",
  title,
  edition,
  clause,
  unverified: true,
});
const civil = standard("民法典", "2020", "第 1254 条");
const criminal = standard("刑法", "修正案（十一）", "第 291 条之二");
const caseTable = standard("GB/T 30428.8 立案、处置和结案", "2020", "05-96");

const thrownCase: CasePolicy = {
  from: "yellow",
  when: { unacknowledgedFor: minutes(5), atOnceFrom: "orange" },
  class: "05-96",
  filing: { zh: "疑似高空抛物、坠物", en: "An object was seen to fall or be thrown" },
  closing: {
    zh: "已复核；属实的已溯源、处理并警示，坠物隐患已消除",
    en: "Reviewed; where true its origin is found and dealt with, what was loose is secured",
  },
  limit: { amount: 2, unit: "urgent-hour" },
  unit: "property-management",
  verify: minutes(10),
};

/** Too light to fall freely: the air carries them. */
const LIGHT: readonly string[] = ["paper", "butt", "bag"];

/** The level of a track; false: no throw; undefined: it cannot be told. */
function levelOf(track: Reading, p: Params): Grade | false | undefined {
  const { trackId, objectClass, confidence, startHeightM, fallTimeS, startFloor, review } = track;
  if (trackId === undefined || review !== undefined) return false;
  if (objectClass === undefined || confidence === undefined) return undefined;
  if (confidence < p.confidence) return false;
  if (LIGHT.includes(objectClass)) return "yellow";
  if (startHeightM === undefined || fallTimeS === undefined) return undefined;
  if (!isFreeFall(startHeightM, fallTimeS, p.fallTolerance)) return false;
  return startFloor !== undefined && startFloor >= p.hardFloor ? "orange" : "yellow";
}

/** A throw is over in seconds: whoever has reviewed the clip resets the alert. */
const thrown = (p: Params) =>
  condition<Reading, Site>({
    asks: {
      zh: "是否有高空抛物（硬物升级）？",
      en: "Was something thrown from height (worse when hard)?",
    },
    raise: (track) => levelOf(track, p),
    value: ({ startFloor }) => startFloor,
    sources: [operatorDefault, civil, caseTable],
    rationale: {
      act: {
        zh: "5 分钟内查看片段复核；属实即请物业上楼劝止、警戒落点，必要时报警。",
        en: "Review the clip in five minutes; if true send the property up and cordon off.",
      },
      within: minutes(5),
      otherwise: { zh: "再次抛物可能致人伤亡。", en: "The next one may kill somebody." },
    },
    alert: { hold: 0, release: 0, latch: true, case: thrownCase },
  });

/** A confirmed throw: minutes since 1970, and its track. */
type Throw = readonly [minute: number, trackId: string];
/** The last throws of a band; `raised`: it was called repeated and is not clean yet. */
type Band = { throws: readonly Throw[]; raised: boolean };
type Bands = { readonly [band: string]: Band };

/** No more bands of one facade are kept; the longest clean go first. */
const BANDS_MAX = 16;

const lastOf = ({ throws }: Band): number => throws.at(-1)?.[0] ?? 0;

function withThrow(before: Bands, reading: Reading, at: Instant, p: Params): Bands {
  const { trackId, unitBand, review } = reading;
  if (review !== "confirmed" || trackId === undefined || unitBand === undefined) return before;
  const band = before[unitBand] ?? { throws: [], raised: false };
  if (band.throws.some(([, known]) => known === trackId)) return before;
  const now: Throw = [Math.floor(at / minutes(1)), trackId];
  const throws = [...band.throws, now].slice(-p.repeats);
  const others = Object.entries(before)
    .filter(([name]) => name !== unitBand)
    .sort((a, b) => lastOf(a[1]) - lastOf(b[1]));
  return Object.fromEntries([
    ...others.slice(1 - BANDS_MAX),
    [unitBand, { throws, raised: band.raised }],
  ]);
}

/** How many of the throws lie within so many days. */
const recent = ({ throws }: Band, at: Instant, within: number): number =>
  throws.filter(([minute]) => at - minutes(minute) <= days(within)).length;

/** Most heartbeats change nothing, and what is the same need not be written. */
const isSame = (before: Bands, now: readonly (readonly [string, Band])[]): boolean =>
  Object.keys(before).length === now.length &&
  now.every(([name, { throws, raised }]) => {
    const was = before[name];
    return was?.throws === throws && was.raised === raised;
  });

const repeated = (p: Params) =>
  defineRule<Reading, Bands, Site>({
    asks: {
      zh: "同一户型纵列是否屡次抛物？",
      en: "Are things thrown from the same band again and again?",
    },
    sources: [operatorDefault, civil, criminal, caseTable],
    rationale: {
      act: {
        zh: "汇总片段移交派出所，联合居委、物业逐户走访。",
        en: "Hand the clips to the police; visit the band with committee and property.",
      },
      within: hours(2),
      otherwise: { zh: "迟早伤人。", en: "Sooner or later somebody is hit." },
    },
    alert: {
      hold: 0,
      release: 0,
      case: {
        ...thrownCase,
        from: "orange",
        when: "at-once",
        filing: { zh: "同一位置屡次高空抛物", en: "Things are thrown from one place repeatedly" },
        unit: "police",
        verify: days(1),
      },
    },
    initial: {},
    judge(before, event, at) {
      if (event.kind !== "reading") return { state: before };
      const told = withThrow(before, event.reading, at, p);
      const kept = Object.entries(told)
        .filter(([, band]) => recent(band, at, p.cleanDays) > 0)
        .map(([name, band]): [string, Band] => {
          const isBad = recent(band, at, p.repeatDays) >= p.repeats;
          return [name, { ...band, raised: band.raised || isBad }];
        });
      const state = isSame(before, kept) ? before : Object.fromEntries(kept);
      const counts = kept.map(([name, band]) => [name, recent(band, at, p.repeatDays)] as const);
      const [worst] = counts.sort((a, b) => b[1] - a[1]);
      if (worst && worst[1] >= p.repeats)
        return {
          state,
          signal: { level: "orange", value: worst[1], note: `band:${worst[0]}` },
        };
      const lingers = kept.some(([, { raised }]) => raised) || undefined;
      return { state, signal: { level: "ok", value: worst?.[1] ?? 0, lingers } };
    },
  });

const injury = () =>
  condition<Reading, Site>({
    asks: { zh: "是否有人被砸伤？", en: "Has somebody been hit?" },
    raise: ({ injuryReported }) => (injuryReported === undefined ? false : injuryReported && "red"),
    sources: [operatorDefault, criminal, caseTable],
    rationale: {
      act: {
        zh: "立即 120、110；警戒落点，保全视频和现场。",
        en: "120 and 110 at once; cordon off; keep the clips and the scene as they are.",
      },
      within: minutes(1),
      otherwise: { zh: "伤者得不到救治，证据灭失。", en: "No help comes, and evidence is lost." },
    },
    alert: {
      hold: 0,
      release: 0,
      latch: true,
      case: {
        ...thrownCase,
        from: "red",
        when: "at-once",
        filing: { zh: "高空坠物致人受伤", en: "Somebody was hit by a falling object" },
        unit: "police",
      },
    },
  });

export const rules = (p: Params) => ({
  thrown: thrown(p),
  repeated: repeated(p),
  injury: injury(),
  silent: silent<Reading, Site>({ after: minutes(10), level: "yellow" }),
});
