// Alerts: the list, one with its flow log and the reason it fired, and what people do to it.

import Type, { type Static } from "typebox";
import type { Case } from "../../cases/case.ts";
import { minutes } from "../../core/time.ts";
import type { AlertRecord } from "../../engine/alert-record.ts";
import { about, answers } from "../answers.ts";
import { type Api, type Context, eyesOf } from "../context.ts";
import { Refusal } from "../failure.ts";
import { fieldsOf, thresholdsAt } from "../plugins.ts";
import { instantOf, present } from "../query.ts";
import {
  AlertEventSchema,
  AlertSchema,
  alertEventView,
  alertView,
  type Eyes,
} from "../views/alert.ts";
import { CaseSchema, caseView } from "../views/case.ts";
import { Id, Level, Nullable, OneOf, PageOf, Paging, Query, Time } from "../views/common.ts";
import { SiteSchema, siteView } from "../views/place.ts";
import {
  FieldSchema,
  fieldView,
  RuleSchema,
  ruleView,
  ThresholdSchema,
} from "../views/scenario.ts";
import { addCommand, type CommandRoute, command, Version, Words } from "./command.ts";

const states = [
  "open",
  "active",
  "unacknowledged",
  "shelved",
  "suppressed",
  "latched",
  "resolved",
] as const;

const ListQuery = Query({
  state: Type.Optional(OneOf(states, "open: not resolved; the others narrow it")),
  scenario: Type.Optional(Id("Scenario")),
  rule: Type.Optional(Id("Rule")),
  level: Type.Optional(Level),
  site: Type.Optional(Id("Site")),
  sensor: Type.Optional(Id("Sensor")),
  community: Type.Optional(Id("Community")),
  from: Time("Fired at or after"),
  to: Time("Fired before"),
  ...Paging,
});

const Path = Type.Object({
  id: Type.String({ pattern: "^[A-Za-z0-9_~.-]{1,300}$", description: "Alert" }),
});

const DetailSchema = Type.Object({
  ...AlertSchema.properties,
  story: Type.String({ description: "What its scenario watches, and why" }),
  ruleInWords: Nullable(RuleSchema),
  fields: Type.Array(FieldSchema, { description: "What its scenario's readings hold" }),
  thresholds: Type.Array(ThresholdSchema, { description: "The rule's bounds at its site now" }),
  site: Nullable(SiteSchema),
  log: Type.Array(AlertEventSchema, {
    description: "Every line since it fired, oldest first; a transition carries its evidence",
  }),
});

const Outcome = { key: Type.String(), position: Type.Integer() };
const AlertOutcome = Type.Object({ ...Outcome, alert: AlertSchema });
const CaseOutcome = Type.Object({ ...Outcome, case: CaseSchema });

export function alertRoutes(app: Api, context: Context): void {
  const { front } = context;

  app.get("/alerts", {
    config: { permission: "alerts.read" },
    schema: {
      ...about("alerts", "api.alerts.list"),
      querystring: ListQuery,
      response: answers(PageOf(AlertSchema), ["cursor-invalid", "time-unreadable"]),
    },
    async handler(request) {
      const { site, sensor, community, from, to, lang: _lang, limit, ...filter } = request.query;
      const { items, next } = await front.records.alerts(
        present({
          ...filter,
          siteId: site,
          sensorId: sensor,
          communityId: community,
          from: instantOf("from", from),
          to: instantOf("to", to),
          limit: limit ?? 100,
        }),
      );
      const eyes = eyesOf(request);
      return {
        items: await Promise.all(items.map((alert) => alertView(alert, eyes, context))),
        next,
      };
    },
  });

  app.get("/alerts/:id", {
    config: { permission: "alerts.read" },
    schema: {
      ...about("alerts", "api.alerts.get"),
      params: Path,
      querystring: Query({}),
      response: answers(DetailSchema, ["alert-not-found"]),
    },
    handler: (request) => detail(request.params.id, eyesOf(request), context),
  });

  for (const [name, route] of Object.entries(alertCommands))
    addCommand(
      app,
      context,
      {
        tag: "alerts",
        name,
        params: Path,
        answer: AlertOutcome,
        show: async ({ position, result }, request, key) => ({
          key,
          position,
          alert: await alertView(result as unknown as AlertRecord, eyesOf(request), context),
        }),
      },
      route,
    );
  addCommand(
    app,
    context,
    {
      tag: "alerts",
      name: "open-case",
      params: Path,
      answer: CaseOutcome,
      show: async ({ position, result }, request, key) => ({
        key,
        position,
        case: await caseView(result as unknown as Case, eyesOf(request), context),
      }),
    },
    openCase,
  );
}

