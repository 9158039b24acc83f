// What each scenario wants to know of its sites, by its own schema.

import { Compile } from "typebox/compile";
import { Create } from "typebox/value";
import type { Json } from "../core/rule.ts";
import type { AnyScenario } from "../core/scenario.ts";
import { explain, type Fault } from "./explain.ts";

export type Facts = Readonly<Record<string, Json>>;

type Book = { scenario: AnyScenario; validator: ReturnType<typeof Compile> };

/** The site schemas of all scenarios, compiled once. */
export class FactBook {
  readonly #books: ReadonlyMap<string, Book>;

  constructor(scenarios: readonly AnyScenario[]) {
    this.#books = new Map(
      scenarios.map((scenario) => [scenario.id, { scenario, validator: Compile(scenario.site) }]),
    );
  }

  scenario(id: string): AnyScenario | undefined {
    return this.#books.get(id)?.scenario;
  }

  scenarios(): AnyScenario[] {
    return [...this.#books.values()].map((book) => book.scenario);
  }

  /** Every scenario's id, for whoever named one that is not among them. */
  names(): string {
    return [...this.#books.keys()].join(", ");
  }

  /** The names of a scenario's rules; none for an unknown scenario. */
  rulesOf(id: string): string[] {
    const scenario = this.#books.get(id)?.scenario;
    return scenario ? Object.keys(scenario.rules(Create(scenario.params))) : [];
  }

  /**
   * The facts as they are given, with the schema's defaults where nothing is given. Frozen; never
   * the argument itself.
   */
  filled(scenario: string, given: Json | undefined): Facts {
    const copy: unknown = copied(given ?? {});
    return deepFrozen(this.#books.get(scenario)?.validator.Default(copy) ?? copy) as Facts;
  }

  /**
   * What of the facts does not fit their scenario after its defaults; none when they do. Unknown
   * scenarios have no say.
   */
  faults(scenario: string, given: Json | undefined): Fault[] {
    const validator = this.#books.get(scenario)?.validator;
    if (!validator) return [];
    const facts = this.filled(scenario, given);
    return validator.Check(facts) ? [] : explain(validator.Errors(facts));
  }
}

/** By hand, since a pure room has no structuredClone. */
function copied(value: Json): unknown {
  if (Array.isArray(value)) return value.map((item) => copied(item));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copied(item)]));
}

function deepFrozen<T>(value: T): T {
  if (value === null || typeof value !== "object") return value;
  for (const item of Object.values(value)) deepFrozen(item);
  return Object.freeze(value);
}
