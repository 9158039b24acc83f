// The ground the street stands on: metres on a flat map, bent a little so that no road is a
// ruler's, laid on the globe.

import type { Point } from "../entities.ts";

/** Metres east and north of the street's south-western corner. */
export type Place = { x: number; y: number };
export type Rect = { west: number; south: number; east: number; north: number };

/**
 * Corners of cells are multiples of this, and every long edge has a vertex at each multiple: so
 * neighbours share them.
 */
export const LATTICE_M = 40;

/**
 * Open sea, far from every town: whoever lays the street over a real map sees at once that it is
 * none.
 */
const ORIGIN: Point = { lon: 124, lat: 30 };
const METRES_PER_DEGREE_LAT = 110_852; // WGS-84 at 30° north
const METRES_PER_DEGREE_LON = 96_486;

/** Bends by at most one metre in ten, so no two places change their order. */
const bent = ({ x, y }: Place): Place => ({
  x: x + 42 * Math.sin(y / 620) + 12 * Math.sin(x / 310 + y / 520),
  y: y + 30 * Math.sin(x / 780) + 10 * Math.cos(y / 290),
});

/** Six decimals: a tenth of a metre. */
const rounded = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;

export function onMap(place: Place): Point {
  const { x, y } = bent(place);
  return {
    lon: rounded(ORIGIN.lon + x / METRES_PER_DEGREE_LON),
    lat: rounded(ORIGIN.lat + y / METRES_PER_DEGREE_LAT),
  };
}

/** A way along the axes of the ground, with a vertex wherever it crosses the lattice. */
export function wayOf(places: readonly Place[]): Point[] {
  const points: Point[] = [];
  places.forEach((from, i) => {
    points.push(onMap(from));
    const to = places[i + 1];
    if (to) for (const place of crossings(from, to)) points.push(onMap(place));
  });
  return points;
}

function crossings(from: Place, to: Place): Place[] {
  const along = from.x === to.x ? "y" : "x";
  const [start, end] = [from[along], to[along]];
  const steps: number[] = [];
  for (
    let at = (Math.floor(Math.min(start, end) / LATTICE_M) + 1) * LATTICE_M;
    at < Math.max(start, end);
    at += LATTICE_M
  )
    steps.push(at);
  if (start > end) steps.reverse();
  return steps.map((at) => ({ ...from, [along]: at }));
}

/** The boundary of a rectangle of the ground, anticlockwise and open. */
export const outlineOf = ({ west, south, east, north }: Rect): Point[] =>
  wayOf([
    { x: west, y: south },
    { x: east, y: south },
    { x: east, y: north },
    { x: west, y: north },
    { x: west, y: south },
  ]).slice(0, -1);

export const centreOf = ({ west, south, east, north }: Rect): Place => ({
  x: (west + east) / 2,
  y: (south + north) / 2,
});

export const shrunk = (rect: Rect, by: number): Rect => ({
  west: rect.west + by,
  south: rect.south + by,
  east: rect.east - by,
  north: rect.north - by,
});

/** Cuts a stretch into so many parts, each cut on the lattice. */
export function cuts(from: number, to: number, parts: number): number[] {
  return Array.from({ length: parts + 1 }, (_, i) =>
    i === parts ? to : from + Math.round(((to - from) * i) / parts / LATTICE_M) * LATTICE_M,
  );
}
