// A case as the API tells it, with names in the asked language.

import Type, { type Static } from "typebox";
import { type Case, type CaseEvent, caseStates, verdicts } from "../../cases/case.ts";
import type { Names } from "../names.ts";
import type { Plugins } from "../plugins.ts";
import type { Eyes } from "./alert.ts";
import { At, Level, Masked, Nullable, OneOf } from "./common.ts";

export const VerdictSchema = OneOf(verdicts);
const Limit = Type.Object({
  amount: Type.Number(),
  unit: Type.Union([
    Type.Literal("urgent-minute"),
    Type.Literal("urgent-hour"),
    Type.Literal("work-hour"),
    Type.Literal("work-day"),
  ]),
});

export const CaseSchema = Type.Object({
  id: Type.String(),
  number: Type.String({ description: "What people call it" }),
  siteId: Type.String(),
  siteName: Type.String(),
  communityId: Type.String(),
  cellId: Type.String(),
  class: Type.String({ description: "Small class of GB/T 30428.2 or its local extension" }),
  title: Type.String({ description: "What the rule that opened it asks" }),
  level: Level,
  state: OneOf(caseStates),
  filing: Type.String(),
  closing: Type.String(),
  limit: Limit,
  unitRole: Type.String(),
  unitId: Nullable(Type.String()),
  unitName: Nullable(Type.String()),
  openedAt: At,
  dueAt: Nullable(At),
  changedAt: At,
  closedAt: Nullable(At),
  verdict: Nullable(VerdictSchema),
  scenario: Type.String(),
  scenarioName: Type.String(),
  rule: Type.String(),
  openAlertIds: Type.Array(Type.String()),
  alertIds: Type.Array(Type.String()),
  sensorWord: Type.Object({
    says: Type.Union([Type.Literal("abnormal"), Type.Literal("normal"), Type.Literal("unknown")]),
    since: At,
  }),
  verify: Type.Integer({
    description: "How long the sensors must say normal before it may close, ms",
  }),
  readyToClose: Type.Boolean(),
  reworks: Type.Integer(),
  exercise: Type.Boolean(),
  version: Type.Integer({ description: "Send it with a command to be told of changes in between" }),
});
export type CaseView = Static<typeof CaseSchema>;

export const CaseEventSchema = Type.Object({
  seq: Type.Integer(),
  at: At,
  kind: Type.String(),
  by: Type.String(),
  alertId: Type.Optional(Type.String()),
  unitId: Type.Optional(Type.String()),
  note: Type.Optional(Type.String()),
  verdict: Type.Optional(VerdictSchema),
  override: Type.Optional(Type.Object({ reason: Type.String(), approvedBy: Type.String() })),
  lost: Type.Optional(Type.String({ description: "Why a sensor of it is not heard" })),
  masked: Masked,
});
export type CaseEventView = Static<typeof CaseEventSchema>;

export async function caseView(
  record: Case,
  { language }: Eyes,
  { plugins, names }: { plugins: Plugins; names: Names },
): Promise<CaseView> {
  const { watched: _watched, lastChange: _lastChange, ...told } = record;
  const plugin = plugins.get(record.scenario);
  return {
    ...told,
    siteName: await names.site(record.siteId, language),
    unitName: record.unitId === null ? null : await names.unit(record.unitId, language),
    title: plugin?.rules[record.rule]?.asks[language] ?? record.rule,
    scenarioName: plugin?.scenario.name[language] ?? record.scenario,
    filing: record.filing[language],
    closing: record.closing[language],
    openAlertIds: [...record.openAlertIds],
    alertIds: [...record.alertIds],
  };
}

/** Words that people wrote on a case about a person are as guarded as its values. */
export function caseEventView(event: CaseEvent, masked: boolean): CaseEventView {
  const { seq, at, kind, by, alertId, unitId, note, verdict, override, lost } = event;
  const words = { note, override };
  return defined<CaseEventView>({
    seq,
    at,
    kind,
    by,
    alertId,
    unitId,
    verdict,
    lost,
    ...(masked ? { masked: true as const } : words),
  });
}

const defined = <T>(view: { [K in keyof T]: T[K] | undefined }): T =>
  Object.fromEntries(Object.entries(view).filter(([, value]) => value !== undefined)) as T;
