// What the brain must notice of what is staged, and what it may notice besides without being wrong.

import { Create } from "typebox/value";
import {
  type AnyRule,
  type AnyScenario,
  type Duration,
  type Grade,
  type Instant,
  minutes,
  type Rules,
} from "#scenario";
import { Complaint } from "./complaint.ts";
import type { GatewayLoss } from "./faults.ts";
import type { Staged } from "./incidents.ts";
import type { Population } from "./population.ts";

/** One alert that must come, because an incident is staged. */
export type Expectation = {
  scenario: string;
  rule: string;
  siteId: string;
  /** Missing where the rule's subject is the site. */
  sensorId?: string;
  incident: string;
  /** The level that it must have reached; missing: any. */
  level?: Grade;
  /** When the incident begins. */
  from: Instant;
  /** It must have fired, and reached the level, by then. */
  by: Instant;
  /**
   * Fired after `by` and before this, it is late; afterwards it has nothing to do with the
   * incident.
   */
  until: Instant;
};

/**
 * Alerts that would be no mistake: knock-on of an incident, or silence where a gateway was lost.
 */
export type Allowance = {
  scenario: string;
  /** Missing: every rule of the scenario. */
  rule?: string;
  /** The site, and with it all that it lies in or that lies in it. */
  siteId: string;
  from: Instant;
  until: Instant;
};

/** What the brain itself says of a gateway, or of a site where nobody sees anything any more. */
export const BLINDNESS = { scenario: "brain-health", rule: "blind" } as const;

export type Outlook = { expected: readonly Expectation[]; allowed: readonly Allowance[] };

export type OutlookOptions = {
  population: Population;
  scenarios: readonly AnyScenario[];
  startAt: Instant;
  staged: readonly Staged[];
  losses?: readonly GatewayLoss[];
  /** By how much the fleet's periods are multiplied; default 1. */
  stretch?: number;
  /** The rules as the brain runs them; default: with the parameters' own defaults. */
  rulesOf?: (scenario: AnyScenario) => Rules;
};

/**
 * An incident of a scenario must raise its rule on every sensor that stands at the site and is
 * heard (or once on the site, where that is the rule's subject), within the time that the scenario
 * promises and one period more, since the first troubled reading may be a period away. It may raise
 * any other rule of its scenario there, and what its storyline says besides.
 */
export function outlookOf(options: OutlookOptions): Outlook {
  const { scenarios, staged, rulesOf = defaultRules } = options;
  const known = new Map(scenarios.map((scenario) => [scenario.id, scenario]));
  const rules = new Map(scenarios.map((scenario) => [scenario.id, rulesOf(scenario)]));
  const expected = new Map<string, Expectation>();
  const allowed: Allowance[] = [];
  for (const one of staged) {
    const scenario = known.get(one.scenario)!;
    const own = expectationsOf(one, scenario, rules.get(one.scenario)!, options);
    for (const expectation of [...own, ...consequencesOf(one, scenario, rules, options)]) {
      const { rule, siteId, sensorId = "" } = expectation;
      const key = [expectation.scenario, rule, siteId, sensorId].join("/");
      // Several lifts of one building are one alert of the building: the first of them starts it.
      const other = expected.get(key);
      if (!other || expectation.from < other.from) expected.set(key, expectation);
    }
    const until = one.to + aftermathOf(one, scenario, options);
    const place = { siteId: one.siteId, from: one.from, until };
    allowed.push({ ...place, scenario: one.scenario });
    if (rules.get(one.scenario)![scenario.incidents[one.incident]!.raises]?.silence)
      allowed.push({ ...place, ...BLINDNESS });
    for (const also of one.knockOn) allowed.push({ ...place, ...also });
    for (const heard of hearersOf(one.scenario, rules)) allowed.push({ ...place, ...heard });
  }
  for (const loss of options.losses ?? []) {
    const siteId = options.population.register.gateway(loss.gatewayId)?.siteId;
    const [from, until] = [loss.from, loss.to + SILENCE_LASTS];
    if (siteId !== undefined) allowed.push({ ...BLINDNESS, siteId, from, until });
    allowed.push(...silences(loss, rules, options));
  }
  return { expected: [...expected.values()].sort((a, b) => a.by - b.by), allowed };
}

