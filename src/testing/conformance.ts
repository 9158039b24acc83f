// What every scenario must satisfy before it may judge a street: each check returns what is wrong,
// none when nothing is.

import { Check } from "typebox/value";
import type { CasePolicy } from "../core/alert.ts";
import { grades, severity } from "../core/level.ts";
import type { AnyRule } from "../core/rule.ts";
import type { AnyScenario, Incident } from "../core/scenario.ts";
import type { Text } from "../core/text.ts";
import { days, hours } from "../core/time.ts";
import { defaultsOf } from "./defaults.ts";
import { describe } from "./play.ts";
import { stage } from "./stage.ts";
import { staged } from "./watched.ts";

export type Checked = {
  scenario: AnyScenario;
  /** All scenarios that are installed with it, itself included. */
  all: readonly AnyScenario[];
};
export type Faults = string[];

export const HEALTHY_SEEDS = [1, 2, 3, 4, 5];
/** Seeds of an incident and when it begins: before dawn, before noon, late in the evening. */
const BEGINNINGS = [
  [1, hours(3.2)],
  [2, hours(11.7)],
  [3, hours(22.4)],
] as const;

const rulesOf = (scenario: AnyScenario): [string, AnyRule][] =>
  Object.entries(scenario.rules(defaultsOf(scenario)));
const casesOf = (scenario: AnyScenario): [string, CasePolicy][] =>
  rulesOf(scenario).flatMap(([name, { alert }]) => (alert.case ? [[name, alert.case]] : []));
const incidentsOf = ({ incidents }: AnyScenario): [string, Incident][] => Object.entries(incidents);

/** Chinese in zh, none in en: both are there, and neither stands in for the other. */
function badText(where: string, text: Partial<Text> | undefined): Faults {
  const { zh = "", en = "" } = text ?? {};
  const faults: Faults = [];
  if (!/\p{Script=Han}/u.test(zh)) faults.push(`${where}: zh is not Chinese: "${zh}"`);
  if (!/[A-Za-z]/.test(en) || /\p{Script=Han}/u.test(en))
    faults.push(`${where}: en is not English: "${en}"`);
  return faults;
}

function badTexts({ scenario }: Checked): Faults {
  const labels = Object.entries<Text>(scenario.labels);
  return [
    ...badText("name", scenario.name),
    ...badText("story", scenario.story),
    ...labels.flatMap(([field, text]) => badText(`labels.${field}`, text)),
    ...rulesOf(scenario).flatMap(([name, { asks, rationale }]) => [
      ...badText(`${name}.asks`, asks),
      ...badText(`${name}.rationale.act`, rationale?.act),
      ...badText(`${name}.rationale.otherwise`, rationale?.otherwise),
    ]),
    ...casesOf(scenario).flatMap(([name, policy]) => [
      ...badText(`${name}.case.filing`, policy.filing),
      ...badText(`${name}.case.closing`, policy.closing),
    ]),
    ...incidentsOf(scenario).flatMap(([name, { tells }]) =>
      badText(`incidents.${name}.tells`, tells),
    ),
  ];
}

type Schema = { type?: string; unit?: string; label?: Text; default?: unknown; enum?: unknown[] };
const propertiesOf = (schema: { properties: object }): [string, Schema][] =>
  Object.entries(schema.properties);
const isNumber = ({ type }: Schema): boolean => type === "number" || type === "integer";
const isFlat = (schema: Schema): boolean =>
  isNumber(schema) || schema.type === "boolean" || schema.type === "string" || !!schema.enum;

const badUnits = (where: string, schema: { properties: object }): Faults =>
  propertiesOf(schema)
    .filter(([, property]) => isNumber(property) && !property.unit)
    .map(([name]) => `${where}.${name} is a number without a unit ("1" for none)`);

const badLabels = (where: string, schema: { properties: object }): Faults =>
  propertiesOf(schema).flatMap(([name, { label }]) => badText(`${where}.${name}.label`, label));

function badFields({ scenario }: Checked): Faults {
  const fields = propertiesOf(scenario.reading).map(([name]) => name);
  const labels = Object.keys(scenario.labels);
  return [
    ...fields.filter((name) => !labels.includes(name)).map((name) => `reading.${name}: no label`),
    ...labels.filter((name) => !fields.includes(name)).map((name) => `labels.${name}: no field`),
    ...propertiesOf(scenario.reading)
      .filter(([, schema]) => !isFlat(schema))
      .map(([name]) => `reading.${name} is not a number, boolean or string`),
    ...badUnits("reading", scenario.reading),
    ...badUnits("site", scenario.site),
    ...badUnits("params", scenario.params),
    ...badLabels("site", scenario.site),
    ...badLabels("params", scenario.params),
    ...propertiesOf(scenario.params)
      .filter(([, schema]) => schema.default === undefined)
      .map(([name]) => `params.${name} has no default`),
  ];
}

function badSite({ scenario }: Checked): Faults {
  const faults: Faults = [];
  if (!Check(scenario.site, scenario.sampleSite)) faults.push("sampleSite is no site");
  if (!Check(scenario.params, defaultsOf(scenario))) faults.push("the defaults are no params");
  return faults;
}

const badSources = ({ scenario }: Checked): Faults =>
  rulesOf(scenario).flatMap(([name, { sources }]) => {
    if (!sources || sources.length === 0) return [`${name} has no sources`];
    return sources
      .filter((source) => source.kind === "standard" && !(source.title && source.edition))
      .map(() => `${name} quotes a standard without title or edition`);
  });

const badRationale = ({ scenario }: Checked): Faults =>
  rulesOf(scenario)
    .filter(([, { rationale }]) => !(rationale && rationale.within > 0))
    .map(([name]) => `${name}: the rationale does not say how soon`);

