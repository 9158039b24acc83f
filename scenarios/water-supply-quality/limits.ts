// The limits of drinking water as the consumer gets it, and which of them a reading breaks.

import type { Params, Reading, Site } from "./schema.ts";

/** The chlorine that protects the water: where chloramine is used, total chlorine tells. */
export const residual = (reading: Reading, { disinfectant }: Site): number | undefined =>
  disinfectant === "chloramine" ? reading.totalChlorineMgPerL : reading.freeChlorineMgPerL;

export const isMurky = (p: Params, { turbidityNtu }: Reading): boolean | undefined =>
  turbidityNtu === undefined ? undefined : turbidityNtu > p.turbidityNtu;

export const isUnprotected = (p: Params, reading: Reading, site: Site): boolean | undefined => {
  const chlorine = residual(reading, site);
  return chlorine === undefined ? undefined : chlorine < p.chlorineLow;
};

/** Too much of either kind; undefined when neither is told. */
export const isOverdosed = (
  { freeHigh, totalHigh }: Pick<Params, "freeHigh" | "totalHigh">,
  { freeChlorineMgPerL: free, totalChlorineMgPerL: total }: Reading,
): boolean | undefined =>
  free === undefined && total === undefined
    ? undefined
    : (free ?? 0) > freeHigh || (total ?? 0) > totalHigh;

/** Outside what the standard allows, narrowed by `margin` on both sides. */
export const isOffPh = (p: Params, { ph }: Reading, margin = 0): boolean | undefined =>
  ph === undefined ? undefined : ph < tenth(p.phLow + margin) || ph > tenth(p.phHigh - margin);

/** A pH is told in hundredths; 6.5 and 0.1 are 6.6, as they are not always in binary. */
const tenth = (value: number): number => Math.round(value * 1_000) / 1_000;

/** How many of turbidity, chlorine and pH are off; undefined when fewer than two are told. */
export function countOff(p: Params, reading: Reading, site: Site): number | undefined {
  const low = isUnprotected(p, reading, site);
  const high = isOverdosed(p, reading);
  const chlorine = low === undefined && high === undefined ? undefined : low || high || false;
  const told = [isMurky(p, reading), chlorine, isOffPh(p, reading)].filter(
    (one) => one !== undefined,
  );
  return told.length < 2 ? undefined : told.filter(Boolean).length;
}
