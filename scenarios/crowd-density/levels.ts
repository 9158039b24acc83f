// Densities at which a level begins and ends, by the kind of area. People per square metre.

import type { Bounds } from "#scenario";
import type { Params, Site } from "./schema.ts";

/**
 * Lower bounds of Fruin's levels of service D, E and F. A moving crowd jams long before a standing
 * one is full, so on walkways and stairs his bounds take the place of the standing area's; the
 * crush is the same everywhere.
 */
const fruin = {
  walkway: { D: 0.72, E: 1.08, F: 2.17 },
  stair: { D: 1.08, E: 1.54, F: 2.7 },
} as const;
/**
 * A walkway's or stair's attention ends at four fifths of where it began, as a standing area's
 * does.
 */
const CLEARS_AT = 0.8;

export function raiseOf(p: Params, { areaType = "standing" }: Site): Required<Bounds> {
  if (areaType === "standing")
    return { blue: p.attention, yellow: p.dense, orange: p.critical, red: p.crush };
  const { D, E, F } = fruin[areaType];
  return { blue: D, yellow: E, orange: F, red: p.crush };
}

/** An alert that was ever open ends where attention ends. */
export function clearOf(p: Params, { areaType = "standing" }: Site): Bounds {
  return { blue: areaType === "standing" ? p.attentionClear : CLEARS_AT * fruin[areaType].D };
}
