// The roads: between communities, between cells, and along both banks of the river.

import type { Text } from "../../core/text.ts";
import type { Point } from "../entities.ts";
import type { Ground } from "./cells.ts";
import { type Rect, wayOf } from "./frame.ts";
import { roadName } from "./names.ts";
import { BANK_M } from "./river.ts";

export type Road = { grade: "primary" | "secondary"; name?: Text; way: readonly Point[] };

/** Roads that people name are primary; those between two cells of one community are not named. */
export function roadsOf(ground: Ground): Road[] {
  const { west, east, south, north } = ground.rect;
  const upwards = ground.columns.map((x, i): Road => {
    const way = wayOf([
      { x, y: south },
      { x, y: north },
    ]);
    return { grade: "primary", name: roadName(i, "north"), way };
  });
  const across = levelsOf(ground).map((y, i): Road => {
    const way = wayOf([
      { x: west, y },
      { x: east, y },
    ]);
    return { grade: "primary", name: roadName(i, "east"), way };
  });
  return [
    ...upwards,
    ...across,
    ...ground.cells.flatMap(({ rect, community }) => lanes(rect, community.rect)),
  ];
}

/** How far the roads along the river lie from its line. */
const BANK_ROAD_M = BANK_M - 8;

/** Where the named roads from west to east lie; two where the river runs between them. */
export const levelsOf = ({ rows, riverY }: Ground): number[] =>
  rows.flatMap((y) => (y === riverY ? [y - BANK_ROAD_M, y + BANK_ROAD_M] : [y]));

/** The northern and eastern edge of a cell, where its community goes on behind it. */
function lanes(cell: Rect, community: Rect): Road[] {
  const found: Road[] = [];
  if (cell.north < community.north)
    found.push({
      grade: "secondary",
      way: wayOf([
        { x: cell.west, y: cell.north },
        { x: cell.east, y: cell.north },
      ]),
    });
  if (cell.east < community.east)
    found.push({
      grade: "secondary",
      way: wayOf([
        { x: cell.east, y: cell.south },
        { x: cell.east, y: cell.north },
      ]),
    });
  return found;
}
