// What damp air does to a cheap particle counter, and how much of it is taken back.

/** A counter is calibrated for air up to so damp, and cannot be corrected beyond fog. */
const DAMP_PCT = 80;
const FOG_PCT = 95;
/** Density of dry particles, g/cm3, in the usual form of the correction. */
const DENSITY = 1.65;

/** By how much particles weigh more in air of this humidity (κ-Köhler, after Crilley 2018). */
const growth = (humidityPct: number, kappa: number): number =>
  1 + kappa / DENSITY / (100 / humidityPct - 1);

/**
 * What the particles would weigh in air of 80 %: a value taken in damper air is divided by their
 * growth since. Undefined in fog, where nobody can tell particles from droplets.
 */
export function dried(value: number, humidityPct: number, kappa: number): number | undefined {
  if (humidityPct <= DAMP_PCT) return value;
  if (humidityPct > FOG_PCT) return undefined;
  return (value * growth(DAMP_PCT, kappa)) / growth(humidityPct, kappa);
}
