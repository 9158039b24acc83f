import { describe, expect, test } from "vitest";
import { play, type Row, type Stage } from "../../src/testing/play.ts";
import elevatorSafety from "./index.ts";

const plays = (rows: Row[], stage?: Stage) =>
  expect(play(elevatorSafety, rows, stage)).toEqual(rows);

/** A lift in normal service, standing empty at a landing with its doors shut. */
const idle = {
  serviceMode: 1,
  carMoving: false,
  doorZone: true,
  doorOpen: false,
  passengerPresent: false,
  faultCode: "00",
  alarmCode: "00",
  speedMPerS: 0,
  machineRoomCel: 22,
} as const;
const boarding = { ...idle, doorOpen: true, passengerPresent: true } as const;
const running = { ...idle, carMoving: true, doorZone: false, passengerPresent: true } as const;
const stuck = { ...idle, doorZone: false, passengerPresent: true } as const;
const shutIn = { ...idle, passengerPresent: true } as const;

describe("people", () => {
  test("people stopped between landings for a minute are trapped until doors open at one", () =>
    plays([
      ["0s", boarding],
      ["5s", running],
      ["20s", stuck],
      ["60s", stuck],
      ["80s", stuck, "trapped fired red"],
      ["140s", { ...stuck, doorOpen: true }], // forced open between landings: nobody is out
      ["200s", { ...boarding, passengerPresent: false }, "trapped resolved red"],
    ]));

  test("at a landing the doors may take two minutes", () =>
    plays([
      ["0s", boarding],
      ["5s", shutIn],
      ["65s", shutIn],
      ["124s", null],
      ["125s", shutIn, "trappedAtLevel fired red"],
      ["150s", boarding, "trappedAtLevel resolved red"],
    ]));

  test("an empty lift waiting at a landing traps nobody", () =>
    plays([
      ["0m", idle],
      ["1m", idle],
      ["2m", idle],
      ["5m", idle],
    ]));

  test("nobody appears behind shut doors: a flicker of the sensor is not a passenger", () =>
    plays([
      ["0s", { ...boarding, passengerPresent: false }],
      ["5s", idle],
      ["12s", idle],
      ["60s", shutIn],
      ["120s", shutIn],
      ["180s", shutIn],
      ["240s", shutIn],
    ]));

  test("nobody vanishes behind shut doors: a passenger that the sensor loses is still there", () =>
    plays([
      ["0s", boarding],
      ["5s", running],
      ["12s", running],
      ["40s", stuck],
      ["70s", { ...stuck, passengerPresent: false }],
      ["100s", { ...stuck, passengerPresent: false }, "trapped fired red"],
    ]));

  test("a passenger seen once on arrival, and then no more, has got out", () =>
    plays([
      ["0s", running],
      ["60s", shutIn],
      ["120s", idle],
      ["180s", idle],
      ["240s", idle],
    ]));

  test("doors that an engineer opens in inspection let people out", () =>
    plays([
      ["0s", boarding],
      ["5s", stuck],
      ["65s", stuck, "trapped fired red"],
      ["70s", { ...stuck, serviceMode: 2 }],
      ["90s", { ...boarding, serviceMode: 2 }, "trapped resolved red"],
    ]));

  test("after a missed heartbeat the doors may have opened: the sensor is believed again", () =>
    plays([
      ["0s", idle],
      ["30s", idle],
      ["200s", stuck],
      ["260s", stuck, "trapped fired red"],
    ]));

  test("a lift that is stopped by its controller keeps an open alert and raises none", () => {
    plays([
      ["0s", boarding],
      ["5s", stuck],
      ["65s", stuck, "trapped fired red"],
      ["70s", { ...stuck, serviceMode: 0 }],
      ["130s", { ...stuck, serviceMode: 0 }],
    ]);
    plays([
      ["0s", boarding],
      ["5s", { ...stuck, serviceMode: 0 }],
      ["65s", { ...stuck, serviceMode: 0 }],
      ["125s", { ...stuck, serviceMode: 0 }],
    ]);
  });

  test("a monitor that senses no passengers can't tell", () => {
    const { passengerPresent: _, ...blind } = stuck;
    plays([
      ["0s", blind],
      ["60s", blind],
      ["120s", blind],
    ]);
  });

  test("the alarm button is orange, red after a minute, until released and doors opened", () =>
    plays([
      ["0s", { ...running, alarmCode: "90" }, "alarmButton fired orange"],
      ["10s", running],
      ["60s", { ...running, passengerPresent: true }, "alarmButton escalated red"],
      ["70s", boarding, "alarmButton resolved red"],
    ]));

  test("one press is enough for red, whatever the monitor says in the next minute", () =>
    plays([
      ["0s", { ...running, alarmCode: "90" }, "alarmButton fired orange"],
      ["59s", null],
      ["60s", null, "alarmButton escalated red"],
    ]));

  test("a button pressed by mistake is over before it is red when the doors open soon", () =>
    plays([
      ["0s", { ...running, alarmCode: "90" }, "alarmButton fired orange"],
      ["2s", running],
      ["20s", boarding, "alarmButton resolved orange"],
    ]));

  test("a button that is still pressed while the doors open is not answered", () =>
    plays([
      ["0s", { ...running, alarmCode: "90" }, "alarmButton fired orange"],
      ["20s", { ...boarding, alarmCode: "90" }],
      ["61s", { ...running, alarmCode: "90" }, "alarmButton escalated red"],
      ["65s", running, "alarmButton resolved red"], // the doors had opened since it was pressed
    ]));
});

