// Chance that can be had again: every sensor, fault and choice draws from a source of its own,
// named after it.

import type { Rng } from "#scenario";
import { seeded } from "../src/core/rng.ts";

/**
 * A source of its own for these names: who else is in the fleet, and who speaks first, changes
 * nothing in it.
 */
export const chanceOf = (seed: number, ...names: readonly string[]): Rng =>
  seeded(hash(names.join("\u0000"), seed));

/** Whether this name is among a share of all names (0 to 1); the same for the same seed. */
export const isAmong = (share: number, seed: number, ...names: readonly string[]): boolean =>
  chanceOf(seed, ...names).next() < share;

/** A copy in an order that only seed and name decide (Fisher-Yates). */
export function shuffled<T>(list: readonly T[], rng: Rng): T[] {
  const order = [...list];
  for (let last = order.length - 1; last > 0; last--) {
    const pick = Math.floor(rng.next() * (last + 1));
    [order[last], order[pick]] = [order[pick]!, order[last]!];
  }
  return order;
}

/** FNV-1a with a final mix, so that ids which differ in their last digit have nothing in common. */
function hash(text: string, seed: number): number {
  let h = 0x811c9dc5 ^ seed;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
