import { describe, expect, test } from "vitest";
import { ask } from "../../src/testing/ask.ts";
import { defaultsOf } from "../../src/testing/defaults.ts";
import { each, play, type Row, type Stage } from "../../src/testing/play.ts";
import elderVitalSigns from "./index.ts";
import type { Params } from "./schema.ts";
import { apnea } from "./vitals.ts";

const plays = (rows: Row[], stage?: Stage) =>
  expect(play(elderVitalSigns, rows, stage)).toEqual(rows);

/** In bed and well; by day, so that the rules of the night keep still. */
const well = {
  inBed: true,
  heartRatePerMin: 62,
  respirationPerMin: 15,
  movementIndex: 0.3,
  apneaS: 0,
  signalQuality: 0.9,
} as const;
const up = { inBed: false, movementIndex: 0, signalQuality: 1 } as const;
const byDay: Stage = { begins: "13:00" };

describe("no vital signs in bed", () => {
  const still = { ...well, heartRatePerMin: 0, respirationPerMin: 0, movementIndex: 0 } as const;

  test("a minute is orange, half a minute more is red; any vital sign ends it", () =>
    plays(
      [
        ["0s", still],
        ["60s", still, "noVitals fired orange"],
        ["90s", null, "noVitals escalated red"],
        ["120s", { ...still, respirationPerMin: 14 }, "noVitals resolved red"],
      ],
      byDay,
    ));

  test("missing values are as zero: they could not be measured", () => {
    const { heartRatePerMin: _, respirationPerMin: __, ...missing } = still;
    plays(
      [
        ["0s", missing],
        ["60s", missing, "noVitals fired orange"],
      ],
      byDay,
    );
  });

  test("a body that moves, a bed that is empty or a poor signal is not it", () => {
    for (const other of [{ ...still, movementIndex: 1 }, up, { ...still, signalQuality: 0.5 }])
      plays(each(0, 5, 1, other), byDay);
  });

  test("an empty bed does not end it: who fell out of bed is no better", () =>
    plays(
      [
        ["0s", still],
        ["60s", still, "noVitals fired orange"],
        ["80s", up],
        ["90s", null], // nobody is known to lie there without pulse any more
        ["140s", up],
      ],
      byDay,
    ));
});

describe("the partial score", () => {
  test("one parameter that scores three for three minutes is orange, two are red", () => {
    plays(
      each(0, 3, 1, { ...well, heartRatePerMin: 40 }, "extreme fired orange (partial:2/7)"),
      byDay,
    );
    const both = { ...well, heartRatePerMin: 131, respirationPerMin: 25 };
    plays(
      [
        ...each(0, 2, 1, both),
        ["3m", both, "extreme fired red (partial:2/7)"],
        ["4m", both],
        ["5m", both, "sum fired orange (partial:2/7)"],
      ],
      byDay,
    );
  });

  test("it clears when nothing scores more than one for ten minutes", () =>
    plays(
      [
        ...each(0, 3, 1, { ...well, heartRatePerMin: 38 }, "extreme fired orange (partial:2/7)"),
        ...each(4, 6, 1, { ...well, heartRatePerMin: 112 }), // two points: not extreme, not well
        ...each(7, 16, 1, { ...well, heartRatePerMin: 100 }),
        ["17m", well, "extreme resolved orange (partial:2/7)"],
      ],
      byDay,
    ));

  test("a sum of five for five minutes is orange, of seven for three minutes red", () => {
    const five = { ...well, heartRatePerMin: 112, respirationPerMin: 21, bodyTemperatureCel: 38.5 };
    const seven = { ...five, spo2Pct: 93 };
    plays(each(0, 5, 1, five, "sum fired orange (partial:3/7)"), byDay);
    plays(each(0, 3, 1, seven, "sum fired red (partial:4/7)"), byDay);
  });

  test("a sum of four neither raises nor clears; three for a quarter of an hour clears", () => {
    const four = { ...well, heartRatePerMin: 112, respirationPerMin: 21 };
    const five = { ...four, bodyTemperatureCel: 38.5 };
    plays(each(0, 20, 1, four), byDay);
    plays(
      [
        ...each(0, 5, 1, five, "sum fired orange (partial:3/7)"),
        ...each(6, 20, 1, { ...four, bodyTemperatureCel: 37 }),
        ...each(21, 35, 1, { ...well, bodyTemperatureCel: 37 }),
        ["36m", { ...well, bodyTemperatureCel: 37 }, "sum resolved orange (partial:3/7)"],
      ],
      byDay,
    );
  });

  test("bed sensor and spot instrument of one flat are scored together", () => {
    const mat = { ...well, heartRatePerMin: 112, respirationPerMin: 21 };
    const rows: Row[] = [
      ["0m", mat],
      ["30s", { sensorId: "oximeter", values: { spo2Pct: 95 } }],
    ];
    for (let minute = 1; minute <= 6; minute++) rows.push([`${minute}m`, mat]);
    // Five points since half a minute, for five minutes.
    rows.at(-2)!.push("sum fired orange (partial:3/7)");
    const told = play(elderVitalSigns, rows, byDay).flatMap(([, , ...came]) => came);
    expect(told).toEqual(["sum fired orange (partial:3/7)"]);
  });

  test("what was raised on three parameters is not cleared by two", () => {
    const bad = { ...well, heartRatePerMin: 112, respirationPerMin: 21, spo2Pct: 95 };
    plays(
      [
        ...each(0, 5, 1, bad, "sum fired orange (partial:3/7)"),
        // Ten minutes later the saturation is forgotten; pulse and breath alone do not prove that
        // it is better.
        ...each(6, 60, 1, well),
        ...each(61, 75, 1, { ...well, spo2Pct: 97 }),
        ["76m", well, "sum resolved orange (partial:3/7)"],
      ],
      { ...byDay, params: { spotValidMin: 10 } },
    );
  });

  test("a poor signal is no score", () =>
    plays(each(0, 10, 1, { ...well, heartRatePerMin: 140, signalQuality: 0.6 }), byDay));
});