describe("the machine", () => {
  test("fault 05 for a second is red, and an engineer must reset it once the fault is gone", () =>
    plays([
      ["0s", { ...idle, faultCode: "05" }],
      ["1s", null, "unintendedMovement fired red"],
      ["60s", { ...idle, faultCode: "01" }],
      ["70s", { reset: "unintendedMovement" }],
      ["80s", idle, "unintendedMovement latched red"],
      ["90s", { reset: "unintendedMovement" }, "unintendedMovement resolved red"],
    ]));

  test("running with its door open is red after two seconds", () =>
    plays([
      ["0s", { ...running, doorOpen: true }],
      ["1.9s", null],
      ["2s", null, "unintendedMovement fired red"],
      ["3s", running, "unintendedMovement latched red"],
    ]));

  test("a door told open for a moment after the start is a late message, not a danger", () =>
    plays([
      ["0s", { ...running, doorOpen: true }],
      ["1.5s", running],
      ["10s", null],
    ]));

  test("fifteen per cent above the rated speed for half a second is red, and latched", () =>
    plays([
      ["0s", { ...running, speedMPerS: 2.01 }],
      ["1s", { ...running, speedMPerS: -2.02 }],
      ["1.5s", null, "overspeed fired red"],
      ["3s", stuck, "overspeed latched red"],
    ]));

  test("the bound on speed is the register's rated speed, of this lift", () =>
    plays(
      [
        ["0s", { ...running, speedMPerS: 2.3 }],
        ["1s", null],
      ],
      {
        site: { ratedSpeedMPerS: 2.5 },
      },
    ));

  test.each(["01", "04"])(
    "fault %s for a minute is orange, until it is gone for five",
    (faultCode) =>
      plays([
        ["0m", { ...idle, faultCode }],
        ["1m", { ...idle, faultCode }, "safetyChain fired orange"],
        ["2m", { ...idle, faultCode: "02" }], // another fault is not none
        ["3m", idle],
        ["7m", idle],
        ["8m", idle, "safetyChain resolved orange"],
      ]),
  );

  test.each(["06", "07", "08"])("fault %s for a minute is orange, until it is gone", (faultCode) =>
    plays([
      ["0m", { ...idle, faultCode }],
      ["1m", { ...idle, faultCode }, "cannotRestart fired orange"],
      ["2m", idle, "cannotRestart resolved orange"],
    ]),
  );

  test("three door faults in ten minutes are yellow; one that lasts is one", () => {
    const failing = { ...idle, faultCode: "02" } as const;
    plays([
      ["0m", failing],
      ["1m", failing],
      ["2m", failing],
      ["3m", idle],
      ["4m", { ...idle, faultCode: "03" }],
      ["5m", idle],
      ["6m", failing, "doorTrouble fired yellow"],
    ]);
  });

  test("door trouble is over when there was none for an hour", () => {
    const rows: Row[] = [];
    for (let minute = 0; minute < 5; minute++)
      rows.push([`${minute}m`, { ...idle, faultCode: minute % 2 === 0 ? "02" : "00" }]);
    rows.at(-1)!.push("doorTrouble fired yellow");
    for (let minute = 5; minute <= 66; minute++) rows.push([`${minute}m`, idle]);
    const told = play(elevatorSafety, rows);
    const resolved = told.findIndex((row) => row.includes("doorTrouble resolved yellow"));
    // The last fault was at 4 min; the count is right to half a minute.
    expect(told[resolved]![0]).toBe("65m");
  });
});

