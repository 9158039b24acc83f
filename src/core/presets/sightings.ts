import { type Grade, type Level, severity } from "../level.ts";
import { metresBetween, type Point } from "../polygon.ts";
import type { Rule, Signal } from "../rule.ts";
import type { Duration, Instant } from "../time.ts";
import type { Common } from "./preset.ts";

/** What one reading saw and where; without a place, all of a site is one place. */
export type Sight = {
  place?: Point | undefined;
  /** `ok`: it was seen that the trouble here is gone. */
  level: Level;
  /** Believed at once, without a second sighting. */
  sure?: boolean | undefined;
  value?: number | undefined;
};

/** A place where something was seen; `voices` are the first few that saw it. */
type Spot = {
  place: Point | null;
  level: Grade;
  value: number | null;
  first: Instant;
  last: Instant;
  voices: readonly string[];
  isSure: boolean;
  missed: number;
  missedBy: string | null;
};

/** A site has no more spots than this; those seen longest ago go first. */
const SPOTS_MAX = 16;

type SightingOptions<R, F> = Omit<Common<R, F>, "subject"> & {
  /** Null: it looked and saw nothing. Undefined: it cannot be told. */
  sees: (reading: R, site: F, at: Instant) => Sight | null | undefined;
  /** Whose word it is: the sensor's, unless said. Two words of one voice count once. */
  voice?: (reading: R, sensorId: string) => string;
  /** So many voices must have seen it, */
  atLeast: number;
  /** and for so long, from the first sighting to the last. */
  lasts?: Duration;
  /** Sightings no further apart than this, in space and time, are of one thing. */
  metres: number;
  within: Duration;
  /**
   * So many looks in a row at nothing end it: of the same voice that had seen it, or each of
   * another voice. Without: it ends when nobody has seen it for `within`.
   */
  clears?: Clears;
};

/** Nothing seen, and nothing to be kept: what nearly every reading of a tidy street leaves. */
const none: readonly Spot[] = [];

type Clears = { looks: number; of: "same-voice" | "other-voices" };

/**
 * Believes what was seen more than once: by several voices, or for long enough, at one place of a
 * site. Something believed that is to be cleared by looks stays until it has been looked for.
 * `value` is the largest of those believed.
 */
export function sightings<R, F>(options: SightingOptions<R, F>): Rule<R, F, readonly Spot[]> {
  const { sees, voice, atLeast, lasts, metres, within, clears, ...rest } = options;
  const voiceOf = voice ?? ((_: R, sensorId: string) => sensorId);
  const rules = { atLeast, lasts: lasts ?? 0, metres, within, clears };
  return {
    ...rest,
    subject: "site",
    initial: none,
    judge(before, event, at) {
      if (event.kind === "heard") return { state: before };
      const known = before.length === 0 ? before : before.filter((s) => isKept(s, rules, at));
      const saw = event.kind === "reading" ? sees(event.reading, event.site, at) : undefined;
      const by = event.kind === "reading" ? voiceOf(event.reading, event.sensorId) : "";
      const after = saw === undefined ? known : told(known, saw, by, rules, at);
      const state = after.length === 0 ? none : after;
      const wakeAt = clears ? undefined : nextEnd(state, within, at);
      const isOver = event.kind === "wake" && known.length === 0;
      if (saw === undefined && !isOver) return { state, signal: { level: "unknown" }, wakeAt };
      return { state, signal: summed(state, rules), wakeAt };
    },
  };
}

type Rules = {
  atLeast: number;
  lasts: Duration;
  metres: number;
  within: Duration;
  clears: Clears | undefined;
};

const isBelieved = (spot: Spot, { atLeast, lasts }: Rules): boolean =>
  spot.isSure || (spot.voices.length >= atLeast && spot.last - spot.first >= lasts);

const isKept = (spot: Spot, rules: Rules, at: Instant): boolean =>
  at - spot.last < rules.within || (rules.clears !== undefined && isBelieved(spot, rules));

const nextEnd = (spots: readonly Spot[], within: Duration, at: Instant): Instant | undefined =>
  spots.length === 0 ? undefined : Math.max(at + 1, Math.min(...spots.map((s) => s.last)) + within);

/** The spots after one more look. */
function told(
  spots: readonly Spot[],
  saw: Sight | null,
  by: string,
  rules: Rules,
  at: Instant,
): readonly Spot[] {
  if (saw === null) return spots.flatMap((spot) => missed(spot, by, rules) ?? []);
  const isHere = (spot: Spot) => isNear(spot.place, saw.place ?? null, rules.metres);
  const { level } = saw;
  if (level === "ok") return spots.filter((spot) => !isHere(spot));
  const here = spots.find(isHere);
  const others = spots.filter((spot) => spot !== here).sort((a, b) => a.last - b.last);
  return [...others.slice(1 - SPOTS_MAX), seen(here, { ...saw, level }, by, rules, at)];
}

function seen(
  here: Spot | undefined,
  saw: Sight & { level: Grade },
  by: string,
  { atLeast }: Rules,
  at: Instant,
): Spot {
  const voices = here?.voices ?? [];
  const isNew = !voices.includes(by);
  return {
    place: here?.place ?? saw.place ?? null,
    level: here && severity(here.level) > severity(saw.level) ? here.level : saw.level,
    value: saw.value ?? here?.value ?? null,
    first: here?.first ?? at,
    last: at,
    // The last voice is kept among them, since it is the one that will look again.
    voices: isNew ? [...voices, by].slice(-Math.max(atLeast, VOICES_MIN)) : voices,
    isSure: here?.isSure === true || saw.sure === true,
    missed: 0,
    missedBy: null,
  };
}

/** Several cameras may look at one spot; so many are remembered whatever is needed. */
const VOICES_MIN = 4;

/** The spot after somebody looked and saw nothing; null when that was the last look it took. */
function missed(spot: Spot, by: string, { clears }: Rules): Spot | null {
  if (!clears) return spot;
  const isOwn = spot.voices.includes(by);
  const counts = clears.of === "same-voice" ? isOwn : spot.missedBy !== by;
  if (!counts) return spot;
  const times = spot.missed + 1;
  return times >= clears.looks ? null : { ...spot, missed: times, missedBy: by };
}

const isNear = (a: Point | null, b: Point | null, metres: number): boolean =>
  a === null || b === null ? a === b : metresBetween(a, b) <= metres;

/** The worst of those believed; one that was looked for in vain lingers. */
function summed(spots: readonly Spot[], rules: Rules): Signal {
  const believed = spots.filter((spot) => isBelieved(spot, rules));
  if (believed.length === 0) return { level: "ok" };
  const there = believed.filter((spot) => spot.missed === 0);
  const value = largest(there.length > 0 ? there : believed);
  if (there.length === 0) return { level: "ok", value, lingers: true };
  const level = there.reduce(
    (a: Grade, b) => (severity(b.level) > severity(a) ? b.level : a),
    "blue",
  );
  return { level, value };
}

function largest(spots: readonly Spot[]): number | undefined {
  const values = spots.flatMap(({ value }) => value ?? []);
  return values.length > 0 ? Math.max(...values) : undefined;
}
