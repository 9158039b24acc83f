// What the register holds. All of it enters through the log as changes; ids are the caller's, 1 to 64 of A-Z a-z 0-9 _ -.

import type { Json } from "../core/rule.ts";
import type { Text } from "../core/text.ts";
import type { Instant } from "../core/time.ts";

/** WGS-84, degrees. */
export type Point = { lon: number; lat: number };

/** A street: 9-digit division code. There is one to a brain. */
export type Street = { id: string; code: string; name: Text; synthetic?: true };
/** A community 居委: 12-digit code; the partition of everything (house.md 9). */
export type Community = { id: string; code: string; name: Text; streetId: string };
/** A ten-thousand-metre cell 万米单元网格: 15-digit code. */
export type Cell = { id: string; code: string; communityId: string; ring: readonly Point[] };

/** A thing or place that sensors watch. Sites nest; the smallest lies in one cell. */
export type Site = {
  id: string;
  /** "lift", "flat", "building", "compound", "station", "square", "bike-zone", "river", … */
  kind: string;
  name: Text;
  parentId?: string;
  cellId: string;
  at?: Point;
  /** What each scenario wants to know of the site, checked by that scenario's schema: scenario id → facts. */
  facts: Readonly<Record<string, Json>>;
};

export type Sensor = {
  id: string;
  siteId: string;
  scenario: string;
  /** Gateway that may publish for it, itself a credential; none: it speaks for itself. */
  gatewayId?: string;
  at?: Point;
  model?: string;
  /** Put out of service by a person: its readings are stored and not judged. */
  outOfService?: { by: string; since: Instant; reason: string };
  /** HMAC-SHA-256 (base64url) of its secret under the data folder's key; the secret itself is nowhere. */
  secretHash?: string;
  /** During rotation the old secret is good until then. */
  previousSecret?: { hash: string; until: Instant };
};

/** Speaks for the sensors that name it. */
export type Gateway = {
  id: string;
  siteId: string;
  secretHash?: string;
  previousSecret?: { hash: string; until: Instant };
};

/** A disposal department or enterprise; does the work of `roles` in its communities (empty: everywhere). */
export type Unit = {
  id: string;
  name: Text;
  roles: readonly string[];
  communityIds: readonly string[];
};

/** Keeps rules quiet in a place for a time: market stall, works, absence, planned outage. */
export type Permit = {
  id: string;
  kind: string;
  name: Text;
  from: Instant;
  to: Instant;
  /** A site and all below it, or a polygon. */
  siteId?: string;
  ring?: readonly Point[];
  /** Which it mutes: scenario id, or "scenario/rule". Empty: all but life safety. */
  mutes: readonly string[];
};

/** A person's consent to readings about them, for one purpose. The person is a pseudonym; names are elsewhere. */
export type Consent = {
  id: string;
  subjectRef: string;
  siteId: string;
  purpose: string;
  textVersion: string;
  givenBy: "self" | "guardian";
  channel: string;
  givenAt: Instant;
  withdrawnAt?: Instant;
};

export type Entities = {
  street: Street;
  community: Community;
  cell: Cell;
  site: Site;
  sensor: Sensor;
  gateway: Gateway;
  unit: Unit;
  permit: Permit;
  consent: Consent;
};
export type EntityKind = keyof Entities;

/** One change of the register: the whole entity as it is from now on, or its end. */
export type RegisterChange =
  | { [K in EntityKind]: { put: K; value: Entities[K] } }[EntityKind]
  | { remove: EntityKind; id: string };
