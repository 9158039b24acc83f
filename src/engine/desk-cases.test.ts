import { expect, test } from "vitest";
import type { CasePolicy } from "../core/alert.ts";
import type { Grade } from "../core/level.ts";
import { hours, minutes } from "../core/time.ts";
import { Desk } from "./desk.ts";
import type { Transition } from "./transition.ts";

const policy: CasePolicy = {
  from: "yellow",
  when: { unacknowledgedFor: minutes(5), atOnceFrom: "orange" },
  class: "99-92",
  filing: { zh: "人员高度密集", en: "A dense crowd" },
  closing: { zh: "已疏散", en: "It has thinned out" },
  limit: { amount: 10, unit: "urgent-minute" },
  unit: "police",
  verify: minutes(10),
};

const desk = () =>
  new Desk(
    {
      casePolicy: () => policy,
      mayReopen: () => true,
      covers: () => null,
      place: () => ({ communityId: "c", cellId: "g" }),
      permit: () => undefined,
      nextPermitChange: () => null,
      outOfService: () => false,
      exercise: false,
    },
    [],
    0,
  );

const told = (change: Transition["change"], level: Grade, at: number): Transition => ({
  change,
  at,
  clock: at,
  scenario: "crowd-density",
  rule: "density",
  siteId: "square",
  sensorId: "camera",
  alert: { id: "a", phase: "firing", level, raisedAt: 0, since: at, heardAt: at, reached: {} },
  lifeSafety: true,
  evidence: {
    witnesses: { first: [], last: [], between: 0 },
    heard: null,
    note: null,
    value: null,
    thresholds: [],
    sources: [],
    since: 0,
    hold: 0,
    release: hours(1),
    scenarioVersion: 1,
    ruleVersion: 1,
  },
});

test("a level too bad to wait wants its case at once, a milder one when unacknowledged", () => {
  const crowd = desk();
  expect(crowd.hear(told("fired", "yellow", minutes(1))).caseDueAt).toBe(minutes(6));
  expect(crowd.hear(told("escalated", "orange", minutes(2))).caseDueAt).toBe(minutes(2));
});

test("an alert that was acknowledged wants no case, until it is too bad to wait", () => {
  const crowd = desk();
  crowd.hear(told("fired", "yellow", minutes(1)));
  crowd.act({ kind: "alert.acknowledge", alertId: "a" }, "li", minutes(2));
  expect(crowd.get("a")!.caseDueAt).toBeNull();
  expect(crowd.hear(told("escalated", "red", minutes(3))).caseDueAt).toBe(minutes(3));
});

test("a level below the policy's wants none", () => {
  expect(desk().hear(told("fired", "blue", minutes(1))).caseDueAt).toBeNull();
});
