import { describe, expect, test } from "vitest";
import { each, play, type Row, type Stage } from "../../src/testing/play.ts";
import ebikeSafety from "./index.ts";

const plays = (rows: Row[], stage?: Stage) => expect(play(ebikeSafety, rows, stage)).toEqual(rows);

const seen = (floor = 1, confidence = 0.8) => ({ ebikeDetected: true, confidence, floor });
const gone = { ebikeDetected: false, confidence: 0.1, floor: 1 } as const;

describe("in a lift", () => {
  test("two seconds are enough, by one message; it ends ten seconds after it is gone", () =>
    plays([
      ["0s", seen()],
      ["1.9s", null],
      ["2s", null, "inLift fired yellow"],
      ["20s", gone],
      ["29s", null],
      ["30s", null, "inLift resolved yellow"],
    ]));

  test("a glimpse, or a camera that is not sure, is none", () => {
    plays([
      ["0s", seen()],
      ["1.5s", gone],
      ["60s", null],
    ]);
    plays(each(0, 5, 1, seen(1, 0.79)));
  });

  test("a camera that is no longer sure does not end it", () =>
    plays([
      ["0s", seen()],
      ["2s", null, "inLift fired yellow"],
      ["20s", seen(1, 0.3)],
      ["60s", null],
    ]));

  test("one that is on another floor than where it got in travels; backing out does not", () => {
    plays([
      ["0s", seen(1)],
      ["2s", null, "inLift fired yellow"],
      ["10s", seen(4), "travels fired yellow"],
      ["20s", gone],
      ["30s", null, "inLift resolved yellow", "travels resolved yellow"],
    ]);
    plays([
      ["0s", seen(1)],
      ["10s", gone, "inLift fired yellow"],
      ["20s", null, "inLift resolved yellow"],
      ["1m", gone],
      ["11m", seen(4)],
      ["11m2s", null, "inLift fired yellow"],
    ]);
  });

  test("three times in a day are a habit; one that stays is one time", () => {
    const visit = (minute: number, ...came: string[]): Row[] => [
      [`${minute}m`, seen(1), ...came],
      [`${minute}m1s`, gone],
    ];
    plays([...visit(0), ...visit(5), ...visit(10, "repeated fired orange")]);
    plays([...visit(0), ...visit(5), ["14m", gone]]);
    const stays = play(ebikeSafety, each(0, 30, 1, seen(1))).flatMap(([, , ...came]) => came);
    expect(stays).toEqual(["inLift fired yellow"]);
  });

  test("the habit is over when none was seen for a week", () => {
    const rows: Row[] = [];
    for (const minute of [0, 5, 10]) rows.push([`${minute}m`, seen(1)], [`${minute}m1s`, gone]);
    for (let minute = 15; minute <= 8 * 1_440; minute += 5) rows.push([`${minute}m`, gone]);
    const told = play(ebikeSafety, rows).flatMap(([when, , ...came]) =>
      came.map((one) => [Math.round(Number(when.replace(/m.*/, "")) / 144) / 10, one]),
    );
    expect(told).toEqual([
      [0, "repeated fired orange"],
      [7, "repeated resolved orange"],
    ]);
  });
});

describe("charging", () => {
  const port = (portCel: number) => ({ portCel });

  test("sixty degrees for a minute are orange, seventy for ten seconds red, until below fifty", () => {
    plays(each(0, 5, 1, port(59.9)));
    plays([
      ["0s", port(60)],
      ["59s", null],
      ["60s", null, "portHot fired orange"],
      ["2m", port(70)],
      ["2m10s", null, "portHot escalated red"],
      ["3m", port(50)],
      ["4m", port(49.9), "portHot resolved red"],
    ]);
  });

  test("more than the rated power for a minute; the operator's 400 W where none is registered", () => {
    const draws = (powerW: number) => ({ powerW });
    plays(each(0, 5, 1, draws(400)), { site: { ratedW: undefined } });
    plays(each(0, 1, 1, draws(400.1), "overPower fired yellow"), { site: { ratedW: undefined } });
    plays(
      [
        ...each(0, 1, 1, draws(801), "overPower fired yellow"),
        ["2m", draws(720)],
        ["3m", draws(719), "overPower resolved yellow"],
      ],
      { site: { ratedW: 800 } },
    );
  });

  test("longer than ten hours is a notice until it has ended", () =>
    plays([
      ["0m", { durationMin: 600 }],
      ["1m", { durationMin: 601 }, "overtime fired blue"],
      ["2m", { durationMin: 0 }, "overtime resolved blue"],
    ]));

  test("smoke is red at once, and only a person ends it", () =>
    plays([
      ["0s", { smoke: true }, "smoke fired red"],
      ["5m", { smoke: false }, "smoke latched red"],
      ["9m", { reset: "smoke" }, "smoke resolved red"],
    ]));

  test("a flying wire or a bike in the corridor is a case until it is gone", () => {
    for (const wildCharging of ["flying-wire", "corridor"])
      plays([
        ["0s", { wildCharging }, "wildCharging fired orange"],
        ["9m", { wildCharging: "none" }, "wildCharging resolved orange"],
      ]);
  });

  test("ten minutes of silence", () =>
    plays([
      ["0m", port(20)],
      ["9m59s", null],
      ["10m", null, "silent fired yellow"],
    ]));
});
