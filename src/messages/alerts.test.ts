import { expect, test } from "vitest";
import type { AlertEvent } from "../engine/alert-record.ts";
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

test("every line of an alert's flow log has its words, and nothing else has", () => {
  const wanted = Object.keys(kinds).map((kind) => `alert.line.${kind}`);
  expect(Object.keys(alertMessages).sort()).toEqual(wanted.sort());
});
