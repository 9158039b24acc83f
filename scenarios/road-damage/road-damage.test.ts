import { expect, test } from "vitest";
import { play, type Row, type Stage } from "../../src/testing/play.ts";
import roadDamage from "./index.ts";

const plays = (rows: Row[], stage?: Stage) => expect(play(roadDamage, rows, stage)).toEqual(rows);

const seen = (passId: string, defectType: string, more: object = {}, metres = 0) => ({
  passId,
  defectType,
  confidence: 0.8,
  lon: 121.4511,
  lat: 31.3115 + metres / 111_195,
  ...more,
});
const slab = (passId: string, areaM2: number, metres = 0, more: object = {}) =>
  seen(passId, "missingSlab", { areaM2, ...more }, metres);
const clean = (passId: string) => ({ passId, defectType: "none", confidence: 0.9 });

test("half a square metre that two passes saw is filed; two clean passes end it", () =>
  plays([
    ["0h", slab("a", 0.5)],
    ["8h", slab("b", 0.6, 9), "damage fired yellow"],
    ["16h", clean("c")],
    ["1d", clean("d"), "damage resolved yellow"],
  ]));

test("one pass that says it twice is one, and a defect elsewhere bears out nothing", () => {
  plays([
    ["0h", slab("a", 0.5)],
    ["1m", slab("a", 0.5)],
    ["2m", slab("a", 0.5)],
  ]);
  plays([
    ["0h", slab("a", 0.5)],
    ["8h", slab("b", 0.5, 11)],
  ]);
});

test("after a week the first pass is forgotten", () => {
  plays([
    ["0h", slab("a", 0.5)],
    ["6d23h", slab("b", 0.5), "damage fired yellow"],
  ]);
  plays([
    ["0h", slab("a", 0.5)],
    ["6d", clean("b")],
    ["7d", slab("c", 0.5)],
  ]);
});

test("a pass that is nine tenths sure is believed alone", () => {
  plays([["0h", slab("a", 0.5, 0, { confidence: 0.9 }), "damage fired yellow"]]);
  plays([["0h", slab("a", 0.5, 0, { confidence: 0.89 })]]);
});

test("less than half a square metre, or a pass that is not sure, counts for nothing", () => {
  plays(["a", "b", "c"].map((pass, i): Row => [`${i}h`, slab(pass, 0.49)]));
  plays(["a", "b", "c"].map((pass, i): Row => [`${i}h`, slab(pass, 2, 0, { confidence: 0.59 })]));
});

test("one clean pass, or one vehicle twice, ends nothing; seen again, it begins anew", () =>
  plays([
    ["0h", slab("a", 0.5)],
    ["8h", slab("b", 0.5), "damage fired yellow"],
    ["16h", clean("c")],
    ["17h", clean("c")],
    ["1d", slab("d", 0.5)],
    ["1d8h", clean("e")],
    ["1d16h", clean("f"), "damage resolved yellow"],
  ]));

test("a photo that shows it mended ends it at once", () =>
  plays([
    ["0h", slab("a", 0.5)],
    ["8h", slab("b", 0.5), "damage fired yellow"],
    ["9h", slab("chief", 0.5, 2, { mended: true }), "damage resolved yellow"],
  ]));

test("damage seen a fortnight ago is still there when nobody said that it is mended", () =>
  plays([
    ["0h", slab("a", 0.5)],
    ["8h", slab("b", 0.5), "damage fired yellow"],
    ["6d", clean("c")],
    ["12d", slab("d", 0.5)],
    ["13d", clean("e")],
    ["14d", clean("f"), "damage resolved yellow"],
  ]));

const crack = (more: object) => seen("a", "crack", { confidence: 0.95, ...more });

test("a crack counts from a square metre, or longer than a metre and three millimetres wide", () => {
  const fired = "crack fired yellow";
  plays([["0h", crack({ areaM2: 1 }), fired]]);
  plays([["0h", crack({ areaM2: 0.99, lengthM: 1, widthMm: 9 })]]);
  plays([["0h", crack({ lengthM: 1.01, widthMm: 3 }), fired]]);
  plays([["0h", crack({ lengthM: 9, widthMm: 2.9 })]]);
  plays([["0h", crack({ lengthM: 9 })]]); // how wide it is was not measured
});

const hole = (depthMm: number, more: object = {}) => seen("a", "pothole", { depthMm, ...more });
const photo = { imageRef: "pass/a/1.jpg" };

test("a pothole of three centimetres is filed by one pass with a photo, by two without", () => {
  plays([["0h", hole(30, photo), "pothole fired yellow"]]);
  plays([["0h", hole(29.9, photo)]]);
  plays([
    ["0h", hole(30)],
    ["8h", { ...hole(30), passId: "b" }, "pothole fired yellow"],
  ]);
});

test("eight centimetres, or any on a main road, is orange", () => {
  plays([["0h", hole(79, photo), "pothole fired yellow"]]);
  plays([["0h", hole(80, photo), "pothole fired orange"]]);
  plays([["0h", hole(30, photo), "pothole fired orange"]], { site: { mainRoad: true } });
});

test("a pothole that grows makes its alert grow", () =>
  plays([
    ["0h", hole(40, photo), "pothole fired yellow"],
    ["8h", hole(85, photo), "pothole escalated orange"],
  ]));

test("a large flat pothole is damage, a large deep one a pothole, and neither is filed twice", () => {
  const flat = { areaM2: 0.7, confidence: 0.95 };
  plays([["0h", hole(20, flat), "damage fired yellow"]]);
  plays([["0h", hole(40, flat), "pothole fired yellow"]]);
});

const sunk = (more: object = {}) => seen("a", "subsidence", { depthMm: 300, areaM2: 0.4, ...more });

test("a cave-in is red by one word, and made safe by fence and sign", () => {
  plays([
    ["0h", sunk({ affectsTraffic: true }), "collapse fired red"],
    ["30m", sunk({ affectsTraffic: true, fenced: true }), "collapse resolved red"],
  ]);
  plays([["0h", sunk(), "collapse fired red"]]); // nobody says that traffic need not mind
});

test("one clean pass on the other lane does not end a cave-in, two do", () =>
  plays([
    ["0h", sunk(), "collapse fired red"],
    ["1h", clean("b")],
    ["2h", clean("c"), "collapse resolved red"],
  ]));

test("ground that sank without being in the way is damage by its area", () => {
  const aside = { affectsTraffic: false, confidence: 0.95 };
  plays([["0h", sunk(aside)]]);
  plays([["0h", sunk({ ...aside, areaM2: 0.5 }), "damage fired yellow"]]);
});

test("a section that no van passed for a week is told, whichever van came last", () =>
  plays([
    ["0d", { values: clean("a"), sensorId: "van-1" }],
    ["3d", { values: clean("b"), sensorId: "van-2" }],
    ["7d", null],
    ["10d", null, "silent fired blue"],
    ["11d", { values: clean("c"), sensorId: "van-1" }, "silent resolved blue"],
  ]));
