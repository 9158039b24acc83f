// An alert as the API tells it: the record, with names in the asked language and without what the role may not see.

import Type, { type Static } from "typebox";
import type { Grade } from "../../core/level.ts";
import type { Json } from "../../core/rule.ts";
import type { Language } from "../../core/text.ts";
import type { AlertEvent, AlertRecord } from "../../engine/alert-record.ts";
import type { Names } from "../names.ts";
import type { Plugins } from "../plugins.ts";
import { At, Level, Masked, Nullable } from "./common.ts";

const Stamp = Type.Object({ by: Type.String(), at: At });

export const AlertSchema = Type.Object({
  id: Type.String(),
  scenario: Type.String(),
  scenarioName: Type.String(),
  rule: Type.String(),
  title: Type.String({ description: "What the rule asks, in the asked language" }),
  siteId: Type.String(),
  siteName: Type.String(),
  sensorId: Nullable(Type.String()),
  communityId: Type.String(),
  cellId: Type.String(),
  level: Level,
  value: Nullable(Type.Number()),
  unit: Nullable(
    Type.String({ description: "UCUM unit of the value, where the rule bounds a field" }),
  ),
  masked: Masked,
  phase: Type.Union([
    Type.Literal("firing"),
    Type.Literal("clearing"),
    Type.Literal("latched"),
    Type.Literal("resolved"),
  ]),
  raisedAt: At,
  firedAt: At,
  changedAt: At,
  resolvedAt: Nullable(At),
  acked: Nullable(Stamp),
  shelved: Nullable(Type.Object({ by: Type.String(), at: At, until: At, reason: Type.String() })),
  suppressed: Nullable(Stamp),
  outOfService: Type.Boolean(),
  lifeSafety: Type.Boolean(),
  caseId: Nullable(Type.String()),
  caseDueAt: Nullable(At),
  scenarioVersion: Type.Integer(),
  ruleVersion: Type.Integer(),
  scenarioRelease: Type.Optional(
    Type.Integer({
      description: "Release of the parameters that it fired with, where there was one",
    }),
  ),
  reopened: Type.Integer(),
  exercise: Type.Boolean(),
  version: Type.Integer({ description: "Send it with a command to be told of changes in between" }),
});
export type AlertView = Static<typeof AlertSchema>;

export const AlertEventSchema = Type.Object({
  seq: Type.Integer(),
  at: At,
  kind: Type.String(),
  by: Type.String(),
  level: Level,
  value: Nullable(Type.Number()),
  note: Nullable(Type.String()),
  evidence: Type.Unsafe<Json>({
    description:
      "Readings, thresholds and their sources, times and versions; null for what people do",
  }),
  masked: Masked,
});
export type AlertEventView = Static<typeof AlertEventSchema>;

/** How one asker sees: their language, and whether they may see what is about a person. */
export type Eyes = { language: Language; vitals: boolean };

export async function alertView(
  record: AlertRecord,
  eyes: Eyes,
  { plugins, names }: { plugins: Plugins; names: Names },
): Promise<AlertView> {
  const plugin = plugins.get(record.scenario);
  const rule = plugin?.rules[record.rule];
  const masked = !eyes.vitals && plugins.personal(record.scenario, record.sensorId);
  const { lastChange: _lastChange, ...told } = record;
  return {
    ...told,
    level: record.level as Grade,
    scenarioName: plugin?.scenario.name[eyes.language] ?? record.scenario,
    title: rule?.asks[eyes.language] ?? record.rule,
    siteName: await names.site(record.siteId, eyes.language),
    unit: plugin?.units[record.rule] ?? null,
    ...(masked ? mask(record) : {}),
  };
}

/** What stays of a record about a person: that there is trouble, where and since when. */
const mask = ({ shelved }: AlertRecord) => ({
  value: null,
  shelved: shelved && { ...shelved, reason: "" },
  masked: true as const,
});

export function alertEventView(event: AlertEvent, masked: boolean): AlertEventView {
  const { seq, at, kind, by, level, value, note, evidence } = event;
  const seen = { seq, at, kind, by, level };
  return masked
    ? { ...seen, value: null, note: null, evidence: null, masked: true }
    : { ...seen, value, note, evidence };
}
