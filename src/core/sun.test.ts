import { expect, test } from "vitest";
import { sunOf } from "./sun.ts";
import { hours, minutes } from "./time.ts";

const shanghai = { latitudeDeg: 31.2304, longitudeDeg: 121.4737 };
const instant = (text: string) => Date.parse(text);

/** Within a minute of what was published. */
const near = (at: number, published: number) =>
  expect(Math.abs(at - published)).toBeLessThanOrEqual(minutes(1));

// Published sunrises and sunsets of Shanghai: almanac times to the minute (solstices, new year), and
// two lists of other makers' reckonings to the second.
test.each([
  ["2014-03-07T06:14:55+08:00", "2014-03-07T17:56:15+08:00"],
  ["2024-01-01T06:52+08:00", "2024-01-01T17:02+08:00"],
  ["2024-06-21T04:50+08:00", "2024-06-21T19:01+08:00"],
  ["2024-12-21T06:48+08:00", "2024-12-21T16:55+08:00"],
  ["2026-08-20T05:22:36+08:00", "2026-08-20T18:33:02+08:00"],
])("the sun over Shanghai rose at %s and set at %s", (rise, set) => {
  const sun = sunOf(instant(set) - hours(4), shanghai);
  near(sun!.riseAt, instant(rise));
  near(sun!.setAt, instant(set));
});

// The sunrise table of aa.quae.nl for 1 January 2002, in local mean time: on the meridian of 120°
// east that is the street's time.
test.each([
  [30, "2002-01-01T06:56+08:00"],
  [32, "2002-01-01T07:01+08:00"],
  [0, "2002-01-01T06:00+08:00"],
])("at %d degrees north the new year's sun rises as the table says", (latitudeDeg, rise) => {
  const sun = sunOf(instant(rise), { latitudeDeg, longitudeDeg: 120 });
  near(sun!.riseAt, instant(rise));
});

test("a moment before and after midnight belong to two days, whatever the longitude", () => {
  const midnight = instant("2026-03-02T00:00+08:00");
  for (const longitudeDeg of [115, 121.4737, 128]) {
    const place = { ...shanghai, longitudeDeg };
    const [before, after] = [sunOf(midnight - 1, place)!, sunOf(midnight, place)!];
    expect(before.setAt).toBeLessThan(midnight);
    expect(before.setAt).toBeGreaterThan(midnight - hours(12));
    expect(after.riseAt).toBeGreaterThan(midnight);
    expect(after.riseAt).toBeLessThan(midnight + hours(12));
  }
});

test("where the sun does not set that day, there is no sunset to go by", () =>
  expect(sunOf(instant("2026-06-21T12:00Z"), { latitudeDeg: 80, longitudeDeg: 20 })).toBeNull());

test("each day and each place has its own sun, whichever was asked for before", () => {
  const noon = instant("2026-03-02T12:00+08:00");
  const first = sunOf(noon, shanghai);
  expect(sunOf(noon + hours(24), shanghai)!.riseAt).toBeGreaterThan(first!.riseAt + hours(23));
  expect(sunOf(noon, { ...shanghai, latitudeDeg: 45 })).not.toEqual(first);
  expect(sunOf(noon, { ...shanghai, longitudeDeg: 100 })).not.toEqual(first);
  expect(sunOf(noon + hours(3), shanghai)).toEqual(first);
});
