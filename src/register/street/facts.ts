// What scenarios are told of sites of the street: their own sample, a little different at each
// site.

import { Compile } from "typebox/compile";
import type { Json } from "../../core/rule.ts";
import type { AnyScenario, Rng } from "../../core/scenario.ts";

/** How far the facts of a site may be from the sample, as a share. */
const VARIETY = 0.1;
/** Periods are the maker's, not the place's. */
const TIME_UNITS: readonly unknown[] = ["ms", "s", "min", "h", "d"];

const validators = new WeakMap<AnyScenario, ReturnType<typeof Compile>>();

/**
 * The scenario's sample with all its numbers larger or smaller by one share, so that what was
 * ordered stays ordered; a number that its schema would not take stays as it is.
 */
export function variedFacts(
  scenario: AnyScenario,
  _siteId: string,
  rng: Rng,
): Readonly<Record<string, Json>> {
  const factor = 1 + VARIETY * (2 * rng.next() - 1);
  const sample = scenario.sampleSite as Record<string, Json>;
  const varied = Object.fromEntries(
    Object.entries(sample).map(([field, value]) => {
      const { type, unit } = (scenario.site.properties[field] ?? {}) as {
        type?: string;
        unit?: string;
      };
      if (typeof value !== "number" || TIME_UNITS.includes(unit)) return [field, value];
      return [field, type === "integer" ? Math.round(value * factor) : rounded(value * factor)];
    }),
  );
  return validatorOf(scenario).Check(varied) ? varied : sample;
}

/** Two decimals, as such things are measured. */
const rounded = (value: number): number => Math.round(value * 100) / 100;

function validatorOf(scenario: AnyScenario): ReturnType<typeof Compile> {
  const known = validators.get(scenario) ?? Compile(scenario.site);
  validators.set(scenario, known);
  return known;
}
