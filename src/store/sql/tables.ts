// The tables of the records, in the subset that SQLite and PostgreSQL share: text ids made by us, times as bigint ms, JSON as text.
// Each row's whole truth is its `body`; the other columns are there to be searched.

import type { Kysely } from "kysely";

export type Tables = {
  memories: { subject: string; row: string };
  alerts: {
    id: string;
    scenario: string;
    rule: string;
    site_id: string;
    sensor_id: string | null;
    community_id: string;
    level: string;
    phase: string;
    acked: number;
    shelved: number;
    suppressed: number;
    fired_at: number;
    /** By the sensor's clock, and by the log's when anything of it last changed. */
    resolved_at: number | null;
    changed_at: number;
    position: number;
    body: string;
  };
  alert_events: { id: string; alert_id: string; seq: number; body: string };
  cases: {
    id: string;
    site_id: string;
    community_id: string;
    unit_id: string | null;
    class: string;
    scenario: string;
    state: string;
    open: number;
    ready: number;
    due_at: number | null;
    opened_at: number;
    position: number;
    body: string;
  };
  case_events: { id: string; case_id: string; seq: number; body: string };
  entities: {
    kind: string;
    id: string;
    /** What it stands in: a site's parent, a sensor's site, a cell's community, a community's street. */
    parent_id: string | null;
    /** A sensor's scenario, a site's kind. */
    sort: string | null;
    cell_id: string | null;
    name: string;
    body: string;
  };
  outcomes: { key: string; position: number; at: number; body: string };
  outbox: { id: string; due_at: number; body: string };
  meta: { name: string; body: string };
  tokens: { id: string; body: string };
};

/** Every change of the tables, oldest first; a released one is never edited. */
export const migrations: Record<string, { up(db: Kysely<unknown>): Promise<void> }> = {
  "0001-records": { up: createAll },
  "0002-alert-changed-at": { up: addChangedAt },
};

async function createAll(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable("memories")
    .addColumn("subject", "text", (c) => c.primaryKey())
    .addColumn("row", "text", (c) => c.notNull())
    .execute();
  await createAlerts(db);
  await createCases(db);
  await schema
    .createTable("entities")
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("id", "text", (c) => c.notNull())
    .addColumn("parent_id", "text")
    .addColumn("sort", "text")
    .addColumn("cell_id", "text")
    .addColumn("name", "text", (c) => c.notNull())
    .addColumn("body", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("entities_key", ["kind", "id"])
    .execute();
  await schema
    .createIndex("entities_parent")
    .on("entities")
    .columns(["kind", "parent_id"])
    .execute();
  await schema
    .createTable("outcomes")
    .addColumn("key", "text", (c) => c.primaryKey())
    .addColumn("position", "bigint", (c) => c.notNull())
    .addColumn("at", "bigint", (c) => c.notNull())
    .addColumn("body", "text", (c) => c.notNull())
    .execute();
  await schema
    .createTable("outbox")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("due_at", "bigint", (c) => c.notNull())
    .addColumn("body", "text", (c) => c.notNull())
    .execute();
  for (const [table, key] of [
    ["meta", "name"],
    ["tokens", "id"],
  ] as const)
    await schema
      .createTable(table)
      .addColumn(key, "text", (c) => c.primaryKey())
      .addColumn("body", "text", (c) => c.notNull())
      .execute();
}

async function createAlerts({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable("alerts")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("scenario", "text", (c) => c.notNull())
    .addColumn("rule", "text", (c) => c.notNull())
    .addColumn("site_id", "text", (c) => c.notNull())
    .addColumn("sensor_id", "text")
    .addColumn("community_id", "text", (c) => c.notNull())
    .addColumn("level", "text", (c) => c.notNull())
    .addColumn("phase", "text", (c) => c.notNull())
    .addColumn("acked", "integer", (c) => c.notNull())
    .addColumn("shelved", "integer", (c) => c.notNull())
    .addColumn("suppressed", "integer", (c) => c.notNull())
    .addColumn("fired_at", "bigint", (c) => c.notNull())
    .addColumn("resolved_at", "bigint")
    .addColumn("position", "bigint", (c) => c.notNull())
    .addColumn("body", "text", (c) => c.notNull())
    .execute();
  await schema.createIndex("alerts_fired").on("alerts").columns(["fired_at", "id"]).execute();
  await schema.createIndex("alerts_resolved").on("alerts").columns(["resolved_at"]).execute();
  await schema.createIndex("alerts_position").on("alerts").columns(["position"]).execute();
  await schema
    .createTable("alert_events")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("alert_id", "text", (c) => c.notNull())
    .addColumn("seq", "integer", (c) => c.notNull())
    .addColumn("body", "text", (c) => c.notNull())
    .execute();
  await schema
    .createIndex("alert_events_of")
    .on("alert_events")
    .columns(["alert_id", "seq"])
    .execute();
}

async function createCases({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable("cases")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("site_id", "text", (c) => c.notNull())
    .addColumn("community_id", "text", (c) => c.notNull())
    .addColumn("unit_id", "text")
    .addColumn("class", "text", (c) => c.notNull())
    .addColumn("scenario", "text", (c) => c.notNull())
    .addColumn("state", "text", (c) => c.notNull())
    .addColumn("open", "integer", (c) => c.notNull())
    .addColumn("ready", "integer", (c) => c.notNull())
    .addColumn("due_at", "bigint")
    .addColumn("opened_at", "bigint", (c) => c.notNull())
    .addColumn("position", "bigint", (c) => c.notNull())
    .addColumn("body", "text", (c) => c.notNull())
    .execute();
  await schema.createIndex("cases_opened").on("cases").columns(["opened_at", "id"]).execute();
  await schema.createIndex("cases_open").on("cases").columns(["open"]).execute();
  await schema.createIndex("cases_position").on("cases").columns(["position"]).execute();
  await schema
    .createTable("case_events")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("case_id", "text", (c) => c.notNull())
    .addColumn("seq", "integer", (c) => c.notNull())
    .addColumn("body", "text", (c) => c.notNull())
    .execute();
  await schema
    .createIndex("case_events_of")
    .on("case_events")
    .columns(["case_id", "seq"])
    .execute();
}

/** When an alert last changed, by the log's clock: a sensor's clock says nothing of how long ago that was. */
async function addChangedAt(plain: Kysely<unknown>): Promise<void> {
  await plain.schema
    .alterTable("alerts")
    .addColumn("changed_at", "bigint", (c) => c.notNull().defaultTo(0))
    .execute();
  const db = plain as Kysely<Pick<Tables, "alerts">>;
  const rows = await db.selectFrom("alerts").select(["id", "body"]).execute();
  for (const { id, body } of rows) {
    const { changedAt } = JSON.parse(body) as { changedAt: number };
    await db.updateTable("alerts").set({ changed_at: changedAt }).where("id", "=", id).execute();
  }
  await plain.schema.createIndex("alerts_changed").on("alerts").columns(["changed_at"]).execute();
}
