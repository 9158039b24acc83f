// The entities as schemas, so that a change from a file or the API is known to be one before
// anything reads it.

import Type, { type Static, type TSchema } from "typebox";
import { Compile } from "typebox/compile";
import type { Entities, EntityKind } from "./entities.ts";
import { explain, type Fault } from "./explain.ts";

const closed = { additionalProperties: false } as const;
const id = Type.String({ pattern: "^[A-Za-z0-9_-]{1,64}$" });
/** A word that another room gave: a scenario, a kind, a role, a purpose. */
const word = Type.String({ minLength: 1, maxLength: 64 });
const line = Type.String({ minLength: 1, maxLength: 200 });
const name = Type.Object({ zh: line, en: line }, closed);
const instant = Type.Integer({ minimum: 0, maximum: 8.64e15 });
const code = (digits: number) => Type.String({ pattern: `^[0-9]{${digits}}$` });
const point = Type.Object(
  {
    lon: Type.Number({ minimum: -180, maximum: 180 }),
    lat: Type.Number({ minimum: -90, maximum: 90 }),
  },
  closed,
);
const ring = Type.Array(point, { minItems: 3, maxItems: 10_000 });
const secret = {
  secretHash: Type.Optional(line),
  previousSecret: Type.Optional(Type.Object({ hash: line, until: instant }, closed)),
};

/** Digits of the codes of GB/T 30428.1: street, community, cell. */
export const codeDigits = { street: 9, community: 12, cell: 15 } as const;

const shapes = {
  street: Type.Object(
    { id, code: code(codeDigits.street), name, synthetic: Type.Optional(Type.Literal(true)) },
    closed,
  ),
  community: Type.Object({ id, code: code(codeDigits.community), name, streetId: id }, closed),
  cell: Type.Object({ id, code: code(codeDigits.cell), communityId: id, ring }, closed),
  site: Type.Object(
    {
      id,
      kind: word,
      name,
      parentId: Type.Optional(id),
      cellId: id,
      at: Type.Optional(point),
      facts: Type.Record(Type.String(), Type.Unknown()),
    },
    closed,
  ),
  sensor: Type.Object(
    {
      id,
      siteId: id,
      scenario: word,
      gatewayId: Type.Optional(id),
      at: Type.Optional(point),
      model: Type.Optional(line),
      outOfService: Type.Optional(Type.Object({ by: line, since: instant, reason: line }, closed)),
      ...secret,
    },
    closed,
  ),
  gateway: Type.Object({ id, siteId: id, ...secret }, closed),
  unit: Type.Object(
    {
      id,
      name,
      roles: Type.Array(word, { minItems: 1, maxItems: 100 }),
      communityIds: Type.Array(id, { maxItems: 1_000 }),
    },
    closed,
  ),
  permit: Type.Object(
    {
      id,
      kind: word,
      name,
      from: instant,
      to: instant,
      siteId: Type.Optional(id),
      ring: Type.Optional(ring),
      mutes: Type.Array(Type.String({ minLength: 1, maxLength: 129 }), { maxItems: 1_000 }),
    },
    closed,
  ),
  consent: Type.Object(
    {
      id,
      subjectRef: id,
      siteId: id,
      purpose: word,
      textVersion: word,
      givenBy: Type.Union([Type.Literal("self"), Type.Literal("guardian")]),
      channel: word,
      givenAt: instant,
      withdrawnAt: Type.Optional(instant),
    },
    closed,
  ),
} as const satisfies Record<EntityKind, TSchema>;

/**
 * Fails to compile where a schema says less than its entity's type; facts are JSON, which their
 * scenario's schema checks.
 */
type Loose<T> = { [K in keyof T]: K extends "facts" ? unknown : T[K] };
type Agreed = {
  [K in EntityKind]: Static<(typeof shapes)[K]> extends Loose<Entities[K]> ? true : never;
};
const agreed: Agreed = {
  street: true,
  community: true,
  cell: true,
  site: true,
  gateway: true,
  sensor: true,
  unit: true,
  permit: true,
  consent: true,
};

/** The nine kinds, each after those it refers to (sites among themselves: the parent first). */
export const entityKinds = Object.keys(agreed) as readonly EntityKind[];

export const isEntityKind = (word: unknown): word is EntityKind =>
  typeof word === "string" && Object.hasOwn(shapes, word);

const validators = Object.fromEntries(
  entityKinds.map((kind) => [kind, Compile(shapes[kind] as TSchema)]),
) as Record<EntityKind, ReturnType<typeof Compile>>;

/** What of a value does not fit its kind; none: it is such an entity. */
export const shapeFaults = (kind: EntityKind, value: unknown): Fault[] =>
  validators[kind].Check(value) ? [] : explain(validators[kind].Errors(value));
