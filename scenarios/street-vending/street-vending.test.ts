import { expect, test } from "vitest";
import { each, play, type Row, type Stage } from "../../src/testing/play.ts";
import streetVending from "./index.ts";

const plays = (rows: Row[], stage?: Stage) =>
  expect(play(streetVending, rows, stage)).toEqual(rows);

/** The breakfast stall's northern edge lies at 31.31013; so many metres north of it. */
const at = (metres: number) => ({ lon: 121.45023, lat: 31.31013 + metres / 111_195 });
const FAR = 80;
const trade = (eventType: string, metres = FAR, more: object = {}) => ({
  eventType,
  objectCount: 1,
  confidence: 0.9,
  ...at(metres),
  ...more,
});
const nothing = { objectCount: 0, confidence: 0.9 };
const morning: Stage = { begins: "7:00" };

test("a hawker who stays for ten minutes is filed; two polls without him end it", () =>
  plays([
    ["0m", trade("streetVendor")],
    ["5m", trade("streetVendor")],
    ["10m", trade("streetVendor"), "hawker fired yellow"],
    ["15m", nothing],
    ["20m", nothing, "hawker resolved yellow"],
  ]));

test("with polls every ten minutes two of them are enough", () =>
  plays([
    ["0m", trade("streetVendor")],
    ["10m", trade("streetVendor"), "hawker fired yellow"],
  ]));

test("nine minutes, or two polls a quarter of an hour apart, are a passer-by", () => {
  plays([
    ["0m", trade("streetVendor")],
    ["9m", trade("streetVendor")],
    ["14m", nothing],
    ["19m", nothing],
  ]);
  plays([
    ["0m", trade("streetVendor")],
    ["15m", trade("streetVendor")],
  ]);
});

test("one poll without him is a passing lorry", () =>
  plays([
    ...each(0, 10, 5, trade("streetVendor"), "hawker fired yellow"),
    ["15m", nothing],
    ["20m", trade("streetVendor")],
    ["25m", nothing],
    ["30m", trade("streetVendor")],
  ]));

test("two cameras that see one trader within twenty metres make one alert", () =>
  plays([
    ["0m", { values: trade("streetVendor"), sensorId: "west" }],
    ["5m", { values: trade("streetVendor", FAR + 15), sensorId: "east" }],
    ["10m", { values: trade("streetVendor"), sensorId: "west" }, "hawker fired yellow"],
    ["11m", { values: trade("streetVendor", FAR + 15), sensorId: "east" }],
    ["15m", { values: nothing, sensorId: "west" }],
    ["16m", { values: trade("streetVendor", FAR + 15), sensorId: "east" }],
    ["20m", { values: nothing, sensorId: "west" }],
    ["25m", { values: nothing, sensorId: "east" }, "hawker resolved yellow"],
  ]));

test("two who each pass at another place are not one who stays", () =>
  plays([
    ["0m", trade("streetVendor", FAR)],
    ["5m", trade("streetVendor", FAR + 30)],
    ["10m", trade("streetVendor", FAR + 60)],
  ]));

test("a picture that is not sure says nothing, for better or worse", () =>
  plays([
    ...each(0, 30, 5, trade("streetVendor", FAR, { confidence: 0.59 })),
    ...each(35, 45, 5, trade("streetVendor", FAR, { confidence: 0.6 }), "hawker fired yellow"),
    ...each(50, 70, 5, { ...nothing, confidence: 0.5 }),
  ]));

test("each kind of trade has its question", () => {
  plays(each(0, 10, 5, trade("outOfStore"), "shopFront fired yellow"));
  for (const kind of ["roadTrading", "umbrella", "marketOvertime"])
    plays(each(0, 10, 5, trade(kind), "roadTrading fired yellow"));
});

test("a permitted stall is left in peace at its place and hours, two metres out and a quarter late", () => {
  plays(each(0, 60, 5, trade("roadTrading", -1)), morning);
  plays(each(0, 60, 5, trade("roadTrading", 1.9)), morning);
  plays(each(0, 15, 5, trade("roadTrading", -1)), { begins: "9:30" });
  plays(each(0, 15, 5, trade("roadTrading", -1)), { begins: "5:45" });
});

test("a stall three metres out is reminded after ten minutes, until it has moved back", () =>
  plays(
    [
      ...each(0, 10, 5, trade("roadTrading", 3), "breach fired blue"),
      ["15m", trade("roadTrading", 1), "breach resolved blue"],
    ],
    morning,
  ));

