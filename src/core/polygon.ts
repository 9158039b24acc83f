// Places on the map and the ground around them: whether a point lies in a polygon, how far outside,
// how far two points are apart. Degrees of WGS-84 or CGCS2000; good for a street, which crosses no
// date line and is flat.

import pointInPolygon from "point-in-polygon-hao";

/** A point in degrees, east and north. */
export type Point = { readonly lon: number; readonly lat: number };
/** Its corners as GeoJSON gives positions, [lon, lat], in either direction, closed or not. */
export type Polygon = readonly (readonly number[])[];

/**
 * Where a point is: on the line between two corners, or at one, is `edge`. A polygon of fewer than
 * three corners has no inside.
 */
export function placeIn(polygon: Polygon, { lon, lat }: Point): "inside" | "edge" | "outside" {
  const corners = open(polygon);
  if (corners.length < 3) return "outside";
  const ring = [...corners, corners[0]!].map(([x = 0, y = 0]) => [x, y]);
  const found = pointInPolygon([lon, lat], [ring]);
  return found === 0 ? "edge" : found ? "inside" : "outside";
}

/** Metres from a point to the nearest place of a polygon: 0 inside and on the edge. */
export function metresOutside(polygon: Polygon, place: Point): number {
  if (placeIn(polygon, place) !== "outside") return 0;
  const corners = open(polygon).map(([lon = 0, lat = 0]) => inMetres(place, { lon, lat }));
  return Math.min(...corners.map((corner, i) => fromOrigin(corner, corners.at(i - 1)!)));
}

/** Metres between two points of a street. */
export const metresBetween = (a: Point, b: Point): number => {
  const { x, y } = inMetres(a, b);
  return Math.hypot(x, y);
};

/** The mean radius of the earth (IUGG), in metres. */
const EARTH_M = 6_371_008.8;
const METRES_PER_DEGREE = (EARTH_M * Math.PI) / 180;

type Flat = { x: number; y: number };

/** Metres east and north of `origin`. */
const inMetres = (origin: Point, { lon, lat }: Point): Flat => ({
  x: (lon - origin.lon) * METRES_PER_DEGREE * Math.cos(((lat + origin.lat) * Math.PI) / 360),
  y: (lat - origin.lat) * METRES_PER_DEGREE,
});

/** How far the line from `a` to `b` passes from the origin. */
function fromOrigin(a: Flat, b: Flat): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length2 = dx * dx + dy * dy;
  const along = length2 === 0 ? 0 : Math.max(0, Math.min(1, -(a.x * dx + a.y * dy) / length2));
  return Math.hypot(a.x + along * dx, a.y + along * dy);
}

/** Without the last corner where it repeats the first. */
function open(polygon: Polygon): Polygon {
  const [first, last] = [polygon[0], polygon.at(-1)];
  const isClosed = polygon.length > 1 && first![0] === last![0] && first![1] === last![1];
  return isClosed ? polygon.slice(0, -1) : polygon;
}
