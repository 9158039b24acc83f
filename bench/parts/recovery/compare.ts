// What must be the same: acknowledged readings and the history, and all that was judged with and
// without kills.

import type { Instant } from "../../../src/core/time.ts";
import { openDatabase } from "../../../src/store/sqlite/database.ts";
import { repeated } from "../numbers.ts";
import type { Acked } from "./sender.ts";
import type { Expected } from "./story.ts";

/**
 * Acknowledged and not there; there more than once; there with other values; there and never
 * acknowledged.
 */
export type Kept = { missing: number; doubled: number; wrong: number; strange: number };

export type Points = readonly { at: Instant; values: object }[];

/** Compares what one sensor was acknowledged with what the history has of it. */
export function keptOf(acked: readonly Acked[], points: Points): Kept {
  const there = new Map(points.map(({ at, values }) => [at, values]));
  const asked = new Set(acked.map(({ time }) => time));
  const found = acked.filter(({ time }) => there.has(time));
  return {
    missing: acked.length - found.length,
    doubled: repeated(points.map(({ at }) => at)),
    wrong: found.filter(({ time, values }) => !isSame(there.get(time)!, values)).length,
    strange: points.filter(({ at }) => !asked.has(at)).length,
  };
}

/**
 * Compares all sensors with what `pointsOf` has of each; `each` is called now and then with how
 * many are done.
 */
export async function keptIn(
  pointsOf: (sensorId: string) => Promise<Points>,
  acked: ReadonlyMap<string, readonly Acked[]>,
  each: (done: number) => void,
): Promise<Kept> {
  const sum: Kept = { missing: 0, doubled: 0, wrong: 0, strange: 0 };
  let done = 0;
  for (const [sensorId, own] of acked) {
    const kept = keptOf(own, await pointsOf(sensorId));
    for (const name of Object.keys(sum) as (keyof Kept)[]) sum[name] += kept[name];
    if (++done % 2_000 === 0) each(done);
  }
  return sum;
}

const isSame = (a: object, b: object): boolean => canonical(a) === canonical(b);

/** JSON with its names in order. */
export const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );

/** Rows of one table by id. */
export type Rows = ReadonlyMap<string, string>;

/** In the clean run alone; in the other alone; in both and not the same. */
export type Difference = { lost: number; added: number; changed: number; first: string | null };

export function differenceOf(clean: Rows, other: Rows): Difference {
  const lost = [...clean.keys()].filter((id) => !other.has(id));
  const added = [...other.keys()].filter((id) => !clean.has(id));
  const changed = [...clean].filter(([id, body]) => {
    const own = other.get(id);
    return (
      own !== undefined &&
      own !== body &&
      canonical(JSON.parse(own)) !== canonical(JSON.parse(body))
    );
  });
  const [id, body] = changed[0] ?? [];
  const first = lost[0] ?? added[0] ?? (id && `${id}: ${body} against ${other.get(id)}`) ?? null;
  return { lost: lost.length, added: added.length, changed: changed.length, first };
}

/** Tables whose rows are the judge's word on the world. */
const TABLES = {
  alerts: "SELECT id, body FROM alerts",
  transitions: "SELECT id, body FROM alert_events",
  cases: "SELECT id, body FROM cases",
  caseSteps: "SELECT id, body FROM case_events",
  memories: "SELECT subject AS id, row AS body FROM memories",
} as const;
export type Table = keyof typeof TABLES;

/** All of it, by table. */
export function recordsIn(path: string): Record<Table, Rows> {
  const db = openDatabase(path, { readOnly: true });
  const rowsOf = (table: Table): Rows => {
    const rows = db.prepare(TABLES[table]).all() as { id: string; body: string }[];
    return new Map(rows.map(({ id, body }) => [id, body]));
  };
  try {
    return {
      alerts: rowsOf("alerts"),
      transitions: rowsOf("transitions"),
      cases: rowsOf("cases"),
      caseSteps: rowsOf("caseSteps"),
      memories: rowsOf("memories"),
    };
  } finally {
    db.close();
  }
}

/** Expected alerts that are due and not on record, or never reached their level. */
export function unmet(
  expected: readonly Expected[],
  { alerts, transitions }: Pick<Record<Table, Rows>, "alerts" | "transitions">,
  until: Instant,
): string[] {
  const reached = new Set(
    [...transitions.values()].map((body) => {
      const { alertId, level } = JSON.parse(body) as { alertId: string; level: string };
      return `${alertId} ${level}`;
    }),
  );
  return expected
    .filter(({ dueAt }) => dueAt <= until)
    .filter(({ id, level }) =>
      level === undefined ? !alerts.has(id) : !reached.has(`${id} ${level}`),
    )
    .map(({ id, level }) => (level === undefined ? id : `${id} (${level})`));
}
