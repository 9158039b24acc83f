// The questions asked of a home where an elder lives alone. A rule says something only when it has
// something new to say, so that the evidence keeps the readings that changed its mind.

import {
  type AlertPolicy,
  type CasePolicy,
  defineRule,
  hours,
  type Instant,
  minutes,
  nextHour,
  operatorDefault,
  type Rationale,
  type Rule,
  type Signal,
} from "#scenario";
import {
  bedRules,
  doorStillFor,
  doorStillSince,
  follow,
  type Home,
  isBedEmpty,
  isOut,
  lifeAt,
  nobody,
  restedAt,
  stillFor,
} from "./home.ts";
import type { Params, Reading, Site } from "./schema.ts";
import { isLow, type Meter, read } from "./water.ts";

export const careCase: CasePolicy = {
  from: "yellow",
  when: { unacknowledgedFor: minutes(5), atOnceFrom: "orange" },
  class: "99-96",
  filing: {
    zh: "独居老人居家活动异常，需联系或上门",
    en: "An elder's home shows too little life; somebody must ring or call",
  },
  closing: {
    zh: "已联系或见到本人，情况已处理",
    en: "The elder was reached or seen, and cared for",
  },
  limit: { amount: 30, unit: "urgent-minute" },
  unit: "neighbourhood-care",
  verify: minutes(10),
};

const ring: Rationale = {
  act: {
    zh: "10分钟内致电本人；无人接听联系家属、核对外出；仍无音信，结对志愿者30分钟内上门。",
    en: "Ring in 10 min; then family: gone out? Else the paired volunteer calls in 30 min.",
  },
  within: minutes(10),
  otherwise: { zh: "跌倒或发病后无人发现。", en: "After a fall or stroke nobody comes." },
};

type Known = { home: Home; meter: Meter | null; said: string | null };

/** A rule on the whole home. `asks` for water only when it must: a meter takes room. */
function ofHome(
  p: Params,
  rest: Pick<Rule<Reading, Site>, "asks" | "alert" | "rationale"> & { water?: true },
  says: (known: Known, site: Site, at: Instant) => Signal,
  turns: (known: Known, at: Instant) => readonly Instant[],
): Rule<Reading, Site, Known> {
  const { water, ...words } = rest;
  return defineRule<Reading, Known, Site>({
    ...words,
    subject: "site",
    hears: bedRules,
    sources: [operatorDefault],
    initial: { home: nobody, meter: null, said: null },
    judge(before, event, at) {
      const home = follow(before.home, event, p, at);
      const volume =
        water && event.kind === "reading" ? event.reading.cumulativeVolumeM3 : undefined;
      const meter = volume === undefined ? before.meter : read(before.meter, volume, at);
      const known = { home, meter, said: before.said };
      const found = says(known, event.site, at);
      const said = `${found.level}${found.note ?? ""}`;
      const wakeAt = Math.min(...turns(known, at).filter((turn) => turn > at));
      return {
        state: { ...known, said },
        signal: said === before.said ? undefined : found,
        wakeAt: Number.isFinite(wakeAt) ? wakeAt : undefined,
      };
    },
  });
}

const ok: Signal = { level: "ok" };
const unknown: Signal = { level: "unknown" };
const inHours = (ms: number): number => Math.floor(ms / hours(1));
const atOnce = { hold: 0, samples: 1, release: 0, case: careCase } satisfies AlertPolicy;

/** Nobody was seen, at the door or elsewhere, by any sensor that looks, for half a day. */
function isStill(home: Home, at: Instant): boolean {
  const spans = [doorStillFor(home, at), stillFor(home, lifeAt(home), at)];
  const told = spans.filter((span) => span !== undefined);
  return told.length > 0 && told.every((span) => span >= hours(12));
}

export const lowWater = (p: Params) =>
  ofHome(
    p,
    {
      asks: { zh: "半天几乎没有用水？", en: "Has hardly any water been used for half a day?" },
      rationale: ring,
      alert: atOnce,
      water: true,
    },
    ({ home, meter }, _, at) => {
      if (isOut(home, at)) return ok;
      const low = meter === null ? undefined : isLow(meter, p.lowWaterM3);
      if (low === undefined) return unknown;
      return low ? { level: isStill(home, at) ? "orange" : "yellow" } : ok;
    },
    () => [],
  );

