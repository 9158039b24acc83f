// Chance that can be had again: every part of the street, every sensor and every fault draws from a
// source named after it, so that one does not disturb another.

import { seeded } from "../../core/rng.ts";
import type { Rng } from "../../core/scenario.ts";

/**
 * A source of its own for a name: FNV-1a of the name, spread by the finaliser of MurmurHash3, as
 * the seed.
 */
export function chanceFor(seed: number, ...names: readonly string[]): Rng {
  let hash = 0x811c9dc5 ^ seed;
  for (const character of names.join("/"))
    hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return seeded(hash ^ (hash >>> 16));
}

/** Whether this name is among a share of all names (0 to 1); the same for the same seed. */
export const isAmong = (share: number, seed: number, ...names: readonly string[]): boolean =>
  chanceFor(seed, ...names).next() < share;

/** A whole number from `low` to `high`, both possible. */
export const between = (rng: Rng, low: number, high: number): number =>
  low + Math.floor(rng.next() * (high - low + 1));

export const oneOf = <T>(rng: Rng, choices: readonly T[]): T =>
  choices[Math.floor(rng.next() * choices.length)]!;

/** The same items in an order that only the source decides. */
export function shuffled<T>(rng: Rng, items: readonly T[]): T[] {
  const order = [...items];
  for (let last = order.length - 1; last > 0; last--) {
    const pick = between(rng, 0, last);
    [order[last], order[pick]] = [order[pick]!, order[last]!];
  }
  return order;
}
