// Seats for the sites that a fleet needs: lifts and flats in buildings, stations at the river, all
// else at the kerb.

import type { Rng } from "../../core/scenario.ts";
import { openGround } from "./blocks.ts";
import { type CellPlan, type Ground, padded } from "./cells.ts";
import { chanceFor, shuffled } from "./chance.ts";
import type { CellFinder, FixedSites, Home, SitePlan } from "./fixed-sites.ts";
import { onMap, type Rect, shrunk } from "./frame.ts";
import { numbered, within } from "./names.ts";
import { riverAt } from "./river.ts";

/** Makes the site that takes a seat; `n` counts the sites of its kind from 1. */
type Seat = (n: number, rng: Rng) => Omit<SitePlan, "id" | "kind">;

/**
 * Up to so many sites of a kind, fewer where there is no room. Who asks for more gets the same ones
 * first.
 */
export type Seating = (kind: string, count: number) => SitePlan[];

export function seatingOf(
  seed: number,
  ground: Ground,
  fixed: FixedSites,
  cellOf: CellFinder,
): Seating {
  const standing: Readonly<Record<string, readonly SitePlan[]>> = {
    compound: fixed.compounds,
    building: fixed.homes.map(({ building }) => building),
    square: fixed.squares,
    river: [fixed.river],
  };
  const seats: Readonly<Record<string, () => Seat[]>> = {
    lift: () => fixed.homes.flatMap((home) => many(home.house.lifts, (i) => lift(home, i))),
    flat: () =>
      fixed.homes
        .filter(({ block }) => block.use === "homes")
        .flatMap((home) => many(home.house.floors * DOORS, (i) => flat(home, i))),
    station: () => many(STATIONS_MAX, (i) => station(ground, fixed.river, cellOf, i)),
  };
  return (kind, count) => {
    const rng = chanceFor(seed, "seats", kind);
    const there = standing[kind];
    if (there) return shuffled(rng, there).slice(0, count);
    const free = seats[kind]?.() ?? ground.cells.flatMap((cell) => kerbs(ground, cell, kind));
    return shuffled(rng, free)
      .slice(0, count)
      .map((seat, i) => {
        const id = `${kind}-${padded(i + 1, 5)}`;
        return { id, kind, ...seat(i + 1, chanceFor(seed, "seat", id)) };
      });
  };
}

const DOORS = 4;
const STATIONS_MAX = 24;

const many = <T>(count: number, make: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));

const somewhereIn = (rng: Rng, { west, south, east, north }: Rect) =>
  onMap({ x: west + rng.next() * (east - west), y: south + rng.next() * (north - south) });

const indoors = ({ block, house, building, compound }: Home, rng: Rng) => ({
  parentId: building.id,
  cellId: block.cell.id,
  at: somewhereIn(rng, shrunk(house.rect, 1)),
  compoundId: compound.id,
});

const lift =
  (home: Home, i: number): Seat =>
  (_, rng) => ({
    name: within(home.building.name, `${i + 1}号梯`, `lift ${i + 1}`),
    ...indoors(home, rng),
  });

/**
 * The id says nothing of the door, since it stands in topics; the name does, for whoever must go
 * there.
 */
const flat =
  (home: Home, i: number): Seat =>
  (_, rng) => {
    const door = `${Math.floor(i / DOORS) + 1}${padded((i % DOORS) + 1, 2)}`;
    return { name: within(home.building.name, `${door}室`, `flat ${door}`), ...indoors(home, rng) };
  };

/** On one bank or the other, evenly along the river. */
const station =
  (ground: Ground, river: SitePlan, cellOf: CellFinder, i: number): Seat =>
  () => {
    const { x, y } = riverAt(ground, ((i + 0.5) * ground.rect.east) / STATIONS_MAX);
    const at = onMap({ x, y: y + (i % 2 === 0 ? 14 : -14) });
    const name = within(river.name, `${i + 1}号水位站`, `gauge station ${i + 1}`);
    return { name, parentId: river.id, cellId: cellOf(at).id, at };
  };

const KERB_M = 6;
const KERB_STEP_M = 14;

/** Places along the kerb inside a cell, never at the river. */
function kerbs(ground: Ground, cell: CellPlan, kind: string): Seat[] {
  const { west, south, east, north } = shrunk(openGround(cell.rect, ground.riverY), -KERB_M);
  const along = (from: number, to: number): number[] =>
    many(Math.floor((to - from) / KERB_STEP_M), (i) => from + (i + 0.5) * KERB_STEP_M);
  const places = [
    ...along(west, east).flatMap((x) => [
      { x, y: south },
      { x, y: north },
    ]),
    ...along(south, north).flatMap((y) => [
      { x: west, y },
      { x: east, y },
    ]),
  ];
  return places.map((place) => (n) => {
    const { zh, en } = numbered(kind, n);
    const spread = { west: place.x - 3, east: place.x + 3, south: place.y - 3, north: place.y + 3 };
    const name = within(cell.community.name, zh, en);
    return { name, cellId: cell.id, at: onMap(place), spread };
  });
}
