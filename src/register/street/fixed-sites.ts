// The sites that are always there: compounds, their buildings, squares, roads and the river.

import type { Text } from "../../core/text.ts";
import type { Point, Site } from "../entities.ts";
import { inRing } from "../geometry.ts";
import { type Block, forecourtOf, type House } from "./blocks.ts";
import { type CellPlan, type Ground, padded } from "./cells.ts";
import { centreOf, onMap, outlineOf, type Rect, shrunk } from "./frame.ts";
import { lanesName, riverName, roadName, within } from "./names.ts";
import { riverAt } from "./river.ts";
import { levelsOf } from "./roads.ts";

/**
 * A site without its facts. `spread`: where on the ground its sensors stand, when there are
 * several.
 */
export type SitePlan = Omit<Site, "facts"> & {
  spread?: Rect;
  /** The compound in whose buildings it is. */
  compoundId?: string;
};

/** A house with its block and its two sites. */
export type Home = { block: Block; house: House; building: SitePlan; compound: SitePlan };

export type FixedSites = {
  homes: readonly Home[];
  compounds: readonly SitePlan[];
  squares: readonly SitePlan[];
  river: SitePlan;
  roads: Roads;
};

/**
 * The named roads from the west and from the south, as `ground.columns` and `levelsOf` count them,
 * and the lanes of each community, by its id.
 */
export type Roads = {
  northward: readonly SitePlan[];
  eastward: readonly SitePlan[];
  lanes: ReadonlyMap<string, SitePlan>;
};

/** Finds the cell that a point of the map lies in. */
export type CellFinder = (point: Point) => CellPlan;

export function cellFinder(ground: Ground): CellFinder {
  const drawn = ground.cells.map((cell) => ({ cell, ring: outlineOf(cell.rect) }));
  return (point) => {
    const found = drawn.find(({ ring }) => inRing(ring, point));
    if (!found) throw new Error(`no cell of the street holds ${point.lon}, ${point.lat}`);
    return found.cell;
  };
}

export function fixedSites(ground: Ground, blocks: readonly Block[]): FixedSites {
  const compounds: SitePlan[] = [];
  const squares: SitePlan[] = [];
  const homes: Home[] = [];
  for (const block of blocks) {
    if (block.use === "park" || block.use === "shops")
      squares.push(squareOf(block, squares.length + 1));
    if (block.use === "park") continue;
    const compound = compoundOf(block, compounds.length + 1);
    compounds.push(compound);
    block.houses.forEach((house, i) => {
      const building = buildingOf(block, house, compound, homes.length + 1, i + 1);
      homes.push({ block, house, building, compound });
    });
  }
  return { homes, compounds, squares, river: riverOf(ground), roads: roadSites(ground) };
}

/** From the line of a road at the street's edge to where it certainly lies inside a cell. */
const INSIDE_M = 3;

function roadSites(ground: Ground): Roads {
  const cellOf = cellFinder(ground);
  const { east, north } = ground.rect;
  const inside = (at: number, end: number) => Math.min(Math.max(at, INSIDE_M), end - INSIDE_M);
  let n = 0;
  const road = (name: Text, x: number, y: number): SitePlan => {
    const at = onMap({ x: inside(x, east), y: inside(y, north) });
    return { id: `road-${padded(++n, 4)}`, kind: "road", name, cellId: cellOf(at).id, at };
  };
  return {
    // A little past the middle, where none of them meets another.
    northward: ground.columns.map((x, i) => road(roadName(i, "north"), x, north / 2 + 90)),
    eastward: levelsOf(ground).map((y, i) => road(roadName(i, "east"), east / 2 + 30, y)),
    lanes: new Map(
      ground.communities.map(({ id, name, rect }) => {
        const { x, y } = centreOf(rect);
        return [id, road(lanesName(name), x, y)];
      }),
    ),
  };
}

const compoundOf = (block: Block, n: number): SitePlan => ({
  id: `compound-${padded(n, 4)}`,
  kind: "compound",
  name: block.name,
  cellId: block.cell.id,
  at: onMap(centreOf(block.rect)),
  spread: shrunk(block.rect, 4),
});

const buildingOf = (
  block: Block,
  house: House,
  compound: SitePlan,
  n: number,
  number: number,
): SitePlan => ({
  id: `building-${padded(n, 4)}`,
  kind: "building",
  name: within(block.name, `${number}号楼`, `building ${number}`),
  parentId: compound.id,
  cellId: block.cell.id,
  at: onMap(centreOf(house.rect)),
  spread: shrunk(house.rect, 1),
  compoundId: compound.id,
});

/** A park is a square as a whole; a mall has one before it. */
function squareOf(block: Block, n: number): SitePlan {
  const isPark = block.use === "park";
  const spread = isPark ? shrunk(block.rect, 6) : forecourtOf(block.rect);
  return {
    id: `square-${padded(n, 4)}`,
    kind: "square",
    name: isPark ? block.name : within(block.name, "前广场", "forecourt"),
    cellId: block.cell.id,
    at: onMap(centreOf(spread)),
    spread,
  };
}

function riverOf(ground: Ground): SitePlan {
  const at = onMap(riverAt(ground, ground.rect.east / 2 + 7));
  return {
    id: "river-0001",
    kind: "river",
    name: riverName,
    cellId: cellFinder(ground)(at).id,
    at,
  };
}
