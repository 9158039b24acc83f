// Staged trouble: which incident is played at which sites and when, read from a storyline or asked
// for by hand.

import { type AnyScenario, type Instant, minutes } from "#scenario";
import type { Site } from "../src/register/entities.ts";
import { chanceOf, shuffled } from "./chance.ts";
import { Complaint } from "./complaint.ts";
import type { Population } from "./population.ts";
import type { KnockOn, Selection, Step, Storyline } from "./storyline.ts";

/**
 * One incident at one site: every sensor of the scenario there shows it from `from` until before
 * `to`.
 */
export type Staged = {
  scenario: string;
  incident: string;
  siteId: string;
  from: Instant;
  to: Instant;
  knockOn: readonly KnockOn[];
};

export type Stage = {
  population: Population;
  scenarios: readonly AnyScenario[];
  seed: number;
  /** Minute 0. */
  startAt: Instant;
};

/**
 * Chooses the sites of every step. A step may only name sites that have sensors of its scenario,
 * and one site plays one incident of a scenario in a run, so that nobody can take one alert for
 * another. Throws a Complaint otherwise.
 */
export function stageStoryline(storyline: Storyline, stage: Stage): Staged[] {
  const taken = new Set<string>();
  return storyline.steps.flatMap((step, index) => {
    const where = `${storyline.id}.steps[${index}]`;
    const scenario = scenarioOf(step, stage, where);
    const sites = choose(step.sites, scenario, stage, where, taken);
    return sites.map((siteId): Staged => {
      const key = `${step.scenario}/${siteId}`;
      if (taken.has(key))
        throw new Complaint("simulators.staged-twice", { where, siteId, scenario: step.scenario });
      taken.add(key);
      const from = stage.startAt + minutes(step.at);
      const to = from + minutes(step.lasts);
      return {
        scenario: step.scenario,
        incident: step.incident,
        siteId,
        from,
        to,
        knockOn: step.alsoRaises ?? [],
      };
    });
  });
}

/**
 * Reads `scenario:incident[@place][+minute][/lasts]`, as in `river-level:flood@station-3+10/45`:
 * the place is a site's id or a number of sites to choose (default 1), the minute when it begins
 * (default 0), `lasts` minutes (default: until it must have been noticed, and half as long again).
 * Throws a Complaint that says what is wrong with it.
 */
export function readIncident(text: string, scenarios: readonly AnyScenario[]): Step {
  const parts = /^([\w-]+):([\w-]+)(?:@([\w-]+))?(?:\+([\d.]+))?(?:\/([\d.]+))?$/.exec(text);
  if (!parts) throw new Complaint("simulators.incident-unreadable", { text });
  const [, scenarioId, incident, place = "1", at = "0", lasts] = parts;
  const step: Step = {
    at: Number(at),
    scenario: scenarioId!,
    incident: incident!,
    sites: /^\d+$/.test(place) ? { count: Number(place) } : { ids: [place] },
    lasts: Number(lasts ?? 0),
  };
  const scenario = scenarioOf(step, { scenarios }, text);
  const { within } = scenario.incidents[step.incident]!;
  return lasts === undefined ? { ...step, lasts: (1.5 * within) / minutes(1) } : step;
}

function scenarioOf(
  step: Step,
  { scenarios }: Pick<Stage, "scenarios">,
  where: string,
): AnyScenario {
  const scenario = scenarios.find(({ id }) => id === step.scenario);
  if (!scenario)
    throw new Complaint("simulators.scenario-unknown", {
      where,
      scenario: step.scenario,
      known: scenarios.map(({ id }) => id).join(", "),
    });
  if (!Object.hasOwn(scenario.incidents, step.incident))
    throw new Complaint("simulators.incident-unknown", {
      where,
      scenario: step.scenario,
      incident: step.incident,
      known: Object.keys(scenario.incidents).join(", "),
    });
  return scenario;
}

/**
 * Sites of the selection, as many as it asks for, in a seeded order. Those named by id need a
 * sensor of the scenario; those chosen by chance need one whose readings reach a rule, so that what
 * is staged can be noticed.
 */
function choose(
  selection: Selection,
  scenario: AnyScenario,
  stage: Stage,
  where: string,
  taken: ReadonlySet<string>,
): string[] {
  const { population, seed } = stage;
  const named = selection.ids?.map((id) => {
    if (population.sensorsAt(scenario.id, id).length > 0) return id;
    throw new Complaint("simulators.site-without-sensors", {
      where,
      siteId: id,
      scenario: scenario.id,
    });
  });
  if (named) return named;
  const fits = population.register
    .all("site")
    .filter(
      ({ id }) =>
        population.heardAt(scenario, id, stage.startAt).length > 0 &&
        !taken.has(`${scenario.id}/${id}`),
    );
  const rng = chanceOf(seed, "sites", where);
  const within = placeOf(selection, fits, stage, rng);
  const chosen = fits.filter((site) => matches(site, selection, within, population));
  const wanted = selection.count ?? chosen.length;
  if (chosen.length < Math.max(1, wanted))
    throw new Complaint("simulators.too-few-sites", {
      where,
      scenario: scenario.id,
      wanted: Math.max(1, wanted),
      found: chosen.length,
    });
  return shuffled(chosen, rng)
    .slice(0, wanted)
    .map(({ id }) => id);
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

/** A site, and all that it lies in. */
const placesOf = (site: Site, { register }: Population): readonly Site[] => [
  site,
  ...register.ancestors(site.id),
];

/**
 * The place that all sites of the step lie in: the one named, or one of the kind named, chosen by
 * chance.
 */
function placeOf(
  { within, withinOne, count = 1 }: Selection,
  fits: readonly Site[],
  { population }: Stage,
  rng: ReturnType<typeof chanceOf>,
): string | undefined {
  if (within !== undefined || withinOne === undefined) return within;
  const places = new Map<string, number>();
  for (const site of fits)
    for (const { id, kind } of placesOf(site, population))
      if (kind === withinOne) places.set(id, (places.get(id) ?? 0) + 1);
  const roomy = [...places].filter(([, sites]) => sites >= count).map(([id]) => id);
  return shuffled(roomy.sort(), rng)[0] ?? "";
}
