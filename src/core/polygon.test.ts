import fc from "fast-check";
import { expect, test } from "vitest";
import { metresBetween, metresOutside, type Polygon, placeIn } from "./polygon.ts";

const square: Polygon = [
  [0, 0],
  [4, 0],
  [4, 4],
  [0, 4],
];
/** The lot before a market: about 30 m by 20 m at Linfen Road. */
const lot: Polygon = [
  [121.4502, 31.3101],
  [121.45051, 31.3101],
  [121.45051, 31.31028],
  [121.4502, 31.31028],
];

test("inside, outside and on the edge are three answers, and a corner is an edge", () => {
  expect(placeIn(square, { lon: 2, lat: 2 })).toBe("inside");
  expect(placeIn(square, { lon: 5, lat: 2 })).toBe("outside");
  expect(placeIn(square, { lon: 4, lat: 2 })).toBe("edge");
  expect(placeIn(square, { lon: 0, lat: 4 })).toBe("edge");
});

test("a notch is outside, though the corners lie all around it", () => {
  const horseshoe: Polygon = [
    [0, 0],
    [6, 0],
    [6, 4],
    [4, 4],
    [4, 2],
    [2, 2],
    [2, 4],
    [0, 4],
  ];
  expect(placeIn(horseshoe, { lon: 3, lat: 3 })).toBe("outside");
  expect(placeIn(horseshoe, { lon: 3, lat: 1 })).toBe("inside");
  expect(placeIn(horseshoe, { lon: 5, lat: 3 })).toBe("inside");
});

test("it is the same polygon whichever way it runs and whether or not it is closed", () => {
  const coordinate = fc.integer({ min: -2, max: 6 });
  fc.assert(
    fc.property(coordinate, coordinate, (lon, lat) => {
      const place = { lon, lat };
      const here = placeIn(square, place);
      expect(placeIn(square.toReversed(), place)).toBe(here);
      expect(placeIn([...square, square[0]!], place)).toBe(here);
      const isIn = lon >= 0 && lon <= 4 && lat >= 0 && lat <= 4;
      expect(here !== "outside").toBe(isIn);
    }),
  );
});

test("two corners, one or none enclose nothing", () => {
  expect(placeIn([], { lon: 0, lat: 0 })).toBe("outside");
  expect(placeIn(square.slice(0, 2), { lon: 2, lat: 0 })).toBe("outside");
});

test("a degree of latitude is 111.2 km, and one of longitude shrinks with the cosine", () => {
  expect(metresBetween({ lon: 121, lat: 31 }, { lon: 121, lat: 32 })).toBeCloseTo(111_195, 0);
  const east = metresBetween({ lon: 121, lat: 60 }, { lon: 122, lat: 60 });
  expect(east).toBeCloseTo(111_195 / 2, 0);
});

test("outside is measured to the nearest wall, around a corner to the corner", () => {
  const metre = 1 / 111_195;
  expect(metresOutside(lot, { lon: 121.4503, lat: 31.3102 })).toBe(0);
  expect(metresOutside(lot, { lon: 121.4503, lat: 31.31028 + 3 * metre })).toBeCloseTo(3, 2);
  const [east, north] = [4 * metre, 3 * metre];
  const corner = {
    lon: 121.45051 + east / Math.cos((31.31028 * Math.PI) / 180),
    lat: 31.31028 + north,
  };
  expect(metresOutside(lot, corner)).toBeCloseTo(5, 2);
});
