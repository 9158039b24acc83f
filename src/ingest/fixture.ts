// A small register and two scenarios for the tests of the door: one on a thing, one on a person.

import Type from "typebox";
import { type AnyScenario, defineScenario } from "../core/scenario.ts";
import { days, type Instant, minutes } from "../core/time.ts";
import type { RegisterChange } from "../register/entities.ts";
import type { QuarantineWriter, Reason, Refused } from "./quarantine.ts";

const text = { zh: "测试", en: "test" };

/** Water in a tank: numbers, a switch and a word. */
export const tank: AnyScenario = defineScenario({
  id: "tank",
  version: 1,
  name: text,
  story: text,
  every: minutes(1),
  siteKind: "tank",
  reading: Type.Object({
    levelM: Type.Number({ minimum: -2, maximum: 15 }),
    open: Type.Optional(Type.Boolean()),
    mode: Type.Optional(Type.Union([Type.Literal("auto"), Type.Literal("manual")])),
    note: Type.Optional(Type.String({ maxLength: 40 })),
  }),
  labels: { levelM: text, open: text, mode: text, note: text },
  site: Type.Object({}),
  sampleSite: {},
  params: Type.Object({}),
  rules: () => ({}),
  incidents: {},
  simulate: () => ({ levelM: 1 }),
});

/** A person's pulse: needs consent for the purpose "care". */
export const pulse: AnyScenario = defineScenario({
  id: "pulse",
  version: 1,
  name: text,
  story: text,
  every: minutes(1),
  siteKind: "flat",
  reading: Type.Object({ bpm: Type.Number({ minimum: 0, maximum: 300 }) }),
  labels: { bpm: text },
  site: Type.Object({}),
  sampleSite: {},
  params: Type.Object({}),
  consent: { purpose: "care" },
  rules: () => ({}),
  incidents: {},
  simulate: () => ({ bpm: 70 }),
});

/** Puts sensors `tank-1` … at `yard` into the register, each with the same secret's hash when one is given. */
export const tanks = (count: number, hash?: string): RegisterChange[] =>
  Array.from({ length: count }, (_, i) => ({
    put: "sensor" as const,
    value: {
      id: `tank-${i + 1}`,
      siteId: "yard",
      scenario: "tank",
      ...(hash !== undefined && { secretHash: hash }),
    },
  }));

/** Refusals kept in memory, so that a test can read them. */
export class Refusals implements QuarantineWriter {
  readonly kept: Refused[] = [];
  readonly counts = new Map<Reason, number>();
  count(reason: Reason): boolean {
    this.counts.set(reason, (this.counts.get(reason) ?? 0) + 1);
    return true;
  }
  keep(refused: Refused): void {
    this.kept.push(refused);
  }
  get total(): number {
    let sum = 0;
    for (const count of this.counts.values()) sum += count;
    return sum;
  }
}

/** Three tanks, a well behind a gateway, two persons of whom the first consents, and a sensor of no scenario. */
export const town = (now: Instant): RegisterChange[] => [
  ...tanks(3),
  { put: "gateway", value: { id: "gate", siteId: "compound" } },
  { put: "gateway", value: { id: "nurse", siteId: "compound" } },
  {
    put: "sensor",
    value: { id: "well-1", siteId: "well", scenario: "tank", gatewayId: "gate" },
  },
  { put: "sensor", value: { id: "band-1", siteId: "flat-1", scenario: "pulse" } },
  {
    put: "sensor",
    value: { id: "band-2", siteId: "flat-2", scenario: "pulse", gatewayId: "nurse" },
  },
  { put: "sensor", value: { id: "odd", siteId: "yard", scenario: "not-installed" } },
  {
    put: "consent",
    value: {
      id: "c1",
      subjectRef: "p1",
      siteId: "flat-1",
      purpose: "care",
      textVersion: "1",
      givenBy: "self",
      channel: "paper",
      givenAt: now - days(10),
    },
  },
];
