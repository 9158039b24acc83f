// A scenario as the API tells it: what it reads, what it asks, where its numbers come from, what the operator does.

import Type, { type Static } from "typebox";
import type { AnyRule, Source } from "../../core/rule.ts";
import type { Language, Text } from "../../core/text.ts";
import { type Field, fieldsOf, type Plugin, thresholdsAt } from "../plugins.ts";
import { Level, Nullable } from "./common.ts";

const SourceSchema = Type.Object({
  kind: Type.Union([
    Type.Literal("standard"),
    Type.Literal("register"),
    Type.Literal("operator-default"),
  ]),
  title: Type.Optional(Type.String()),
  edition: Type.Optional(Type.String()),
  effectiveFrom: Type.Optional(Type.String()),
  clause: Type.Optional(Type.String()),
  unverified: Type.Optional(
    Type.Literal(true, {
      description: "Quoted at second hand; read the standard before relying on it",
    }),
  ),
});

export const ThresholdSchema = Type.Object({
  rule: Type.String(),
  field: Type.String(),
  when: Type.Union([Type.Literal("at-or-above"), Type.Literal("below")]),
  bound: Type.Number(),
  level: Level,
  clear: Type.Optional(Type.Number()),
});

export const FieldSchema = Type.Object({
  name: Type.String(),
  label: Type.String(),
  type: Type.Union([Type.Literal("number"), Type.Literal("boolean"), Type.Literal("string")]),
  unit: Nullable(Type.String({ description: "UCUM" })),
  minimum: Nullable(Type.Number()),
  maximum: Nullable(Type.Number()),
  describes: Nullable(Type.String()),
});

export const RuleSchema = Type.Object({
  id: Type.String(),
  asks: Type.String(),
  subject: Type.Union([Type.Literal("sensor"), Type.Literal("site")]),
  version: Type.Integer(),
  lifeSafety: Type.Boolean(),
  sources: Type.Array(SourceSchema),
  rationale: Type.Object({
    act: Type.String(),
    within: Type.Integer({ description: "ms" }),
    otherwise: Type.String(),
  }),
  hold: Type.Unsafe<number | Partial<Record<string, number>>>({
    description: "How long the condition must last before it fires, ms; or per level",
  }),
  release: Type.Number({ description: "How long it must be normal before it resolves, ms" }),
  latch: Type.Boolean({ description: "Normal again is not enough: a person must reset it" }),
  hears: Type.Array(Type.Object({ scenario: Type.String(), rule: Type.String() })),
  case: Nullable(
    Type.Object({
      from: Level,
      class: Type.String(),
      filing: Type.String(),
      closing: Type.String(),
      unit: Type.String({ description: "Role of the disposal unit" }),
      unacknowledgedFor: Nullable(
        Type.Integer({
          description: "Opened when nobody acknowledged for so long, ms; null: at once",
        }),
      ),
      verify: Type.Integer({ description: "ms" }),
    }),
  ),
});
export type RuleView = Static<typeof RuleSchema>;

export const ScenarioSchema = Type.Object({
  id: Type.String(),
  version: Type.Integer(),
  release: Type.Integer({
    description: "Number of the release of its parameters; 0: they are the scenario's own",
  }),
  name: Type.String(),
  story: Type.String(),
  every: Type.Integer({ description: "Usual time between two readings of a sensor, ms" }),
  siteKind: Type.String(),
  consent: Nullable(Type.String({ description: "Purpose that a consent must be on record for" })),
  out: Nullable(Type.String({ description: "Why it is out of service; null: it runs" })),
  rules: Type.Array(Type.Object({ id: Type.String(), asks: Type.String() })),
});

export const ScenarioDetailSchema = Type.Object({
  ...ScenarioSchema.properties,
  rules: Type.Array(RuleSchema),
  fields: Type.Array(FieldSchema),
  params: Type.Record(Type.String(), Type.Unknown(), { description: "Values in force" }),
  paramsSchema: Type.Unknown({ description: "JSON Schema of the parameters" }),
  siteSchema: Type.Unknown({ description: "JSON Schema of the facts it wants of a site" }),
  readingSchema: Type.Unknown({ description: "JSON Schema of its readings" }),
  sampleSite: Type.Unknown(),
  thresholds: Type.Array(ThresholdSchema, { description: "The bounds at the sample site" }),
  incidents: Type.Array(
    Type.Object({
      id: Type.String(),
      tells: Type.String(),
      raises: Type.String(),
      within: Type.Integer({ description: "ms" }),
    }),
  ),
});

export function scenarioView(
  { scenario, rules, release }: Plugin,
  language: Language,
  out: string | null,
): Static<typeof ScenarioSchema> {
  return {
    id: scenario.id,
    version: scenario.version,
    release,
    name: scenario.name[language],
    story: scenario.story[language],
    every: scenario.every,
    siteKind: scenario.siteKind,
    consent: scenario.consent?.purpose ?? null,
    out,
    rules: Object.entries(rules).map(([id, rule]) => ({ id, asks: rule.asks[language] })),
  };
}

export function scenarioDetail(
  plugin: Plugin,
  language: Language,
  out: string | null,
): Static<typeof ScenarioDetailSchema> {
  const { scenario, rules, params } = plugin;
  return {
    ...scenarioView(plugin, language, out),
    rules: Object.entries(rules).map(([id, rule]) =>
      ruleView(id, rule, scenario.lifeSafety?.includes(id) ?? false, language),
    ),
    fields: fieldsOf(scenario).map((field) => fieldView(field, plugin, language)),
    params: { ...params },
    paramsSchema: scenario.params,
    siteSchema: scenario.site,
    readingSchema: scenario.reading,
    sampleSite: scenario.sampleSite,
    thresholds: thresholdsAt(plugin, scenario.sampleSite).map((one) => ({ ...one })),
    incidents: Object.entries(scenario.incidents).map(([id, incident]) => ({
      id,
      tells: incident.tells[language],
      raises: incident.raises,
      within: incident.within,
    })),
  };
}

export function ruleView(
  id: string,
  rule: AnyRule,
  lifeSafety: boolean,
  language: Language,
): RuleView {
  const { alert, rationale } = rule;
  return {
    id,
    asks: rule.asks[language],
    subject: rule.subject ?? "sensor",
    version: rule.version ?? 1,
    lifeSafety,
    sources: rule.sources.map((source: Source) => ({ ...source })),
    rationale: {
      act: rationale.act[language],
      within: rationale.within,
      otherwise: rationale.otherwise[language],
    },
    hold: alert.hold,
    release: alert.release,
    latch: alert.latch ?? false,
    hears: [...(rule.hears ?? [])],
    case: caseView(alert.case, language),
  };
}

function caseView(policy: AnyRule["alert"]["case"], language: Language): RuleView["case"] {
  if (!policy) return null;
  const { from, when, unit, verify } = policy;
  return {
    from,
    class: policy.class,
    filing: policy.filing[language],
    closing: policy.closing[language],
    unit,
    unacknowledgedFor: when === "at-once" ? null : when.unacknowledgedFor,
    verify,
  };
}

export const fieldView = (
  field: Field,
  { scenario }: Plugin,
  language: Language,
): Static<typeof FieldSchema> => ({
  ...field,
  label: (scenario.labels as Record<string, Text>)[field.name]?.[language] ?? field.name,
});
