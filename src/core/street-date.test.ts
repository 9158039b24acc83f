import fc from "fast-check";
import { expect, test } from "vitest";
import { isValid, minutesOutside, streetDate } from "./street-date.ts";
import { days, hours, minutes } from "./time.ts";

const MONDAY = Date.parse("2026-03-02T00:00:00+08:00");
const season = { validFrom: "2026-06-01", validTo: "2026-09-15" };
const on = (day: string, clock = "12:00") => Date.parse(`${day}T${clock}:00+08:00`);

test("the day is the street's, not Greenwich's", () => {
  expect(streetDate(MONDAY)).toBe("2026-03-02");
  expect(streetDate(MONDAY - 1)).toBe("2026-03-01");
  expect(streetDate(Date.parse("2028-02-29T15:59:59Z"))).toBe("2028-02-29");
  expect(streetDate(Date.parse("2028-02-29T16:00:00Z"))).toBe("2028-03-01");
});

test("it is the day that every calendar has, over four centuries", () => {
  const instants = fc.integer({ min: -days(73_000), max: days(73_000) });
  fc.assert(
    fc.property(instants, (at) => {
      const iso = new Date(at + hours(8)).toISOString();
      expect(streetDate(at)).toBe(iso.slice(0, 10));
    }),
  );
});

test("a permit is valid on its first and its last day, and not on those around them", () => {
  const around = ["2026-05-31", "2026-06-01", "2026-09-15", "2026-09-16"];
  expect(around.map((day) => isValid(season, on(day)))).toEqual([false, true, true, false]);
});

test("between two markets it is as many minutes as to the nearer of them", () => {
  const market = {
    ...season,
    daily: [
      { from: "06:00", to: "09:30" },
      { from: "16:00", to: "19:00" },
    ],
  };
  const at = (clock: string) => minutesOutside(market, on("2026-07-01", clock));
  expect(["05:50", "06:00", "09:29", "09:30", "09:45", "12:45", "19:20"].map(at)).toEqual([
    10, 0, 0, 0, 15, 195, 20,
  ]);
});

test("a night market passes midnight", () => {
  const night = { ...season, daily: [{ from: "18:00", to: "01:00" }] };
  const at = (clock: string) => minutesOutside(night, on("2026-07-01", clock));
  expect(["17:40", "18:00", "23:59", "00:30", "01:20"].map(at)).toEqual([20, 0, 0, 0, 20]);
});

test("without hours the whole day is allowed", () => {
  expect(minutesOutside(season, MONDAY + minutes(200))).toBe(0);
  expect(minutesOutside({ ...season, daily: [] }, MONDAY)).toBe(0);
});
