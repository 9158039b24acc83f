import { expect, test } from "vitest";
import { grades } from "../core/level.ts";
import type { AlertEvent, AlertRecord } from "../engine/alert-record.ts";
import { alertMessages } from "./alerts.ts";

/** Every kind of line, by the compiler's word: a new kind that is not here does not compile. */
const kinds: Record<AlertEvent["kind"], true> = {
  fired: true,
  escalated: true,
  reopened: true,
  latched: true,
  resolved: true,
  acknowledged: true,
  shelved: true,
  unshelved: true,
  suppressed: true,
  unsuppressed: true,
  reset: true,
  commented: true,
  "case-opened": true,
};

const phases: Record<AlertRecord["phase"], true> = {
  firing: true,
  clearing: true,
  latched: true,
  resolved: true,
};

test("every level, phase and line of an alert has its words, and nothing else has", () => {
  const wanted = [
    ...grades.map((grade) => `alert.level.${grade}`),
    ...Object.keys(phases).map((phase) => `alert.phase.${phase}`),
    ...Object.keys(kinds).map((kind) => `alert.line.${kind}`),
  ];
  expect(Object.keys(alertMessages).sort()).toEqual(wanted.sort());
});
