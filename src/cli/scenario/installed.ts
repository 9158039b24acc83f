// The scenarios that are installed, and the numbers and rules that they come with.

import { Create } from "typebox/value";
import * as all from "../../../scenarios/index.ts";
import type { AnyScenario, Rules } from "../../core/index.ts";
import { Exit } from "../exit.ts";
import { tell } from "../speech.ts";

export const installedScenarios: readonly AnyScenario[] = Object.values(all);

/** A scenario's parameters as it comes. */
export const defaultsOf = (scenario: AnyScenario): object => Create(scenario.params) as object;

/** The rules of a scenario with its default parameters. */
export const rulesOf = (scenario: AnyScenario): Rules => scenario.rules(defaultsOf(scenario));

/** The scenario of this id; ends the command, naming those that are there. */
export function installed(id: string): AnyScenario {
  const scenario = installedScenarios.find((one) => one.id === id);
  if (scenario) return scenario;
  const known = installedScenarios.map((one) => one.id).join(", ");
  throw new Exit("notFound", tell("scenario.unknown", { id, known }));
}
