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

/** The fields that a message of five or of one carries; a lift always needs four. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  "non-motor-parking": ["parkedCount", "outsideBayCount", "zoneType", "occupancyPct", "confidence"],
  "elevator-safety": ["serviceMode", "carMoving", "doorZone", "doorOpen", "speedMPerS"],
  "elder-vital-signs": [
    "heartRatePerMin",
    "inBed",
    "respirationPerMin",
    "movementIndex",
    "signalQuality",
  ],
  "crowd-density": [
    "peopleCount",
    "densityPerM2",
    "averageSpeedMPerS",
    "inflowPerMin",
    "outflowPerMin",
  ],
  "river-level": ["levelM", "rainfallMm", "oxygenMgPerL", "ph", "turbidityNtu"],
};
const LEAST: Readonly<Record<string, number>> = { "elevator-safety": 4 };

/** Invents a street; each sensor speaks for itself, or so many gateways speak for all. */
export function streetOf(folder: string, sensors: number, gateways = 0): Street {
  const { changes } = syntheticStreet(SEED, { scenarios: installedScenarios, sensors });
  const spoken = gateways > 0 ? behind(changes, gateways) : alone(changes);
  const { changes: given, secretOf } = withCredentials(spoken, folder);
  const population = populationOf(given, installedScenarios);
  const scenarios = new Map(installedScenarios.map((one) => [one.id, one]));
  const heard = population.sensors.filter((sensor) =>
    population.isConsented(sensor, scenarios.get(sensor.scenario)!, BY_DAY),
  );
  return {
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

/** The first so many sensors, each on a connection of its own; `fields` as FIELDS has them. */
export function publishersOf(street: Street, connections: number, fields: number): Publisher[] {
  const able = street.heard.filter(({ scenario }) => fields >= (LEAST[scenario] ?? 1));
  if (able.length < connections) throw new Error(`${able.length} sensors for ${connections}`);
  return able.slice(0, connections).map((sensor) => {
    const { id, siteId } = sensor;
    const topic = `readings/${siteId}/${id}`;
    return { id, password: street.secretOf(id), topic, values: said(street, sensor, fields) };
  });
}

/** What a sensor says in turn, as JSON of one length. */
function said(street: Street, sensor: Sensor, fields: number): string[] {
  const names = new Set(FIELDS[sensor.scenario]?.slice(0, fields));
  const texts = healthy(street, sensor, VARIETY).map((values) =>
    JSON.stringify(Object.fromEntries(Object.entries(values).filter(([name]) => names.has(name)))),
  );
  const longest = Math.max(...texts.map((text) => text.length));
  return texts.map((text) => text.padEnd(longest));
}

/** So many healthy readings of one sensor, a minute apart. */
export function healthy({ population }: Street, sensor: Sensor, count: number): Values[] {
  const scenario = installedScenarios.find(({ id }) => id === sensor.scenario) as AnyScenario;
  const site = population.register.facts(scenario.id, sensor.siteId);
  const rng = chanceFor(SEED, "bench", sensor.id);
  const start = scenario.id === "elder-vital-signs" ? BY_NIGHT : BY_DAY;
  const readings: Values[] = [];
  for (let minute = 0; readings.length < count; minute++) {
    const at = start + minute * 60_000;
    const moment = { site, minute, at, rng, index: 0, incident: undefined, minutesIn: 0 };
    const values = scenario.simulate(moment) as Values | null;
    if (values !== null) readings.push(values);
  }
  return readings;
}
