// Which open cases watch a sensor, a site or a scenario.

import type { Case, Watched } from "./case.ts";

/**
 * Which watched things are lost or heard again. Every field given must fit, and a sensor, a site
 * or a scenario must be given; a rule about a whole site fits no sensor. `exceptRule`: not this
 * rule's own alerts, since to a rule of silence a silent sensor is the trouble, not the end of
 * hearing of it.
 */
export type Whereabouts = {
  scenario?: string;
  rule?: string;
  siteId?: string;
  sensorId?: string;
  exceptRule?: string;
} & ({ scenario: string } | { siteId: string } | { sensorId: string });

/** Finds open cases by what their alerts watch. Holds ids only. */
export class Watching {
  readonly #cases = new Map<string, Set<string>>();

  add(one: Case): void {
    for (const key of keysOf(one)) {
      const watching = this.#cases.get(key);
      if (watching) watching.add(one.id);
      else this.#cases.set(key, new Set([one.id]));
    }
  }

  delete(one: Case): void {
    for (const key of keysOf(one)) {
      const watching = this.#cases.get(key);
      watching?.delete(one.id);
      if (watching?.size === 0) this.#cases.delete(key);
    }
  }

  /** Asked for every reading. */
  hasSensor(sensorId: string): boolean {
    return this.#cases.has(sensorId);
  }

  /** Cases that may watch something there, by id: the order may not depend on when they were loaded. */
  at(where: Whereabouts): string[] {
    return [...(this.#cases.get(keyOf(where)) ?? [])].sort();
  }
}

/** Whether what is watched is there. */
export const fits =
  (where: Whereabouts) =>
  (one: Watched): boolean =>
    (where.scenario === undefined || where.scenario === one.scenario) &&
    (where.rule === undefined || where.rule === one.rule) &&
    (where.siteId === undefined || where.siteId === one.siteId) &&
    (where.sensorId === undefined || where.sensorId === one.sensorId) &&
    where.exceptRule !== one.rule;

/** What a case is found by: a sensor's bare id, else a word and an id; ids have no space. */
const keysOf = ({ watched }: Case): string[] =>
  (watched ?? []).flatMap(({ scenario, siteId, sensorId }) => [
    `scenario ${scenario}`,
    `site ${siteId}`,
    ...(sensorId === null ? [] : [sensorId]),
  ]);

/** The narrowest of what is given. */
function keyOf({ sensorId, siteId, scenario }: Whereabouts): string {
  if (sensorId !== undefined) return sensorId;
  return siteId !== undefined ? `site ${siteId}` : `scenario ${scenario}`;
}
