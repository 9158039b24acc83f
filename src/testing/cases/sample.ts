// Alerts and policies of a made-up riverside, for tests.

import type { CaseAlert } from "../../cases/facts.ts";
import type { CasePolicy } from "../../core/alert.ts";
import { minutes } from "../../core/time.ts";

/** An alert at station S-1, but for what is given. */
export const sampleAlert = (given: Partial<CaseAlert> & { phase?: string } = {}) => ({
  id: "river-level~high~S-1~G-1~m1",
  scenario: "river-level",
  rule: "high",
  siteId: "S-1",
  sensorId: "G-1",
  communityId: "C-1",
  cellId: "310106011001001",
  level: "yellow" as const,
  exercise: false,
  caseId: null,
  phase: "firing",
  ...given,
});

/** High water: two urgent hours, half an hour to verify, but for what is given. */
export const samplePolicy = (given: Partial<CasePolicy> = {}): CasePolicy => ({
  from: "yellow",
  when: "at-once",
  class: "99-89",
  filing: { zh: "水位超过警戒线", en: "Water above the alert stage" },
  closing: { zh: "水位回落并稳定", en: "Water down and steady" },
  limit: { amount: 2, unit: "urgent-hour" },
  unit: "water-authority",
  verify: minutes(30),
  ...given,
});
