// The records as arrays in memory: commits at random, and what every list, count and look-up must then give.

import fc from "fast-check";
import { type Case, type CaseEvent, caseStates } from "../../cases/case.ts";
import { type Grade, grades } from "../../core/level.ts";
import { minutes } from "../../core/time.ts";
import type { AlertEvent, AlertRecord } from "../../engine/alert-record.ts";
import type { RegisterChange } from "../../register/entities.ts";
import type { AlertFilter, CaseFilter, Commit, SensorFilter, SiteFilter } from "../records.ts";

export const T0 = Date.UTC(2026, 10, 21);
export const text = (word: string) => ({ zh: `${word}（中）`, en: word });

/** A commit of nothing that fits records at `position - 1`. */
export const emptyCommit = (position: number, time = T0 + position): Commit => ({
  expected: position - 1,
  position,
  time,
  memories: [],
  alerts: [],
  alertEvents: [],
  cases: [],
  caseEvents: [],
  register: [],
  outcomes: [],
  outbox: [],
  meta: {},
});

export const alertOf = (id: string, more: Partial<AlertRecord> = {}): AlertRecord => ({
  id,
  scenario: "river-level",
  rule: "high",
  siteId: "bridge",
  sensorId: "g-1",
  communityId: "co",
  cellId: "ce",
  level: "orange",
  value: 4.5,
  phase: "firing",
  raisedAt: T0,
  firedAt: T0,
  changedAt: T0,
  resolvedAt: null,
  acked: null,
  shelved: null,
  suppressed: null,
  outOfService: false,
  lifeSafety: false,
  caseId: null,
  caseDueAt: null,
  scenarioVersion: 1,
  ruleVersion: 1,
  reopened: 0,
  exercise: false,
  version: 1,
  ...more,
});

export const lineOf = (alertId: string, seq: number, note: string | null = null): AlertEvent => ({
  id: `${alertId}.${seq}`,
  alertId,
  seq,
  at: T0 + seq,
  kind: "fired",
  by: "brain",
  level: "orange",
  value: 4.5,
  note,
  evidence: { witnesses: [1, "二", null] },
});

export const caseOf = (id: string, more: Partial<Case> = {}): Case => ({
  id,
  number: "20261121-1",
  siteId: "bridge",
  communityId: "co",
  cellId: "ce",
  class: "99-89",
  level: "orange",
  state: "filed",
  filing: text("high"),
  closing: text("low"),
  limit: { amount: 2, unit: "urgent-hour" },
  unitRole: "river",
  unitId: null,
  openedAt: T0,
  dueAt: null,
  changedAt: T0,
  closedAt: null,
  verdict: null,
  scenario: "river-level",
  rule: "high",
  openAlertIds: [],
  alertIds: [],
  sensorWord: { says: "abnormal", since: T0 },
  verify: minutes(20),
  readyToClose: false,
  reworks: 0,
  exercise: false,
  version: 1,
  ...more,
});

export const caseLineOf = (caseId: string, seq: number): CaseEvent => ({
  id: `${caseId}.${seq}`,
  caseId,
  seq,
  at: T0 + seq,
  kind: "opened",
  by: "brain",
});

const ids = ["a", "B", "Zz", "b"].flatMap((head) => ["~1", "-1", "_9", "~10"].map((n) => head + n));
const places = ["co-1", "co-2"] as const;
const sites = ["s-1", "S-2", "s_3"] as const;
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const near = fc.integer({ min: T0 - minutes(20), max: T0 + minutes(20) });
const stamp = fc.constant({ by: "li", at: T0 });
const anyGrade: fc.Arbitrary<Grade> = fc.constantFrom(...grades);

const anyAlert = fc
  .record({
    id: fc.constantFrom(...ids),
    scenario: fc.constantFrom("river-level", "crowd-density"),
    rule: fc.constantFrom("high", "silent"),
    siteId: fc.constantFrom(...sites),
    sensorId: maybe(fc.constantFrom("g-1", "g-2")),
    communityId: fc.constantFrom(...places),
    level: anyGrade,
    phase: fc.constantFrom("firing", "clearing", "latched", "resolved"),
    // Few instants, so that many alerts share one and the id decides.
    firedAt: fc.constantFrom(-11, -10, -9, 0).map((n) => T0 + minutes(n)),
    resolvedAt: near,
    acked: maybe(stamp),
    suppressed: maybe(stamp),
    shelved: maybe(fc.constant({ by: "li", at: T0, until: T0 + 1, reason: "works" })),
  })
  .map(({ id, resolvedAt, ...rest }) =>
    alertOf(id, { ...rest, resolvedAt: rest.phase === "resolved" ? resolvedAt : null }),
  );

