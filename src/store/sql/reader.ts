// Reads for the API, shared by all drivers: every list has a bound and goes on from a cursor.

import { type Kysely, sql } from "kysely";
import type { Case, CaseEvent } from "../../cases/case.ts";
import type { Json } from "../../core/rule.ts";
import { type Instant, minutes } from "../../core/time.ts";
import type { AlertEvent, AlertRecord } from "../../engine/alert-record.ts";
import type { Entities, EntityKind } from "../../register/entities.ts";
import type {
  AlertFilter,
  CaseFilter,
  Counts,
  RecordsReader,
  SensorFilter,
  SiteFilter,
} from "../records.ts";
import { page, readCursor } from "./cursor.ts";
import type { Tables } from "./tables.ts";
import { bodyOf, outcome } from "./writer.ts";

type Db = Kysely<Tables>;

/** Shared by all drivers; `close` is the driver's. */
export const recordsReader = (db: Db, close: () => Promise<void>): RecordsReader => ({
  async position() {
    return ((await metaOf(db, "stand")) as { position: number } | undefined)?.position ?? 0;
  },
  alerts: (filter) => alerts(db, filter),
  alert: (id) => bodyOf<AlertRecord>(db, "alerts", id),
  async alertEvents(alertId) {
    const rows = await db
      .selectFrom("alert_events")
      .select("body")
      .where("alert_id", "=", alertId)
      .orderBy("seq")
      .execute();
    return rows.map(({ body }) => JSON.parse(body) as AlertEvent);
  },
  cases: (filter) => cases(db, filter),
  case: (id) => bodyOf<Case>(db, "cases", id),
  async caseEvents(caseId) {
    const rows = await db
      .selectFrom("case_events")
      .select("body")
      .where("case_id", "=", caseId)
      .orderBy("seq")
      .execute();
    return rows.map(({ body }) => JSON.parse(body) as CaseEvent);
  },
  changedSince: (position, limit) => changedSince(db, position, limit),
  sensors: (filter) => sensors(db, filter),
  sites: (filter) => sites(db, filter),
  async entity(kind, id) {
    return parsed(
      await db
        .selectFrom("entities")
        .select("body")
        .where("kind", "=", kind)
        .where("id", "=", id)
        .executeTakeFirst(),
    );
  },
  async entities(kind) {
    const rows = await db
      .selectFrom("entities")
      .select("body")
      .where("kind", "=", kind)
      .orderBy("id")
      .execute();
    return rows.map(({ body }) => JSON.parse(body));
  },
  outcome: (key) => outcome(db, key),
  counts: (now) => counts(db, now),
  meta: (name) => metaOf(db, name),
  async memories(prefix) {
    // Not a range, which asks how the database sorts, nor LIKE, where some signs mean others.
    const begins = sql<string>`substr(subject, 1, ${sql.lit([...prefix].length)})`;
    const rows = await db
      .selectFrom("memories")
      .selectAll()
      .where(begins, "=", prefix)
      .orderBy("subject")
      .execute();
    return rows.map(({ subject, row }) => [subject, row] as const);
  },
  close,
});

function parsed<T>(row: { body: string } | undefined): T | null {
  return row ? (JSON.parse(row.body) as T) : null;
}

async function metaOf(db: Db, name: string): Promise<Json | undefined> {
  const row = await db
    .selectFrom("meta")
    .select("body")
    .where("name", "=", name)
    .executeTakeFirst();
  return row ? (JSON.parse(row.body) as Json) : undefined;
}

