import { describe, expect, test } from "vitest";
import { type Column, columns, hourlyAqi, iaqi } from "./iaqi.ts";

/** HJ 633-2026, table 3, row by row: the index, then a concentration for each column. */
const table: readonly (readonly [number, ...(number | null)[]])[] = [
  [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  [50, 50, 150, 40, 100, 2, 5, 100, 160, 50, 35],
  [100, 150, 500, 80, 200, 4, 10, 160, 200, 120, 60],
  [150, 475, 650, 180, 700, 14, 35, 215, 300, 250, 115],
  [200, 800, 800, 280, 1200, 24, 60, 265, 400, 350, 150],
  [300, 1600, null, 565, 2340, 36, 90, 800, 800, 420, 250],
  [400, 2100, null, 750, 3090, 48, 120, null, 1000, 500, 350],
  [500, 2620, null, 940, 3840, 60, 150, null, 1200, 600, 500],
];
const cells = (edition: "2026" | "2012") =>
  table.flatMap(([index, ...row]) =>
    row.flatMap((published, i): [number, Column, number][] => {
      if (published === null) return [];
      const column = columns[i]!;
      const older: Partial<Record<Column, number>> = { pm10Daily: 150, pm25Daily: 75 };
      const before = index === 100 && edition === "2012" ? older[column] : undefined;
      return [[index, column, before ?? published]];
    }),
  );

describe.each(["2026", "2012"] as const)("HJ 633-%s", (edition) => {
  test.each(cells(edition))("index %d is %s at %d", (index, column, concentration) => {
    expect(iaqi(column, concentration, edition)).toBe(index);
    // A trace more is rounded up to the next whole number, wherever the column goes on.
    expect(iaqi(column, concentration + 0.001, edition)).toBe(following(edition, column, index));
  });
});

/** The index just above a breakpoint, also above the last of its column. */
function following(edition: string, column: Column, index: number): number | undefined {
  if (index === 500) return 500;
  const end = column === "so2Hourly" ? 200 : column === "o3EightHours" ? 300 : 500;
  if (index < end) return index + 1;
  return edition === "2026" ? end : undefined;
}

test("the special rows: hourly SO2 above 800 is 200, eight hours of O3 above 800 are 300", () => {
  expect([iaqi("so2Hourly", 801), iaqi("so2Hourly", 5_000)]).toEqual([200, 200]);
  expect([iaqi("o3EightHours", 801), iaqi("o3EightHours", 5_000)]).toEqual([300, 300]);
  expect(iaqi("so2Hourly", 801, "2012")).toBeUndefined();
  expect(iaqi("o3EightHours", 801, "2012")).toBeUndefined();
  expect([iaqi("pm25Daily", 994), iaqi("o3Hourly", 1_300)]).toEqual([500, 500]);
});

// By hand: 50 + 50 / 25 × (48 - 35) = 76; 100 + 50 / 55 × (90 - 60) = 127.27;
// 100 + 50 / 40 × (100 - 75) = 131.25; 50 + 50 / 70 × (85 - 50) = 75; 100 + 50 / 100 × (201 - 200) = 100.5.
test.each([
  ["pm25Daily", 48, "2026", 76],
  ["pm25Daily", 90, "2026", 128],
  ["pm25Daily", 100, "2012", 132],
  ["pm10Daily", 85, "2026", 75],
  ["pm10Daily", 85, "2012", 68],
  ["o3Hourly", 201, "2026", 101],
  ["coHourly", 0.7, "2026", 7],
] as const)("%s of %d is rounded up by the edition of %s to %d", (column, mean, edition, index) =>
  expect(iaqi(column, mean, edition)).toBe(index),
);

test("what is no concentration has no index", () => {
  expect(iaqi("pm25Daily", -1)).toBeUndefined();
  expect(iaqi("pm25Daily", Number.NaN)).toBeUndefined();
});

describe("the hourly index", () => {
  test("is the worst of what was measured, and names the pollutant from 51 on", () => {
    expect(hourlyAqi({ pm25: 90, pm10: 85, o3: 120 })).toEqual({ aqi: 128, primary: ["PM2.5"] });
    expect(hourlyAqi({ pm25: 35, pm10: 50 })).toEqual({ aqi: 50, primary: [] });
    expect(hourlyAqi({ pm25: 60, no2: 200 })).toEqual({ aqi: 100, primary: ["NO2", "PM2.5"] });
  });

  test("judges hourly particles by the daily columns, gases by the hourly ones", () =>
    expect(
      [{ so2: 500 }, { no2: 200 }, { co: 10 }, { o3: 200 }, { pm10: 120 }, { pm25: 60 }].map(
        (means) => hourlyAqi(means)?.aqi,
      ),
    ).toEqual([100, 100, 100, 100, 100, 100]));

  test("says nothing when nothing was measured", () =>
    expect(hourlyAqi({ pm25: undefined })).toBeUndefined());
});