async function detail(
  id: string,
  eyes: Eyes,
  context: Context,
): Promise<Static<typeof DetailSchema>> {
  const { records } = context.front;
  const alert = await records.alert(id);
  if (!alert) throw new Refusal("alert-not-found", { id });
  const [log, site] = [await records.alertEvents(id), await records.entity("site", alert.siteId)];
  const plugin = context.plugins.get(alert.scenario);
  const rule = plugin?.rules[alert.rule];
  const lifeSafety = plugin?.scenario.lifeSafety?.includes(alert.rule) ?? false;
  const masked = !eyes.vitals && context.plugins.personal(alert.scenario, alert.sensorId);
  const bounds = plugin && !masked ? thresholdsAt(plugin, site?.facts[alert.scenario]) : [];
  return {
    ...(await alertView(alert, eyes, context)),
    story: plugin?.scenario.story[eyes.language] ?? "",
    fields: plugin
      ? fieldsOf(plugin.scenario).map((field) => fieldView(field, plugin, eyes.language))
      : [],
    ruleInWords: rule ? ruleView(alert.rule, rule, lifeSafety, eyes.language) : null,
    thresholds: bounds.filter((bound) => bound.rule === alert.rule),
    site: site && siteView(site, eyes, context.plugins),
    log: log.map((event) => alertEventView(event, masked)),
  };
}

const closed = { additionalProperties: false };

const alertCommands: Record<string, CommandRoute> = {
  acknowledge: command({
    tells: "api.alerts.acknowledge",
    permission: "alerts.command",
    body: Type.Object({ version: Version, note: Type.Optional(Words("What was seen")) }, closed),
    act: (alertId, body) => ({ kind: "alert.acknowledge", alertId, ...body }),
    problems: ["alert-not-found", "alert-resolved", "already-acknowledged"],
  }),
  shelve: command({
    tells: "api.alerts.shelve",
    permission: "alerts.command",
    body: Type.Object(
      {
        version: Version,
        minutes: Type.Integer({ minimum: 1, maximum: 1_440, description: "For how long" }),
        reason: Words("Why"),
      },
      closed,
    ),
    act: (alertId, { minutes: span, ...body }, now) => ({
      kind: "alert.shelve",
      alertId,
      ...body,
      until: now + minutes(span),
    }),
    problems: [
      "alert-not-found",
      "alert-resolved",
      "life-safety-cannot-be-shelved",
      "shelve-too-long",
      "shelve-in-the-past",
    ],
  }),
  unshelve: command({
    tells: "api.alerts.unshelve",
    permission: "alerts.command",
    body: Type.Object({ version: Version }, closed),
    act: (alertId, body) => ({ kind: "alert.unshelve", alertId, ...body }),
    problems: ["alert-not-found", "alert-resolved", "not-shelved"],
  }),
  reset: command({
    tells: "api.alerts.reset",
    permission: "alerts.command",
    body: Type.Object({ version: Version, note: Type.Optional(Words("What was found")) }, closed),
    act: (alertId, body) => ({ kind: "alert.reset", alertId, ...body }),
    problems: ["alert-not-found", "not-latched"],
  }),
  comment: command({
    tells: "api.alerts.comment",
    permission: "alerts.command",
    body: Type.Object({ note: Words("What is to be remembered") }, closed),
    act: (alertId, { note }) => ({ kind: "alert.comment", alertId, note }),
    problems: ["alert-not-found"],
  }),
};

const openCase = command({
  tells: "api.alerts.open-case",
  permission: "cases.command",
  body: Type.Object({ note: Type.Optional(Words("Why now")) }, closed),
  act: (alertId, body) => ({ kind: "case.open", alertId, ...body }),
  problems: ["alert-not-found", "alert-resolved", "alert-makes-no-case", "alert-already-in-case"],
});
