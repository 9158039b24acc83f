// The register as the API tells it, and changes to it.

import Type, { type Static } from "typebox";
import type { Entities, RegisterChange, Sensor } from "../../register/entities.ts";
import { entityKinds } from "../../register/shapes.ts";
import { about, answers } from "../answers.ts";
import { type Api, type Context, eyesOf } from "../context.ts";
import { Refusal } from "../failure.ts";
import { fieldsOf, thresholdsAt } from "../plugins.ts";
import type { Front } from "../ports.ts";
import { present } from "../query.ts";
import { AlertSchema, alertView, type Eyes } from "../views/alert.ts";
import { Id, Nullable, OneOf, PageOf, Paging, Query } from "../views/common.ts";
import {
  SensorSchema,
  SiteSchema,
  sensorView,
  siteView,
  UnitSchema,
  unitView,
} from "../views/place.ts";
import { LastSchema, lastView } from "../views/reading.ts";
import { FieldSchema, fieldView, ThresholdSchema } from "../views/scenario.ts";
import { KeyHeader, submit } from "./command.ts";

const Search = Type.Optional(
  Type.String({ minLength: 1, maxLength: 64, description: "Part of the id or name" }),
);

const SensorDetail = Type.Object({
  ...SensorSchema.properties,
  fields: Type.Array(FieldSchema),
  thresholds: Type.Array(ThresholdSchema, { description: "Bounds of every rule, at its site now" }),
  last: Nullable(LastSchema),
  openAlerts: Type.Array(AlertSchema),
});

const SiteDetail = Type.Object({
  ...SiteSchema.properties,
  within: Type.Array(SiteSchema, { description: "The sites it lies in, the nearest first" }),
  sensors: Type.Array(SensorSchema, { description: "At most 500" }),
});

const Path = (description: string) => Type.Object({ id: Id(description) });

export function registerRoutes(app: Api, context: Context): void {
  sensorRoutes(app, context);
  siteRoutes(app, context);
  unitRoutes(app, context);
  changeRoute(app, context);
}

function sensorRoutes(app: Api, context: Context): void {
  const { front } = context;
  app.get("/sensors", {
    config: { permission: "register.read" },
    schema: {
      ...about("register", "api.sensors.list"),
      querystring: Query({
        query: Search,
        scenario: Type.Optional(Id("Scenario")),
        site: Type.Optional(Id("Site")),
        community: Type.Optional(Id("Community")),
        ...Paging,
      }),
      response: answers(PageOf(SensorSchema), ["cursor-invalid"]),
    },
    async handler(request) {
      const { site, community, lang: _lang, limit, ...filter } = request.query;
      const { items, next } = await front.records.sensors(
        present({ ...filter, siteId: site, communityId: community, limit: limit ?? 100 }),
      );
      const eyes = eyesOf(request);
      return { items: await Promise.all(items.map((one) => sensorView(one, eyes, context))), next };
    },
  });

  app.get("/sensors/:id", {
    config: { permission: "register.read" },
    schema: {
      ...about("register", "api.sensors.get"),
      params: Path("Sensor"),
      querystring: Query({}),
      response: answers(SensorDetail, ["sensor-not-found"]),
    },
    handler: (request) => sensorDetail(request.params.id, eyesOf(request), context),
  });
}

function siteRoutes(app: Api, context: Context): void {
  const { front } = context;
  app.get("/sites", {
    config: { permission: "register.read" },
    schema: {
      ...about("register", "api.sites.list"),
      querystring: Query({
        query: Search,
        kind: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
        parent: Type.Optional(Id("Site it lies in")),
        community: Type.Optional(Id("Community")),
        ...Paging,
      }),
      response: answers(PageOf(SiteSchema), ["cursor-invalid"]),
    },
    async handler(request) {
      const { parent, community, lang: _lang, limit, ...filter } = request.query;
      const { items, next } = await front.records.sites(
        present({ ...filter, parentId: parent, communityId: community, limit: limit ?? 100 }),
      );
      const eyes = eyesOf(request);
      return { items: items.map((site) => siteView(site, eyes, context.plugins)), next };
    },
  });

  app.get("/sites/:id", {
    config: { permission: "register.read" },
    schema: {
      ...about("register", "api.sites.get"),
      params: Path("Site"),
      querystring: Query({}),
      response: answers(SiteDetail, ["site-not-found"]),
    },
    handler: (request) => siteDetail(request.params.id, eyesOf(request), context),
  });
}

