import fc from "fast-check";
import { expect, test } from "vitest";
import type { Point } from "./entities.ts";
import { boxOf, doubleArea, inBox, inRing, opened } from "./geometry.ts";

const corners: Point[] = [
  { lon: 0, lat: 0 },
  { lon: 4, lat: 0 },
  { lon: 4, lat: 4 },
  { lon: 2, lat: 1 },
  { lon: 0, lat: 4 },
];

test("a ring with a notch holds what is in its arms and not what is in the notch", () => {
  expect(inRing(corners, { lon: 0.5, lat: 3 })).toBe(true);
  expect(inRing(corners, { lon: 3.5, lat: 3 })).toBe(true);
  expect(inRing(corners, { lon: 2, lat: 3 })).toBe(false);
  expect(inRing(corners, { lon: 5, lat: 0.5 })).toBe(false);
});

test("which way a ring runs, where it begins and whether it is closed make no difference", () => {
  const points = fc.record({
    lon: fc.double({ min: -1, max: 5 }),
    lat: fc.double({ min: -1, max: 5 }),
  });
  fc.assert(
    fc.property(points, fc.nat(4), (point, turn) => {
      const inside = inRing(corners, point);
      const turned = [...corners.slice(turn), ...corners.slice(0, turn)];
      expect(inRing(turned, point)).toBe(inside);
      expect(inRing(turned.toReversed(), point)).toBe(inside);
      expect(inRing([...turned, turned[0]!], point)).toBe(inside);
      if (inside) expect(inBox(boxOf(corners), point)).toBe(true);
    }),
  );
});

test("triangles that share a fan of vertices leave no point between them, not even on their edges", () => {
  const degrees = fc.double({ min: 0.1, max: 0.9, noNaN: true });
  fc.assert(
    fc.property(degrees, degrees, degrees, degrees, (hubLon, hubLat, share, slack) => {
      const hub = { lon: hubLon, lat: hubLat };
      const frame = [
        { lon: 0, lat: 0 },
        { lon: 1, lat: 0 },
        { lon: 1, lat: 1 },
        { lon: 0, lat: 1 },
      ];
      const fan = frame.map((from, i) => [from, frame[(i + 1) % 4]!, hub]);
      const onEdge = frame.map((corner) => ({
        lon: corner.lon + share * (hub.lon - corner.lon),
        lat: corner.lat + share * (hub.lat - corner.lat),
      }));
      for (const point of [hub, ...onEdge, { lon: slack, lat: share }])
        expect(fan.filter((ring) => inRing(ring, point))).toHaveLength(1);
    }),
    { numRuns: 2_000 },
  );
});

test("area has the sign of the direction and nothing of the distance from the origin", () => {
  expect(doubleArea(corners)).toBeCloseTo(20);
  expect(doubleArea(corners.toReversed())).toBeCloseTo(-20);
  const far = corners.map(({ lon, lat }) => ({ lon: lon * 1e-5 + 124, lat: lat * 1e-5 + 30 }));
  expect(doubleArea(far) / 1e-10).toBeCloseTo(20, 2);
});

test("the closing point of a ring is taken off once", () => {
  expect(opened([...corners, corners[0]!])).toEqual(corners);
  expect(opened(corners)).toEqual(corners);
});
