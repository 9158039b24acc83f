// The one writer of the records: a commit is one transaction, and it fits only where the records stand as the judge believes.

import type { Kysely, Transaction } from "kysely";
import type { Case } from "../../cases/case.ts";
import type { Json } from "../../core/rule.ts";
import { hours } from "../../core/time.ts";
import type { AlertRecord } from "../../engine/alert-record.ts";
import type { RegisterChange } from "../../register/entities.ts";
import {
  type Commit,
  Fenced,
  type Loaded,
  type RecordsWriter,
  type StoredOutcome,
} from "../records.ts";
import { alertRow, caseRow, entityRow } from "./rows.ts";
import type { Tables } from "./tables.ts";

/** How a driver writes thousands of memories in a transaction; the rest is shared. */
export type PutMemories = (
  trx: Transaction<Tables>,
  memories: Commit["memories"],
) => Promise<void> | void;

/** Resolved alerts are loaded again for so long by the log's clock, since they may reopen; the longest cooldown must be shorter. */
const REOPENABLE = hours(24);
/** Outcomes are kept for so long, for whoever asks again with the same key. */
const OUTCOMES_KEPT = hours(48);

/** Shared by all drivers; `close` is the driver's. */
export function recordsWriter(
  db: Kysely<Tables>,
  putMemories: PutMemories,
  close: () => Promise<void>,
): RecordsWriter {
  let prunedAt = 0;
  return {
    load: () => load(db),
    async commit(commit) {
      await db.transaction().execute(async (trx) => {
        await advance(trx, commit);
        await putMemories(trx, commit.memories);
        await putAlerts(trx, commit);
        await putCases(trx, commit);
        for (const change of commit.register) await putEntity(trx, change);
        await putRest(trx, commit);
        if (commit.time - prunedAt > hours(1)) {
          prunedAt = commit.time;
          await trx
            .deleteFrom("outcomes")
            .where("at", "<", commit.time - OUTCOMES_KEPT)
            .execute();
        }
      });
    },
    outcome: (key) => outcome(db, key),
    alert: (id) => bodyOf<AlertRecord>(db, "alerts", id),
    case: (id) => bodyOf<Case>(db, "cases", id),
    close,
  };
}

/** The body of one alert or case. */
export async function bodyOf<T>(
  db: Kysely<Tables>,
  table: "alerts" | "cases",
  id: string,
): Promise<T | null> {
  const row = await db.selectFrom(table).select("body").where("id", "=", id).executeTakeFirst();
  return row ? (JSON.parse(row.body) as T) : null;
}

export async function outcome(db: Kysely<Tables>, key: string): Promise<StoredOutcome | null> {
  const row = await db.selectFrom("outcomes").selectAll().where("key", "=", key).executeTakeFirst();
  return row ? { ...row, body: JSON.parse(row.body) as Json } : null;
}

type Stand = { position: number; time: number | null };
const NOWHERE: Stand = { position: 0, time: null };

/** Compare-and-set of the position: a judge that was replaced finds out here, and writes nothing. */
async function advance(
  trx: Transaction<Tables>,
  { expected, position, time }: Commit,
): Promise<void> {
  await hold(trx);
  const row = trx.selectFrom("meta").select("body").where("name", "=", "stand");
  const stand = JSON.parse((await row.executeTakeFirstOrThrow()).body) as Stand;
  if (stand.position !== expected)
    throw new Fenced(
      `the records stand at position ${stand.position}, not at ${expected}: another judge has written`,
    );
  await putMeta(trx, "stand", JSON.stringify({ position, time } satisfies Stand));
}

/**
 * Writes before anything is read, so that whoever else writes waits here, and reads what was committed meanwhile. SQLite
 * refuses a transaction that read first and found another's commit when it wrote; PostgreSQL would let two judges pass.
 */
async function hold(trx: Transaction<Tables>): Promise<void> {
  await trx
    .insertInto("meta")
    .values({ name: "stand", body: JSON.stringify(NOWHERE) })
    .onConflict((oc) => oc.column("name").doUpdateSet({ name: "stand" }))
    .execute();
}