function expectationsOf(
  staged: Staged,
  scenario: AnyScenario,
  rules: Rules,
  options: OutlookOptions,
): Expectation[] {
  const { population, startAt } = options;
  const { raises, within, level } = scenario.incidents[staged.incident]!;
  const rule = rules[raises];
  if (!rule)
    throw new Complaint("simulators.rule-unknown", {
      scenario: scenario.id,
      incident: staged.incident,
      rule: raises,
    });
  const heard = population.heardAt(scenario, staged.siteId, startAt);
  const siteId = subjectSite(rule, staged.siteId, population);
  if (heard.length === 0 || siteId === undefined) return [];
  const by = staged.from + within + periodOf(scenario, options);
  const until = Math.max(by, staged.to) + aftermathOf(staged, scenario, options);
  const { incident, from } = staged;
  const base: Expectation = {
    scenario: scenario.id,
    rule: raises,
    siteId,
    incident,
    ...(level && { level }),
    from,
    by,
    until,
  };
  return rule.subject === "site" ? [base] : heard.map(({ id }) => ({ ...base, sensorId: id }));
}

/** What else the storyline says must come of an incident, at the site that the other rule is put to. */
function consequencesOf(
  staged: Staged,
  scenario: AnyScenario,
  rules: ReadonlyMap<string, Rules>,
  options: OutlookOptions,
): Expectation[] {
  return (staged.consequences ?? []).map((one) => {
    const rule = rules.get(one.scenario)?.[one.rule];
    const siteId = rule && subjectSite(rule, staged.siteId, options.population);
    if (rule?.subject !== "site" || siteId === undefined)
      throw new Complaint("simulators.consequence-unknown", {
        incident: `${staged.scenario}:${staged.incident}`,
        scenario: one.scenario,
        rule: one.rule,
        siteId: staged.siteId,
      });
    const by = staged.from + minutes(one.within) + periodOf(scenario, options);
    const until = Math.max(by, staged.to) + aftermathOf(staged, scenario, options);
    const { incident, from } = staged;
    return { scenario: one.scenario, rule: one.rule, siteId, incident, from, by, until };
  });
}

/** The rules of any scenario that hear alerts of this one: they may speak up where it does. */
function hearersOf(
  scenarioId: string,
  rules: ReadonlyMap<string, Rules>,
): { scenario: string; rule: string }[] {
  return [...rules].flatMap(([scenario, own]) =>
    Object.entries(own).flatMap(([rule, { hears }]) =>
      hears?.some((heard) => heard.scenario === scenarioId) ? { scenario, rule } : [],
    ),
  );
}

/**
 * Where a rule lives that is put to the site: there, or at the nearest site of the kind it names,
 * upwards.
 */
const subjectSite = (rule: AnyRule, siteId: string, population: Population): string | undefined =>
  rule.at === undefined ? siteId : population.register.nearest(siteId, rule.at);

/** How long after its end an incident may still make an alert: a hold, or a slow rule, runs on. */
const aftermathOf = (staged: Staged, scenario: AnyScenario, options: OutlookOptions): Duration =>
  scenario.incidents[staged.incident]!.within + periodOf(scenario, options);

/** A period, and what the slowest crystal adds to it. */
const periodOf = (scenario: AnyScenario, { stretch = 1 }: OutlookOptions): Duration =>
  scenario.every * stretch * 1.05;

/**
 * A lost gateway may be noticed as silence of the sensors it speaks for, and by whatever hears of
 * silence there.
 */
function silences(
  loss: GatewayLoss,
  rules: ReadonlyMap<string, Rules>,
  { population }: OutlookOptions,
): Allowance[] {
  const found = new Map<string, Allowance>();
  for (const sensor of population.sensors) {
    if (sensor.gatewayId !== loss.gatewayId) continue;
    for (const rule of silenceRules(sensor.scenario, rules.get(sensor.scenario) ?? {})) {
      const { scenario, siteId } = sensor;
      const until = loss.to + SILENCE_LASTS;
      found.set(`${scenario}/${rule}/${siteId}`, {
        scenario,
        rule,
        siteId,
        from: loss.from,
        until,
      });
    }
  }
  return [...found.values()];
}

/** The rules of a scenario that speak of its silence, or hear of it. */
export function silenceRules(scenarioId: string, rules: Rules): string[] {
  const named = Object.entries(rules);
  const silent = new Set(named.filter(([, rule]) => rule.silence).map(([name]) => name));
  for (const [name, { hears }] of named)
    if (hears?.some((heard) => heard.scenario === scenarioId && silent.has(heard.rule)))
      silent.add(name);
  return [...silent];
}

/** Silence that began before the gateway came back may still fire while its backlog is taken. */
const SILENCE_LASTS: Duration = minutes(60);

/** The rules with the parameters' own defaults. */
export const defaultRules = (scenario: AnyScenario): Rules =>
  scenario.rules(Create(scenario.params) as never);
