// Which permits keep a rule quiet at a place and an instant, and when that next changes.

import type { Instant } from "../core/time.ts";
import type { Permit, Point } from "./entities.ts";
import { type Box, boxOf, inBox, inRing } from "./geometry.ts";

/** A rule that a permit may mute; life safety is never muted. */
export type Mutable = { scenario: string; rule: string; lifeSafety: boolean };

type Drawn = { permit: Permit; box: Box };

/**
 * Permits ready to be asked, all of one state of the register. Ids give the order, so that the
 * order of entry is no matter.
 */
export class PermitIndex {
  readonly #bySite = new Map<string, Permit[]>();
  readonly #drawn: Drawn[] = [];
  readonly #edges: Instant[];
  readonly #covering = new Map<string, readonly Permit[]>();

  constructor(permits: readonly Permit[]) {
    for (const permit of permits) {
      if (permit.ring) this.#drawn.push({ permit, box: boxOf(permit.ring) });
      if (permit.siteId === undefined) continue;
      const known = this.#bySite.get(permit.siteId);
      if (known) known.push(permit);
      else this.#bySite.set(permit.siteId, [permit]);
    }
    const edges = permits.flatMap((permit) => [permit.from, permit.to]);
    this.#edges = [...new Set(edges)].sort((a, b) => a - b);
  }

  /**
   * Permits at `at` that mute a rule at a site: given its own id and its ancestors', and the point
   * where it stands.
   */
  at(sites: readonly string[], point: Point | undefined, rule: Mutable, at: Instant): Permit[] {
    if (rule.lifeSafety) return [];
    return this.#coveringOf(sites, point).filter(
      (permit) => permit.from <= at && at < permit.to && mutes(permit, rule),
    );
  }

  /** The first instant after `at` at which a permit begins or ends; null: none does. */
  nextChange(at: Instant): Instant | null {
    let [low, high] = [0, this.#edges.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#edges[middle]! > at) high = middle;
      else low = middle + 1;
    }
    return this.#edges[low] ?? null;
  }

  /** All permits that ever cover a site, looked for once. */
  #coveringOf(sites: readonly string[], point: Point | undefined): readonly Permit[] {
    const own = sites[0]!;
    const known = this.#covering.get(own);
    if (known) return known;
    const found = new Set(sites.flatMap((id) => this.#bySite.get(id) ?? []));
    if (point)
      for (const { permit, box } of this.#drawn)
        if (inBox(box, point) && inRing(permit.ring!, point)) found.add(permit);
    const sorted = [...found].sort((a, b) => (a.id < b.id ? -1 : 1));
    this.#covering.set(own, sorted);
    return sorted;
  }
}

const mutes = (permit: Permit, { scenario, rule }: Mutable): boolean =>
  permit.mutes.length === 0 ||
  permit.mutes.includes(scenario) ||
  permit.mutes.includes(`${scenario}/${rule}`);
