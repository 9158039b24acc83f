import { Create } from "typebox/value";
import type { AnyScenario } from "../core/scenario.ts";

/** The parameters of a scenario as they are when the operator has set none. */
export const defaultsOf = (scenario: AnyScenario): object => Create(scenario.params) as object;
