import { expect, test } from "vitest";
import { each, play, type Row, type Stage } from "../../src/testing/play.ts";
import piledMaterials from "./index.ts";

const plays = (rows: Row[], stage?: Stage) =>
  expect(play(piledMaterials, rows, stage)).toEqual(rows);

const pile = (eventType: string, areaM2: number, more: object = {}) => ({
  eventType,
  areaM2,
  confidence: 0.9,
  ...more,
});
const nothing = { eventType: "none", confidence: 0.9, blocksExit: false };
const bare: Stage = { site: { permits: [] } };
/** The permitted ground of the sample reaches north to 31.31075. */
const north = (metres: number) => ({ lon: 121.45085, lat: 31.31075 + metres / 111_195 });

test("half a square metre on the road for half an hour is filed; two polls without it end it", () =>
  plays(
    [
      ...each(0, 30, 10, pile("roadPile", 0.5), "roadPile fired yellow"),
      ["40m", nothing],
      ["50m", nothing, "roadPile resolved yellow"],
    ],
    bare,
  ));

test("less than half a square metre, or twenty minutes of unloading, is no matter", () => {
  plays(each(0, 90, 10, pile("roadPile", 0.49)), bare);
  plays([...each(0, 20, 10, pile("roadPile", 4)), ...each(30, 60, 10, nothing)], bare);
});

test("one poll in which a lorry stands before it clears nothing", () =>
  plays(
    [
      ...each(0, 30, 10, pile("roadPile", 2), "roadPile fired yellow"),
      ["40m", nothing],
      ["50m", pile("roadPile", 2)],
      ["1h", nothing],
      ["1h10m", nothing, "roadPile resolved yellow"],
    ],
    bare,
  ));

test("one lost poll does not begin the half hour anew, two do", () => {
  const there = pile("roadPile", 2);
  plays(
    [
      ["0m", there],
      ["20m", there],
      ["30m", there, "roadPile fired yellow"],
    ],
    bare,
  );
  plays(
    [
      ["0m", there],
      ["29m", there],
      ["39m", there],
    ],
    bare,
  );
});

test("each kind is filed under its own class", () => {
  plays(each(0, 30, 10, pile("constructionWaste", 0.5), "constructionWaste fired yellow"), bare);
  plays(each(0, 30, 10, pile("bulkyWaste", 0.5), "bulkyWaste fired yellow"), bare);
});

test("garbage counts from three tenths of a square metre, and one look without it ends it", () => {
  plays([
    ...each(0, 30, 10, pile("exposedGarbage", 0.3), "exposedGarbage fired yellow"),
    ["40m", nothing, "exposedGarbage resolved yellow"],
  ]);
  plays(each(0, 60, 10, pile("exposedGarbage", 0.29)));
});

test("anything in a corridor for two hours is told, and one look without it ends it", () =>
  plays([
    ...each(0, 110, 10, pile("corridorPile", 0.1)),
    ["2h", { eventType: "corridorPile", confidence: 0.9 }, "corridorPile fired yellow"],
    ["2h10m", nothing, "corridorPile resolved yellow"],
  ]));

test("a blocked fire door is orange after five minutes, and free for two it ends", () =>
  plays([
    ["0m", pile("corridorPile", 1, { blocksExit: true })],
    ["5m", pile("corridorPile", 1, { blocksExit: true }), "exitBlocked fired orange"],
    ["7m", pile("corridorPile", 1, { blocksExit: false })],
    ["8m", null],
    ["9m", null, "exitBlocked resolved orange"],
  ]));

test("four minutes before a door, or a camera that does not tell, accuse nobody", () => {
  const blocked = pile("corridorPile", 1, { blocksExit: true });
  plays([
    ["0m", blocked],
    ["4m", blocked],
    ["5m", nothing],
    ["20m", nothing],
  ]);
  plays(each(0, 60, 10, pile("corridorPile", 1)));
});

test("a picture that is not sure says nothing, for better or worse", () =>
  plays(
    [
      ...each(0, 60, 10, pile("roadPile", 3, { confidence: 0.59 })),
      ...each(70, 100, 10, pile("roadPile", 3, { confidence: 0.6 }), "roadPile fired yellow"),
      ...each(110, 150, 10, { ...nothing, confidence: 0.3 }),
    ],
    bare,
  ));

test("a permit excuses what lies on its ground, the line included, and nothing beyond", () => {
  plays(each(0, 60, 10, pile("roadPile", 3, north(-1))));
  plays(each(0, 60, 10, pile("roadPile", 3, north(0))));
  plays(each(0, 30, 10, pile("roadPile", 3, north(0.5)), "roadPile fired yellow"));
});

test("a permit excuses nothing before its first day and after its last", () => {
  const permit = (validFrom: string, validTo: string): Stage => ({
    site: {
      permits: [
        {
          permitNo: "1",
          validFrom,
          validTo,
          polygon: [
            [121, 31],
            [122, 31],
            [122, 32],
            [121, 32],
          ],
        },
      ],
    },
  });
  const there = pile("roadPile", 3, north(0));
  plays(each(0, 60, 10, there), permit("2026-03-02", "2026-03-02"));
  plays(each(0, 30, 10, there, "roadPile fired yellow"), permit("2026-03-03", "2026-04-01"));
  plays(each(0, 30, 10, there, "roadPile fired yellow"), permit("2026-01-01", "2026-03-01"));
});

test("a permit excuses neither garbage nor a blocked exit", () => {
  plays(each(0, 30, 10, pile("exposedGarbage", 1, north(-1)), "exposedGarbage fired yellow"));
  const blocked = pile("roadPile", 1, { ...north(-1), blocksExit: true });
  plays(each(0, 10, 10, blocked, "exitBlocked fired orange"));
});

test("where a permit is in force, a pile without a place is nobody's to judge", () =>
  plays(each(0, 60, 10, pile("roadPile", 3))));

test("two piles further apart than ten metres are two, and neither lends the other its time", () =>
  plays([
    ["0m", pile("roadPile", 1, north(40))],
    ["10m", pile("roadPile", 1, north(40))],
    ["20m", pile("roadPile", 1, north(60))],
    ["30m", pile("roadPile", 1, north(60))],
    ["40m", pile("roadPile", 1, north(60))],
    ["50m", pile("roadPile", 1, north(60)), "roadPile fired yellow"],
  ]));

test("a camera that stops speaking is noticed after half an hour", () =>
  plays([
    ["0m", nothing],
    ["30m", null, "silent fired yellow"],
  ]));
