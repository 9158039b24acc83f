import { describe, expect, test } from "vitest";
import { minutes } from "#scenario";
import { defaultsOf } from "../../src/testing/defaults.ts";
import elderVitalSigns from "./index.ts";
import type { Params, Reading } from "./schema.ts";
import { follow, labelOf, pointsOf } from "./score.ts";

/** The chart of the Royal College of Physicians (2017): the ends of each band, and its points. */
const chart: [
  field: keyof Reading,
  parameter: string,
  values: [value: number, points: number][],
][] = [
  [
    "respirationPerMin",
    "respiration",
    [
      [8, 3],
      [9, 1],
      [11, 1],
      [12, 0],
      [20, 0],
      [21, 2],
      [24, 2],
      [25, 3],
    ],
  ],
  [
    "spo2Pct",
    "spo2",
    [
      [91, 3],
      [92, 2],
      [93, 2],
      [94, 1],
      [95, 1],
      [96, 0],
      [100, 0],
    ],
  ],
  [
    "systolicMmHg",
    "systolic",
    [
      [90, 3],
      [91, 2],
      [100, 2],
      [101, 1],
      [110, 1],
      [111, 0],
      [219, 0],
      [220, 3],
    ],
  ],
  [
    "heartRatePerMin",
    "pulse",
    [
      [40, 3],
      [41, 1],
      [50, 1],
      [51, 0],
      [90, 0],
      [91, 1],
      [110, 1],
      [111, 2],
      [130, 2],
      [131, 3],
    ],
  ],
  [
    "bodyTemperatureCel",
    "temperature",
    [
      [35, 3],
      [35.1, 1],
      [36, 1],
      [36.1, 0],
      [38, 0],
      [38.1, 1],
      [39, 1],
      [39.1, 2],
    ],
  ],
];
const cases = chart.flatMap(([field, parameter, values]) =>
  values.map(([value, points]) => [field, value, points, parameter] as const),
);

test.each(cases)("%s %d makes %d points", (field, value, points, parameter) => {
  expect(pointsOf({ [field]: value }, {})).toEqual({ [parameter]: points });
});

test("values are rounded before they are scored, since the bands are of whole numbers", () => {
  expect(pointsOf({ respirationPerMin: 20.6, heartRatePerMin: 90.4 }, {})).toEqual({
    respiration: 2,
    pulse: 0,
  });
  expect(pointsOf({ bodyTemperatureCel: 38.04 }, {})).toEqual({ temperature: 0 });
});

test("consciousness and oxygen have points of their own", () => {
  expect(pointsOf({ consciousness: "A", supplementalOxygen: false }, {})).toEqual({
    consciousness: 0,
    oxygen: 0,
  });
  for (const consciousness of ["C", "V", "P", "U"] as const)
    expect(pointsOf({ consciousness, supplementalOxygen: true }, {})).toEqual({
      consciousness: 3,
      oxygen: 2,
    });
});

describe("oxygen saturation on scale 2, which only a clinician orders", () => {
  const scale2 = { spo2Scale: 2 };

  test.each([
    [83, 3],
    [84, 2],
    [85, 2],
    [86, 1],
    [87, 1],
    [88, 0],
    [92, 0],
  ])("%d %% makes %d points", (spo2Pct, points) => {
    expect(pointsOf({ spo2Pct }, scale2)).toEqual({ spo2: points });
  });

  test.each([
    [93, 1],
    [94, 1],
    [95, 2],
    [96, 2],
    [97, 3],
  ])("%d %% on oxygen makes %d points, on air none", (spo2Pct, points) => {
    expect(pointsOf({ spo2Pct, supplementalOxygen: true }, scale2)).toEqual({
      spo2: points,
      oxygen: 2,
    });
    expect(pointsOf({ spo2Pct, supplementalOxygen: false }, scale2)).toEqual({
      spo2: 0,
      oxygen: 0,
    });
    expect(pointsOf({ spo2Pct }, scale2)).toEqual({});
  });
});

test("0 and nothing are no measurement", () => {
  expect(pointsOf({ heartRatePerMin: 0, respirationPerMin: 0 }, {})).toEqual({});
});

describe("what is known of a person", () => {
  const p = defaultsOf(elderVitalSigns) as Params;
  const told = (...story: [minute: number, reading: Reading][]) => {
    let known: ReturnType<typeof follow>["known"] | null = null;
    return story.map(([minute, reading]) => {
      const now = follow(known, reading, {}, p, minutes(minute));
      known = now.known;
      return now.score && { ...now.score, label: labelOf(now.score) };
    });
  };

  test("a partial score says on how many parameters it rests, and keeps no value", () => {
    const [score] = told([0, { heartRatePerMin: 135, respirationPerMin: 22 }]);
    expect(score).toEqual({ sum: 5, threes: 1, highest: 3, count: 2, label: "partial:2/7" });
    const { known } = follow(null, { heartRatePerMin: 137 }, {}, p, 0);
    expect(JSON.stringify(known)).not.toContain("137");
  });

  test("a spot value counts for an hour, pulse and breath for five minutes", () => {
    const counts = told(
      [0, { spo2Pct: 93 }],
      [1, { heartRatePerMin: 70, respirationPerMin: 15 }],
      [60, { heartRatePerMin: 70 }],
      [61, { heartRatePerMin: 70 }],
    ).map((score) => score!.label);
    expect(counts).toEqual(["partial:1/7", "partial:3/7", "partial:2/7", "partial:1/7"]);
  });

  test("a reading of poor quality tells nothing", () => {
    expect(told([0, { heartRatePerMin: 140, signalQuality: 0.69 }])).toEqual([null]);
    expect(told([0, { inBed: true }])).toEqual([null]);
  });

  test("all seven parameters are no partial score", () => {
    const [score] = told([
      0,
      {
        heartRatePerMin: 70,
        respirationPerMin: 15,
        spo2Pct: 97,
        supplementalOxygen: false,
        systolicMmHg: 120,
        bodyTemperatureCel: 36.5,
        consciousness: "A",
      },
    ]);
    expect(score).toMatchObject({ sum: 0, label: "7/7" });
  });
});
