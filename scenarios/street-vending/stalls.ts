// The watermelon map: whether trade that a camera sees is a permitted stall at its place and hour.

import { type Instant, isValid, metresOutside, minutesOutside, type Point } from "#scenario";
import type { Params, Reading, Site, Stall } from "./schema.ts";

/** `breach`: a permitted stall that has spread, or stays on after its hours. */
export type Standing = "lawful" | "breach" | "unlawful";

export const placeOf = ({ lon, lat }: Reading): Point | undefined =>
  lon === undefined || lat === undefined ? undefined : { lon, lat };

/**
 * What trade is before the register. Undefined: it cannot be told, since the camera says neither
 * place nor stall and some stall is permitted here today.
 */
export function standingOf(
  reading: Reading,
  { stalls = [] }: Site,
  p: Params,
  at: Instant,
): Standing | undefined {
  const today = stalls.filter((stall) => isValid(stall, at));
  if (today.length === 0) return "unlawful";
  const { stallId } = reading;
  const place = placeOf(reading);
  if (place === undefined && stallId === undefined) return;
  const beyondM = (stall: Stall) => (place ? metresOutside(stall.polygon, place) : 0);
  const own = today.filter((stall) =>
    stallId === undefined ? beyondM(stall) <= p.reachM : stall.stallId === stallId,
  );
  if (own.length === 0) return "unlawful";
  const isKept = (stall: Stall) =>
    beyondM(stall) <= p.beyondM &&
    minutesOutside(stall, at) <= p.lateMin &&
    (reading.frontageM ?? 0) <= (stall.maxFrontageM ?? Number.POSITIVE_INFINITY);
  return own.some(isKept) ? "lawful" : "breach";
}
