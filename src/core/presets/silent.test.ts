import { expect, test } from "vitest";
import { ask, inShort } from "../../testing/ask.ts";
import { severity } from "../level.ts";
import { hours, minutes } from "../time.ts";
import { offlineCase, silent } from "./silent.ts";

type Reading = { inBed?: boolean };
type Site = { periodMin: number };

const quiet = silent<Reading, Site>({ after: minutes(15), level: "yellow" });

test("a reading is ok and puts the wake off; the wake says that it is silent", () => {
  const told = ask(
    quiet,
    [
      { at: minutes(0), reading: {} },
      { at: minutes(10), reading: {} },
      { at: minutes(25), reading: null },
    ],
    { periodMin: 5 },
  );
  expect(told.map(({ verdict }) => [inShort(verdict), verdict.wakeAt])).toEqual([
    ["ok", minutes(15)],
    ["ok", minutes(25)],
    ["yellow", undefined],
  ]);
});

test("patience counts from receipt, so a clock that is behind is not silence", () => {
  const reading = {
    kind: "reading",
    sensorId: "s",
    reading: {},
    receivedAt: minutes(9),
    site: { periodMin: 5 },
  } as const;
  expect(quiet.judge(null, reading, minutes(2)).wakeAt).toBe(minutes(24));
});

test("patience may depend on the last reading and on the site", () => {
  const patient = silent<Reading, Site>({
    after: ({ inBed }, { periodMin }) => (inBed ? minutes(3 * periodMin) : hours(6)),
    level: "orange",
  });
  const [inBed, up] = ask(
    patient,
    [
      { at: 0, reading: { inBed: true } },
      { at: 1, reading: {} },
    ],
    { periodMin: 10 },
  );
  expect([inBed!.verdict.wakeAt, up!.verdict.wakeAt]).toEqual([minutes(30), 1 + hours(6)]);
});

test("it is no answer to what other scenarios tell", () => {
  const heard = {
    scenario: "x",
    rule: "y",
    change: "fired",
    level: "red",
    siteId: "s",
    alertId: "a",
  } as const;
  expect(quiet.judge(null, { kind: "heard", heard, site: { periodMin: 5 } }, 0)).toEqual({
    state: null,
  });
});

test("it is marked as speaking of silence, and its case is that of a sensor offline", () => {
  expect(quiet.silence).toBe(true);
  expect(quiet.alert.case).toEqual(offlineCase(hours(4)));
  expect(quiet.alert.case!.class).toBe("99-87");
  expect(severity("yellow")).toBeGreaterThanOrEqual(severity(quiet.alert.case!.from));
});
