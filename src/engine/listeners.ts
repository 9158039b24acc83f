import type { AnyRule, Heard } from "../core/rule.ts";
import type { Running } from "./running.ts";
import type { Transition } from "./transition.ts";

/** A rule that hears of other scenarios, by its place among the site rules of its own. */
export type Listener = { running: Running; index: number; rule: AnyRule };

/** Who hears of whose transitions. What a listener says is not heard again, so nothing goes round in circles. */
export class Listeners {
  readonly #heard = new Map<string, Listener[]>();
  readonly #speaking = new Set<string>();

  add(running: Running): void {
    running.siteRules.forEach(({ name, rule }, index) => {
      if (!rule.hears) return;
      this.#speaking.add(`${running.scenario.id}/${name}`);
      for (const key of new Set(rule.hears.map((heard) => `${heard.scenario}/${heard.rule}`))) {
        const listeners = this.#heard.get(key) ?? [];
        listeners.push({ running, index, rule });
        this.#heard.set(key, listeners);
      }
    });
  }

  /** Those that are to be told of a transition. */
  of({ scenario, rule }: Transition): readonly Listener[] {
    const key = `${scenario}/${rule}`;
    return this.#speaking.has(key) ? [] : (this.#heard.get(key) ?? []);
  }
}

/** What a listener is told of a transition. */
export const heardOf = ({ scenario, rule, change, siteId, alert }: Transition): Heard => ({
  scenario,
  rule,
  change,
  siteId,
  level: alert.level,
  alertId: alert.id,
});
