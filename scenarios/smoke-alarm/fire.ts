// Smoke that a second sign confirms: another detector, heat, nobody who answers, a person, or the
// building's lifts.

import {
  defineRule,
  type Heard,
  type Instant,
  minutes,
  operatorDefault,
  type Signal,
  seconds,
} from "#scenario";
import { fumesFor } from "./rules.ts";
import type { Params, Reading, Site } from "./schema.ts";
import { detector, fight, fireCase, heatClass, microStation } from "./sources.ts";

/** What a detector last said. `until`: when it fell silent; null: it sounds. */
type Voice = { since: Instant; until: Instant | null; hushed: boolean };
/** An alert on the building's flats (smoke) or lifts (fire service) that is going on. */
type Sign = { at: Instant; lift: boolean };
type Signs = {
  readonly voices: { readonly [sensorId: string]: Voice };
  readonly hot: { readonly [sensorId: string]: number };
  readonly called: { readonly [sensorId: string]: true };
  readonly signs: { readonly [siteId: string]: Sign };
};

/** More than this are not kept of one site; the oldest go first. */
const KEPT_MAX = 40;

const withOne = <T>(all: Readonly<Record<string, T>>, id: string, one: T | undefined) => {
  const others = Object.entries(all).filter(([other]) => other !== id);
  const kept = one === undefined ? others : [...others.slice(1 - KEPT_MAX), [id, one] as const];
  return Object.fromEntries(kept) as Record<string, T>;
};

/** The signs after a reading of one detector. A test changes nothing. */
function read(before: Signs, id: string, reading: Reading, p: Params, at: Instant): Signs {
  const { smokeAlarm, muted, temperatureCel, manualAlarm, testMode } = reading;
  if (testMode) return before;
  let after = before;
  if (smokeAlarm !== undefined) {
    const known = before.voices[id];
    const isOn = known !== undefined && known.until === null;
    const voice: Voice | undefined = smokeAlarm
      ? { since: isOn ? known.since : at, until: null, hushed: (isOn && known.hushed) || !!muted }
      : isOn
        ? { ...known, until: at }
        : known;
    after = { ...after, voices: withOne(after.voices, id, voice) };
  }
  if (temperatureCel !== undefined) {
    const isHot = temperatureCel >= p.heatClearCel;
    after = { ...after, hot: withOne(after.hot, id, isHot ? temperatureCel : undefined) };
  }
  if (manualAlarm !== undefined)
    after = { ...after, called: withOne(after.called, id, manualAlarm || undefined) };
  return after;
}

/** The signs after an alert of a flat or a lift of the building. */
function hear(before: Signs, heard: Heard, at: Instant): Signs {
  const isOver = heard.change === "resolved" || heard.change === "latched";
  const known = before.signs[heard.siteId];
  const sign = isOver ? undefined : (known ?? { at, lift: heard.scenario === "elevator-safety" });
  return { ...before, signs: withOne(before.signs, heard.siteId, sign) };
}

/** Detectors that sound, or did until just now. */
const recent = (signs: Signs, p: Params, at: Instant): Voice[] =>
  Object.values(signs.voices).filter(
    ({ until }) => until === null || at - until <= seconds(p.confirmS),
  );

const alone = (voice: Voice): boolean => voice.until === null && !voice.hushed;
const unansweredAt = (voice: Voice, p: Params, site: Site): Instant =>
  voice.since + fumesFor(p, site) + seconds(p.answerS);

/** Smoke in two flats within the time, or in one while a lift returns for fire service. */
function isBuildingAlight(signs: Signs, p: Params): boolean {
  const all = Object.values(signs.signs);
  const flats = all.filter(({ lift }) => !lift);
  if (flats.length > 0 && flats.length < all.length) return true;
  return flats.some((a) =>
    flats.some((b) => a !== b && Math.abs(a.at - b.at) <= seconds(p.confirmS)),
  );
}

/** What confirms the fire, in a word for the evidence; undefined: nothing does. */
function confirmation(signs: Signs, p: Params, site: Site, at: Instant): string | undefined {
  if (Object.keys(signs.called).length > 0) return "person";
  if (Object.values(signs.hot).some((cel) => cel >= p.heatCel)) return "heat";
  if (recent(signs, p, at).length >= 2) return "second-detector";
  if (isBuildingAlight(signs, p)) return "building";
  const isUnanswered = Object.values(signs.voices).some(
    (voice) => alone(voice) && at >= unansweredAt(voice, p, site),
  );
  return isUnanswered ? "no-answer" : undefined;
}

function says(signs: Signs, p: Params, site: Site, at: Instant): Signal {
  const note = confirmation(signs, p, site, at);
  const value = Math.max(...Object.values(signs.hot));
  const shown = Number.isFinite(value) ? { value } : {};
  if (note) return { level: "red", note, ...shown };
  const isOver =
    Object.values(signs.voices).every(({ until }) => until !== null) &&
    Object.keys(signs.hot).length + Object.keys(signs.signs).length === 0;
  return isOver ? { level: "ok" } : { level: "ok", lingers: true };
}

/**
 * Lives at the flat, by its readings, and at the building, by the alerts of its flats and lifts.
 * Ends by the word of a person, once all is quiet.
 */
export const fire = (p: Params) =>
  defineRule<Reading, Signs, Site>({
    asks: { zh: "火情是否已确认？", en: "Is a fire confirmed?" },
    subject: "site",
    hears: [
      { scenario: "smoke-alarm", rule: "smoke" },
      { scenario: "elevator-safety", rule: "fireService" },
    ],
    at: "building",
    sources: [detector, heatClass, microStation, operatorDefault],
    rationale: fight,
    alert: { hold: 0, release: minutes(5), latch: true, case: fireCase },
    initial: { voices: {}, hot: {}, called: {}, signs: {} },
    judge(before, event, at) {
      const state =
        event.kind === "reading"
          ? read(before, event.sensorId, event.reading, p, at)
          : event.kind === "heard"
            ? hear(before, event.heard, at)
            : before;
      const turns = Object.values(state.voices)
        .filter(alone)
        .map((voice) => unansweredAt(voice, p, event.site))
        .filter((turnsAt) => turnsAt > at);
      const wakeAt = turns.length > 0 ? Math.min(...turns) : undefined;
      return { state, signal: says(state, p, event.site, at), wakeAt };
    },
  });
