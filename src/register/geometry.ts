// Points and rings on the map, in degrees. Good for a street, which crosses no date line.

import type { Point } from "./entities.ts";

export type Ring = readonly Point[];
export type Box = { west: number; south: number; east: number; north: number };

/** The smallest upright box around a ring. */
export function boxOf(ring: Ring): Box {
  const box = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity };
  for (const { lon, lat } of ring) {
    box.west = Math.min(box.west, lon);
    box.east = Math.max(box.east, lon);
    box.south = Math.min(box.south, lat);
    box.north = Math.max(box.north, lat);
  }
  return box;
}

export const inBox = (box: Box, { lon, lat }: Point): boolean =>
  lon >= box.west && lon <= box.east && lat >= box.south && lat <= box.north;

/**
 * Whether a point lies in a ring, by the even-odd rule (a ray to the east; M. Shimrat, Algorithm
 * 112, CACM 5(8), 1962). Rings that share their vertices share no point and leave none out: an edge
 * is walked from its southern end whichever ring it belongs to, so both compute the same crossing,
 * and each edge is half-open.
 */
export function inRing(ring: Ring, point: Point): boolean {
  let inside = false;
  let from = ring.at(-1)!;
  for (const to of ring) {
    if (from.lat > point.lat !== to.lat > point.lat) {
      const [low, high] = from.lat < to.lat ? [from, to] : [to, from];
      const share = (point.lat - low.lat) / (high.lat - low.lat);
      if (point.lon < low.lon + share * (high.lon - low.lon)) inside = !inside;
    }
    from = to;
  }
  return inside;
}

/** Twice the area that a ring encloses, in square degrees; positive when it runs anticlockwise. */
export function doubleArea(ring: Ring): number {
  const origin = ring[0]!; // measured from here, so that small rings lose no digits
  let sum = 0;
  let from = ring.at(-1)!;
  for (const to of ring) {
    sum += (from.lon - origin.lon) * (to.lat - origin.lat);
    sum -= (to.lon - origin.lon) * (from.lat - origin.lat);
    from = to;
  }
  return sum;
}

/** A ring without the closing point that GeoJSON and WKT repeat. */
export function opened(ring: Ring): Ring {
  const [first, last] = [ring[0], ring.at(-1)];
  const closed = ring.length > 1 && first!.lon === last!.lon && first!.lat === last!.lat;
  return closed ? ring.slice(0, -1) : ring;
}
