import { expect, test } from "vitest";
import { hours, minutes } from "../time.ts";
import { addEnergy, type Energies, energyMean } from "./energy-mean.ts";

test("two equal levels keep their level; ten decibels more for half the time make 2.6 less", () => {
  expect(energyMean([60, 60])).toBeCloseTo(60, 10);
  // (10^6 + 10^7) / 2 = 5.5e6, and 10 lg 5.5e6 = 67.40; the mean of the decibels would be 65.
  expect(energyMean([60, 70])).toBeCloseTo(67.4036, 4);
});

test("an hour of 55 dB with six minutes of 75 dB is 65.4 dB by hand", () => {
  // (54 × 10^5.5 + 6 × 10^7.5) / 60 = 284605 + 3162278 = 3446883; 10 lg of it is 65.374.
  const hour = [...Array(54).fill(55), ...Array(6).fill(75)];
  expect(energyMean(hour)).toBeCloseTo(65.374, 3);
});

/** The equivalent level after the last of these minutes. */
function rolling(levels: readonly number[], options = {}) {
  let energies: Energies = [];
  let meanDb: number | undefined;
  for (const [minute, db] of levels.entries())
    ({ energies, meanDb } = addEnergy(energies, db, minutes(minute), {
      window: hours(1),
      speaksFor: minutes(1),
      since: 0,
      ...options,
    }));
  return { meanDb, energies };
}
const flat = (db: number, count: number): number[] => Array(count).fill(db);

test("the rolling level is that of the same minutes taken together", () => {
  const hour = Array.from({ length: 60 }, (_, i) => 50 + ((i * 7) % 20));
  expect(rolling(hour).meanDb).toBeCloseTo(energyMean(hour), 9);
});

test("what is more than an hour ago is forgotten, and the state stays small", () => {
  const { meanDb, energies } = rolling([...flat(90, 60), ...flat(50, 61)]);
  expect(meanDb).toBeCloseTo(50, 6);
  expect(energies.length).toBeLessThanOrEqual(15);
});

test("there is no level before three quarters of the hour were heard", () => {
  expect(rolling(flat(50, 44)).meanDb).toBeUndefined();
  expect(rolling(flat(50, 45)).meanDb).toBeCloseTo(50, 6);
});

test("day and night are not mixed", () => {
  const since = minutes(60);
  expect(rolling([...flat(90, 60), ...flat(50, 44)], { since }).meanDb).toBeUndefined();
  expect(rolling([...flat(90, 60), ...flat(50, 45)], { since }).meanDb).toBeCloseTo(50, 6);
});
