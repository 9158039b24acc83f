// What the shadow of a scenario found, held against what the live one found in the same time.

import { outlinesOf, type ShadowStand, sidesOf } from "../engine/shadow-record.ts";
import type { RecordsReader } from "../store/records.ts";
import { type Comparison, compare, type Outline } from "./compare.ts";

export type ShadowFound = {
  stand: ShadowStand;
  shadow: readonly Outline[];
  live: readonly Outline[];
  comparison: Comparison;
};

/** A brain that commits all the while is asked so often for two reads of one and the same commit. */
const TRIES = 20;

/**
 * Reads both sides as of one commit. Both began with the same open alerts and heard the same, so
 * nothing has to be set apart. Null: the scenario never had a shadow.
 */
export async function readShadow(
  records: Pick<RecordsReader, "meta" | "memories" | "position">,
  scenario: string,
): Promise<ShadowFound | null> {
  for (let tries = 1; ; tries++) {
    const before = await records.position();
    const stands = (await records.meta("shadows")) as Record<string, ShadowStand> | undefined;
    const rows = await records.memories(outlinesOf(scenario));
    if (tries < TRIES && (await records.position()) !== before) continue;
    const stand = stands?.[scenario];
    if (!stand) return null;
    const { shadow, live } = sidesOf(scenario, rows);
    return { stand, shadow, live, comparison: compareSides(shadow, live) };
  }
}

/** Holds all of both sides against each other. */
const compareSides = (shadow: readonly Outline[], live: readonly Outline[]): Comparison =>
  compare(shadow, live, {
    from: Number.NEGATIVE_INFINITY,
    to: Number.POSITIVE_INFINITY,
    since: Number.NEGATIVE_INFINITY,
    unfit: () => null,
    isShaken: () => false,
  });
