// Parameters that a person sets, laid over those in force.

import { Errors } from "typebox/value";
import type { Json } from "../core/rule.ts";
import type { AnyScenario } from "../core/scenario.ts";
import { run } from "../engine/running.ts";

export type Params = Readonly<Record<string, unknown>>;

/** Whole parameters, or what is wrong with those that were given. */
export type Laid =
  | { ok: true; params: Params; changed: readonly string[] }
  | { ok: false; problem: "scenario-params-refused"; params: Record<string, string> };

/** Lays what is given over what is in force. A name that the scenario does not have, or a value it does not allow, is refused. */
export function laidOver(scenario: AnyScenario, before: object, given: Json): Laid {
  const { id } = scenario;
  const known = Object.keys(scenario.params.properties);
  const refused = (name: string, value: unknown, why: string): Laid => ({
    ok: false,
    problem: "scenario-params-refused",
    params: { id, name, value: JSON.stringify(value) ?? "–", why, known: known.join(", ") || "–" },
  });
  if (typeof given !== "object" || given === null || Array.isArray(given))
    return refused("params", given, "must be an object");
  const own = given as Readonly<Record<string, unknown>>;
  const strange = Object.keys(own).find((name) => !known.includes(name));
  if (strange !== undefined) return refused(strange, own[strange], "is no parameter");
  const now = before as Params;
  const params = { ...now, ...own };
  const [fault] = Errors(scenario.params, params);
  if (fault) {
    const name = "instancePath" in fault ? String(fault.instancePath).slice(1).split("/")[0]! : "";
    return refused(name, params[name], fault.message);
  }
  try {
    run(scenario, params);
  } catch (error) {
    return refused("params", own, (error as Error).message);
  }
  const isOther = (name: string) => JSON.stringify(params[name]) !== JSON.stringify(now[name]);
  return { ok: true, params, changed: Object.keys(params).filter(isOther).sort() };
}
