// The home and the bed of one flat: either speaks for the other, and both together are worse.

import { describe, expect, test } from "vitest";
import { type Line, type Places, playAcross } from "../../src/testing/across.ts";
import elderVitalSigns from "../elder-vital-signs/index.ts";
import elderHomeActivity from "./index.ts";

const places: Places = {
  flat: { kind: "flat", facts: { bedMat: true } },
  bare: { kind: "flat", facts: { bedMat: false } },
};
const scenarios = [elderVitalSigns, elderHomeActivity];
const home = (site = "flat") => ({ scenario: "elder-home-activity", site });
const bed = { scenario: "elder-vital-signs", site: "flat" };
const asleep = {
  inBed: true,
  heartRatePerMin: 60,
  respirationPerMin: 15,
  movementIndex: 0.2,
  signalQuality: 0.9,
} as const;
const empty = { inBed: false, movementIndex: 0, signalQuality: 1 } as const;
const moves = { motion: true } as const;
const still = { motion: false } as const;

/** A bed that says the same every ten minutes, from one hour to another. */
const beds = (from: number, to: number, said: typeof asleep | typeof empty): Line[] =>
  Array.from({ length: (to - from) * 6 }, (_, i): Line => [`${(from * 6 + i) * 10}m`, bed, said]);
/** A home where nobody moves, told once an hour beside the bed. */
const quietHome = (lines: Line[]): Line[] =>
  lines.flatMap((line, i): Line[] => (i % 6 === 3 ? [line, [line[0], home(), still]] : [line]));
const told = (lines: Line[], begins: number): string[] =>
  playAcross(scenarios, places, lines, begins).flatMap(([when, , , ...came]) =>
    came.map((one) => `${when} ${one}`),
  );

describe("either speaks for the other", () => {
  // From 20:00; twelve hours without movement end at 08:00.
  test("who is in bed from eight to eight alarms a home without a bed sensor only", () => {
    const night: Line[] = [["0m", home(), moves], ...quietHome(beds(0, 13, asleep))];
    expect(told(night, 20)).toEqual([]);
    const bare = night
      .filter(([, who]) => who !== bed)
      .map(([when, , said]): Line => [when, home("bare"), said]);
    expect(told([...bare, ["13h", null, null]], 20)).toEqual([
      "720m flat: x".replace(
        "720m flat: x",
        "750m bare: elder-home-activity/noMotion fired orange",
      ),
    ]);
  });

  test("a bed left unused while somebody moves about is no lifeless home", () => {
    const day = [
      ...beds(0, 25, empty).flatMap((line, i): Line[] =>
        i % 6 === 3 ? [line, [line[0], home(), moves]] : [line],
      ),
    ];
    expect(told(day, 12).filter((one) => one.includes("elder-home-activity"))).toEqual([]);
    expect(told(day, 12).some((one) => one.includes("bedUnused fired"))).toBe(true);
  });

  test("getting back into bed is a sign of life for the home", () => {
    // No movement since 14:00; out of bed at half past ten, back at one, and a day later still.
    const lines: Line[] = [
      ["0m", home(), moves],
      ...quietHome([...beds(1, 11, empty), ...beds(11, 15, asleep)]),
    ];
    const said = told(lines, 14);
    expect(said).toContain("660m flat: elder-vital-signs/nightAbsence resolved orange");
    expect(said.filter((one) => one.includes("home-activity"))).toEqual([]);
  });

  test("who lies ill in bed is not missed as well: an alert on pulse is a sign of life", () => {
    // From 8:00, no movement since; a racing pulse at 15:00, and the bed empty before and after.
    const racing: Line[] = Array.from(
      { length: 5 },
      (_, i): Line => [`${421 + i}m`, bed, { ...asleep, heartRatePerMin: 140 }],
    );
    const lines = (ill: Line[]): Line[] => [
      ["0m", home(), moves],
      ...quietHome(beds(0, 7, empty)),
      ...ill,
      ...quietHome(beds(8, 13, empty)),
    ];
    const said = told(lines(racing), 8);
    expect(said).toContain("424m flat: elder-vital-signs/extreme fired orange (partial:2/7)");
    expect(said.filter((one) => one.includes("home-activity"))).toEqual([]);
    expect(told(lines([]), 8)).toEqual(["730m flat: elder-home-activity/noMotion fired orange"]);
  });

  test("coming back to bed after the night counts from that moment", () => {
    // From 18:00: somebody moves until 4:30, out of bed until 7:00; half a day later is 19:00.
    const lines: Line[] = [
      ["0m", home(), moves],
      ...quietHome(beds(0, 10, empty)),
      ["10h30m", home(), moves],
      ...quietHome([...beds(11, 13, empty), ...beds(13, 14, asleep), ...beds(14, 26, empty)]),
    ];
    const said = told(lines, 18).filter((one) => one.includes("home-activity"));
    expect(said).toEqual(["1510m flat: elder-home-activity/noMotion fired orange"]);
  });

  test("a quiet bed puts off orange and never red", () => {
    // The bed's consent was withdrawn: it is in the register, and says nothing.
    const lines = Array.from({ length: 26 }, (_, i): Line => [`${i}h`, home(), i ? still : moves]);
    expect(told([...lines, ["26h", null, null]], 20)).toEqual([
      "22h flat: elder-home-activity/noMotion fired orange",
      "24h flat: elder-home-activity/noMotion escalated red",
    ]);
  });
});

describe("both together are worse", () => {
  test("no movement for half a day and an empty bed at night are red", () => {
    // From 12:00: the last movement; at 22:30 the bed is told to be empty too long.
    const lines: Line[] = [["0m", home(), moves], ...quietHome(beds(0, 13, empty))];
    const said = told(lines, 12).filter((one) => !one.includes("escalated"));
    expect(said).toEqual([
      "630m flat: elder-vital-signs/nightAbsence fired yellow",
      "730m flat: elder-home-activity/lifeless fired red (motion+bed)",
      "730m flat: elder-home-activity/noMotion fired orange",
    ]);
  });

  test("it ends when somebody is seen", () => {
    const lines: Line[] = [
      ["0m", home(), moves],
      ...quietHome(beds(0, 13, empty)),
      ["13h5m", home(), moves],
    ];
    expect(told(lines, 12).slice(-2)).toEqual([
      "13h5m flat: elder-home-activity/lifeless resolved red",
      "13h5m flat: elder-home-activity/noMotion resolved orange",
    ]);
  });
});
