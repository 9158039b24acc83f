// The air quality index of HJ 633: what a concentration is worth, and what six of them together.

/** The edition in force since 2026-03-01, and the one before it, for comparison. */
export type Edition = "2026" | "2012";

/** The columns of the standard's table; ug/m3, CO in mg/m3. */
export const columns = [
  "so2Daily",
  "so2Hourly",
  "no2Daily",
  "no2Hourly",
  "coDaily",
  "coHourly",
  "o3EightHours",
  "o3Hourly",
  "pm10Daily",
  "pm25Daily",
] as const;
export type Column = (typeof columns)[number];

/** The index values that the breakpoints of a column stand for, from the first on. */
const STEPS = [0, 50, 100, 150, 200, 300, 400, 500] as const;

const table2026: Readonly<Record<Column, readonly number[]>> = {
  so2Daily: [0, 50, 150, 475, 800, 1_600, 2_100, 2_620],
  so2Hourly: [0, 150, 500, 650, 800],
  no2Daily: [0, 40, 80, 180, 280, 565, 750, 940],
  no2Hourly: [0, 100, 200, 700, 1_200, 2_340, 3_090, 3_840],
  coDaily: [0, 2, 4, 14, 24, 36, 48, 60],
  coHourly: [0, 5, 10, 35, 60, 90, 120, 150],
  o3EightHours: [0, 100, 160, 215, 265, 800],
  o3Hourly: [0, 160, 200, 300, 400, 800, 1_000, 1_200],
  pm10Daily: [0, 50, 120, 250, 350, 420, 500, 600],
  pm25Daily: [0, 35, 60, 115, 150, 250, 350, 500],
};

const tables: Readonly<Record<Edition, Readonly<Record<Column, readonly number[]>>>> = {
  "2026": table2026,
  "2012": {
    ...table2026,
    pm10Daily: [0, 50, 150, 250, 350, 420, 500, 600],
    pm25Daily: [0, 35, 75, 115, 150, 250, 350, 500],
  },
};

/** A product of fractions may come out a hair above the whole number that it is. */
const ROUNDING = 1e-9;

/**
 * The index of one pollutant, a whole number, rounded up. Beyond the last breakpoint of its column
 * it is that column's last index: 500, but 200 for hourly SO2 and 300 for eight hours of O3. The
 * 2012 edition gave no index there, and so undefined. Undefined also for what is no concentration.
 */
export function iaqi(
  column: Column,
  concentration: number,
  edition: Edition = "2026",
): number | undefined {
  if (!(concentration >= 0)) return undefined;
  const breakpoints = tables[edition][column];
  const above = breakpoints.findIndex((breakpoint) => concentration <= breakpoint);
  const last = STEPS[breakpoints.length - 1]!;
  if (above < 0) return edition === "2012" && last < 500 ? undefined : last;
  if (above === 0) return 0;
  const [low, high] = [breakpoints[above - 1]!, breakpoints[above]!];
  const [from, to] = [STEPS[above - 1]!, STEPS[above]!];
  return Math.ceil(from + ((to - from) / (high - low)) * (concentration - low) - ROUNDING);
}

/** Hourly means; ug/m3, CO in mg/m3. What was not measured is not there. */
export type HourlyMeans = Readonly<
  Partial<Record<"so2" | "no2" | "co" | "o3" | "pm10" | "pm25", number | undefined>>
>;

/** The hourly report judges hourly particles by the daily columns. */
const hourly: readonly (readonly [keyof HourlyMeans, Column, name: string])[] = [
  ["so2", "so2Hourly", "SO2"],
  ["no2", "no2Hourly", "NO2"],
  ["co", "coHourly", "CO"],
  ["o3", "o3Hourly", "O3"],
  ["pm10", "pm10Daily", "PM10"],
  ["pm25", "pm25Daily", "PM2.5"],
];

/** `primary`: the pollutants that made an index above 50, the worst alone. */
export type Aqi = { aqi: number; primary: readonly string[] };

/** The worst of the indices of what was measured; undefined when nothing was. */
export function hourlyAqi(means: HourlyMeans, edition: Edition = "2026"): Aqi | undefined {
  const indices = hourly.flatMap(([field, column, name]) => {
    const mean = means[field];
    const index = mean === undefined ? undefined : iaqi(column, mean, edition);
    return index === undefined ? [] : [{ name, index }];
  });
  if (indices.length === 0) return undefined;
  const aqi = Math.max(...indices.map(({ index }) => index));
  const primary = indices.filter(({ index }) => aqi > 50 && index === aqi);
  return { aqi, primary: primary.map(({ name }) => name) };
}