describe("breathing that stops", () => {
  const pause = (apneaS: number) => ({ ...well, apneaS });

  test("twice in five minutes is yellow, until there was none for half an hour", () =>
    plays(
      [
        ["0m", pause(20)],
        ["1m", well],
        ["4m", pause(25), "apnea fired yellow"],
        ...each(5, 33, 1, well),
        ["34m", well, "apnea resolved yellow"],
      ],
      byDay,
    ));

  test("twice in more than five minutes, or shorter, is not", () => {
    plays(
      [
        ["0m", pause(20)],
        ["5m", pause(20)],
      ],
      byDay,
    );
    plays(
      [
        ["0m", pause(19)],
        ["1m", pause(19)],
      ],
      byDay,
    );
  });

  test("however often it stops, no more is kept than is needed", () => {
    const often = Array.from({ length: 300 }, (_, i) => ({ at: 1_000 * i, reading: pause(25) }));
    const told = ask(apnea(defaultsOf(elderVitalSigns) as Params), often, {});
    expect(told.at(-1)!.verdict.state.length).toBeLessThan(10);
  });

  test("once for a minute is red at once", () =>
    plays([["0m", pause(60), "apnea fired red"]], byDay));
});

describe("the bed", () => {
  test("out of bed at night is yellow after half an hour, orange after an hour and a half", () =>
    plays(
      [
        ["59m", well],
        ...each(60, 89, 1, up),
        ["90m", up, "nightAbsence fired yellow"],
        ...each(91, 149, 1, up),
        ["150m", up, "nightAbsence escalated orange"],
        ["151m", well, "nightAbsence resolved orange"],
      ],
      { begins: "22:30" },
    ));

  test("night begins at ten, for who was up before it too, even if the mat says nothing more", () =>
    plays(
      [
        ["59m", well],
        ["60m", up], // 21:00
        ["149m", null],
        ["150m", null, "nightAbsence fired yellow"], // 22:30
      ],
      { begins: "20:00" },
    ));

  test("a bed that was said to be empty seven hours ago is not known to be empty tonight", () =>
    plays(
      [
        ["0m", up],
        ["360m", null, "silent fired orange"],
        ["480m", null],
      ],
      { begins: "15:00" },
    ));

  test("getting up at six ends no alert of the night, and starts none", () => {
    plays(
      [
        ...each(0, 29, 1, up),
        ["30m", up, "nightAbsence fired yellow"],
        ...each(31, 61, 1, up), // until 06:01
        ["90m", up],
        ["91m", well, "nightAbsence resolved yellow"],
      ],
      { begins: "05:00" },
    );
    plays(each(0, 120, 1, up), { begins: "05:45" });
  });

  test("a short rise at night is nobody's business", () =>
    plays([["0m", well], ...each(1, 20, 1, up), ["21m", well]], { begins: "02:00" }));

  test("a bed that is not used for a day is orange", () => {
    const rows: Row[] = each(0, 1_440, 30, up);
    const told = play(elderVitalSigns, rows, { begins: "8:00" });
    const came = told.flatMap(([when, , ...what]) => what.map((one) => `${when} ${one}`));
    expect(came).toEqual([
      "870m nightAbsence fired yellow",
      "930m nightAbsence escalated orange",
      "1440m bedUnused fired orange",
    ]);
  });

  test("silence is orange after half an hour in bed, after six hours out of it", () => {
    plays(
      [
        ["0m", well],
        ["30m", null, "silent fired orange"],
      ],
      byDay,
    );
    plays(
      [
        ["0m", up],
        ["359m", null],
        ["360m", null, "silent fired orange"],
      ],
      { begins: "8:00" },
    );
  });

  test("a spot instrument says nothing of the bed", () =>
    plays(
      [
        ["0m", { spo2Pct: 97 }],
        ["120m", { spo2Pct: 97 }],
      ],
      { begins: "23:00" },
    ));
});

test("readings are about a person, so the door asks for a consent to this purpose", () => {
  expect(elderVitalSigns.consent).toEqual({ purpose: "elder-vital-signs" });
});
