// Who speaks in a bench: the synthetic street's sensors in the mix of its scenarios, with secrets,
// and what they say.

import type { AnyScenario } from "#scenario";
import { type Population, populationOf } from "../../simulators/population.ts";
import { withCredentials } from "../../src/cli/credentials.ts";
import { installedScenarios } from "../../src/cli/scenario.ts";
import type { Values } from "../../src/core/reading.ts";
import type { RegisterChange, Sensor } from "../../src/register/entities.ts";
import { chanceFor, shuffled } from "../../src/register/street/chance.ts";
import { syntheticStreet } from "../../src/register/street/synthetic-street.ts";
import type { Publisher } from "../load.ts";

export type Street = {
  scenarios: readonly AnyScenario[];
  changes: RegisterChange[];
  population: Population;
  /** Sensors whose readings are taken, in an order that mixes their scenarios. */
  heard: readonly Sensor[];
  secretOf(id: string): string;
};

const SEED = 1;
/** 2026-11-20 11:00 and 03:00 on the street: people are about, and elders asleep. */
const BY_DAY = Date.UTC(2026, 10, 20, 3);
const BY_NIGHT = Date.UTC(2026, 10, 19, 19);
/** Different readings that one sensor says in turn. */
const VARIETY = 16;

/** The scenarios that the street began with: what the others cost is told beside them. */
export const FIRST_SCENARIOS: readonly string[] = [
  "non-motor-parking",
  "elevator-safety",
  "elder-vital-signs",
  "crowd-density",
  "river-level",
];

/** The fields that a message of one carries before others; a scenario that is not named has those of its schema, in order. */
const FIRST: Readonly<Record<string, string>> = {
  "non-motor-parking": "parkedCount",
  "elder-vital-signs": "heartRatePerMin",
  "crowd-density": "peopleCount",
  "river-level": "levelM",
};
/** A sensor that says less in so many minutes sleeps: all of its scenario say what the first of them says. */
const WAKEFUL_MINUTES = 400;

/** Invents a street; each sensor speaks for itself, or so many gateways speak for all. */
export function streetOf(
  folder: string,
  sensors: number,
  gateways = 0,
  scenarios: readonly AnyScenario[] = installedScenarios,
): Street {
  const { changes } = syntheticStreet(SEED, { scenarios, sensors });
  const spoken = gateways > 0 ? behind(changes, gateways) : alone(changes);
  const { changes: given, secretOf } = withCredentials(spoken, folder);
  const population = populationOf(given, scenarios);
  const heard = population.sensors.filter((sensor) =>
    population.isConsented(sensor, scenarioOf(sensor), BY_DAY),
  );
  return {
    scenarios,
    changes: given,
    population,
    heard: shuffled(chanceFor(SEED, "bench"), heard),
    secretOf(id) {
      const secret = secretOf(id);
      if (secret === undefined) throw new Error(`${id} has no credential`);
      return secret;
    },
  };
}

const isPut = (change: RegisterChange, kind: string): boolean =>
  "put" in change && change.put === kind;

function alone(changes: readonly RegisterChange[]): RegisterChange[] {
  return changes
    .filter((change) => !isPut(change, "gateway"))
    .map((change) => {
      if (!("put" in change) || change.put !== "sensor") return change;
      const { gatewayId: _, ...value } = change.value;
      return { put: "sensor", value };
    });
}

/** Gateways share the sensors among them, whatever site they stand at. */
function behind(changes: readonly RegisterChange[], count: number): RegisterChange[] {
  const home = changes.find((change) => isPut(change, "gateway"));
  if (!home || !("put" in home) || home.put !== "gateway") throw new Error("no gateway to copy");
  const { siteId } = home.value;
  const gateways = Array.from({ length: count }, (_, i): RegisterChange => {
    return { put: "gateway", value: { id: gatewayId(i), siteId } };
  });
  let turn = 0;
  const others = changes
    .filter((change) => !isPut(change, "gateway"))
    .map((change): RegisterChange => {
      if (!("put" in change) || change.put !== "sensor") return change;
      return { put: "sensor", value: { ...change.value, gatewayId: gatewayId(turn++ % count) } };
    });
  const first = others.findIndex((change) => isPut(change, "sensor"));
  return [...others.slice(0, first), ...gateways, ...others.slice(first)];
}

