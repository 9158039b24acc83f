// The street as a map: layers of GeoJSON (RFC 7946), so that what is drawn and what is judged are
// one.

import type { Text } from "../../core/text.ts";
import type { Point } from "../entities.ts";
import type { Block } from "./blocks.ts";
import type { Ground } from "./cells.ts";
import type { FixedSites } from "./fixed-sites.ts";
import { outlineOf } from "./frame.ts";
import { riverName, streetName } from "./names.ts";
import { riverOutline } from "./river.ts";
import { roadsOf } from "./roads.ts";

type Position = readonly [lon: number, lat: number];
export type Feature = {
  type: "Feature";
  properties: { kind: string; name?: Text; id?: string; floors?: number };
  geometry:
    | { type: "Polygon"; coordinates: readonly (readonly Position[])[] }
    | { type: "LineString"; coordinates: readonly Position[] };
};
export type Layer = { type: "FeatureCollection"; features: readonly Feature[] };
/** Layers from the ground upwards. Ids are those of the register. */
export type StreetMap = {
  synthetic: true;
  name: Text;
} & Record<
  "boundary" | "communities" | "cells" | "blocks" | "water" | "roads" | "buildings",
  Layer
>;

export function mapOf(ground: Ground, blocks: readonly Block[], fixed: FixedSites): StreetMap {
  return {
    synthetic: true,
    name: streetName,
    boundary: layer([area(outlineOf(ground.rect), { kind: "street", name: streetName })]),
    communities: layer(
      ground.communities.map(({ id, name, rect }) =>
        area(outlineOf(rect), { kind: "community", id, name }),
      ),
    ),
    cells: layer(ground.cells.map(({ id, rect }) => area(outlineOf(rect), { kind: "cell", id }))),
    blocks: layer(blocks.map(({ use, name, rect }) => area(outlineOf(rect), { kind: use, name }))),
    water: layer([
      area(riverOutline(ground), { kind: "river", id: fixed.river.id, name: riverName }),
    ]),
    roads: layer(
      roadsOf(ground).map(({ grade, name, way }) => ({
        type: "Feature",
        properties: { kind: grade, ...(name ? { name } : {}) },
        geometry: { type: "LineString", coordinates: way.map(position) },
      })),
    ),
    buildings: layer(
      fixed.homes.map(({ house, block, building }) =>
        area(outlineOf(house.rect), { kind: block.use, id: building.id, floors: house.floors }),
      ),
    ),
  };
}

const layer = (features: readonly Feature[]): Layer => ({ type: "FeatureCollection", features });

const position = ({ lon, lat }: Point): Position => [lon, lat];

/** GeoJSON closes its rings. */
const area = (ring: readonly Point[], properties: Feature["properties"]): Feature => ({
  type: "Feature",
  properties,
  geometry: { type: "Polygon", coordinates: [[...ring, ring[0]!].map(position)] },
});
