// Timelines in virtual time: what a sensor said and when, and all that came of it, through the real
// engine.

import type { Quality, Values } from "../core/reading.ts";
import type { AnyScenario } from "../core/scenario.ts";
import { days, hours, type Instant, minutes, seconds } from "../core/time.ts";
import { Engine, type World } from "../engine/engine.ts";
import type { Transition } from "../engine/transition.ts";
import { defaultsOf } from "./defaults.ts";

/** A reading with something particular about it. */
export type Told = { values: Values; sensorId?: string; quality?: Quality; receivedAfter?: number };
/** A person resets the latched alert of a rule. */
export type Reset = { reset: string };
/**
 * One row of a timeline: when, what was said (null: time just passes), and all that came of it
 * since the row before.
 */
export type Row = [when: string, said: Values | Told | Reset | null, ...came: string[]];

export type Stage = {
  /** What the register says of the site, beside the sample. */
  site?: object;
  params?: object;
  /** Street time at the story's beginning, "22:00"; default midnight of a Monday. */
  begins?: string;
};

/**
 * Plays a timeline and returns it as it happened, to be compared with itself: `expect(play(s,
 * rows)).toEqual(rows)`.
 */
export function play(scenario: AnyScenario, rows: readonly Row[], stage: Stage = {}): Row[] {
  const engine = engineOf(scenario, stage);
  const startAt = MONDAY + clock(stage.begins ?? "0:00");
  return rows.map(([when, said]) => {
    const at = startAt + span(when);
    return [when, said, ...happen(engine, scenario, said, at).map(describe)];
  });
}

/**
 * The same said every so many minutes, both ends included; `came` is expected at the last of them.
 */
export function each(
  fromMin: number,
  toMin: number,
  everyMin: number,
  said: Values | Told,
  ...came: string[]
): Row[] {
  const rows: Row[] = [];
  for (let minute = fromMin; minute <= toMin; minute += everyMin) rows.push([`${minute}m`, said]);
  rows.at(-1)?.push(...came);
  return rows;
}

/** As `play`, but gives the transitions themselves, with their evidence. */
export function transitionsOf(
  scenario: AnyScenario,
  rows: readonly Row[],
  stage: Stage = {},
): Transition[] {
  const engine = engineOf(scenario, stage);
  const startAt = MONDAY + clock(stage.begins ?? "0:00");
  return rows.flatMap(([when, said]) => happen(engine, scenario, said, startAt + span(when)));
}

/** "high fired yellow", with the rule's note behind it where there is one. */
export function describe({ rule, change, alert, evidence }: Transition): string {
  const note = evidence.note === null ? "" : ` (${evidence.note})`;
  return `${rule} ${change} ${alert.level}${note}`;
}

/**
 * A world of one site, which is its own lift, building and compound: these facts for every
 * scenario, every sensor in service.
 */
export const worldOf = (site: unknown): World => ({
  facts: () => site,
  nearest: (siteId) => siteId,
  outOfService: () => false,
});

/** 2026-03-02, a Monday, at midnight on the street. */
export const MONDAY: Instant = 1_772_380_800_000;

function engineOf(scenario: AnyScenario, { site, params }: Stage): Engine {
  return new Engine({
    scenarios: [{ scenario, params: { ...defaultsOf(scenario), ...params } }],
    world: worldOf({ ...(scenario.sampleSite as object), ...site }),
  });
}

function happen(
  engine: Engine,
  scenario: AnyScenario,
  said: Row[1],
  at: Instant,
): readonly Transition[] {
  // An instant is over when it has been passed; a reading at that very instant would still have had
  // its say.
  if (said === null) return engine.passTo(at + 1);
  if (isReset(said)) {
    const alert = { scenario: scenario.id, siteId: "site", rule: said.reset };
    const own = engine.reset({ ...alert, sensorId: "s1" }, at);
    return own ?? engine.reset({ ...alert, sensorId: null }, at) ?? [];
  }
  const {
    values,
    sensorId = "s1",
    quality = "good",
    receivedAfter = 0,
  } = isTold(said) ? said : { values: said };
  return engine.take({
    sensorId,
    siteId: "site",
    scenario: scenario.id,
    time: at,
    receivedAt: at + receivedAfter,
    values,
    quality,
  });
}

const isTold = (said: Values | Told): said is Told => typeof said.values === "object";
const isReset = (said: Values | Told | Reset): said is Reset =>
  "reset" in said && typeof said.reset === "string";

/**
 * "90s", "5m", "1h30m", "2d" from the start of the story. Throws on anything else: a typing error
 * is no timeline.
 */
export function span(text: string): number {
  const parts = /^(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+(?:\.\d+)?)s)?$/.exec(text);
  if (!parts || text === "") throw new Error(`"${text}" is no time: write 90s, 5m, 1h30m or 2d`);
  const [, d = "0", h = "0", m = "0", s = "0"] = parts;
  return days(Number(d)) + hours(Number(h)) + minutes(Number(m)) + seconds(Number(s));
}

/** "22:30" as ms after midnight. */
function clock(text: string): number {
  const [, hour, minute] = /^(\d{1,2}):(\d{2})$/.exec(text) ?? [];
  if (minute === undefined) throw new Error(`"${text}" is no time of day: write 22:30`);
  return hours(Number(hour)) + minutes(Number(minute));
}
