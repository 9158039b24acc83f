// Who speaks: sensors in the wanted ratio, the gateways that speak for those indoors, and the
// consents of the persons.

import type { Json } from "../../core/rule.ts";
import type { AnyScenario, Rng } from "../../core/scenario.ts";
import type { Instant } from "../../core/time.ts";
import { days } from "../../core/time.ts";
import type { Consent, Gateway, Sensor, Site } from "../entities.ts";
import { padded } from "./cells.ts";
import { between, chanceFor } from "./chance.ts";
import { variedFacts } from "./facts.ts";
import type { FixedSites, SitePlan } from "./fixed-sites.ts";
import { onMap } from "./frame.ts";
import { kindOf } from "./kinds.ts";
import { ownLines, quotas } from "./ratios.ts";
import type { Seating } from "./seats.ts";

/** What a scenario is told of one site; `rng` is that site's own. */
export type FactsFor = (
  scenario: AnyScenario,
  siteId: string,
  rng: Rng,
) => Readonly<Record<string, Json>>;

export type PopulationOptions = {
  scenarios: readonly AnyScenario[];
  sensors: number;
  /** By scenario id: how many sensors, in proportion; default: as on a whole street (ratios.ts). */
  weights?: Readonly<Record<string, number>>;
  factsFor?: FactsFor;
  /** When consents begin to be on record. */
  consentsFrom: Instant;
};

/** So many sites before sensors begin to share them, so that a small fleet sees more than one. */
const SITES_LEAST = 6;

/**
 * Of a hundred persons: so many have consented by a guardian's hand, so many have withdrawn, so
 * many were never asked.
 */
const GUARDIAN_PCT = 20;
const WITHDRAWN_PCT = 4;
const UNASKED_PCT = 6;

export type Population = {
  sites: readonly Site[];
  gateways: readonly Gateway[];
  sensors: readonly Sensor[];
  consents: readonly Consent[];
};

/** All sites with their facts, and everybody on them; each kind by id. */
export function populationOf(
  seed: number,
  fixed: FixedSites,
  seating: Seating,
  options: PopulationOptions,
): Population {
  const plans = new Map<string, SitePlan>();
  const facts = new Map<string, Record<string, Json>>();
  for (const plan of allFixed(fixed)) plans.set(plan.id, plan);
  const sensors: Sensor[] = [];
  const consents: Consent[] = [];
  const askedFor = new Set<string>(); // two scenarios may ask for one purpose
  const factsFor = options.factsFor ?? variedFacts;
  for (const { scenario, count } of quotas(options)) {
    const apart = Math.min(count, SITES_LEAST);
    const wanted = Math.max(apart, Math.ceil(count / (kindOf(scenario.siteKind).sensors ?? 1)));
    const sites = seating(scenario.siteKind, wanted);
    for (const plan of sites) {
      plans.set(plan.id, plan);
      const rng = chanceFor(seed, "facts", scenario.id, plan.id);
      facts.set(plan.id, {
        ...facts.get(plan.id),
        [scenario.id]: factsFor(scenario, plan.id, rng),
      });
      const asked = `${scenario.consent?.purpose} ${plan.id}`;
      const consent = askedFor.has(asked) ? null : consentAt(seed, scenario, plan.id, options);
      if (consent) consents.push({ ...consent, id: `consent-${padded(consents.length + 1, 5)}` });
      askedFor.add(asked);
    }
    sensors.push(...sensorsAt(seed, scenario, sites, count));
  }
  return {
    sites: [...plans.values()].map((plan) => siteOf(plan, facts.get(plan.id) ?? {})),
    gateways: gatewaysOf(sensors),
    sensors,
    consents,
  };
}

const allFixed = ({ compounds, homes, squares, river, roads }: FixedSites): SitePlan[] => [
  ...compounds,
  ...homes.map(({ building }) => building),
  ...squares,
  river,
  ...roads.northward,
  ...roads.eastward,
  ...roads.lanes.values(),
];

function siteOf({ spread: _, compoundId: __, ...site }: SitePlan, facts: Site["facts"]): Site {
  return { ...site, facts };
}

/** Dealt out over the sites in turn; indoors a gateway speaks for most of them. */
function sensorsAt(
  seed: number,
  scenario: AnyScenario,
  sites: readonly SitePlan[],
  count: number,
): Sensor[] {
  return Array.from({ length: count }, (_, i): Sensor => {
    const site = sites[i % sites.length]!;
    const id = `${scenario.id}-${padded(i + 1, 5)}`;
    const rng = chanceFor(seed, "sensor", id);
    const { west, east, south, north } = site.spread ?? { west: 0, east: 0, south: 0, north: 0 };
    const place = { x: west + rng.next() * (east - west), y: south + rng.next() * (north - south) };
    return {
      id,
      siteId: site.id,
      scenario: scenario.id,
      ...(site.compoundId === undefined || ownLines.has(scenario.id)
        ? {}
        : { gatewayId: gatewayIdOf(site.compoundId) }),
      ...(count > sites.length && site.spread ? { at: onMap(place) } : {}),
    };
  });
}

const gatewayIdOf = (compoundId: string): string => compoundId.replace("compound", "gateway");

/** One to each compound that has a sensor indoors. */
function gatewaysOf(sensors: readonly Sensor[]): Gateway[] {
  const ids = new Set(sensors.flatMap(({ gatewayId }) => gatewayId ?? []));
  return [...ids].sort().map((id) => ({ id, siteId: id.replace("gateway", "compound") }));
}

function consentAt(
  seed: number,
  { consent }: AnyScenario,
  siteId: string,
  { consentsFrom }: PopulationOptions,
): Omit<Consent, "id"> | null {
  if (!consent) return null;
  const rng = chanceFor(seed, "consent", consent.purpose, siteId);
  const lot = between(rng, 0, 99);
  if (lot < UNASKED_PCT) return null;
  const givenAt = consentsFrom + days(between(rng, 0, 60));
  const isWithdrawn = lot < UNASKED_PCT + WITHDRAWN_PCT;
  return {
    subjectRef: subjectAt(seed, siteId),
    siteId,
    purpose: consent.purpose,
    textVersion: "synthetic-1",
    givenBy: between(rng, 0, 99) < GUARDIAN_PCT ? "guardian" : "self",
    channel: "home-visit",
    givenAt,
    ...(isWithdrawn ? { withdrawnAt: givenAt + days(between(rng, 1, 60)) } : {}),
  };
}

/** The person at a site: a pseudonym that says nothing, the same for every purpose. */
function subjectAt(seed: number, siteId: string): string {
  const rng = chanceFor(seed, "subject", siteId);
  return `p-${Math.floor(rng.next() * 2 ** 32)
    .toString(16)
    .padStart(8, "0")}`;
}
