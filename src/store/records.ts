// The records: register, memories, positions, alerts, cases, outcomes, tokens. One writer, the judge; many readers.

import type { Case, CaseEvent } from "../cases/case.ts";
import type { Json } from "../core/rule.ts";
import type { Instant } from "../core/time.ts";
import type { AlertEvent, AlertRecord } from "../engine/alert-record.ts";
import type { Entities, EntityKind, RegisterChange } from "../register/entities.ts";
import type { Position } from "./log.ts";

export type StoredOutcome = { key: string; position: Position; at: Instant; body: Json };
/** A message that must leave the house, once its commit is durable. */
export type OutboxRow = { id: string; dueAt: Instant; body: Json };

/** All that one commit changes. It is taken whole or not at all. */
export type Commit = {
  /** Where the records must stand for this commit to fit (compare-and-set), and where they stand after it. */
  expected: Position;
  position: Position;
  /** Log time at `position`. */
  time: Instant;
  /** Subject → row as JSON text; null: the subject is gone. */
  memories: readonly (readonly [subject: string, row: string | null])[];
  alerts: readonly AlertRecord[];
  alertEvents: readonly AlertEvent[];
  cases: readonly Case[];
  caseEvents: readonly CaseEvent[];
  register: readonly RegisterChange[];
  outcomes: readonly StoredOutcome[];
  outbox: readonly OutboxRow[];
  /** Small states by name: links, faults, counters. */
  meta: Readonly<Record<string, Json>>;
};

/** The judge's state as of `position`. */
export type Loaded = {
  position: Position;
  time: Instant | null;
  memories: readonly (readonly [subject: string, row: string])[];
  /** Alerts not resolved, and those resolved so lately that they may reopen. */
  alerts: readonly AlertRecord[];
  /** Cases neither closed nor voided. */
  cases: readonly Case[];
  register: readonly RegisterChange[];
  meta: Readonly<Record<string, Json>>;
};

/** Thrown when `expected` is not where the records stand: another judge was here. */
export class Fenced extends Error {}

export interface RecordsWriter {
  load(): Promise<Loaded>;
  commit(commit: Commit): Promise<void>;
  /** What an idempotency key was answered, if it was. */
  outcome(key: string): Promise<StoredOutcome | null>;
  /** One alert or case that is over, for whoever acts on it late. */
  alert(id: string): Promise<AlertRecord | null>;
  case(id: string): Promise<Case | null>;
  close(): Promise<void>;
}

/** Thrown for a cursor that this list never gave. */
export class BadCursor extends Error {}

export type Page<T> = { items: readonly T[]; next: string | null };

export type AlertFilter = {
  scenario?: string;
  rule?: string;
  siteId?: string;
  sensorId?: string;
  communityId?: string;
  level?: string;
  /** open: not resolved; active: firing or clearing; unacknowledged, shelved, suppressed: among the open. */
  state?: "open" | "active" | "unacknowledged" | "shelved" | "suppressed" | "latched" | "resolved";
  from?: Instant;
  to?: Instant;
  cursor?: string;
  limit: number;
};
export type CaseFilter = {
  siteId?: string;
  communityId?: string;
  unitId?: string;
  class?: string;
  scenario?: string;
  state?: string;
  open?: boolean;
  readyToClose?: boolean;
  cursor?: string;
  limit: number;
};
export type SensorFilter = {
  scenario?: string;
  siteId?: string;
  communityId?: string;
  query?: string;
  cursor?: string;
  limit: number;
};
export type SiteFilter = {
  kind?: string;
  parentId?: string;
  communityId?: string;
  query?: string;
  cursor?: string;
  limit: number;
};

export type Counts = {
  sensors: number;
  sites: number;
  alerts: {
    open: number;
    unacknowledged: number;
    shelved: number;
    suppressed: number;
    byLevel: Record<string, number>;
    lastTenMinutes: number;
  };
  cases: { open: number; overdue: number; readyToClose: number; closed: number };
};

export type Token = {
  id: string;
  name: string;
  role: string;
  /** SHA-256 (base64url) of the token; a token has 256 random bits, so it needs no slow hash. */
  hash: string;
  createdAt: Instant;
  expiresAt: Instant | null;
  revokedAt: Instant | null;
};

/** Reads for the API, on connections of their own. Lists are newest first, except the register's, which go by id. */
export interface RecordsReader {
  position(): Promise<Position>;
  alerts(filter: AlertFilter): Promise<Page<AlertRecord>>;
  alert(id: string): Promise<AlertRecord | null>;
  alertEvents(alertId: string): Promise<readonly AlertEvent[]>;
  cases(filter: CaseFilter): Promise<Page<Case>>;
  case(id: string): Promise<Case | null>;
  caseEvents(caseId: string): Promise<readonly CaseEvent[]>;
  /** Alerts and cases changed after a log position, oldest change first; null when more than `limit` did. */
  changedSince(
    position: Position,
    limit: number,
  ): Promise<{ alerts: readonly AlertRecord[]; cases: readonly Case[] } | null>;
  sensors(filter: SensorFilter): Promise<Page<Entities["sensor"]>>;
  sites(filter: SiteFilter): Promise<Page<Entities["site"]>>;
  entity<K extends EntityKind>(kind: K, id: string): Promise<Entities[K] | null>;
  entities<K extends EntityKind>(kind: K): Promise<readonly Entities[K][]>;
  outcome(key: string): Promise<StoredOutcome | null>;
  counts(now: Instant): Promise<Counts>;
  meta(name: string): Promise<Json | undefined>;
  /** Memories whose subject begins so, in order of subject. */
  memories(prefix: string): Promise<readonly (readonly [subject: string, row: string])[]>;
  close(): Promise<void>;
}

/** What no rule and no case sees, written by the front itself. */
export interface TokenStore {
  tokens(): Promise<readonly Token[]>;
  putToken(token: Token): Promise<void>;
  revokeToken(id: string, at: Instant): Promise<boolean>;
}
