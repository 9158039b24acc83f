// Seats for the sites that a fleet needs: in houses, on the ground of compounds, at the kerb, on
// squares, at the river and where a road dips under its bank.

import type { Rng } from "../../core/scenario.ts";
import { openGround } from "./blocks.ts";
import { type CellPlan, type Ground, padded } from "./cells.ts";
import { chanceFor, shuffled } from "./chance.ts";
import type { CellFinder, FixedSites, Home, SitePlan } from "./fixed-sites.ts";
import { onMap, type Rect, shrunk } from "./frame.ts";
import { kindOf, numbered, type Stand } from "./kinds.ts";
import { within } from "./names.ts";
import { riverAt } from "./river.ts";
import { levelsOf } from "./roads.ts";

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
  const { northward, eastward, lanes } = fixed.roads;
  const standing: Readonly<Record<string, readonly SitePlan[]>> = {
    building: fixed.homes.map(({ building }) => building),
    square: fixed.squares,
    river: [fixed.river],
    road: [...northward, ...eastward, ...lanes.values()],
  };
  const compounds = new Map(fixed.compounds.map((compound) => [compound.id, compound]));
  const flats = fixed.homes.filter(({ block }) => block.use === "homes");
  const order = inTurn(seed, fixed);
  const inHomes = (homes: readonly Home[], of: (home: Home) => Seat[], rng: Rng) =>
    dealt(order, homes, ({ compound }) => compound.id, of, rng);
  const seats: Readonly<Record<Stand, (kind: string, rng: Rng) => Seat[]>> = {
    lift: (_, rng) =>
      inHomes(fixed.homes, (home) => many(home.house.lifts, (i) => lift(home, i)), rng),
    flat: (kind, rng) =>
      inHomes(flats, (home) => many(home.house.floors * DOORS, (i) => flat(home, i, kind)), rng),
    room: (kind, rng) =>
      inHomes(fixed.homes, (home) => many(ROOMS, (i) => room(home, i, kind)), rng),
    yard: (kind, rng) =>
      dealt(
        order,
        fixed.compounds,
        ({ id }) => id,
        (around) => many(YARDS, (i) => yard(around, i, kind)),
        rng,
      ),
    plaza: (kind, rng) =>
      shuffled(
        rng,
        fixed.squares.flatMap((around) => many(YARDS, (i) => yard(around, i, kind))),
      ),
    bank: (kind, rng) =>
      shuffled(
        rng,
        many(STATIONS_MAX, (i) => station(ground, fixed.river, cellOf, i, kind)),
      ),
    underpass: (kind, rng) => shuffled(rng, underpasses(ground, fixed, cellOf, kind)),
    kerb: (kind, rng) =>
      shuffled(
        rng,
        ground.cells.flatMap((cell) => kerbs(ground, cell, fixed, kind)),
      ),
  };
  return (kind, count) => {
    const rng = chanceFor(seed, "seats", kind);
    if (kind === "compound") return order.slice(0, count).map((id) => compounds.get(id)!);
    const there = standing[kind];
    if (there) return shuffled(rng, there).slice(0, count);
    return seats[kindOf(kind).stand](kind, rng)
      .slice(0, count)
      .map((seat, i) => {
        const id = `${kind}-${padded(i + 1, 5)}`;
        return { id, kind, ...seat(i + 1, chanceFor(seed, "seat", id)) };
      });
  };
}

const DOORS = 4;
const STATIONS_MAX = 24;
/** So many sites of one kind find room in a house, and on the ground of a compound or a square. */
const ROOMS = 24;
const YARDS = 12;

/** The compounds by chance, those first that have both flats and lifts: much can happen there. */
function inTurn(seed: number, { compounds, homes }: FixedSites): string[] {
  const rich = new Set(
    homes.flatMap(({ block, house, compound }) =>
      block.use === "homes" && house.lifts > 0 ? compound.id : [],
    ),
  );
  const order = shuffled(chanceFor(seed, "compounds"), compounds).map(({ id }) => id);
  return [...order.filter((id) => rich.has(id)), ...order.filter((id) => !rich.has(id))];
}

/** So many seats of a compound are taken before it is the next one's turn. */
const AT_ONCE = 4;

/**
 * Seats in turns of the compounds, the same order for every kind: a small fleet has neighbours, and
 * what happens in one compound finds lifts, flats and lanes there.
 */
function dealt<T>(
  order: readonly string[],
  around: readonly T[],
  compoundOf: (one: T) => string,
  seatsOf: (one: T) => Seat[],
  rng: Rng,
): Seat[] {
  const byCompound = Map.groupBy(around, compoundOf);
  const held = order.map((id) => shuffled(rng, (byCompound.get(id) ?? []).flatMap(seatsOf)));
  const rounds = Math.ceil(Math.max(...held.map(({ length }) => length)) / AT_ONCE);
  return many(rounds, (turn) =>
    held.flatMap((own) => own.slice(turn * AT_ONCE, (turn + 1) * AT_ONCE)),
  ).flat();
}

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
  (home: Home, i: number, kind: string): Seat =>
  (_, rng) => {
    const door = `${Math.floor(i / DOORS) + 1}${padded((i % DOORS) + 1, 2)}`;
    const { en } = kindOf(kind).name ?? { en: kind };
    return {
      name: within(home.building.name, `${door}室`, `${en} ${door}`),
      ...indoors(home, rng),
    };
  };