describe("wear", () => {
  const trip = (runCount: number, verticalPeakMPerS2: number) => ({
    ...boarding,
    runCount,
    verticalPeakMPerS2,
    horizontalPeakMPerS2: 0.1,
  });

  test("three rough trips running are a notice, ten good ones end it", () => {
    const good: Row[] = Array.from({ length: 10 }, (_, i) => [`${i + 4}m`, trip(i + 4, 0.2)]);
    good.at(-1)!.push("rideQuality resolved blue");
    plays([
      ["1m", trip(1, 0.31)],
      ["2m", trip(2, 0.31)],
      ["3m", trip(3, 0.31), "rideQuality fired blue"],
      ...good,
    ]);
  });

  test("the same trip told again is one trip, and a good one in between starts anew", () =>
    plays([
      ["1m", trip(1, 0.31)],
      ["2m", trip(1, 0.31)],
      ["3m", trip(1, 0.31)],
      ["4m", trip(2, 0.31)],
      ["5m", trip(3, 0.3)],
      ["6m", trip(4, 0.31)],
    ]));

  test.each([
    ["above 40 °C", 40.1, 38.1, 38],
    ["below 5 °C", 4.9, 6.9, 7],
  ])("a machine room %s for ten minutes is yellow", (_, bad, between, good) => {
    const room = (machineRoomCel: number) => ({ ...idle, machineRoomCel });
    plays([
      ["0m", room(bad)],
      ["5m", room(bad)],
      ["10m", room(bad), "machineRoom fired yellow"],
      ["11m", room(between)],
      ["12m", room(good), "machineRoom resolved yellow"],
    ]);
  });
});

describe("service", () => {
  test.each([3, 4])("service mode %i tells others of a fire", (serviceMode) =>
    plays([
      ["0s", { ...boarding, serviceMode }, "fireService fired blue"],
      ["60s", boarding, "fireService resolved blue"],
    ]),
  );

  test("in inspection only the alarm button and unintended movement are armed", () => {
    const inspected = { ...stuck, serviceMode: 2, machineRoomCel: 60, speedMPerS: 5 } as const;
    const minutes = (said: Row[1], ...came: string[]): Row[] => [
      ["0m", boarding],
      ["1m", said, ...came],
      ["2m", said],
      ["5m", said],
      ["14m", said],
    ];
    for (const faultCode of ["01", "02", "04", "07"]) plays(minutes({ ...inspected, faultCode }));
    plays(minutes({ ...inspected, carMoving: true, doorOpen: true }));
    expect(play(elevatorSafety, minutes({ ...inspected, alarmCode: "90" })).flat()).toContain(
      "alarmButton fired orange",
    );
    expect(play(elevatorSafety, minutes({ ...inspected, faultCode: "05" })).flat()).toContain(
      "unintendedMovement fired red",
    );
  });

  test("inspection does not end an alert that is open", () =>
    plays([
      ["0m", { ...idle, faultCode: "01" }],
      ["1m", { ...idle, faultCode: "01" }, "safetyChain fired orange"],
      ["2m", { ...idle, serviceMode: 2 }],
      ["9m", { ...idle, serviceMode: 2 }],
    ]));

  test("a monitor that is quiet for ten minutes is orange: people may be trapped behind it", () =>
    plays([
      ["0m", idle],
      ["10m", null, "silent fired orange"],
      ["11m", idle, "silent resolved orange"],
    ]));
});
