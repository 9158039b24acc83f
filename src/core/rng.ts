import type { Rng } from "./scenario.ts";

/**
 * A source of chance that gives the same numbers for the same seed on every machine (mulberry32, by
 * Tommy Ettinger, public domain): 32 bits of state, good enough for fleets and fixtures, never for
 * secrets.
 */
export function seeded(seed: number): Rng {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    // Box and Muller; 1 - next() is never 0, so the logarithm is finite.
    gauss: (mean, sigma) =>
      mean + sigma * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
  };
}
