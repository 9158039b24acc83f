import { expect, test } from "vitest";
import { type Instant, minutes } from "#scenario";
import { excusesOf } from "./excuses.ts";
import { defaultRules, type Outlook } from "./expectations.ts";
import type { Fault, Touch } from "./faults.ts";
import { compare, type SeenAlert } from "./matching.ts";
import { noon, samplePopulation, sampleScenarios } from "./sample.ts";

const population = samplePopulation();
const until = noon + minutes(120);
const at = (minute: number): Instant => noon + minutes(minute);

/** The well is full at minute 10 and must be told by minute 20. */
const outlook: Outlook = {
  expected: [
    {
      scenario: "well",
      rule: "high",
      siteId: "well-b",
      sensorId: "w-b",
      incident: "full",
      from: at(10),
      by: at(20),
      until: at(40),
    },
  ],
  allowed: [],
};
const alert = (rule: string, minute: number, sensorId = "w-b", siteId = "well-b"): SeenAlert => ({
  id: `${rule}-${minute}`,
  scenario: "well",
  rule,
  siteId,
  sensorId,
  firedAt: at(minute),
  reached: [{ level: "orange", at: at(minute) }],
});
const touch = (kind: Fault["kind"], minute: number, sensorId = "w-b"): Touch => ({
  kind,
  sensorId,
  at: [at(minute)],
});

function judged(touches: readonly Touch[], seen: readonly SeenAlert[]) {
  const excuses = excusesOf(touches, population, sampleScenarios, defaultRules);
  const found = compare({ outlook, seen, population, excuses, from: noon, until });
  const { met, late, missed, excused, knockOn, unexplained } = found;
  return [met, late, missed, excused, knockOn, unexplained].map(({ length }) => length);
}
const MET = [1, 0, 0, 0, 0, 0];
const LATE = [0, 1, 0, 0, 0, 0];
const MISSED = [0, 0, 1, 0, 0, 0];
const EXCUSED = [0, 0, 0, 1, 0, 0];

test.each([
  ["stuck", EXCUSED, EXCUSED],
  ["drift", EXCUSED, EXCUSED],
  ["battery", EXCUSED, EXCUSED],
  ["reboot-storm", EXCUSED, EXCUSED],
  ["gateway-loss", EXCUSED, EXCUSED],
  ["drop", MISSED, EXCUSED],
  ["delay", MISSED, EXCUSED],
  ["reorder", MISSED, EXCUSED],
  ["skew", MISSED, EXCUSED],
  ["spike", MISSED, LATE],
  ["duplicate", MISSED, LATE],
] as const)(
  "%s: whether an alert may be missing, and whether it may be late",
  (kind, never, late) => {
    expect(judged([touch(kind, 15)], [])).toEqual(never);
    expect(judged([touch(kind, 15)], [alert("high", 30)])).toEqual(late);
    expect(judged([touch(kind, 15)], [alert("high", 15)])).toEqual(MET);
  },
);

test("a fault at another sensor, before the incident or after its time, excuses nothing", () => {
  expect(judged([touch("stuck", 15, "w-a")], [])).toEqual(MISSED);
  expect(judged([touch("stuck", 9)], [])).toEqual(MISSED);
  expect(judged([touch("stuck", 21)], [])).toEqual(MISSED);
});

test("what a fault makes a sensor say is no false alert, what it cannot have made is one", () => {
  const with_ = (kind: Fault["kind"], rule: string, minute: number) =>
    judged(
      [touch(kind, 60, "w-a")],
      [alert("high", 15), alert(rule, minute, "w-a", "well-a")],
    ).slice(4);
  const [explained, isFalse] = [
    [1, 0],
    [0, 1],
  ];
  expect(with_("spike", "high", 61)).toEqual(explained);
  expect(with_("spike", "high", 59)).toEqual(isFalse);
  expect(with_("drop", "high", 61)).toEqual(isFalse);
  expect(with_("drop", "silent", 61)).toEqual(explained);
  expect(with_("duplicate", "silent", 61)).toEqual(isFalse);
  expect(with_("gateway-loss", "silent", 119)).toEqual(explained);
  expect(with_("battery", "silent", 119)).toEqual(explained);
});

test("an alert of a whole building is excused by any of the sensors that should have told", () => {
  const hall: Outlook = {
    expected: [{ ...outlook.expected[0]!, scenario: "hall", rule: "crowded", siteId: "house" }].map(
      ({ sensorId: _, ...one }) => one,
    ),
    allowed: [],
  };
  const excuses = (sensorId: string) =>
    excusesOf([touch("stuck", 15, sensorId)], population, sampleScenarios, defaultRules).forMissing(
      hall.expected[0]!,
    );
  expect(excuses("h-1")).toBe("stuck");
  expect(excuses("h-2")).toBe("stuck");
  expect(excuses("w-b")).toBeUndefined();
});
