// The river: it winds along the line between two rows of communities, and nothing is built near it.

import type { Point } from "../entities.ts";
import type { Ground } from "./cells.ts";
import { onMap, type Place } from "./frame.ts";

/**
 * No block and no kerb is nearer to the river's line than this: half its width, its windings and a
 * bank.
 */
export const BANK_M = 60;
const HALF_WIDTH_M = 16;

/** The middle of the river at so many metres from the west. */
export const riverAt = ({ riverY }: Ground, x: number): Place => ({
  x,
  y: riverY + 17 * Math.sin(x / 230) + 7 * Math.sin(x / 95),
});

const widthAt = (x: number): number => HALF_WIDTH_M + 4 * Math.sin(x / 400);

/** Its two banks as one boundary, open. It begins and ends at the street's edge. */
export function riverOutline(ground: Ground): Point[] {
  const [south, north]: [Point[], Point[]] = [[], []];
  for (let x = 0; x <= ground.rect.east; x += 20) {
    const { y } = riverAt(ground, x);
    south.push(onMap({ x, y: y - widthAt(x) }));
    north.push(onMap({ x, y: y + widthAt(x) }));
  }
  return [...south, ...north.reverse()];
}