const badCases = ({ scenario }: Checked): Faults =>
  casesOf(scenario).flatMap(([name, policy]) => {
    const { amount, unit } = policy.limit ?? {};
    const wrong: Record<string, boolean> = {
      "class (as 99-89)": !/^\d{2}-\d{2}$/.test(policy.class ?? ""),
      "limit (amount and unit)": !(amount > 0 && unit),
      "unit of disposal": !policy.unit,
      "verify period": !(policy.verify > 0),
      "level it opens from": !grades.includes(policy.from),
      "time it waits": policy.when !== "at-once" && !(policy.when.unacknowledgedFor > 0),
    };
    const missing = Object.keys(wrong).filter((what) => wrong[what]);
    return missing.map((what) => `${name}.case has no ${what}`);
  });

function badNames({ scenario, all }: Checked): Faults {
  const names = rulesOf(scenario).map(([name]) => name);
  const known = all.flatMap((one) => rulesOf(one).map(([name]) => `${one.id}/${name}`));
  return [
    ...(scenario.lifeSafety ?? [])
      .filter((name: string) => !names.includes(name))
      .map((name: string) => `lifeSafety names "${name}", which is no rule`),
    ...incidentsOf(scenario)
      .filter(([, { raises }]) => !names.includes(raises))
      .map(([name, { raises }]) => `incidents.${name} raises "${raises}", which is no rule`),
    ...rulesOf(scenario).flatMap(([name, { hears = [], subject }]) => [
      ...hears
        .map((heard) => `${heard.scenario}/${heard.rule}`)
        .filter((heard) => !known.includes(heard))
        .map((heard) => `${name} hears ${heard}, which is nobody's`),
      ...(hears.length > 0 && subject !== "site" ? [`${name} hears but is not about a site`] : []),
    ]),
  ];
}

const unproved = ({ scenario }: Checked): Faults => {
  const proved = incidentsOf(scenario).map(([, { raises }]) => raises);
  const names = rulesOf(scenario).map(([name]) => name);
  return names.filter((name) => !proved.includes(name)).map((name) => `no incident raises ${name}`);
};

const deafToSilence = ({ scenario }: Checked): Faults =>
  rulesOf(scenario).some(([, rule]) => rule.silence) ? [] : ["no rule speaks of silence"];

const loudWhenHealthy = ({ scenario }: Checked): Faults =>
  HEALTHY_SEEDS.flatMap((seed) =>
    staged(scenario, { seed, lasts: days(7) }).transitions.map(
      (one) => `seed ${seed}, ${(one.at / 1_000).toFixed(0)}: ${describe(one)}`,
    ),
  );

/** What a run of healthy days and one of each incident showed of the scenario's manners. */
const misbehaved = ({ scenario }: Checked): Faults => [
  ...staged(scenario, { seed: 1, lasts: days(7) }).faults,
  ...incidentsOf(scenario).flatMap(([name, { within }]) => {
    const [seed, after] = BEGINNINGS[0];
    return staged(scenario, { seed, lasts: after + within, incident: { name, after } }).faults;
  }),
];

const unnoticed = ({ scenario }: Checked): Faults =>
  incidentsOf(scenario).flatMap(([name, { raises, level = "blue", within }]) =>
    BEGINNINGS.flatMap(([seed, after]) => {
      const { startAt, transitions } = staged(scenario, {
        seed,
        lasts: after + within,
        incident: { name, after },
      });
      const early = transitions.filter((one) => one.rule === raises && one.at < startAt + after);
      if (early.length > 0) return [`seed ${seed}: ${raises} spoke before ${name} began`];
      const isIt = transitions.some(
        (one) => one.rule === raises && severity(one.alert.level) >= severity(level),
      );
      return isIt ? [] : [`seed ${seed}: ${raises} did not notice ${name} (${level}) in time`];
    }),
  );

function unsteady({ scenario }: Checked): Faults {
  const [name] = Object.keys(scenario.incidents);
  const incident = name === undefined ? {} : { incident: { name, after: days(1) } };
  const tell = () => {
    const said: unknown[] = [];
    const onStep = (_: number, values: unknown) => said.push(values);
    const came = stage(scenario, { seed: 7, lasts: days(2), ...incident, onStep });
    return JSON.stringify([said, came]);
  };
  const [once, again] = [tell(), tell()];
  return once === again ? [] : ["the same seed told another story"];
}

/** Every check by the sentence that it proves. */
export const checks: Readonly<Record<string, (checked: Checked) => Faults>> = {
  "every text stands in Chinese and English": badTexts,
  "every field has a label, every number a unit, every parameter a default": badFields,
  "the sample site is a site and the defaults are parameters": badSite,
  "every rule says where its numbers come from": badSources,
  "every rule says how soon the operator must act": badRationale,
  "every case has class, limit, unit, verify period and a time": badCases,
  "every rule that is named exists": badNames,
  "every rule is the target of an incident": unproved,
  "silence is noticed": deafToSilence,
  "seven healthy days raise nothing": loudWhenHealthy,
  "its readings fit its schema, its rows a store, its wakes the future, and it changes no input":
    misbehaved,
  "every incident is noticed in time": unnoticed,
  "the same seed tells the same story": unsteady,
};

/** Promises that not every scenario keeps yet: told to its author, and no reason to refuse it. */
export const warnings: typeof checks = {
  "every rule says how many alerts are to be expected of it": ({ scenario }) =>
    rulesOf(scenario)
      .filter(([, { rationale }]) => !rationale?.load)
      .map(([name]) => `${name}: the rationale has no load`),
};
