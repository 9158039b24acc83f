// Cases: the list, one with its flow log, and what is done to it from dispatch to closing.

import Type, { type Static } from "typebox";
import { type Case, caseStates } from "../../cases/case.ts";
import { about, answers } from "../answers.ts";
import { type Api, type Context, eyesOf } from "../context.ts";
import { Refusal } from "../failure.ts";
import { present } from "../query.ts";
import type { Eyes } from "../views/alert.ts";
import {
  CaseEventSchema,
  CaseSchema,
  caseEventView,
  caseView,
  VerdictSchema,
} from "../views/case.ts";
import { Id, Nullable, OneOf, PageOf, Paging, Query } from "../views/common.ts";
import { SiteSchema, siteView } from "../views/place.ts";
import { addCommand, type CommandRoute, command, Version, Words } from "./command.ts";

const ListQuery = Query({
  open: Type.Optional(Type.Boolean({ description: "true: neither closed nor voided" })),
  ready: Type.Optional(
    Type.Boolean({ description: "true: by the sensors' word it may be closed" }),
  ),
  state: Type.Optional(OneOf(caseStates)),
  class: Type.Optional(Type.String({ pattern: "^[0-9]{2}-[0-9]{2}$", description: "As 99-89" })),
  scenario: Type.Optional(Id("Scenario")),
  site: Type.Optional(Id("Site")),
  community: Type.Optional(Id("Community")),
  unit: Type.Optional(Id("Unit that has it")),
  ...Paging,
});

const Path = Type.Object({
  id: Type.String({ pattern: "^[A-Za-z0-9_~.-]{1,300}$", description: "Case" }),
});

const DetailSchema = Type.Object({
  ...CaseSchema.properties,
  site: Nullable(SiteSchema),
  log: Type.Array(CaseEventSchema, { description: "Every line since it was opened, oldest first" }),
});

const Outcome = Type.Object({ key: Type.String(), position: Type.Integer(), case: CaseSchema });

export function caseRoutes(app: Api, context: Context): void {
  const { front } = context;

  app.get("/cases", {
    config: { permission: "cases.read" },
    schema: {
      ...about("cases", "api.cases.list"),
      querystring: ListQuery,
      response: answers(PageOf(CaseSchema), ["cursor-invalid"]),
    },
    async handler(request) {
      const { site, community, unit, ready, lang: _lang, limit, ...filter } = request.query;
      const { items, next } = await front.records.cases(
        present({
          ...filter,
          siteId: site,
          communityId: community,
          unitId: unit,
          readyToClose: ready,
          limit: limit ?? 100,
        }),
      );
      const eyes = eyesOf(request);
      return { items: await Promise.all(items.map((one) => caseView(one, eyes, context))), next };
    },
  });

  app.get("/cases/:id", {
    config: { permission: "cases.read" },
    schema: {
      ...about("cases", "api.cases.get"),
      params: Path,
      querystring: Query({}),
      response: answers(DetailSchema, ["case-not-found"]),
    },
    handler: (request) => detail(request.params.id, eyesOf(request), context),
  });

  for (const [name, route] of Object.entries(caseCommands))
    addCommand(
      app,
      context,
      {
        tag: "cases",
        name,
        params: Path,
        answer: Outcome,
        show: async ({ position, result }, request, key) => ({
          key,
          position,
          case: await caseView(result as unknown as Case, eyesOf(request), context),
        }),
      },
      route,
    );
}

async function detail(
  id: string,
  eyes: Eyes,
  context: Context,
): Promise<Static<typeof DetailSchema>> {
  const { records } = context.front;
  const found = await records.case(id);
  if (!found) throw new Refusal("case-not-found", { id });
  const [log, site] = [await records.caseEvents(id), await records.entity("site", found.siteId)];
  const masked = !eyes.vitals && context.plugins.personal(found.scenario);
  return {
    ...(await caseView(found, eyes, context)),
    site: site && siteView(site, eyes, context.plugins),
    log: log.map((event) => caseEventView(event, masked)),
  };
}

const closed = { additionalProperties: false };
const Note = Type.Optional(Words("What is to be remembered"));

const caseCommands: Record<string, CommandRoute> = {
  dispatch: command({
    tells: "api.cases.dispatch",
    permission: "cases.command",
    body: Type.Object(
      { version: Version, unitId: Id("Unit that is to do it"), note: Note },
      closed,
    ),
    act: (caseId, body) => ({ kind: "case.dispatch", caseId, ...body }),
    problems: ["case-not-found", "case-final", "unit-not-found", "case-already-with-unit"],
  }),
  accept: command({
    tells: "api.cases.accept",
    permission: "cases.command",
    body: Type.Object({ version: Version, note: Note }, closed),
    act: (caseId, body) => ({ kind: "case.accept", caseId, ...body }),
    problems: ["case-not-found", "case-final", "case-not-dispatched", "case-already-accepted"],
  }),
  handle: command({
    tells: "api.cases.handle",
    permission: "cases.command",
    body: Type.Object({ version: Version, note: Words("What was done") }, closed),
    act: (caseId, body) => ({ kind: "case.handle", caseId, ...body }),
    problems: ["case-not-found", "case-final", "case-not-accepted", "case-already-handled"],
  }),
  check: command({
    tells: "api.cases.check",
    permission: "cases.command",
    body: Type.Object(
      {
        version: Version,
        passed: Type.Boolean({ description: "false: it must be done again, and that is counted" }),
        note: Words("What was found"),
      },
      closed,
    ),
    act: (caseId, body) => ({ kind: "case.check", caseId, ...body }),
    problems: ["case-not-found", "case-final", "case-not-handled", "case-already-checked"],
  }),
  close: command({
    tells: "api.cases.close",
    permission: "cases.command",
    also: ({ override }) => (override === undefined ? null : "cases.override"),
    body: Type.Object(
      {
        version: Version,
        verdict: VerdictSchema,
        note: Words("How it ended"),
        override: Type.Optional(
          Type.Object(
            { reason: Words("Why against the sensors' word"), approvedBy: Words("Second person") },
            { ...closed, description: "Closes although the sensors do not say normal" },
          ),
        ),
      },
      closed,
    ),
    act: (caseId, body) => ({ kind: "case.close", caseId, ...body }),
    problems: [
      "case-not-found",
      "case-final",
      "case-not-handled",
      "case-not-checked",
      "case-sensors-not-normal",
      "case-override-reason-required",
      "case-override-needs-second-person",
    ],
  }),
  void: command({
    tells: "api.cases.void",
    permission: "cases.void",
    body: Type.Object({ version: Version, reason: Words("Why it was no case") }, closed),
    act: (caseId, body) => ({ kind: "case.void", caseId, ...body }),
    problems: ["case-not-found", "case-final", "case-void-after-handling"],
  }),
  comment: command({
    tells: "api.cases.comment",
    permission: "cases.command",
    body: Type.Object({ note: Words("What is to be remembered") }, closed),
    act: (caseId, { note }) => ({ kind: "case.comment", caseId, note }),
    problems: ["case-not-found"],
  }),
};
