// Timelines over several sites and scenarios at once, for rules that hear of one another.

import type { Values } from "../core/reading.ts";
import type { AnyScenario } from "../core/scenario.ts";
import { hours, type Instant } from "../core/time.ts";
import { Engine, type World } from "../engine/engine.ts";
import { defaultsOf } from "./defaults.ts";
import { describe, MONDAY, span } from "./play.ts";

/** A site: its kind, what it lies in, and what the register says of it to any scenario. */
export type Place = { kind: string; in?: string; facts?: object };
export type Places = Readonly<Record<string, Place>>;
/** Who speaks: the scenario, the site, and the sensor where the site has several. */
export type Speaker = { scenario: string; site: string; sensor?: string };
/**
 * When, who said what (null: time just passes), and all that came of it since the row before, each
 * as "site: scenario/rule change level".
 */
export type Line = [when: string, who: Speaker | null, said: Values | null, ...came: string[]];

/** Nests as the register does: the site itself, or the nearest of that kind above it. */
export const worldOfPlaces = (places: Places, scenarios: readonly AnyScenario[]): World => ({
  facts: (id, siteId) => {
    const sample = scenarios.find((one) => one.id === id)?.sampleSite as object | undefined;
    return places[siteId]?.facts ?? sample;
  },
  nearest: (siteId, kind) => {
    for (let at: string | undefined = siteId; at !== undefined; at = places[at]?.in)
      if (places[at]?.kind === kind) return at;
    return undefined;
  },
  outOfService: () => false,
});

/** Plays a timeline and returns it as it happened. `begins`: hours after midnight of a Monday. */
export function playAcross(
  scenarios: readonly AnyScenario[],
  places: Places,
  lines: readonly Line[],
  begins = 0,
): Line[] {
  const engine = new Engine({
    scenarios: scenarios.map((scenario) => ({ scenario, params: defaultsOf(scenario) })),
    world: worldOfPlaces(places, scenarios),
  });
  const startAt = MONDAY + hours(begins);
  return lines.map(([when, who, said]) => {
    const at = startAt + span(when);
    const came = said && who ? take(engine, who, said, at) : engine.passTo(at + 1);
    const told = came.map((one) => {
      const [rule, ...rest] = describe(one).split(" ");
      return `${one.siteId}: ${one.scenario}/${rule} ${rest.join(" ")}`;
    });
    return [when, who, said, ...told];
  });
}

const take = (engine: Engine, who: Speaker, values: Values, at: Instant) =>
  engine.take({
    sensorId: who.sensor ?? `${who.scenario}-at-${who.site}`,
    siteId: who.site,
    scenario: who.scenario,
    time: at,
    receivedAt: at,
    values,
    quality: "good",
  });