async function putMeta(trx: Transaction<Tables>, name: string, body: string): Promise<void> {
  await trx
    .insertInto("meta")
    .values({ name, body })
    .onConflict((oc) => oc.column("name").doUpdateSet({ body }))
    .execute();
}

async function putAlerts(trx: Transaction<Tables>, commit: Commit): Promise<void> {
  for (const alert of commit.alerts) {
    const { id, ...rest } = alertRow(alert, commit.position);
    await trx
      .insertInto("alerts")
      .values({ id, ...rest })
      .onConflict((oc) => oc.column("id").doUpdateSet(rest))
      .execute();
  }
  for (const { id, alertId, seq, ...line } of commit.alertEvents)
    await trx
      .insertInto("alert_events")
      .values({ id, alert_id: alertId, seq, body: JSON.stringify({ id, alertId, seq, ...line }) })
      .onConflict((oc) => oc.column("id").doNothing())
      .execute();
}

async function putCases(trx: Transaction<Tables>, commit: Commit): Promise<void> {
  for (const one of commit.cases) {
    const { id, ...rest } = caseRow(one, commit.position);
    await trx
      .insertInto("cases")
      .values({ id, ...rest })
      .onConflict((oc) => oc.column("id").doUpdateSet(rest))
      .execute();
  }
  for (const { id, caseId, seq, ...line } of commit.caseEvents)
    await trx
      .insertInto("case_events")
      .values({ id, case_id: caseId, seq, body: JSON.stringify({ id, caseId, seq, ...line }) })
      .onConflict((oc) => oc.column("id").doNothing())
      .execute();
}

async function putEntity(trx: Transaction<Tables>, change: RegisterChange): Promise<void> {
  if ("remove" in change) {
    await trx
      .deleteFrom("entities")
      .where("kind", "=", change.remove)
      .where("id", "=", change.id)
      .execute();
    return;
  }
  const { kind, id, ...rest } = entityRow(change);
  await trx
    .insertInto("entities")
    .values({ kind, id, ...rest })
    .onConflict((oc) => oc.columns(["kind", "id"]).doUpdateSet(rest))
    .execute();
}

async function putRest(trx: Transaction<Tables>, commit: Commit): Promise<void> {
  for (const { key, position, at, body } of commit.outcomes)
    await trx
      .insertInto("outcomes")
      .values({ key, position, at, body: JSON.stringify(body) })
      .onConflict((oc) => oc.column("key").doNothing())
      .execute();
  for (const { id, dueAt, body } of commit.outbox)
    await trx
      .insertInto("outbox")
      .values({ id, due_at: dueAt, body: JSON.stringify(body) })
      .onConflict((oc) => oc.column("id").doNothing())
      .execute();
  for (const [name, body] of Object.entries(commit.meta))
    await putMeta(trx, name, JSON.stringify(body));
}

async function load(db: Kysely<Tables>): Promise<Loaded> {
  const metas = await db.selectFrom("meta").selectAll().execute();
  const meta = Object.fromEntries(metas.map(({ name, body }) => [name, JSON.parse(body) as Json]));
  const stand = (meta.stand ?? null) as Stand | null;
  const reopenable = (stand?.time ?? 0) - REOPENABLE;
  const memories = await db.selectFrom("memories").selectAll().orderBy("subject").execute();
  const alerts = await db
    .selectFrom("alerts")
    .select("body")
    .where((eb) => eb.or([eb("resolved_at", "is", null), eb("changed_at", ">", reopenable)]))
    .orderBy("id")
    .execute();
  const cases = await db
    .selectFrom("cases")
    .select("body")
    .where("open", "=", 1)
    .orderBy("id")
    .execute();
  const entities = await db
    .selectFrom("entities")
    .select(["kind", "body"])
    .orderBy("kind")
    .orderBy("id")
    .execute();
  return {
    position: stand?.position ?? 0,
    time: stand?.time ?? null,
    memories: memories.map(({ subject, row }) => [subject, row] as const),
    alerts: alerts.map(({ body }) => JSON.parse(body) as AlertRecord),
    cases: cases.map(({ body }) => JSON.parse(body) as Case),
    register: entities.map(
      ({ kind, body }) => ({ put: kind, value: JSON.parse(body) }) as RegisterChange,
    ),
    meta,
  };
}
