// What is built in the cells: compounds, malls, schools and parks, with their houses.

import type { Rng } from "../../core/scenario.ts";
import type { Text } from "../../core/text.ts";
import type { CellPlan, Ground } from "./cells.ts";
import { between, chanceFor, oneOf } from "./chance.ts";
import { type Rect, shrunk } from "./frame.ts";
import { type BlockUse, blockName } from "./names.ts";
import { BANK_M } from "./river.ts";

export type House = { rect: Rect; floors: number; lifts: number };
export type Block = {
  use: BlockUse;
  name: Text;
  rect: Rect;
  cell: CellPlan;
  houses: readonly House[];
};

/** From the middle of a road between cells to the nearest wall. */
const ROAD_M = 12;
const LANE_M = 8;
/** Wider cells are cut in two by a lane. */
const ONE_BLOCK_MAX_M = 120;

/**
 * One or two blocks to a cell; the first of each community is a mall, so that every community has a
 * square.
 */
export function blocksOf(seed: number, ground: Ground): Block[] {
  const rng = chanceFor(seed, "blocks");
  const counts = new Map<BlockUse, number>();
  const opened = new Set<string>();
  return ground.cells.flatMap((cell) =>
    halvesOf(openGround(cell.rect, ground.riverY)).map((rect): Block => {
      const use = opened.has(cell.community.id) ? useBy(rng) : "shops";
      opened.add(cell.community.id);
      const number = counts.get(use) ?? 0;
      counts.set(use, number + 1);
      return { use, name: blockName(use, number), rect, cell, houses: housesIn(rng, use, rect) };
    }),
  );
}

/** A cell without its half of the roads around it, and without the river's bank. */
export function openGround(rect: Rect, riverY: number): Rect {
  const open = shrunk(rect, ROAD_M);
  if (rect.north === riverY) open.north = riverY - BANK_M;
  if (rect.south === riverY) open.south = riverY + BANK_M;
  return open;
}

function halvesOf(rect: Rect): Rect[] {
  if (rect.east - rect.west <= ONE_BLOCK_MAX_M) return [rect];
  const middle = (rect.west + rect.east) / 2;
  return [
    { ...rect, east: middle - LANE_M / 2 },
    { ...rect, west: middle + LANE_M / 2 },
  ];
}

function useBy(rng: Rng): BlockUse {
  const lot = rng.next();
  if (lot < 0.72) return "homes";
  if (lot < 0.82) return "shops";
  if (lot < 0.89) return "offices";
  return lot < 0.94 ? "school" : "park";
}

/**
 * Width and depth of a house, and the gaps to the next one in its row and to the next row, in
 * metres.
 */
const sizes = {
  homes: { width: 25, depth: 12, gap: 8, rowGap: 16 },
  shops: { width: 50, depth: 34, gap: 16, rowGap: 16 },
  offices: { width: 36, depth: 30, gap: 16, rowGap: 20 },
  school: { width: 48, depth: 18, gap: 16, rowGap: 24 },
} as const;

function housesIn(rng: Rng, use: BlockUse, rect: Rect): House[] {
  if (use === "park") return [];
  const { width, depth, gap, rowGap } = sizes[use];
  const room = shrunk(rect, 4);
  if (use === "shops") room.south = forecourtOf(rect).north + 4;
  return spread(room.south, room.north, depth, rowGap).flatMap((south) =>
    spread(room.west, room.east, width, gap).map((west): House => {
      const floors = floorsBy(rng, use);
      const lifts = floors < 7 ? 0 : floors < 12 ? 1 : 2;
      return { rect: { west, south, east: west + width, north: south + depth }, floors, lifts };
    }),
  );
}

/**
 * Where things of one size begin when as many as fit, no nearer than `gap`, fill a stretch evenly.
 */
function spread(from: number, to: number, size: number, gap: number): number[] {
  const count = Math.floor((to - from + gap) / (size + gap));
  const free = (to - from - count * size) / (count + 1);
  return Array.from({ length: Math.max(0, count) }, (_, i) => from + free + i * (size + free));
}

/** The square before a mall. */
export const forecourtOf = (block: Rect): Rect => ({
  ...shrunk(block, 3),
  north: block.south + 27,
});

function floorsBy(rng: Rng, use: BlockUse): number {
  if (use === "school") return between(rng, 3, 5);
  if (use === "shops") return between(rng, 5, 9);
  if (use === "offices") return between(rng, 9, 28);
  return oneOf(rng, [6, 6, 11, 14, 18, 18, 24, 28, 33]);
}