async function alerts(db: Db, filter: AlertFilter) {
  let query = db
    .selectFrom("alerts")
    .select("body")
    .orderBy("fired_at", "desc")
    .orderBy("id", "desc");
  if (filter.scenario !== undefined) query = query.where("scenario", "=", filter.scenario);
  if (filter.rule !== undefined) query = query.where("rule", "=", filter.rule);
  if (filter.siteId !== undefined) query = query.where("site_id", "=", filter.siteId);
  if (filter.sensorId !== undefined) query = query.where("sensor_id", "=", filter.sensorId);
  if (filter.communityId !== undefined)
    query = query.where("community_id", "=", filter.communityId);
  if (filter.level !== undefined) query = query.where("level", "=", filter.level);
  if (filter.from !== undefined) query = query.where("fired_at", ">=", filter.from);
  if (filter.to !== undefined) query = query.where("fired_at", "<", filter.to);
  switch (filter.state) {
    case "active":
      query = query.where("phase", "in", ["firing", "clearing"]);
      break;
    case "latched":
    case "resolved":
      query = query.where("phase", "=", filter.state);
      break;
    case "unacknowledged":
      query = query.where("phase", "!=", "resolved").where("acked", "=", 0);
      break;
    case "shelved":
    case "suppressed":
      query = query.where("phase", "!=", "resolved").where(filter.state, "=", 1);
      break;
    case "open":
      query = query.where("phase", "!=", "resolved");
      break;
  }
  const after = readCursor(filter.cursor);
  if (after)
    query = query.where((eb) =>
      eb.or([
        eb("fired_at", "<", after.at),
        eb.and([eb("fired_at", "=", after.at), eb("id", "<", after.id)]),
      ]),
    );
  const rows = await query.limit(filter.limit + 1).execute();
  const items = rows.map(({ body }) => JSON.parse(body) as AlertRecord);
  return page(items, filter.limit, ({ firedAt, id }) => ({ at: firedAt, id }));
}

async function cases(db: Db, filter: CaseFilter) {
  let query = db
    .selectFrom("cases")
    .select("body")
    .orderBy("opened_at", "desc")
    .orderBy("id", "desc");
  if (filter.siteId !== undefined) query = query.where("site_id", "=", filter.siteId);
  if (filter.communityId !== undefined)
    query = query.where("community_id", "=", filter.communityId);
  if (filter.unitId !== undefined) query = query.where("unit_id", "=", filter.unitId);
  if (filter.class !== undefined) query = query.where("class", "=", filter.class);
  if (filter.scenario !== undefined) query = query.where("scenario", "=", filter.scenario);
  if (filter.state !== undefined) query = query.where("state", "=", filter.state);
  if (filter.open !== undefined) query = query.where("open", "=", filter.open ? 1 : 0);
  if (filter.readyToClose !== undefined)
    query = query.where("ready", "=", filter.readyToClose ? 1 : 0);
  const after = readCursor(filter.cursor);
  if (after)
    query = query.where((eb) =>
      eb.or([
        eb("opened_at", "<", after.at),
        eb.and([eb("opened_at", "=", after.at), eb("id", "<", after.id)]),
      ]),
    );
  const rows = await query.limit(filter.limit + 1).execute();
  const items = rows.map(({ body }) => JSON.parse(body) as Case);
  return page(items, filter.limit, ({ openedAt, id }) => ({ at: openedAt, id }));
}

async function changedSince(db: Db, position: number, limit: number) {
  const changed = (table: "alerts" | "cases") =>
    db
      .selectFrom(table)
      .select("body")
      .where("position", ">", position)
      .orderBy("position")
      .orderBy("id")
      .limit(limit + 1)
      .execute();
  const [alertRows, caseRows] = [await changed("alerts"), await changed("cases")];
  if (alertRows.length + caseRows.length > limit) return null;
  return {
    alerts: alertRows.map(({ body }) => JSON.parse(body) as AlertRecord),
    cases: caseRows.map(({ body }) => JSON.parse(body) as Case),
  };
}

const byId = { at: 0 } as const;

/** Entities of one kind by id, whose name holds `query`. */
function entityList(
  db: Db,
  kind: EntityKind,
  filter: { query?: string; cursor?: string; limit: number },
) {
  let query = db.selectFrom("entities").select("body").where("kind", "=", kind).orderBy("id");
  if (filter.query !== undefined) {
    const pattern = `%${filter.query.replace(/[\\%_]/g, (c) => `\\${c}`)}%`;
    query = query.where(sql<boolean>`name like ${pattern} escape '\\'`);
  }
  const after = readCursor(filter.cursor);
  if (after) query = query.where("id", ">", after.id);
  return query.limit(filter.limit + 1);
}