const gatewayId = (i: number): string => `bench-gateway-${i + 1}`;

const scenarioOf = (sensor: Sensor): AnyScenario =>
  installedScenarios.find(({ id }) => id === sensor.scenario)!;

/** The fields of a reading, those first without which there is none. */
function namesOf({ id, reading }: AnyScenario): { least: number; names: readonly string[] } {
  const required: readonly string[] = reading.required ?? [];
  const first = FIRST[id] === undefined ? [] : [FIRST[id]];
  const names = new Set([...required, ...first, ...Object.keys(reading.properties)]);
  return { least: Math.max(1, required.length), names: [...names] };
}

/**
 * The first so many sensors of all scenarios or of some, each on a connection of its own, with
 * readings of so many fields at most.
 */
export function publishersOf(
  street: Street,
  connections: number,
  fields: number,
  scenarios: readonly string[] | null = null,
): Publisher[] {
  const say = sayings(street, fields);
  const publishers: Publisher[] = [];
  for (const sensor of street.heard) {
    if (publishers.length === connections) return publishers;
    if (scenarios && !scenarios.includes(sensor.scenario)) continue;
    const values = fields < namesOf(scenarioOf(sensor)).least ? [] : say(sensor);
    const { id, siteId } = sensor;
    const topic = `readings/${siteId}/${id}`;
    if (values.length > 0) publishers.push({ id, password: street.secretOf(id), topic, values });
  }
  if (publishers.length === connections) return publishers;
  throw new Error(`${publishers.length} sensors that say ${fields} fields for ${connections}`);
}

/** What a sensor says in turn, as JSON of one length; none where nothing it says has so few fields. */
function sayings(street: Street, fields: number): (sensor: Sensor) => string[] {
  const asleep = new Map<string, string[]>();
  return (sensor) => {
    const known = asleep.get(sensor.scenario);
    if (known) return known;
    const scenario = scenarioOf(sensor);
    const { least, names } = namesOf(scenario);
    const { readings, minutes } = spoken(street, sensor, VARIETY);
    const texts = readings.map((values) => {
      const there = names.filter((name) => values[name] !== undefined);
      const kept = there.slice(0, Math.max(least, fields));
      return JSON.stringify(Object.fromEntries(kept.map((name) => [name, values[name]])));
    });
    const longest = Math.max(...texts.map((text) => text.length));
    const said = texts.map((text) => text.padEnd(longest));
    if (minutes > WAKEFUL_MINUTES) asleep.set(sensor.scenario, said);
    return said;
  };
}

/** So many healthy readings of one sensor, a minute apart. */
export const healthy = (street: Street, sensor: Sensor, count: number): Values[] =>
  spoken(street, sensor, count).readings;

/** Healthy readings, and the minutes that it took to have so many; fewer where it says less in four days. */
function spoken({ population }: Street, sensor: Sensor, count: number) {
  const scenario = scenarioOf(sensor);
  const site = population.register.facts(scenario.id, sensor.siteId);
  const rng = chanceFor(SEED, "bench", sensor.id);
  const start = scenario.id === "elder-vital-signs" ? BY_NIGHT : BY_DAY;
  const readings: Values[] = [];
  let minute = 0;
  for (; readings.length < count && minute < 4 * 1_440; minute++) {
    const at = start + minute * 60_000;
    const moment = { site, minute, at, rng, index: 0, incident: undefined, minutesIn: 0 };
    const values = scenario.simulate(moment) as Values | null;
    if (values !== null) readings.push(values);
  }
  return { readings, minutes: minute };
}
