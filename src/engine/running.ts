// A scenario as the engine runs it.

import type { AnyRule, Rules } from "../core/rule.ts";
import { type AnyScenario, silenceOf } from "../core/scenario.ts";
import { type Duration, type Instant, seconds } from "../core/time.ts";
import { faultIn } from "./json.ts";
import { type Named, Poison } from "./pipeline.ts";
import type { Subject } from "./subject.ts";

/** A scenario and its rules, made with its parameters. */
export type Running = {
  scenario: Pick<AnyScenario, "id" | "version" | "lifeSafety">;
  sensorRules: readonly Named[];
  siteRules: readonly Named[];
  /** Its subjects by the id of sensor or site, each sensor at the site where it was last looked for. */
  readonly sensors: Map<string, Subject>;
  readonly sites: Map<string, Subject>;
  /** The number of the release that its parameters came with; 0: they are its own. */
  release: number;
  /** The usual time between two readings, and never none. */
  every: Duration;
  /** Silence is held against nobody before this instant. */
  silentUntil: Instant;
  out: boolean;
};

/** Makes the rules of a scenario. A gap that a rule leaves open is the scenario's silence time. Throws, naming both, what is wrong. */
export function run(scenario: AnyScenario, params: object, release = 0): Running {
  const silence = silenceOf(scenario);
  const named = Object.entries(rulesOf(scenario, params)).map(([name, rule]): Named => {
    if (rule.hears && rule.subject !== "site")
      throw new Error(
        `scenario "${scenario.id}", rule "${name}": a rule that hears must have subject "site"`,
      );
    const alert = { gap: silence, ...rule.alert };
    return { name, rule: { ...started(rule), alert } };
  });
  return {
    scenario,
    sensorRules: named.filter(({ rule }) => rule.subject !== "site"),
    siteRules: named.filter(({ rule }) => rule.subject === "site"),
    sensors: new Map(),
    sites: new Map(),
    release,
    every: Math.max(scenario.every, seconds(1)),
    silentUntil: 0,
    out: false,
  };
}

function rulesOf(scenario: AnyScenario, params: object): Rules {
  try {
    return scenario.rules(params);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    const given = JSON.stringify(params);
    throw new Error(`scenario "${scenario.id}" can't make its rules with ${given}: ${why}`, {
      cause,
    });
  }
}

/** What stands for a scenario that is no longer installed: its name, and nothing to ask. */
export const gone = (id: string): Running => ({
  scenario: { id, version: 0 },
  sensorRules: [],
  siteRules: [],
  sensors: new Map(),
  sites: new Map(),
  release: 0,
  every: seconds(1),
  silentUntil: 0,
  out: true,
});

/** A rule begins with a state that all its subjects share, so it must be fit to be kept, and nobody may change it. */
function started(rule: AnyRule): AnyRule {
  const fault = faultIn(rule.initial);
  if (!fault) return rule;
  const judge = () => {
    throw new Poison("not-json", `the initial state of "${rule.asks.en}" ${fault}`);
  };
  return { ...rule, initial: null, judge };
}