const cellsOf = (db: Db, communityId: string) =>
  db
    .selectFrom("entities")
    .select("id")
    .where("kind", "=", "cell")
    .where("parent_id", "=", communityId);

async function sensors(db: Db, filter: SensorFilter) {
  let query = entityList(db, "sensor", filter);
  if (filter.scenario !== undefined) query = query.where("sort", "=", filter.scenario);
  if (filter.siteId !== undefined) query = query.where("parent_id", "=", filter.siteId);
  if (filter.communityId !== undefined) {
    const cells = cellsOf(db, filter.communityId);
    const within = db
      .selectFrom("entities")
      .select("id")
      .where("kind", "=", "site")
      .where("cell_id", "in", cells);
    query = query.where("parent_id", "in", within);
  }
  const items = (await query.execute()).map(({ body }) => JSON.parse(body) as Entities["sensor"]);
  return page(items, filter.limit, ({ id }) => ({ ...byId, id }));
}

async function sites(db: Db, filter: SiteFilter) {
  let query = entityList(db, "site", filter);
  if (filter.kind !== undefined) query = query.where("sort", "=", filter.kind);
  if (filter.parentId !== undefined) query = query.where("parent_id", "=", filter.parentId);
  if (filter.communityId !== undefined)
    query = query.where("cell_id", "in", cellsOf(db, filter.communityId));
  const items = (await query.execute()).map(({ body }) => JSON.parse(body) as Entities["site"]);
  return page(items, filter.limit, ({ id }) => ({ ...byId, id }));
}

async function counts(db: Db, now: Instant): Promise<Counts> {
  const entity = await db
    .selectFrom("entities")
    .select(["kind", (eb) => eb.fn.countAll<number>().as("n")])
    .where("kind", "in", ["sensor", "site"])
    .groupBy("kind")
    .execute();
  const open = await db
    .selectFrom("alerts")
    .select(["level", "acked", "shelved", "suppressed", (eb) => eb.fn.countAll<number>().as("n")])
    .where("resolved_at", "is", null)
    .groupBy(["level", "acked", "shelved", "suppressed"])
    .execute();
  const lately = await db
    .selectFrom("alerts")
    .select((eb) => eb.fn.countAll<number>().as("n"))
    .where("fired_at", ">", now - minutes(10))
    .executeTakeFirstOrThrow();
  const sum = (rows: readonly { n: number }[]) =>
    rows.reduce((total, { n }) => total + Number(n), 0);
  const of = (kind: string) => sum(entity.filter((row) => row.kind === kind));
  const byLevel: Record<string, number> = {};
  for (const { level, n } of open) byLevel[level] = (byLevel[level] ?? 0) + Number(n);
  return {
    sensors: of("sensor"),
    sites: of("site"),
    alerts: {
      open: sum(open),
      unacknowledged: sum(open.filter(({ acked }) => acked === 0)),
      shelved: sum(open.filter(({ shelved }) => shelved === 1)),
      suppressed: sum(open.filter(({ suppressed }) => suppressed === 1)),
      byLevel,
      lastTenMinutes: Number(lately.n),
    },
    cases: await caseCounts(db, now),
  };
}

async function caseCounts(db: Db, now: Instant): Promise<Counts["cases"]> {
  const count = async (open: 0 | 1, narrow: "all" | "overdue" | "ready") => {
    let query = db
      .selectFrom("cases")
      .select((eb) => eb.fn.countAll<number>().as("n"))
      .where("open", "=", open);
    if (narrow === "overdue")
      query = query
        .where("due_at", "<", now)
        .where("state", "in", ["filed", "dispatched", "accepted"]);
    if (narrow === "ready") query = query.where("ready", "=", 1);
    return Number((await query.executeTakeFirstOrThrow()).n);
  };
  return {
    open: await count(1, "all"),
    overdue: await count(1, "overdue"),
    readyToClose: await count(1, "ready"),
    closed: await count(0, "all"),
  };
}