const room =
  (home: Home, i: number, kind: string): Seat =>
  (_, rng) => {
    const { zh, en } = numbered(kind, i + 1);
    return { name: within(home.building.name, zh, en), ...indoors(home, rng) };
  };

/** How far apart the sensors of one such site stand, at most. */
const YARD_M = 4;

/** On the open ground of a compound or a square, with a line of its own. */
const yard =
  (around: SitePlan, i: number, kind: string): Seat =>
  (_, rng) => {
    const { zh, en } = numbered(kind, i + 1);
    const { west, south, east, north } = around.spread!;
    const x = west + YARD_M + rng.next() * (east - west - 2 * YARD_M);
    const y = south + YARD_M + rng.next() * (north - south - 2 * YARD_M);
    return {
      name: within(around.name, zh, en),
      parentId: around.id,
      cellId: around.cellId,
      at: onMap({ x, y }),
      spread: shrunk({ west: x, east: x, south: y, north: y }, -YARD_M / 2),
    };
  };

/** On one bank or the other, evenly along the river. */
const station =
  (ground: Ground, river: SitePlan, cellOf: CellFinder, i: number, kind: string): Seat =>
  () => {
    const { x, y } = riverAt(ground, ((i + 0.5) * ground.rect.east) / STATIONS_MAX);
    const at = onMap({ x, y: y + (i % 2 === 0 ? 14 : -14) });
    const { zh, en } = numbered(kind, i + 1);
    const name = within(river.name, zh, en);
    return { name, parentId: river.id, cellId: cellOf(at).id, at };
  };

/** From the line of a road to the middle of one carriageway. */
const HALF_ROAD_M = 5;

/** Where a road from south to north dips under the roads along the river. */
function underpasses(
  ground: Ground,
  { roads }: FixedSites,
  cellOf: CellFinder,
  kind: string,
): Seat[] {
  const banks = levelsOf(ground).flatMap((y, i) =>
    Math.abs(y - ground.riverY) < 100 && y !== ground.riverY
      ? [{ y, road: roads.eastward[i]! }]
      : [],
  );
  return ground.columns.flatMap((column, i) =>
    banks.map(
      ({ y, road }): Seat =>
        () => {
          const x = column + (column === ground.rect.east ? -HALF_ROAD_M : HALF_ROAD_M);
          const [above, at] = [roads.northward[i]!, onMap({ x, y })];
          const { zh, en } = kindOf(kind).name ?? { zh: kind, en: kind };
          return {
            name: within(above.name, `${road.name.zh}${zh}`, `${en} at ${road.name.en}`),
            parentId: above.id,
            cellId: cellOf(at).id,
            at,
            spread: shrunk({ west: x, east: x, south: y, north: y }, -2),
          };
        },
    ),
  );
}

const KERB_M = 6;
const KERB_STEP_M = 14;

/** Places along the kerb inside a cell, never at the river, each on the road that it stands at. */
function kerbs(ground: Ground, cell: CellPlan, { roads }: FixedSites, kind: string): Seat[] {
  const { community, rect } = cell;
  const { west, south, east, north } = shrunk(openGround(rect, ground.riverY), -KERB_M);
  const along = (from: number, to: number): number[] =>
    many(Math.floor((to - from) / KERB_STEP_M), (i) => from + (i + 0.5) * KERB_STEP_M);
  const lanes = roads.lanes.get(community.id)!;
  const upwards = (x: number) => roads.northward[ground.columns.indexOf(x)] ?? lanes;
  const levels = levelsOf(ground);
  /** The cell's edge; at the river the road runs on this side of it. */
  const across = (y: number, side: -1 | 1) => {
    const found = levels.findIndex((level) =>
      y === ground.riverY
        ? Math.sign(level - y) === side && Math.abs(level - y) < 100
        : level === y,
    );
    return roads.eastward[found] ?? lanes;
  };
  const places = [
    ...along(west, east).flatMap((x) => [
      { x, y: south, road: across(rect.south, 1) },
      { x, y: north, road: across(rect.north, -1) },
    ]),
    ...along(south, north).flatMap((y) => [
      { x: west, y, road: upwards(rect.west) },
      { x: east, y, road: upwards(rect.east) },
    ]),
  ];
  return places.map(({ road, ...place }) => (n) => {
    const { zh, en } = numbered(kind, n);
    const spread = shrunk({ west: place.x, east: place.x, south: place.y, north: place.y }, -3);
    const name = within(cell.community.name, zh, en);
    return { name, parentId: road.id, cellId: cell.id, at: onMap(place), spread };
  });
}
