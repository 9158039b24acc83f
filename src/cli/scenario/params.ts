// Parameters of a scenario as they are written on the command line.

import { Convert, Errors } from "typebox/value";
import type { AnyScenario } from "../../core/index.ts";
import type { Json } from "../../core/rule.ts";
import { Exit } from "../exit.ts";
import { tell } from "../speech.ts";
import { defaultsOf } from "./installed.ts";

/**
 * Just the parameters that are given, as JSON or as `name=value`; whether they fit is for whoever
 * lays them over those in force.
 */
export function givenParams(scenario: AnyScenario, given: readonly string[]): Record<string, Json> {
  const [first = ""] = given;
  if (given.length === 1 && first.trimStart().startsWith("{")) return jsonOf(first);
  const whole = paramsOf(scenario, given) as Record<string, Json>;
  const names = given.map((one) => one.split("=")[0]!);
  return Object.fromEntries(names.map((name) => [name, whole[name]!]));
}

function jsonOf(text: string): Record<string, Json> {
  try {
    return JSON.parse(text) as Record<string, Json>;
  } catch (error) {
    const why = (error as Error).message;
    throw new Exit("badInput", tell("workshop.bad-json", { value: text, why }));
  }
}

/**
 * The defaults with `name=value` laid over them; ends the command where a name is none, or a value
 * is not allowed.
 */
export function paramsOf(scenario: AnyScenario, given: readonly string[]): object {
  const known = Object.keys(scenario.params.properties);
  const params: Record<string, unknown> = { ...defaultsOf(scenario) };
  for (const one of given) {
    const [name = "", value] = one.split(/=(.*)/s);
    if (value === undefined || !known.includes(name))
      throw new Exit(
        "badInput",
        tell("workshop.no-param", { given: one, known: known.join(", ") || "–" }),
      );
    params[name] = value;
  }
  const whole = Convert(scenario.params, params) as object;
  const [fault] = Errors(scenario.params, whole);
  if (!fault) return whole;
  const path = "instancePath" in fault ? String(fault.instancePath).slice(1) : "";
  throw new Exit(
    "badInput",
    tell("workshop.bad-param", { name: path, value: String(params[path]), why: fault.message }),
  );
}
