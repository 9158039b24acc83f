// The columns of each kind's table: what a header may say, and where in the entity it stands.

import type { EntityKind } from "./entities.ts";
import { type Form, fact, instant, mark, number, prose, ring, word, words } from "./forms.ts";

export type Column = {
  /** As it stands in the header: "name.zh", "lon", "facts.river-level.alertM". */
  name: string;
  /** Where its value stands in the entity. */
  path: readonly string[];
  form: Form;
};

const column = (name: string, form: Form, path = name.split(".")): Column => ({ name, form, path });
const named = [column("name.zh", prose), column("name.en", prose)];
const placed = [column("lon", number, ["at", "lon"]), column("lat", number, ["at", "lat"])];
const id = column("id", word);
const siteId = column("siteId", word);

/** All but facts. Secrets are in no table: a credential is made and changed where it is kept. */
const fixed: Record<EntityKind, readonly Column[]> = {
  street: [id, column("code", word), ...named, column("synthetic", mark)],
  community: [id, column("code", word), ...named, column("streetId", word)],
  cell: [id, column("code", word), column("communityId", word), column("ring", ring)],
  site: [
    id,
    column("kind", word),
    ...named,
    column("parentId", word),
    column("cellId", word),
    ...placed,
  ],
  gateway: [id, siteId],
  sensor: [
    id,
    siteId,
    column("scenario", word),
    column("gatewayId", word),
    ...placed,
    column("model", prose),
    column("outOfService.by", prose),
    column("outOfService.since", instant),
    column("outOfService.reason", prose),
  ],
  unit: [id, ...named, column("roles", words), column("communityIds", words)],
  permit: [
    id,
    column("kind", word),
    ...named,
    column("from", instant),
    column("to", instant),
    siteId,
    column("ring", ring),
    column("mutes", words),
  ],
  consent: [
    id,
    column("subjectRef", word),
    siteId,
    column("purpose", word),
    column("textVersion", word),
    column("givenBy", word),
    column("channel", word),
    column("givenAt", instant),
    column("withdrawnAt", instant),
  ],
};

/** Lists that are there even when nothing is in them, and facts. */
const empties: { readonly [K in EntityKind]?: Readonly<Record<string, unknown>> } = {
  site: { facts: {} },
  unit: { communityIds: [] },
  permit: { mutes: [] },
};

/** What an entity of a kind has before any of its columns is read; a copy to be filled. */
export const blank = (kind: EntityKind): Record<string, unknown> =>
  structureOf(empties[kind] ?? {});

const structureOf = (value: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  JSON.parse(JSON.stringify(value)) as Record<string, unknown>;

export const columnsOf = (kind: EntityKind): readonly Column[] => fixed[kind];

/** Schema of a scenario's site facts, by scenario id; undefined: no such scenario. */
export type SchemaOf = (scenario: string) => unknown;

/** The column of that name; undefined: a table of this kind has none. */
export function columnNamed(
  kind: EntityKind,
  name: string,
  schemaOf: SchemaOf,
): Column | undefined {
  const found = fixed[kind].find((one) => one.name === name);
  if (found || kind !== "site" || !name.startsWith("facts.")) return found;
  const [, scenario, field, ...rest] = name.split(".");
  const schema = schemaOf(scenario ?? "") as { properties?: Record<string, unknown> } | undefined;
  if (!schema || !field || rest.length > 0) return undefined;
  if (!schema.properties || !Object.hasOwn(schema.properties, field)) return undefined;
  return factColumn(scenario!, field, schema);
}

/** The column of one fact. */
export const factColumn = (scenario: string, field: string, schema: unknown): Column => {
  const { properties } = (schema ?? {}) as { properties?: Record<string, unknown> };
  return column(`facts.${scenario}.${field}`, fact(properties?.[field]), [
    "facts",
    scenario,
    field,
  ]);
};
