// Which entity refers to which: what must be there before it, and what may not go while it is
// there.

import type { Entities, EntityKind } from "./entities.ts";

/** One field of an entity that holds the id of another. */
export type Reference = { field: string; kind: EntityKind; id: string };

const one = (field: string, kind: EntityKind, id: string | undefined): Reference[] =>
  id === undefined ? [] : [{ field, kind, id }];

const table: { [K in EntityKind]: (value: Entities[K]) => Reference[] } = {
  street: () => [],
  community: (value) => one("streetId", "street", value.streetId),
  cell: (value) => one("communityId", "community", value.communityId),
  site: (value) => [
    ...one("parentId", "site", value.parentId),
    ...one("cellId", "cell", value.cellId),
  ],
  gateway: (value) => one("siteId", "site", value.siteId),
  sensor: (value) => [
    ...one("siteId", "site", value.siteId),
    ...one("gatewayId", "gateway", value.gatewayId),
  ],
  unit: (value) => value.communityIds.flatMap((id) => one("communityIds", "community", id)),
  permit: (value) => one("siteId", "site", value.siteId),
  consent: (value) => one("siteId", "site", value.siteId),
};

/** All ids that an entity names. */
export const referencesOf = <K extends EntityKind>(kind: K, value: Entities[K]): Reference[] =>
  (table[kind] as (value: Entities[K]) => Reference[])(value);
