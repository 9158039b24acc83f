// How many sensors each scenario has on the street, and which of them speak for themselves.

import type { AnyScenario } from "../../core/scenario.ts";

/**
 * Sensors of a whole street, 21,000 in all (domain.md 1.1, 3.0). What is published gives the order
 * of things: an inventory of one town has 2,405 smoke detectors, 515 manhole covers, 955 doors and
 * 40 lifts (1.2, [F27]), so smoke is the largest class and covers are about a fifth of it; elders
 * over 80 living alone are somewhat over a hundred with three sensors each, falling-object sensors
 * stand at every sixth floor (1.1, [F2]). A street of 83,000 residents has more lifts than that
 * town. All other numbers are ours; where the ground has fewer places, sensors share them.
 */
export const streetCounts: Readonly<Record<string, number>> = {
  "smoke-alarm": 6_450,
  "street-lamp": 2_200,
  "electrical-fire": 1_000,
  "combustible-gas": 1_900,
  "manhole-cover": 1_500,
  "fire-water-pressure": 1_250,
  "elder-home-activity": 1_150,
  "waste-collection": 1_150,
  "ebike-safety": 600,
  "elevator-safety": 600,
  "fire-lane-occupation": 620,
  "falling-objects": 480,
  "structure-signage-safety": 430,
  "non-motor-parking": 380,
  "septic-tank": 300,
  "elder-vital-signs": 250,
  "shared-bike-hotspot": 180,
  "water-supply-quality": 130,
  "piled-materials": 110,
  "crowd-density": 80,
  "street-vending": 70,
  noise: 50,
  "public-toilet": 36,
  "air-dust": 24,
  "road-flooding": 24,
  "road-damage": 20,
  "river-level": 16,
};
const COUNT_UNNAMED = 100;

/**
 * Indoors, and yet with a line of their own (NB-IoT, 4G, a video network) instead of the house's
 * gateway: with all that stands outdoors about 15,000 of a street's 21,000 sensors.
 */
export const ownLines: ReadonlySet<string> = new Set([
  "smoke-alarm",
  "falling-objects",
  "structure-signage-safety",
]);

/** A small fleet still has up to so large a part of an equal share of every scenario. */
const LEAST = 0.5;

/**
 * How many sensors of each scenario, adding up to all (largest remainders). With `weights` in
 * proportion to them; without, as on a whole street, but a small fleet keeps a few even of what is
 * rare, so that there is a river to rise.
 */
export function quotas(wanted: {
  scenarios: readonly AnyScenario[];
  sensors: number;
  weights?: Readonly<Record<string, number>>;
}): { scenario: AnyScenario; count: number }[] {
  const { scenarios, sensors, weights } = wanted;
  const shares = scenarios.map(({ id }) =>
    weights ? (weights[id] ?? 0) : (streetCounts[id] ?? COUNT_UNNAMED),
  );
  const least = weights ? 0 : (LEAST * sensors) / scenarios.length;
  const floors = shares.map((share) => Math.min(share, least));
  const rest = shares.map((share, i) => share - floors[i]!);
  const free = sensors - sum(floors);
  const whole = sum(rest);
  // What is beyond the whole street grows all of it alike.
  const exact =
    whole > 0
      ? floors.map((floor, i) => floor + (free * rest[i]!) / whole)
      : shares.map((share) => (sum(shares) > 0 ? (sensors * share) / sum(shares) : 0));
  return rounded(exact).map((count, i) => ({ scenario: scenarios[i]!, count }));
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

/** Whole numbers with the same sum. */
function rounded(exact: readonly number[]): number[] {
  const floors = exact.map((share) => Math.floor(share + 1e-9));
  const short = Math.round(sum(exact)) - sum(floors);
  const byRemainder = exact
    .map((share, i) => ({ i, remainder: share - floors[i]! }))
    .sort((a, b) => b.remainder - a.remainder || a.i - b.i);
  const luckier = new Set(byRemainder.slice(0, short).map(({ i }) => i));
  return floors.map((floor, i) => floor + (luckier.has(i) ? 1 : 0));
}