function unitRoutes(app: Api, { front }: Context): void {
  app.get("/units", {
    config: { permission: "register.read" },
    schema: {
      ...about("register", "api.units.list"),
      querystring: Query({}),
      response: answers(Type.Object({ items: Type.Array(UnitSchema) }), []),
    },
    async handler(request) {
      const units = await front.records.entities("unit");
      return { items: units.map((unit) => unitView(unit, eyesOf(request))) };
    },
  });
}

async function sensorDetail(
  id: string,
  eyes: Eyes,
  context: Context,
): Promise<Static<typeof SensorDetail>> {
  const { front, plugins } = context;
  const sensor = await front.records.entity("sensor", id);
  if (!sensor) throw new Refusal("sensor-not-found", { id });
  const site = await front.records.entity("site", sensor.siteId);
  const [last] = await front.history.last([id]);
  const { items } = await front.records.alerts({ sensorId: id, state: "open", limit: 100 });
  const plugin = plugins.get(sensor.scenario);
  const masked = !eyes.vitals && plugins.personal(sensor.scenario);
  const bounds = plugin && !masked ? thresholdsAt(plugin, site?.facts[sensor.scenario]) : [];
  return {
    ...(await sensorView(sensor, eyes, context)),
    fields: plugin
      ? fieldsOf(plugin.scenario).map((field) => fieldView(field, plugin, eyes.language))
      : [],
    thresholds: [...bounds],
    last: last ? lastView(last, masked) : null,
    openAlerts: await Promise.all(items.map((alert) => alertView(alert, eyes, context))),
  };
}

const NESTED = 16;

async function siteDetail(
  id: string,
  eyes: Eyes,
  context: Context,
): Promise<Static<typeof SiteDetail>> {
  const { front, plugins } = context;
  const site = await front.records.entity("site", id);
  if (!site) throw new Refusal("site-not-found", { id });
  const within: Entities["site"][] = [];
  let parentId = site.parentId;
  while (parentId !== undefined && within.length < NESTED) {
    const parent = await front.records.entity("site", parentId);
    if (parent) within.push(parent);
    parentId = parent?.parentId;
  }
  const { items } = await front.records.sensors({ siteId: id, limit: 500 });
  return {
    ...siteView(site, eyes, plugins),
    within: within.map((one) => siteView(one, eyes, plugins)),
    sensors: await Promise.all(items.map((sensor) => sensorView(sensor, eyes, context))),
  };
}

const Change = Type.Union([
  Type.Object(
    {
      put: OneOf(entityKinds),
      value: Type.Object({ id: Id("Its id") }, { description: "The whole entity from now on" }),
    },
    { additionalProperties: false },
  ),
  Type.Object({ remove: OneOf(entityKinds), id: Id("Its id") }, { additionalProperties: false }),
]);

const ChangeBody = Type.Object(
  {
    changes: Type.Array(Change, {
      minItems: 1,
      maxItems: 5_000,
      description:
        "Taken whole or not at all. Secrets are not set here; a sensor keeps the one it has",
    }),
  },
  { additionalProperties: false },
);

function changeRoute(app: Api, context: Context): void {
  app.post("/register", {
    config: { permission: "register.change" },
    schema: {
      ...about("register", "api.register.change"),
      headers: KeyHeader,
      querystring: Query({}),
      body: ChangeBody,
      response: answers(
        Type.Object({ key: Type.String(), position: Type.Integer(), changes: Type.Integer() }),
        ["register-refused", "idempotency-key-reused", "timeout"],
      ),
    },
    async handler(request, reply) {
      const { changes } = request.body;
      const kept = await Promise.all(changes.map((change) => keepSecret(change, context.front)));
      const { outcome, key } = await submit(request, reply, context, request.body, () => ({
        kind: "register.change",
        changes: kept,
      }));
      return { key, position: outcome.position, changes: changes.length };
    },
  });
}

/** Credentials are made where they can be shown once, never sent in: what is put keeps the secret that stands. */
async function keepSecret(
  change: Static<typeof Change>,
  { records }: Front,
): Promise<RegisterChange> {
  if (!("put" in change)) return change;
  const { put, value } = change;
  if (put !== "sensor" && put !== "gateway") return change as unknown as RegisterChange;
  const { secretHash: _hash, previousSecret: _previous, ...given } = value as Partial<Sensor>;
  const before = await records.entity(put, value.id);
  const secrets = present({
    secretHash: before?.secretHash,
    previousSecret: before?.previousSecret,
  });
  return { put, value: { ...given, ...secrets } } as unknown as RegisterChange;
}
