import { expect, test } from "vitest";
import type { Values } from "../../src/core/reading.ts";
import { play, type Row, type Stage, transitionsOf } from "../../src/testing/play.ts";
import crowdDensity from "./index.ts";

const plays = (rows: Row[], stage?: Stage) => expect(play(crowdDensity, rows, stage)).toEqual(rows);

/** A square of 100 m² on which so many people stand on each, walking as fast as is said. */
const square = { areaM2: 100, areaType: "standing" };
const dense = (densityPerM2: number, averageSpeedMPerS?: number) => ({
  peopleCount: Math.round(100 * densityPerM2),
  densityPerM2,
  ...(averageSpeedMPerS === undefined ? {} : { averageSpeedMPerS }),
});
/** The same every half minute, from one second to another. */
function held(fromS: number, toS: number, said: Values, ...came: string[]): Row[] {
  const rows: Row[] = [];
  for (let second = fromS; second <= toS; second += 30) rows.push([`${second}s`, said]);
  rows.at(-1)!.push(...came);
  return rows;
}

test("attention after three minutes, cleared by ten minutes of thin crowd", () =>
  plays([
    ...held(0, 180, dense(1.5), "density fired blue"),
    ["240s", dense(1.2)], // the clear value itself is not below it
    ...held(270, 870, dense(1.19), "density resolved blue"),
  ]));

test("each level after its own time: dense two minutes, critical one, crush half a minute", () => {
  plays(held(0, 120, dense(2.2), "density fired yellow"));
  plays(held(0, 60, dense(3.6), "density fired orange"));
  plays(held(0, 30, dense(4.7), "density fired red"));
});

test("one alert grows with the crowd, and stays while the crowd thins out", () =>
  plays([
    ...held(0, 120, dense(2.3), "density fired yellow"),
    ...held(150, 210, dense(3.7), "density escalated orange"),
    ["240s", dense(4.8)],
    ["270s", dense(4.8), "density escalated red"],
    ...held(300, 900, dense(2)),
  ]));

test("one picture of a packed square is not enough", () =>
  plays([
    ["0s", dense(5)],
    ["31s", dense(1)],
  ]));

test("a dense crowd that hardly moves is one level worse after a minute", () =>
  plays([
    ["0s", dense(2.3, 0.2)],
    ["30s", dense(2.3, 0.2)],
    ["60s", dense(2.3, 0.2), "density fired orange (stop-and-go)"],
  ]));

test("a critical crowd that hardly moves is red after a minute, not sooner", () =>
  plays([
    ["0s", dense(3.7, 0.2)],
    ["30s", dense(3.7, 0.2)],
    ["60s", dense(3.7, 0.2), "density fired red (stop-and-go)"],
  ]));

test("it goes on hardly moving until it is faster than half a metre a second", () =>
  plays([
    ["0s", dense(2.3, 0.2)],
    ["30s", dense(2.3, 0.4)],
    ["60s", dense(2.3, 0.4), "density fired orange (stop-and-go)"],
  ]));

test("a crowd that has thinned out is as bad as its density, however slow", () =>
  plays([
    ["0s", dense(2.3, 0.2)],
    ...held(30, 180, dense(1.6, 0.2), "density fired blue (stop-and-go)"),
  ]));

test("a crowd that moves is as bad as its density", () =>
  plays([
    ["0s", dense(2.3, 0.2)],
    ["30s", dense(2.3, 0.6)],
    ["60s", dense(2.3, 0.6)],
    ["120s", dense(2.3, 0.6), "density fired yellow"],
  ]));

test("a thin crowd that stands still is no stop-and-go", () =>
  plays(held(0, 180, dense(1.6, 0), "density fired blue")));

test("a walkway and a stair jam at Fruin's own bounds", () => {
  const walkway = { site: { ...square, areaType: "walkway" } };
  const stair = { site: { ...square, areaType: "stair" } };
  plays(held(0, 120, dense(1.08), "density fired yellow"), walkway);
  plays(held(0, 60, dense(2.17), "density fired orange"), walkway);
  plays(held(0, 180, dense(1.08), "density fired blue"), stair);
  plays(held(0, 120, dense(1.54), "density fired yellow"), stair);
  plays(held(0, 60, dense(2.7), "density fired orange"), stair);
});

test("density is reckoned from people and area where the camera does not tell it", () => {
  plays(held(0, 120, { peopleCount: 220 }, "density fired yellow"), { site: square });
  plays(held(0, 60, { peopleCount: 220, areaM2: 50 }, "density fired orange"), { site: square });
});

const flow = (peopleCount: number, inflowPerMin: number, outflowPerMin: number) => ({
  peopleCount,
  inflowPerMin,
  outflowPerMin,
});

test("a square that will be at crush density in ten minutes is told after two", () =>
  plays(
    [
      ["0s", flow(100, 47, 10)], // 100 + 10 × 37 = 470 = 4.7 × 100
      ["60s", flow(100, 47, 10)],
      ["120s", flow(100, 47, 10), "forecast fired orange"],
      ["150s", flow(100, 46, 10)],
      ["300s", flow(100, 46, 10)],
      ["450s", flow(100, 46, 10), "forecast resolved orange"],
    ],
    { site: square },
  ));

test("without both flows nothing is forecast", () =>
  plays(
    [
      ["0s", { peopleCount: 100, inflowPerMin: 900 }],
      ["150s", { peopleCount: 100, inflowPerMin: 900 }],
    ],
    { site: square },
  ));

test("a camera that stops speaking is noticed after three minutes", () =>
  plays([
    ["0s", dense(0.5)],
    ["180s", null, "silent fired yellow"],
    ["190s", dense(0.5), "silent resolved yellow"],
  ]));

test("the bounds of the site's kind stand in the evidence", () => {
  const [fired] = transitionsOf(crowdDensity, held(0, 120, dense(1.1)), {
    site: { ...square, areaType: "walkway" },
  });
  expect(fired!.evidence.thresholds).toMatchObject([
    { level: "blue", bound: 0.72, clear: 0.576 },
    { level: "yellow", bound: 1.08 },
    { level: "orange", bound: 2.17 },
    { level: "red", bound: 4.7 },
  ]);
});
