import type { AnyScenario } from "../../core/scenario.ts";
import type { Instant } from "../../core/time.ts";
import type { EntityKind, RegisterChange } from "../entities.ts";
import { blocksOf } from "./blocks.ts";
import { groundOf, STREET_CODE } from "./cells.ts";
import { cellFinder, fixedSites } from "./fixed-sites.ts";
import { outlineOf } from "./frame.ts";
import { mapOf, type StreetMap } from "./map.ts";
import { streetName } from "./names.ts";
import { type FactsFor, populationOf } from "./population.ts";
import { seatingOf } from "./seats.ts";
import { unitsOf } from "./units.ts";

export type StreetOptions = {
  scenarios: readonly AnyScenario[];
  /**
   * How many sensors stand on it; the ground, its houses and its squares are the same for any
   * number.
   */
  sensors: number;
  /** By scenario id: how many sensors, in proportion to one another. */
  weights?: Readonly<Record<string, number>>;
  /** What a scenario is told of a site; default: its sample, a little different at each site. */
  factsFor?: FactsFor;
  /**
   * When consents begin to be on record; default 2010-01-01, before any recording that may be
   * replayed.
   */
  consentsFrom?: Instant;
};

const CONSENTS_FROM: Instant = 1_262_275_200_000;
/** Five digits number the sensors of a scenario. */
const SENSORS_MAX = 99_999;

/**
 * One street that is nowhere: 20 communities, about 100 cells, a river, compounds, houses, lifts,
 * flats, squares, and sensors with all that they need. The changes fit an empty register, in this
 * order; the map is drawn from the same ground. Same seed and options, same bytes. Throws a
 * RangeError when the number of sensors is none.
 */
export function syntheticStreet(
  seed: number,
  options: StreetOptions,
): { changes: RegisterChange[]; map: StreetMap } {
  const { scenarios, sensors, consentsFrom = CONSENTS_FROM } = options;
  if (!Number.isInteger(sensors) || sensors < 0 || sensors > SENSORS_MAX)
    throw new RangeError(`sensors is ${sensors}; give a whole number from 0 to ${SENSORS_MAX}`);
  const ground = groundOf(seed);
  const blocks = blocksOf(seed, ground);
  const fixed = fixedSites(ground, blocks);
  const seating = seatingOf(seed, ground, fixed, cellFinder(ground));
  const population = populationOf(seed, fixed, seating, { ...options, consentsFrom });
  const street = { id: "street-001", code: STREET_CODE, name: streetName, synthetic: true };
  const communities = ground.communities.map(({ id, code, name }) => ({
    id,
    code,
    name,
    streetId: street.id,
  }));
  const cells = ground.cells.map(({ id, code, community, rect }) => ({
    id,
    code,
    communityId: community.id,
    ring: outlineOf(rect),
  }));
  const changes = [
    ...puts("street", [street]),
    ...puts("community", communities),
    ...puts("cell", cells),
    ...puts("site", population.sites),
    ...puts("gateway", population.gateways),
    ...puts("sensor", population.sensors),
    ...puts("unit", unitsOf(scenarios, ground.communities)),
    ...puts("consent", population.consents),
  ];
  return { changes, map: mapOf(ground, blocks, fixed) };
}

const puts = (kind: EntityKind, values: readonly object[]): RegisterChange[] =>
  values.map((value) => ({ put: kind, value }) as RegisterChange);