export const doorStill = (p: Params) =>
  ofHome(
    p,
    {
      asks: { zh: "是否一整天没有开门？", en: "Has the door not been opened for a day?" },
      rationale: ring,
      alert: atOnce,
    },
    ({ home }, _, at) => {
      const span = doorStillFor(home, at);
      if (span === undefined) return unknown;
      if (isOut(home, at) || span < hours(p.doorH)) return ok;
      return { level: span >= hours(p.doorLongH) ? "orange" : "yellow", value: inHours(span) };
    },
    ({ home }) => {
      const since = doorStillSince(home);
      return since === undefined ? [] : [since + hours(p.doorH), since + hours(p.doorLongH)];
    },
  );

/** By day the bed says nothing; its night ends at six, and half a day later is eighteen. */
const afterNight = (p: Params, at: Instant): Instant => nextHour(at, (6 + p.motionH) % 24);

/** A quiet bed puts off orange, never red: a sensor that is no longer asked is quiet too. */
export const noMotion = (p: Params) =>
  ofHome(
    p,
    {
      asks: { zh: "在家却长时间没有活动？", en: "At home, and no movement for long?" },
      rationale: { ...ring, within: minutes(5) },
      alert: { ...atOnce, case: { ...careCase, when: "at-once", from: "orange" } },
    },
    ({ home }, site, at) => {
      const life = lifeAt(home);
      const span = stillFor(home, life, at);
      if (span === undefined) return unknown;
      if (isOut(home, at)) return ok;
      if (span >= hours(p.motionLongH)) return { level: "red", value: inHours(span) };
      const since = at - Math.max(life, restedAt(home, site, at));
      return since >= hours(p.motionH) ? { level: "orange", value: inHours(span) } : ok;
    },
    ({ home }, at) => {
      const life = lifeAt(home);
      return [life + hours(p.motionH), life + hours(p.motionLongH), afterNight(p, at)];
    },
  );

/** The last that was seen was somebody in the bathroom, and the door has stayed shut. */
export const longBathroom = (p: Params) =>
  ofHome(
    p,
    {
      asks: { zh: "是否滞留卫生间？", en: "Has somebody been in the bathroom too long?" },
      rationale: ring,
      alert: {
        ...atOnce,
        case: { ...careCase, from: "orange", when: { unacknowledgedFor: minutes(5) } },
      },
    },
    ({ home }, _, at) => {
      const { pir, door, bed, away } = home;
      if (pir === null) return unknown;
      const { bathroomAt, elsewhereAt } = pir;
      const isOver =
        away ||
        bathroomAt === null ||
        Math.max(elsewhereAt ?? 0, door?.openedAt ?? 0, bed.lifeAt ?? 0) >= bathroomAt;
      if (isOver || at - bathroomAt < minutes(p.bathroomMin)) return ok;
      return { level: "orange" };
    },
    ({ home: { pir } }) =>
      pir === null || pir.bathroomAt === null ? [] : [pir.bathroomAt + minutes(p.bathroomMin)],
  );

/** What has shown no life for as long as it takes. */
function silentParts({ home, meter }: Known, site: Site, p: Params, at: Instant): string[] {
  const since = Math.max(lifeAt(home), restedAt(home, site, at));
  const parts: Record<string, boolean | undefined> = {
    water: meter === null ? undefined : isLow(meter, p.lowWaterM3),
    door: (doorStillFor(home, at) ?? 0) >= hours(p.doorH),
    motion: (stillFor(home, since, at) ?? 0) >= hours(p.motionH),
    bed: isBedEmpty(home),
  };
  return Object.keys(parts).filter((part) => parts[part] === true);
}

/**
 * Home and bed together: two that show no life are worse than each alone, and one that has just
 * shown life speaks for the other.
 */
export const lifeless = (p: Params) =>
  ofHome(
    p,
    {
      asks: {
        zh: "家中和床上是否都没有生命迹象？",
        en: "Do two of water, door, movement and bed show no life?",
      },
      rationale: {
        ...ring,
        act: {
          zh: "立即致电并同时派志愿者、持钥匙人上门；无人应门拨打120、110。",
          en: "Ring, and send volunteer and key-holder at once; no answer at the door: 120, 110.",
        },
        within: minutes(2),
      },
      alert: { ...atOnce, case: { ...careCase, from: "red", when: "at-once" } },
      water: true,
    },
    (known, site, at) => {
      const { home } = known;
      const seenAt = Math.max(lifeAt(home), restedAt(home, site, at));
      if (isOut(home, at) || at - seenAt < hours(p.livelyH)) return ok;
      const parts = silentParts(known, site, p, at);
      if (parts.length < 2) return ok;
      return { level: "red", value: parts.length, note: parts.join("+") };
    },
    ({ home }, at) => {
      const life = lifeAt(home);
      const spans = [p.livelyH, p.motionH].map((span) => life + hours(span));
      return [...spans, (doorStillSince(home) ?? life) + hours(p.doorH), afterNight(p, at)];
    },
  );
