import type { AnyScenario } from "../../core/index.ts";
import { checks, warnings } from "../../testing/conformance.ts";
import { installedScenarios } from "./installed.ts";

/** A promise of conformance, and what is wrong with it; none: it is kept. */
export type Checked = { promise: string; faults: readonly string[] };

/**
 * Puts a scenario to every check that it is not exempt from. A check that fails itself is a fault
 * of the scenario.
 */
export function conform(scenario: AnyScenario): Checked[] {
  const exempt: Readonly<Record<string, string>> = scenario.exempt ?? {};
  const others = installedScenarios.filter(({ id }) => id !== scenario.id);
  return Object.entries(checks)
    .filter(([promise]) => !exempt[promise])
    .map(([promise, check]) => {
      try {
        return { promise, faults: check({ scenario, all: [...others, scenario] }) };
      } catch (error) {
        return { promise, faults: [(error as Error).message] };
      }
    });
}

/** What a scenario is told, and not refused for. */
export const warned = (scenario: AnyScenario): string[] =>
  Object.values(warnings).flatMap((check) => check({ scenario, all: [scenario] }));
