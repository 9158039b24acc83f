// Questions on signs: how far they tilt, one level worse in a storm; the storm itself; signs that
// nobody has allowed.

import {
  above,
  condition,
  type Duration,
  days,
  defineRule,
  grades,
  hours,
  type Instant,
  type Level,
  minutes,
  operatorDefault,
  type Rule,
  severity,
  type Threshold,
  worse,
} from "#scenario";
import type { Params, Reading, Site } from "./schema.ts";
import { caseTable, cordon, fallingCase, illegalSignCase, signCase } from "./sources.ts";

/** Blows since then, last heard of then. It is a storm to a sign when the sign's own hold is. */
type Wind = { since: Instant; heardAt: Instant; held: boolean } | null;
type Tilts = { readonly [sensorId: string]: readonly [at: Instant, deg: number] };
/** Of one site: its wind, whoever tells of it, and the tilt of each sign. */
type Front = { wind: Wind; tilts: Tilts };

const STORM_HOLD: Duration = minutes(10);
/** In a storm a device speaks every five minutes; what it said an hour ago is over. */
const WIND_KNOWN_FOR: Duration = hours(2);
const TILT_KNOWN_FOR: Duration = hours(6);
/** More signs of one site are not kept; the oldest word goes first. */
const TILTS_MAX = 32;

function blown(before: Wind, speed: number | undefined, at: Instant, p: Params): Wind {
  const known = before && at - before.heardAt <= WIND_KNOWN_FOR ? before : null;
  if (speed === undefined) return known;
  const isStorm = speed >= p.stormMPerS || (known?.held === true && speed >= p.stormClearMPerS);
  if (!isStorm) return null;
  const since = known?.since ?? at;
  return { since, heardAt: at, held: at - since >= STORM_HOLD };
}

function tilted(before: Tilts, sensorId: string, deg: number | undefined, at: Instant): Tilts {
  const others = Object.entries(before)
    .filter(
      ([id, [saidAt]]) => at - saidAt <= TILT_KNOWN_FOR && (deg === undefined || id !== sensorId),
    )
    .sort((a, b) => a[1][0] - b[1][0]);
  if (deg === undefined) return Object.fromEntries(others);
  return Object.fromEntries([...others.slice(1 - TILTS_MAX), [sensorId, [at, Math.abs(deg)]]]);
}

/** What a sign's tilt means: its level, one up while it blows. */
function levelOf(deg: number, wind: Wind, p: Params): Level {
  const bounds = { yellow: p.tiltDeg, orange: p.tiltMoreDeg, red: p.tiltFallingDeg };
  const level = grades.findLast((grade) => grade !== "blue" && deg >= bounds[grade]);
  if (level === undefined) return "ok";
  return wind ? worse(level) : level;
}

/**
 * One rule on the worst sign of a site. `say` makes of its level what the rule speaks of. The wind
 * counts from its first gust; the alert's hold waits until both have lasted.
 */
const onSigns = (
  p: Params,
  say: (level: Level) => Level,
  thresholds: readonly Threshold[],
  rest: Pick<Rule<Reading, Site>, "asks" | "sources" | "rationale" | "alert">,
) =>
  defineRule<Reading, Front, Site>({
    ...rest,
    subject: "site",
    thresholds: () => thresholds,
    initial: { wind: null, tilts: {} },
    judge(before, event, at) {
      if (event.kind !== "reading") return { state: before };
      const { windSpeedMPerS, tiltDeltaDeg } = event.reading;
      if (windSpeedMPerS === undefined && tiltDeltaDeg === undefined) return { state: before };
      const wind = blown(before.wind, windSpeedMPerS, at, p);
      const tilts = tilted(before.tilts, event.sensorId, tiltDeltaDeg, at);
      const state = { wind, tilts };
      const all = Object.values(tilts).map(([, deg]) => deg);
      if (all.length === 0) return { state, signal: { level: "unknown" } };
      const value = Math.max(...all);
      const level = say(levelOf(value, wind, p));
      const note = wind && level !== "ok" ? "storm" : undefined;
      const lingers = (level === "ok" && value >= p.tiltClearDeg) || undefined;
      return { state, signal: { level, value, lingers, note } };
    },
  });

const bound = (level: Threshold["level"], deg: number, p: Params): Threshold => ({
  field: "tiltDeltaDeg",
  when: "at-or-above",
  bound: deg,
  level,
  clear: p.tiltClearDeg,
});

export const signTilt = (p: Params) =>
  onSigns(
    p,
    (level) => (level === "red" ? "orange" : level),
    [bound("yellow", p.tiltDeg, p), bound("orange", p.tiltMoreDeg, p)],
    {
      asks: { zh: "招牌是否倾斜？", en: "Is a sign tilting?" },
      sources: [operatorDefault, caseTable],
      rationale: {
        act: cordon,
        within: hours(1),
        otherwise: {
          zh: "招牌松动加剧，大风时坠落。",
          en: "It loosens further and comes down in the next storm.",
        },
      },
      // The baseline forgets in a week: only a person can say that it is mended.
      alert: { hold: minutes(10), release: hours(1), latch: true, case: signCase },
    },
  );

/** The red of the tilt is a rule of its own, since its case has two hours and not a day. */
export const signFalling = (p: Params) =>
  onSigns(
    p,
    (level) => (severity(level) >= severity("red") ? "red" : "ok"),
    [bound("red", p.tiltFallingDeg, p)],
    {
      asks: { zh: "招牌是否随时可能坠落？", en: "May a sign fall at any moment?" },
      sources: [operatorDefault, caseTable],
      rationale: {
        act: cordon,
        within: minutes(10),
        otherwise: {
          zh: "招牌坠落伤人。",
          en: "It falls on somebody.",
        },
      },
      alert: { hold: minutes(10), release: hours(1), latch: true, case: fallingCase },
    },
  );

export const storm = (p: Params) =>
  above<Reading, Site>({
    asks: { zh: "是否大风，招牌告警升一级？", en: "Is it a storm that makes all signs worse?" },
    field: "windSpeedMPerS",
    bounds: () => ({ blue: p.stormMPerS }),
    clear: () => ({ blue: p.stormClearMPerS }),
    sources: [operatorDefault],
    rationale: {
      act: {
        zh: "通知巡查重点招牌、脚手架和临时构筑物；招牌倾斜告警已自动升一级。",
        en: "Patrol known weak signs and scaffolds; sign alerts are one level up now.",
      },
      within: minutes(30),
      otherwise: { zh: "松动的招牌被风吹落。", en: "Loose signs are blown down." },
    },
    alert: { hold: minutes(10), release: minutes(10), gap: hours(2) },
  });

export const illegalSign = (p: Params) =>
  condition<Reading, Site>({
    asks: { zh: "是否有未经许可的招牌？", en: "Has a sign been put up without leave?" },
    raise: ({ unlistedSign, confidence = 1 }) => {
      if (unlistedSign === undefined || confidence < p.confidence) return undefined;
      return unlistedSign && "yellow";
    },
    sources: [operatorDefault, caseTable],
    rationale: {
      act: {
        zh: "核对设置许可；无许可的由城管责令整改或拆除，有许可的登记许可。",
        en: "Check for a permit; none: have it removed. There is one: enter it in the register.",
      },
      within: hours(24),
      otherwise: {
        zh: "违规招牌越设越多，多数未做安全检测。",
        en: "More follow, most of them never checked for safety.",
      },
    },
    // By night the camera is unsure; two days run on over one dark day.
    alert: { hold: days(2), release: hours(2), gap: hours(24), case: illegalSignCase },
  });
