import { describe, expect, test } from "vitest";
import { each, play, type Row, type Stage } from "../../src/testing/play.ts";
import electricalFire from "./index.ts";

const plays = (rows: Row[], stage?: Stage) =>
  expect(play(electricalFire, rows, stage)).toEqual(rows);

const leaks = (residualMa: number) => ({ residualMa });
const contacts = (temperatureACel: number, others = 30) => ({
  temperatureACel,
  temperatureBCel: others,
  temperatureCCel: others,
  temperatureNCel: others,
});

describe("leakage", () => {
  test("300 mA in two readings over half a minute is yellow, 299 is nothing", () => {
    plays([
      ["0s", leaks(300)],
      ["29s", leaks(300)],
      ["30s", null, "leakage fired yellow"],
    ]);
    plays([
      ["0s", leaks(299)],
      ["30s", leaks(299)],
      ["60s", leaks(299)],
    ]);
  });

  test("500 mA is an orange of its own, which ends below 300; the yellow one below 240", () =>
    plays([
      ["0s", leaks(500)],
      ["30s", leaks(500), "leakage fired yellow", "leakageHigh fired orange"],
      ["1m", leaks(300)],
      ["2m", leaks(299), "leakageHigh resolved orange"],
      ["10m", leaks(240)],
      ["11m", leaks(239)],
      ["20m", leaks(239)],
      ["21m", null, "leakage resolved yellow"],
    ]));

  test("an old circuit that leaks 200 mA by nature is judged from 400", () => {
    const old = { site: { naturalMa: 200 } };
    plays(each(0, 5, 1, leaks(399)), old);
    plays([...each(0, 1, 1, leaks(400), "leakage fired yellow")], old);
  });
});

describe("heat", () => {
  test("70, 80 and 105 degrees at any contact, for a minute", () => {
    plays(each(0, 3, 1, contacts(69.9)));
    plays(each(0, 1, 1, contacts(70), "contactHot fired yellow"));
    plays(each(0, 1, 1, { temperatureNCel: 80 }, "contactHot fired orange"));
    plays(each(0, 1, 1, { temperatureCCel: 105 }, "contactHot fired red"));
  });

  test("it ends below 60 for ten minutes", () =>
    plays([
      ...each(0, 1, 1, contacts(75), "contactHot fired yellow"),
      ["2m", contacts(60)],
      ["3m", contacts(59.9)],
      ["12m", contacts(59.9)],
      ["13m", null, "contactHot resolved yellow"],
    ]));

  test("40 K above its box for five minutes, until less than 30", () => {
    const joint = (temperatureBCel: number) => ({ temperatureBCel, boxCel: 20 });
    plays(each(0, 10, 1, joint(59.9)));
    plays([
      ...each(0, 5, 1, joint(60), "aboveBox fired yellow"),
      ["6m", joint(50)],
      ["7m", joint(49.9), "aboveBox resolved yellow"],
    ]);
  });

  test("without the box's temperature nothing is said of it", () =>
    plays(each(0, 10, 1, { temperatureBCel: 65 })));

  test("15 K in five minutes, also of a contact that is cooler than its neighbour", () => {
    plays([
      ["0m", contacts(20, 55)],
      ["2m", contacts(28, 55)],
      ["4m", contacts(34.9, 55)],
      ["5m", contacts(35, 55), "rapidHeat fired orange"],
      ["8m", contacts(37, 55)], // 2.1 K since the fourth minute
      ["11m", contacts(38, 55), "rapidHeat resolved orange"],
    ]);
    plays([
      ["0m", contacts(20)],
      ["3m", contacts(28)],
      ["6m", contacts(36)],
      ["9m", contacts(44)],
    ]);
  });
});

describe("power", () => {
  test("fourteen half-cycles with an arc are enough once; it ends half an hour after the last", () =>
    plays([
      ["0m", { arcHalfCycles: 13 }],
      ["1m", { arcHalfCycles: 14 }, "arc fired orange"],
      ...each(2, 10, 1, { arcHalfCycles: 1 }),
      ...each(11, 40, 1, { arcHalfCycles: 0 }),
      ["41m", { arcHalfCycles: 0 }, "arc resolved orange"],
    ]));

  const phases = (voltageAV: number, voltageBV = 220) => ({ voltageAV, voltageBV });
  test("seven per cent above and ten below 220 V are within; beyond them for five minutes is not", () => {
    plays(each(0, 10, 1, phases(235.4)));
    plays(each(0, 10, 1, phases(198)));
    plays(each(0, 5, 1, phases(235.5), "voltage fired yellow"));
    plays(each(0, 5, 1, phases(220, 197.9), "voltage fired yellow"));
  });

  test("it ends two volts inside", () =>
    plays([
      ...each(0, 5, 1, phases(236), "voltage fired yellow"),
      ["6m", phases(233.5)],
      ["7m", phases(220, 199.9)],
      ["8m", phases(233.4, 200), "voltage resolved yellow"],
    ]));

  test("one dead phase is a bad voltage, all dead ones are no power", () => {
    plays([...each(0, 5, 1, phases(220, 0), "voltage fired yellow")]);
    plays([
      ["0m", phases(0, 0)],
      ["30s", null, "supplyLost fired orange", "powerCut fired orange"],
      ["5m", phases(0, 21)],
      ["10m", phases(220)],
      ["11m", null, "supplyLost resolved orange"],
      ["12m", null, "powerCut resolved orange"],
    ]);
  });

  test("ten per cent over the register's rated current for ten minutes", () => {
    const draws = (currentCA: number) => ({ currentAA: 20, currentCA });
    const rated = { site: { ratedA: 40 } };
    plays(each(0, 15, 1, draws(43.9)), rated);
    plays(
      [
        ...each(0, 10, 1, draws(44.1), "overload fired yellow"),
        ["11m", draws(38.1)],
        ["12m", draws(37.9), "overload resolved yellow"],
      ],
      rated,
    );
    plays(each(0, 15, 1, draws(1_000)), { site: { ratedA: undefined } });
  });

  test("fifteen minutes of silence", () =>
    plays([
      ["0m", leaks(30)],
      ["14m59s", null],
      ["15m", null, "silent fired yellow"],
      ["16m", leaks(30), "silent resolved yellow"],
    ]));
});
