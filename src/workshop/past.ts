// What is on record of a period beside the readings: the register, the alerts with their flow logs,
// the cases, and when the scenario was out of service.

import type { Case } from "../cases/case.ts";
import { days, type Instant } from "../core/time.ts";
import type { AlertEvent, AlertRecord } from "../engine/alert-record.ts";
import { HEALTH } from "../engine/health.ts";
import type { EntityKind, RegisterChange } from "../register/entities.ts";
import { entityKinds } from "../register/shapes.ts";
import type { AlertFilter, Page, RecordsReader } from "../store/records.ts";

/** An alert and all that was written of it, oldest line first. */
export type Told = { record: AlertRecord; events: readonly AlertEvent[] };

/** A time when the scenario judged nothing; `to` is null where it lasts. */
export type Outage = { scenario: string; from: Instant; to: Instant | null; reason: string };

/** What the records hold of a period. */
export type Past = {
  register: readonly RegisterChange[];
  /** Alerts of the scenario that fired before `to` and were open in the period, or fired in it. */
  alerts: readonly Told[];
  /** Those of the scenarios that it hears, for what people did to them. */
  heard: readonly Told[];
  /** Cases that its rules opened, of the same time. */
  cases: readonly Case[];
  outages: readonly Outage[];
  /** How far the log has been judged; null: nothing has been. */
  judgedTo: Instant | null;
};

/** An alert that stood open for longer before the period is not looked for. */
const LONGEST = days(60);
const PAGE = 500;

/**
 * Reads what is on record of a scenario, the first, and of those it hears, between two instants.
 */
export async function readPast(
  records: RecordsReader,
  [scenario, ...heard]: readonly [string, ...string[]],
  since: Instant,
  to: Instant,
): Promise<Past> {
  const told = await Promise.all(
    heard.map((one) => alertsOf(records, { scenario: one }, since, to)),
  );
  const stand = (await records.meta("stand")) as { time: Instant | null } | undefined;
  return {
    register: await readRegister(records),
    alerts: await alertsOf(records, { scenario }, since, to),
    heard: told.flat(),
    cases: await casesOf(records, scenario, since),
    outages: await outagesOf(records, since, to),
    judgedTo: stand?.time ?? null,
  };
}

/** The register as it is on record, as the changes that make it. */
export async function readRegister(records: RecordsReader): Promise<readonly RegisterChange[]> {
  const changes: RegisterChange[] = [];
  for (const kind of entityKinds as readonly EntityKind[])
    for (const value of await records.entities(kind))
      changes.push({ put: kind, value } as RegisterChange);
  return changes;
}

async function alertsOf(
  records: RecordsReader,
  filter: Omit<AlertFilter, "limit" | "cursor">,
  since: Instant,
  to: Instant,
): Promise<readonly Told[]> {
  const list = (more: object) =>
    all((page) => records.alerts({ ...filter, ...more, to, ...page, limit: PAGE }));
  const found = new Map<string, AlertRecord>();
  for (const record of [
    ...(await list({ from: since - LONGEST })),
    ...(await list({ state: "open" })),
  ])
    if (record.resolvedAt === null || record.resolvedAt >= since) found.set(record.id, record);
  const told: Told[] = [];
  for (const record of found.values())
    told.push({ record, events: await records.alertEvents(record.id) });
  return told.sort(
    (a, b) => a.record.firedAt - b.record.firedAt || order(a.record.id, b.record.id),
  );
}

async function casesOf(records: RecordsReader, scenario: string, since: Instant): Promise<Case[]> {
  const cases = await all((page) => records.cases({ scenario, ...page, limit: PAGE }));
  return cases.filter(({ closedAt }) => closedAt === null || closedAt >= since);
}

/**
 * The brain alerts on its own scenarios: that is where it stands when one was taken out of service,
 * and when it came back.
 */
async function outagesOf(records: RecordsReader, since: Instant, to: Instant): Promise<Outage[]> {
  const told = await alertsOf(records, { scenario: HEALTH }, since, to);
  return told.flatMap(({ record, events }) => {
    const out: Outage[] = [];
    for (const { kind, at, note } of events) {
      if ((kind === "fired" || kind === "reopened") && note === "out")
        out.push({ scenario: record.sensorId ?? "", from: at, to: null, reason: "on record" });
      const last = out.at(-1);
      if (kind === "resolved" && last?.to === null) last.to = at;
    }
    return out;
  });
}

async function all<T>(list: (page: { cursor?: string }) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  let page = await list({});
  items.push(...page.items);
  while (page.next !== null) {
    page = await list({ cursor: page.next });
    items.push(...page.items);
  }
  return items;
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