const anyCase = fc
  .record({
    id: fc.constantFrom(...ids),
    siteId: fc.constantFrom(...sites),
    communityId: fc.constantFrom(...places),
    class: fc.constantFrom("99-89", "01-26"),
    scenario: fc.constantFrom("river-level", "crowd-density"),
    state: fc.constantFrom(...caseStates),
    unitId: maybe(fc.constantFrom("u-1", "u-2")),
    openedAt: fc.constantFrom(T0, T0 + 1),
    dueAt: maybe(near),
    readyToClose: fc.boolean(),
  })
  .map(({ id, ...rest }) => caseOf(id, rest));

const name = fc.constantFrom("Under the bridge", "50% off_sale", "back\\slash", "桥下", "BRIDGE 2");
const anySite = fc
  .record(
    {
      id: fc.constantFrom(...sites),
      kind: fc.constantFrom("station", "square"),
      name: name.map(text),
      parentId: fc.constantFrom(...sites),
      cellId: fc.constantFrom("ce-1", "ce-2", "ce-3"),
      facts: fc.constant({}),
    },
    { requiredKeys: ["id", "kind", "name", "cellId", "facts"], noNullPrototype: true },
  )
  .map((value) => ({ put: "site" as const, value }));
const anySensor = fc
  .record({
    id: fc.constantFrom("g-1", "g-2", "G-3", "g_4", "g%5"),
    siteId: fc.constantFrom(...sites),
    scenario: fc.constantFrom("river-level", "crowd-density"),
  })
  .map((value) => ({ put: "sensor" as const, value }));
const anyCell = fc
  .record({
    id: fc.constantFrom("ce-1", "ce-2", "ce-3"),
    communityId: fc.constantFrom(...places),
    code: fc.constant("990106001001001"),
    ring: fc.constant([]),
  })
  .map((value) => ({ put: "cell" as const, value }));
const removal = fc.oneof(
  fc.constantFrom(...sites).map((id) => ({ remove: "site" as const, id })),
  fc.constantFrom("g-1", "g-2").map((id) => ({ remove: "sensor" as const, id })),
);

/** What one commit changes; some things in it are written twice, and the later one counts. */
export const anyChanges = fc.record({
  alerts: fc.array(anyAlert, { maxLength: 7 }),
  cases: fc.array(anyCase, { maxLength: 7 }),
  register: fc.array(fc.oneof(anySite, anySensor, anyCell, removal), { maxLength: 6 }),
});
export type Changes = { alerts: AlertRecord[]; cases: Case[]; register: RegisterChange[] };

/** Some of these fields, mostly one or two: a filter that asks for much finds nothing. */
const partly = <T extends Record<string, fc.Arbitrary<unknown>>>(fields: T) =>
  fc.uniqueArray(fc.constantFrom(...Object.keys(fields)), { maxLength: 2 }).chain((names) =>
    fc.record(Object.fromEntries(names.map((one) => [one, fields[one]!])), {
      noNullPrototype: true,
    }),
  );
const limit = fc.integer({ min: 1, max: 4 });

export const anyAlertFilter: fc.Arbitrary<AlertFilter> = fc
  .tuple(
    limit,
    partly({
      scenario: fc.constantFrom("river-level", "none"),
      rule: fc.constant("high"),
      siteId: fc.constantFrom(...sites),
      sensorId: fc.constant("g-1"),
      communityId: fc.constantFrom(...places),
      level: anyGrade,
      state: fc.constantFrom(
        "open",
        "active",
        "unacknowledged",
        "shelved",
        "suppressed",
        "latched",
        "resolved",
      ),
      from: near,
      to: near,
    }),
  )
  .map(([limit, rest]) => ({ limit, ...rest }) as AlertFilter);
export const anyCaseFilter: fc.Arbitrary<CaseFilter> = fc
  .tuple(
    limit,
    partly({
      siteId: fc.constantFrom(...sites),
      communityId: fc.constantFrom(...places),
      unitId: fc.constant("u-1"),
      class: fc.constant("99-89"),
      scenario: fc.constant("river-level"),
      state: fc.constantFrom(...caseStates),
      open: fc.boolean(),
      readyToClose: fc.boolean(),
    }),
  )
  .map(([limit, rest]) => ({ limit, ...rest }));
const query = fc.constantFrom("bridge", "0%", "f_s", "\\", "桥", "g", "G-3", "s-1", "nowhere");
export const anySensorFilter: fc.Arbitrary<SensorFilter> = fc
  .tuple(
    limit,
    partly({
      scenario: fc.constant("river-level"),
      siteId: fc.constantFrom(...sites),
      communityId: fc.constantFrom(...places),
      query,
    }),
  )
  .map(([limit, rest]) => ({ limit, ...rest }));
export const anySiteFilter: fc.Arbitrary<SiteFilter> = fc
  .tuple(
    limit,
    partly({
      kind: fc.constant("station"),
      parentId: fc.constantFrom(...sites),
      communityId: fc.constantFrom(...places),
      query,
    }),
  )
  .map(([limit, rest]) => ({ limit, ...rest }));
