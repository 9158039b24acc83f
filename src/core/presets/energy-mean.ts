// The equivalent level of sound: energies are averaged, decibels never.

import type { Duration, Instant } from "../time.ts";

type Bucket = readonly [index: number, energy: number, values: number];
/** The energies of a rolling window. */
export type Energies = readonly Bucket[];

export type EnergyOptions = {
  window: Duration;
  /** For how long one value speaks: the sensor's period. */
  speaksFor: Duration;
  /** What was heard before this instant does not count: day and night are two measurements. */
  since: Instant;
  /** So much of the window must have been heard for a mean; default three quarters. */
  share?: number;
};

/** A window is kept in so many buckets; it is right to one of them. */
const BUCKETS = 15;

const energyOf = (db: number): number => 10 ** (db / 10);
const levelOf = (energy: number): number => 10 * Math.log10(energy);

/** 10 lg of the mean of 10^(L/10): the level that, held steadily, brings the same energy. */
export const energyMean = (levelsDb: readonly number[]): number =>
  levelOf(levelsDb.reduce((sum, db) => sum + energyOf(db), 0) / levelsDb.length);

/**
 * Adds a level to the rolling window, and gives the equivalent level over it in decibels; none
 * while too little of the window was heard.
 */
export function addEnergy(
  before: Energies,
  db: number,
  at: Instant,
  { window, speaksFor, since, share = 0.75 }: EnergyOptions,
): { energies: Energies; meanDb: number | undefined } {
  const size = window / BUCKETS;
  const index = Math.floor(at / size);
  const oldest = Math.max(index - BUCKETS + 1, Math.floor(since / size));
  const [, energy, values] = before.find((one) => one[0] === index) ?? [index, 0, 0];
  const kept = before.filter((one) => one[0] >= oldest && one[0] < index);
  const energies: Energies = [...kept, [index, energy + energyOf(db), values + 1]];
  const count = energies.reduce((sum, one) => sum + one[2], 0);
  const sum = energies.reduce((total, one) => total + one[1], 0);
  // The oldest bucket may have just been left: a window of fourteen buckets and a moment is full.
  const isHeard = count * speaksFor >= share * window;
  return { energies, meanDb: isHeard ? levelOf(sum / count) : undefined };
}
