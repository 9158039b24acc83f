import { Create } from "typebox/value";
import type { Played } from "../app/mind.ts";
import type { AnyScenario } from "../core/scenario.ts";

/**
 * A scenario with its parameters, and all that it hears of, directly or not, with theirs as they
 * come.
 */
export function playersOf(asked: {
  scenario: AnyScenario;
  params: object;
  installed: readonly AnyScenario[];
}): Played[] {
  const { scenario, params, installed } = asked;
  const players: Played[] = [{ scenario, params }];
  for (const { scenario: one, params: its } of players)
    for (const { hears = [] } of Object.values(one.rules(its)))
      for (const { scenario: id } of hears) {
        const heard = installed.find((other) => other.id === id);
        if (heard && players.every((other) => other.scenario.id !== id))
          players.push({ scenario: heard, params: Create(heard.params) as object });
      }
  return players;
}
