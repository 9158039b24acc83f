// Which sites a step of a storyline is played at.

import type { AnyScenario, Instant, Rng } from "#scenario";
import type { Site } from "../src/register/entities.ts";
import { chanceFor, shuffled } from "../src/register/street/chance.ts";
import { Complaint } from "./complaint.ts";
import type { Population } from "./population.ts";
import type { Selection, Step } from "./storyline.ts";

export type Stage = {
  population: Population;
  scenarios: readonly AnyScenario[];
  seed: number;
  /** Minute 0. */
  startAt: Instant;
};

/** The sites of one step, in a seeded order; `where` names the step in complaints. */
type Choose = (step: Step, scenario: AnyScenario, where: string) => string[];

/**
 * Chooses for the steps of one run, in their order. Sites named by id need a sensor of the
 * scenario; those chosen by chance need one whose readings reach a rule, so that what is staged can
 * be noticed. No site is given twice to one scenario. Throws a Complaint where there are too few.
 */
export function chooser(steps: readonly Step[], stage: Stage): Choose {
  const { population, seed, startAt } = stage;
  const taken = new Set<string>();
  const places = new Map<string, string>();

  const scenarioOf = (id: string) => stage.scenarios.find((scenario) => scenario.id === id)!;

  /** How many sites of each scenario the steps at a place need. */
  const needed = (place: string): { id: string; count: number }[] => {
    const here = steps.filter(
      ({ sites, scenario }) => sites.place === place && scenarioOf(scenario),
    );
    return [...Map.groupBy(here, ({ scenario }) => scenario)].map(([id, own]) => ({
      id,
      count: own.reduce((sum, { sites }) => sum + (sites.count ?? 1), 0),
    }));
  };

  const fitting = (scenario: AnyScenario): Site[] =>
    population.register
      .all("site")
      .filter(
        ({ id }) =>
          population.heardAt(scenario, id, startAt).length > 0 &&
          !taken.has(`${scenario.id}/${id}`),
      );

  /** The place that all sites of the step lie in: the one named, or one of the kind, by chance. */
  const within = ({ sites }: Step, fits: readonly Site[], rng: Rng): string | undefined => {
    if (sites.withinOne === undefined) return sites.within;
    const known = sites.place === undefined ? undefined : places.get(sites.place);
    if (known !== undefined) return known;
    const needs =
      sites.place === undefined
        ? [{ fits, count: sites.count ?? 1 }]
        : needed(sites.place).map(({ id, count }) => ({ fits: fitting(scenarioOf(id)), count }));
    // Everything that happens at one place must find room there.
    const roomy = needs
      .map(({ fits: some, count }) => roomsOf(some, sites.withinOne!, count, population))
      .reduce((all, some) => all.filter((id) => some.includes(id)));
    const place = shuffled(rng, roomy.sort())[0] ?? "";
    if (sites.place !== undefined) places.set(sites.place, place);
    return place;
  };

  const choose: Choose = (step, scenario, where) => {
    const { sites } = step;
    if (sites.ids) return sites.ids.map((id) => named(id, scenario, where, population));
    const rng = chanceFor(seed, "sites", where);
    const fits = fitting(scenario);
    const place = within(step, fits, rng);
    const chosen = fits.filter((site) => matches(site, sites, place, population));
    const wanted = sites.count ?? Math.max(1, chosen.length);
    const found = chosen.length;
    if (found < wanted)
      throw new Complaint("simulators.too-few-sites", {
        where,
        scenario: scenario.id,
        wanted,
        found,
      });
    return shuffled(rng, chosen)
      .slice(0, wanted)
      .map(({ id }) => id);
  };

  return (step, scenario, where) => {
    const chosen = choose(step, scenario, where);
    for (const siteId of chosen) {
      const key = `${scenario.id}/${siteId}`;
      if (taken.has(key))
        throw new Complaint("simulators.staged-twice", { where, siteId, scenario: scenario.id });
      taken.add(key);
    }
    return chosen;
  };
}

function named(id: string, scenario: AnyScenario, where: string, population: Population): string {
  if (population.sensorsAt(scenario.id, id).length > 0) return id;
  throw new Complaint("simulators.site-without-sensors", {
    where,
    siteId: id,
    scenario: scenario.id,
  });
}

/** Places of a kind in which at least so many of these sites lie. */
function roomsOf(
  fits: readonly Site[],
  kind: string,
  count: number,
  population: Population,
): string[] {
  const inside = fits.flatMap((site) =>
    placesOf(site, population).filter((place) => place.kind === kind),
  );
  return [...Map.groupBy(inside, ({ id }) => id)].flatMap(([id, found]) =>
    found.length >= count ? id : [],
  );
}

const matches = (
  site: Site,
  { kind, community }: Selection,
  within: string | undefined,
  population: Population,
): boolean =>
  (kind === undefined || site.kind === kind) &&
  (community === undefined || population.register.communityOf(site.id)?.id === community) &&
  (within === undefined || placesOf(site, population).some(({ id }) => id === within));

type Place = { id: string; kind: string };

/** A site, and all that it lies in, up to its community. */
function placesOf(site: Site, { register }: Population): readonly Place[] {
  const community = register.communityOf(site.id);
  const around = [site, ...register.ancestors(site.id)];
  return community ? [...around, { id: community.id, kind: "community" }] : around;
}
