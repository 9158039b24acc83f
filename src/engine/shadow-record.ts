// What a shadow leaves on record: how it stands, and the outlines of both sides, kept among the memories under names of their
// own, so that they are committed with what they came of.

import type { Instant } from "../core/time.ts";
import type { Outline } from "./outline.ts";

/** How a scenario's shadow stands; kept in the records' meta under `shadows`, by scenario. */
export type ShadowStand = {
  /** The parameters it judges with, whole. */
  params: Readonly<Record<string, unknown>>;
  /** Those that differ from the live ones of its beginning. */
  changed: readonly string[];
  by: string;
  since: Instant;
  /** Null: it judges. */
  until: Instant | null;
  /** Why it ended by itself: `full`, or what it failed of. Null: it judges, or somebody ended it. */
  ended: string | null;
  /** The last fault of one of its rules; null: there was none. */
  fault: string | null;
};

/** Whose word an outline is. */
export type Side = "shadow" | "live";

/** What begins so is no subject of the live engine. */
export const APART = "~";

/** Names a scenario's shadow where services speak of scenarios: in `scenario.out`, and where the judge says what it is in. */
export const shadowName = (scenario: string): string => `${APART}shadow/${scenario}`;

/** The scenario whose shadow is named so; null: it names none. */
export const shadowed = (name: string): string | null =>
  name.startsWith(shadowName("")) ? name.slice(shadowName("").length) : null;

/** Where the memories of a scenario's shadow are kept. */
export const memoriesOf = (scenario: string): string => `${shadowName(scenario)}/`;

/** Where the outlines of one side are kept, or of both. */
export const outlinesOf = (scenario: string, side?: Side): string =>
  `${APART}shadow-alert/${scenario}/${side === undefined ? "" : `${side}/`}`;

/** Rows of the records taken apart into the two sides, each in order of firing. */
export function sidesOf(
  scenario: string,
  rows: readonly (readonly [subject: string, row: string])[],
): Record<Side, Outline[]> {
  const of = (side: Side): Outline[] =>
    rows
      .filter(([key]) => key.startsWith(outlinesOf(scenario, side)))
      .map(([, row]) => JSON.parse(row) as Outline)
      .sort((a, b) => a.firedAt - b.firedAt);
  return { shadow: of("shadow"), live: of("live") };
}
