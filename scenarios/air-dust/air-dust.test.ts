import { describe, expect, test } from "vitest";
import { each, play, type Row, type Stage } from "../../src/testing/play.ts";
import airDust from "./index.ts";

const plays = (rows: Row[], stage?: Stage) => expect(play(airDust, rows, stage)).toEqual(rows);

describe("the hourly index", () => {
  const pm = (pm25UgPerM3: number) => ({ pm25UgPerM3 });
  /** A station that tells hourly means, once an hour. */
  const hourly: Stage = { site: { periodMin: 60 } };

  test("two hours above 100 are blue; 90 is not clear; two hours below it are", () =>
    plays(
      [
        ["0m", pm(61)],
        ["1h", pm(61)], // the first hour is over, and told
        ["2h", pm(61)],
        ["3h", pm(55), "aqi fired blue (PM2.5)"],
        ["4h", pm(55)], // 55 makes 90: no longer bad, not yet good
        ["5h", pm(54)],
        ["6h", pm(54)],
        ["7h", pm(54)],
        ["8h", pm(54), "aqi resolved blue"],
      ],
      hourly,
    ));

  test("an index of 100 is not above it", () =>
    plays(
      Array.from({ length: 6 }, (_, hour): Row => [`${hour}h`, pm(60)]),
      hourly,
    ));

  test("one alert grows with the air, each level after two hours of its own", () =>
    plays(
      [
        ["0m", pm(80)],
        ["1h", pm(80)],
        ["2h", pm(80)],
        ["3h", pm(260), "aqi fired blue (PM2.5)"],
        ["4h", pm(260)],
        ["5h", pm(260)],
        ["6h", pm(260), "aqi escalated red (PM2.5)"],
      ],
      hourly,
    ));

  test("air that was good enough for the edition of 2012 is not for that of 2026", () => {
    const rows = (...came: string[]): Row[] => [
      ["0m", pm(74)],
      ["1h", pm(74)],
      ["2h", pm(74)],
      ["3h", pm(74), ...came],
    ];
    plays(rows(), { ...hourly, params: { edition: "2012" } });
    plays(rows("aqi fired blue (PM2.5)"), hourly);
  });

  test("an hour that was heard for less than three quarters says nothing", () =>
    plays([
      ...each(0, 43, 1, pm(300)), // 44 minutes of the first hour
      ["59m", null, "silent fired yellow"],
      ["60m", pm(300), "silent resolved yellow"],
      ...each(61, 239, 1, pm(300)),
      ["240m", pm(300), "aqi fired red (PM2.5)"], // told at 120, 180 and 240 alone
    ]));

  test("air is no worse for what a station does not measure", () =>
    plays(each(0, 120, 30, { temperatureCel: 20 }), { site: { periodMin: 30 } }));
});

describe("a site's dust", () => {
  const dust = (tspMgPerM3: number) => ({ tspMgPerM3 });
  const quarterly = { site: { periodMin: 15 } };
  /** One reading for each quarter of an hour; what comes of it is told at the next. */
  const quarters = (...all: [mg: number, ...came: string[]][]): Row[] =>
    all.map(([mg, ...came], i) => [`${15 * i}m`, dust(mg), ...came]);

  test("six quarters a day over 1.0 mg/m3 are a notice each, the seventh is an offence", () =>
    plays(
      quarters(
        [1],
        [1.01],
        [0.81, "siteDust fired blue (1/day)"],
        [0.8],
        [1.2, "siteDust resolved blue"],
        [1.2, "siteDust fired blue (2/day)"],
        [1.2],
        [1.2],
        [1.2],
        [1.2],
        [0.5, "siteDust escalated yellow (7/day)"],
        [0.5, "siteDust resolved yellow"],
      ),
      quarterly,
    ));

  test("the second over 2.0 mg/m3 is an offence, and each also counts for the lower limit", () =>
    plays(
      quarters(
        [2],
        [2.1, "siteDust fired blue (1/day)"],
        [1.5, "heavyDust fired yellow (1/day)"],
        [2.1],
        [0.5, "heavyDust escalated orange (2/day)"],
        [0.5, "siteDust resolved blue", "heavyDust resolved orange"],
      ),
      quarterly,
    ));

  test("midnight begins a new count; the quarter that ends at midnight is of the old day", () => {
    const twice = { ...quarterly, params: { dustTimes: 2 }, begins: "23:30" };
    plays(
      quarters(
        [1.5],
        [1.5, "siteDust fired blue (1/day)"],
        [0.5, "siteDust escalated yellow (2/day)"],
        [1.5, "siteDust resolved yellow"],
        [0.5, "siteDust fired blue (1/day)"],
      ),
      twice,
    );
  });

  test("a quarter is judged by its mean, not by its worst minute", () =>
    plays([
      ...each(0, 13, 1, dust(0.9)),
      ["14m", dust(2.4)], // the mean is just 1.0
      ["15m", dust(0)],
    ]));

  test("a cheap counter is not believed in damp air", () => {
    const damp = { tspMgPerM3: 1.5, relativeHumidityPct: 92 };
    const heard = (...came: string[]): Row[] => [
      ["0m", damp],
      ["15m", damp, ...came],
    ];
    plays(heard(), { site: { periodMin: 15, sensorKind: "low-cost" } });
    plays(heard("siteDust fired blue (1/day)"), quarterly);
  });
});

describe("a local jump", () => {
  const pm10 = (here: number, around: number) => ({
    pm10UgPerM3: here,
    districtPm10UgPerM3: around,
  });
  const quarterly = { site: { periodMin: 15 } };

  test("twice the district's mean for half an hour is yellow until it is below 1.3 times", () =>
    plays(
      [
        ["0m", pm10(151, 75)],
        ["15m", pm10(151, 75)],
        ["30m", pm10(151, 75)],
        ["45m", pm10(98, 75), "localJump fired yellow"],
        ["60m", pm10(97, 75)], // 98 was not below 97.5
        ["75m", pm10(97, 75), "localJump resolved yellow"],
      ],
      quarterly,
    ));

  test("clean air is never a jump, nor is air that is bad everywhere", () => {
    const steady = (here: number, around: number): Row[] =>
      [0, 15, 30, 45, 60, 75].map((minute) => [`${minute}m`, pm10(here, around)]);
    plays(steady(150, 20), quarterly);
    plays(steady(160, 80), quarterly);
  });

  test("without the district's mean nothing can be told", () =>
    plays(each(0, 75, 15, { pm10UgPerM3: 240 }), quarterly));
});

test("a quarter of an hour of silence is noticed, three hours at an hourly station", () => {
  plays([
    ["0m", { pm25UgPerM3: 20 }],
    ["14m", null],
    ["15m", null, "silent fired yellow"],
  ]);
  plays(
    [
      ["0m", { pm25UgPerM3: 20 }],
      ["179m", null],
      ["180m", null, "silent fired yellow"],
    ],
    { site: { periodMin: 60 } },
  );
});
