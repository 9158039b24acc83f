// Communities and cells of the street: rectangles of the ground that leave no gap, with the codes
// of GB/T 30428.1.

import type { Text } from "../../core/text.ts";
import { between, chanceFor, oneOf } from "./chance.ts";
import { cuts, LATTICE_M, type Rect } from "./frame.ts";
import { communityNames } from "./names.ts";

export type CellPlan = { id: string; code: string; rect: Rect; community: CommunityPlan };
export type CommunityPlan = { id: string; code: string; name: Text; rect: Rect };
export type Ground = {
  rect: Rect;
  communities: readonly CommunityPlan[];
  cells: readonly CellPlan[];
  /**
   * Where communities meet, from the west and from the south; the first and last are the street's
   * own ends.
   */
  columns: readonly number[];
  rows: readonly number[];
  /** The row along which the river runs. */
  riverY: number;
};

/** No county of China has this division code. */
export const STREET_CODE = "990106001";
const COLUMNS = 5;
const ROWS = 4;

/** Twenty communities, about a hundred cells of about 140 metres square. */
export function groundOf(seed: number): Ground {
  const rng = chanceFor(seed, "ground");
  const sizes = (count: number) =>
    Array.from({ length: count }, () => oneOf(rng, [8, 8, 9]) * LATTICE_M);
  const columns = sums(sizes(COLUMNS));
  const rows = sums(sizes(ROWS));
  const communities: CommunityPlan[] = [];
  const cells: CellPlan[] = [];
  for (let row = 0; row < ROWS; row++)
    for (let column = 0; column < COLUMNS; column++) {
      const number = communities.length + 1;
      const community = {
        id: `community-${padded(number, 2)}`,
        code: `${STREET_CODE}${padded(number, 3)}`,
        name: communityNames[number - 1]!,
        rect: {
          west: columns[column]!,
          east: columns[column + 1]!,
          south: rows[row]!,
          north: rows[row + 1]!,
        },
      };
      communities.push(community);
      const halves = [between(rng, 2, 3), between(rng, 2, 3)] as const;
      cells.push(...cellsOf(community, halves));
    }
  const rect = { west: 0, south: 0, east: columns.at(-1)!, north: rows.at(-1)! };
  return { rect, communities, cells, columns, rows, riverY: rows[ROWS / 2]! };
}

/** Two rows of two or three cells; serial numbers run from 001 in each community. */
function cellsOf(community: CommunityPlan, halves: readonly [number, number]): CellPlan[] {
  const { west, south, east, north } = community.rect;
  const levels = cuts(south, north, 2);
  const rects = halves.flatMap((parts, half) => {
    const edges = cuts(west, east, parts);
    return Array.from({ length: parts }, (_, i) => ({
      west: edges[i]!,
      east: edges[i + 1]!,
      south: levels[half]!,
      north: levels[half + 1]!,
    }));
  });
  return rects.map((rect, i) => {
    const code = `${community.code}${padded(i + 1, 3)}`;
    return { id: `cell-${code.slice(-6)}`, code, rect, community };
  });
}

export const padded = (number: number, digits: number): string =>
  String(number).padStart(digits, "0");

/** 0, and where each stretch ends when they are laid one after another. */
const sums = (sizes: readonly number[]): number[] =>
  [0, ...sizes].map((_, i) => sizes.slice(0, i).reduce((sum, size) => sum + size, 0));
