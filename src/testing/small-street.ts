// The smallest street for some scenarios: each has one site and one sensor that speaks for itself, and consent where it asks.

import type { AnyScenario } from "../core/scenario.ts";
import type { Text } from "../core/text.ts";
import type { RegisterChange, Sensor } from "../register/entities.ts";

const named = (word: string): Text => ({ zh: `${word}（虚构）`, en: word });
const ring = [
  { lon: 124, lat: 30 },
  { lon: 124.01, lat: 30 },
  { lon: 124.01, lat: 30.01 },
];

/** The sensor of a scenario, and its site. */
export const sensorOf = ({ id }: AnyScenario): Sensor => ({
  id: `${id}-1`,
  siteId: `at-${id}`,
  scenario: id,
});
/** The topic that a sensor speaks on. */
export const topicOf = ({ id, siteId }: Sensor): string => `readings/${siteId}/${id}`;

/** What an empty register takes, in this order. Sites have the facts of their scenario's sample, unless others are given. */
export const smallStreet = (
  scenarios: readonly AnyScenario[],
  facts: Readonly<Record<string, object>> = {},
): RegisterChange[] => [
  {
    put: "street",
    value: { id: "st", code: "990106001", name: named("Street"), synthetic: true },
  },
  {
    put: "community",
    value: { id: "co", code: "990106001001", name: named("Community"), streetId: "st" },
  },
  { put: "cell", value: { id: "ce", code: "990106001001001", communityId: "co", ring } },
  { put: "unit", value: { id: "unit", name: named("Unit"), roles: ["any"], communityIds: [] } },
  ...scenarios.flatMap((scenario): RegisterChange[] => {
    const sensor = sensorOf(scenario);
    return [
      {
        put: "site",
        value: {
          id: sensor.siteId,
          kind: scenario.siteKind,
          name: named(scenario.siteKind),
          cellId: "ce",
          facts: { [scenario.id]: (facts[scenario.id] ?? scenario.sampleSite) as never },
        },
      },
      { put: "sensor", value: sensor },
      ...(scenario.consent ? [consentTo(scenario.consent.purpose, sensor.siteId)] : []),
    ];
  }),
];

/** Consent at a site since ever, until it is withdrawn. */
export const consentTo = (
  purpose: string,
  siteId: string,
  withdrawnAt?: number,
): RegisterChange => ({
  put: "consent",
  value: {
    id: `consent-${siteId}`,
    subjectRef: "p-1",
    siteId,
    purpose,
    textVersion: "1",
    givenBy: "self",
    channel: "paper",
    givenAt: 0,
    ...(withdrawnAt === undefined ? {} : { withdrawnAt }),
  },
});