test("a stall that stays on for more than a quarter of an hour is reminded, not filed", () =>
  plays(each(0, 15, 5, trade("roadTrading", -1), "breach fired blue"), { begins: "9:44" }));

test("where no grace is given, a stall within its hours is still within them", () =>
  plays(each(0, 30, 5, trade("roadTrading", -1)), { ...morning, params: { lateMin: 0 } }));

test("a frontage wider than permitted is a breach", () => {
  plays(each(0, 20, 5, trade("roadTrading", -1, { frontageM: 6 })), morning);
  plays(each(0, 10, 5, trade("roadTrading", -1, { frontageM: 6.1 }), "breach fired blue"), morning);
});

test("further than ten metres from every stall it is nobody's, unless it says whose it is", () => {
  plays(each(0, 10, 5, trade("roadTrading", 9.9), "breach fired blue"), morning);
  plays(each(0, 10, 5, trade("roadTrading", 10.1), "roadTrading fired yellow"), morning);
  const known = trade("roadTrading", 30, { stallId: "breakfast-1" });
  plays(each(0, 10, 5, known, "breach fired blue"), morning);
});

test("the watermelon stall is permitted in its season only", () => {
  const melon = { ...trade("roadTrading"), lon: 121.45039, lat: 31.31012 };
  plays(each(0, 10, 5, melon, "roadTrading fired yellow"), { begins: "10:00" });
});

test("without a place nobody is accused where a stall is permitted, and all are where none is", () => {
  const somewhere = { eventType: "streetVendor", objectCount: 1 };
  plays(each(0, 30, 5, somewhere), morning);
  plays(each(0, 30, 5, somewhere), { begins: "12:00" });
  plays(each(0, 10, 5, somewhere, "hawker fired yellow"), { site: { stalls: [] } });
});

test("a covered exit is orange after five minutes, and a permit does not excuse it", () =>
  plays(
    [
      ["0m", trade("roadTrading", -1, { exitCovered: true })],
      ["5m", trade("roadTrading", -1, { exitCovered: true }), "obstruction fired orange"],
      ["10m", trade("roadTrading", -1, { exitCovered: false }), "obstruction resolved orange"],
    ],
    morning,
  ));

const visit = (day: number, hour: number, metres: number, ...more: string[]): Row[] => {
  const from = `${day}d${hour}h`;
  return [
    [`${from}0m`, trade("streetVendor", metres)],
    [`${from}10m`, trade("streetVendor", metres), "hawker fired yellow", ...more],
    [`${from}15m`, nothing],
    [`${from}20m`, nothing, "hawker resolved yellow"],
  ];
};
/** The camera is asked every few hours, so that it is not silent for days in these stories. */
const quietly = { site: { stalls: [] } };
const withoutSilence = (rows: Row[]): Row[] =>
  play(streetVending, rows, quietly).map(([when, said, ...came]) => [
    when,
    said,
    ...came.filter((one) => !one.startsWith("silent")),
  ]);

test("the third filing within a week and thirty metres is a hot spot, until a fortnight is clean", () => {
  const rows: Row[] = [
    ...visit(0, 9, FAR),
    ...visit(2, 9, FAR + 20),
    ...visit(6, 9, FAR + 10, "hotSpot fired orange"),
    ["19d9h", nothing],
    ["20d9h", nothing],
    ["20d9h11m", nothing, "hotSpot resolved orange"],
  ];
  expect(withoutSilence(rows)).toEqual(rows);
});

test("a third filing after a week, or somewhere else, makes no hot spot", () => {
  for (const [day, metres] of [
    [7, FAR],
    [3, FAR + 51],
  ] as const) {
    const rows = [...visit(0, 9, FAR), ...visit(1, 9, FAR + 20), ...visit(day, 9, metres)];
    expect(withoutSilence(rows)).toEqual(rows);
  }
});

test("a filing at the hot spot begins the fortnight anew", () => {
  const rows: Row[] = [
    ...visit(0, 9, FAR),
    ...visit(1, 9, FAR),
    ...visit(2, 9, FAR, "hotSpot fired orange"),
    ...visit(12, 9, FAR),
    ["17d", nothing],
    ["25d", nothing],
    ["27d", nothing, "hotSpot resolved orange"],
  ];
  expect(withoutSilence(rows)).toEqual(rows);
});

test("a camera that stops speaking is noticed after half an hour", () =>
  plays([
    ["0m", nothing],
    ["30m", null, "silent fired yellow"],
  ]));
