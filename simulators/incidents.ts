// Staged trouble: which incident is played at which sites and when, read from a storyline or asked
// for by hand.

import { type AnyScenario, type Instant, minutes } from "#scenario";
import { Complaint } from "./complaint.ts";
import { chooser, type Stage } from "./selection.ts";
import type { Consequence, KnockOn, Step, Storyline } from "./storyline.ts";

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
  /** What else must come of it. */
  consequences?: readonly Consequence[];
};

/**
 * Chooses the sites of every step. A step may only name sites that have sensors of its scenario,
 * and one site plays one incident of a scenario in a run, so that nobody can take one alert for
 * another. Throws a Complaint otherwise.
 */
export function stageStoryline(storyline: Storyline, stage: Stage): Staged[] {
  const choose = chooser(storyline.steps, stage);
  return storyline.steps.flatMap((step, index) => {
    const where = `${storyline.id}.steps[${index}]`;
    const scenario = scenarioOf(step, stage, where);
    const from = stage.startAt + minutes(step.at);
    return choose(step, scenario, where).map(
      (siteId): Staged => ({
        scenario: step.scenario,
        incident: step.incident,
        siteId,
        from,
        to: from + minutes(step.lasts),
        knockOn: step.alsoRaises ?? [],
        ...(step.mustAlsoRaise && { consequences: step.mustAlsoRaise }),
      }),
    );
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
