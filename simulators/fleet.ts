// A seeded population of sensors: each speaks at its own pace, with a quirk of its own, as its
// scenario says it behaves.

import { type AnyScenario, type Duration, type Instant, type Rng, silenceOf } from "#scenario";
import type { Values } from "../src/core/reading.ts";
import type { Sensor } from "../src/register/entities.ts";
import type { Facts } from "../src/register/facts.ts";
import { chanceFor } from "../src/register/street/chance.ts";
import { Calendar } from "./calendar.ts";
import { Complaint } from "./complaint.ts";
import type { Staged } from "./incidents.ts";
import type { Population } from "./population.ts";

/** One reading on its way from a simulated sensor. */
export type Sample = {
  sensor: Sensor;
  /** When it leaves the sensor, by the simulated clock. */
  at: Instant;
  /** What the sensor's own clock says it was measured at. */
  time: Instant;
  values: Values;
  /** 1 for a sensor's first reading, then without holes as long as nothing is lost. */
  seq: number;
  /** There is no consent on record, so the door must drop it. */
  refused: boolean;
  /** The same reading once more. */
  copy?: true;
};

/** Whatever gives samples in order of time: a fleet, or a fleet with faults laid over it. */
export interface Source {
  /** Those that leave before `at` and were not given yet, in the order they leave. */
  dueBefore(at: Instant): Iterable<Sample>;
}

export type FleetOptions = {
  population: Population;
  scenarios: readonly AnyScenario[];
  seed: number;
  /**
   * When the fleet is switched on; every sensor speaks for the first time within one period of it.
   */
  startAt: Instant;
  staged?: readonly Staged[];
  /** All periods are multiplied by it; default 1. `stretchFor` gives it for a wanted rate. */
  stretch?: number;
};

type Member = {
  sensor: Sensor;
  scenario: AnyScenario;
  site: Facts;
  index: number;
  rng: Rng;
  period: Duration;
  jitter: number;
  /**
   * Minutes that the site had been there when the fleet started, so that no two sites are in step.
   */
  age: number;
  refused: boolean;
  staged: Staged[];
  nextAt: Instant;
  seq: number;
};

/**
 * Sensors that speak. The same options give the same samples, to the last digit, in the same order.
 */
export class Fleet implements Source {
  readonly #startAt: Instant;
  readonly #order: Calendar<Member>;
  readonly #staged = new Map<string, Staged[]>();
  /** How many readings a second of the simulated clock there are when nothing is lost. */
  readonly ratePerSecond: number;
  readonly size: number;

  constructor(options: FleetOptions) {
    this.#startAt = options.startAt;
    this.#order = new Calendar(isBefore);
    const byId = new Map(options.scenarios.map((scenario) => [scenario.id, scenario]));
    let rate = 0;
    for (const sensor of options.population.sensors) {
      const scenario = byId.get(sensor.scenario);
      if (!scenario) throw unknownScenario(sensor, byId);
      const member = memberOf(sensor, scenario, options, this.#stagedAt(sensor));
      rate += 1_000 / member.period;
      this.#order.put(member);
    }
    this.ratePerSecond = rate;
    this.size = this.#order.size;
    for (const staged of options.staged ?? []) this.stage(staged);
  }

  /** Stages one more incident; sensors show it from their next reading on. */
  stage(staged: Staged): void {
    this.#stagedAt(staged).push(staged);
  }

  *dueBefore(at: Instant): Generator<Sample> {
    for (let member = this.#order.next(at); member; member = this.#order.next(at)) {
      const sample = this.#speak(member, member.nextAt);
      const off = member.jitter * (2 * member.rng.next() - 1);
      member.nextAt += Math.round(member.period * (1 + off));
      this.#order.put(member);
      if (sample) yield sample;
    }
  }

  #speak(member: Member, at: Instant): Sample | null {
    const { sensor, scenario, refused } = member;
    const incident = member.staged.find((staged) => staged.from <= at && at < staged.to);
    const values = scenario.simulate({
      site: member.site,
      minute: member.age + (at - this.#startAt) / 60_000,
      at,
      rng: member.rng,
      index: member.index,
      incident: incident?.incident,
      minutesIn: incident ? (at - incident.from) / 60_000 : 0,
    }) as Values | null;
    return values && { sensor, at, time: at, values, seq: ++member.seq, refused };
  }

  #stagedAt(place: { scenario: string; siteId: string }): Staged[] {
    const key = `${place.scenario}\u0000${place.siteId}`;
    const list = this.#staged.get(key) ?? [];
    this.#staged.set(key, list);
    return list;
  }
}

/** Share of a period by which two readings of a sensor may be nearer or further apart. */
const JITTER = 0.02;
/**
 * A sensor that may be quiet for so many of its periods speaks of events: its period is how often it
 * looks, and it looks at every minute of its life once, or it would miss that something ended.
 */
const LOOKS = 30;
/** How far a sensor's crystal is off, as a share of its period (standard deviation). */
const CRYSTAL = 0.002;
/** How far a sensor reads high or low, at most, in units of its own noise. */
const LEAN = 0.25;

function memberOf(
  sensor: Sensor,
  scenario: AnyScenario,
  { population, seed, startAt, stretch = 1 }: FleetOptions,
  staged: Staged[],
): Member {
  const site = population.register.facts(scenario.id, sensor.siteId);
  if (site === undefined)
    throw new Complaint("simulators.facts-missing", {
      sensor: sensor.id,
      siteId: sensor.siteId,
      scenario: scenario.id,
    });
  const rng = chanceFor(seed, "fleet", sensor.id);
  const isLooking = silenceOf(scenario) >= LOOKS * scenario.every;
  const off = CRYSTAL * rng.gauss(0, 1);
  const period = scenario.every * stretch * (isLooking ? 1 : 1 + off);
  return {
    sensor,
    scenario,
    site,
    index: population.sensorsAt(scenario.id, sensor.siteId).indexOf(sensor),
    rng: leaning(rng),
    period,
    jitter: isLooking ? 0 : JITTER,
    age: Math.floor(chanceFor(seed, "site", sensor.siteId).next() * 1_440),
    refused: !population.isConsented(sensor, scenario, startAt),
    staged,
    nextAt: startAt + Math.floor(rng.next() * period),
    seq: 0,
  };
}

/** The same chance, seen by a sensor that always reads a little high or low. */
function leaning(rng: Rng): Rng {
  const lean = LEAN * (2 * rng.next() - 1);
  return {
    next: () => rng.next(),
    gauss: (mean, sigma) => rng.gauss(mean + lean * sigma, sigma),
  };
}

/**
 * By how much periods must be stretched for `rate` readings in a second of real time at `speed`.
 * Throws when that would make healthy sensors look silent.
 */
export function stretchFor(
  rate: number,
  speed: number,
  { population, scenarios }: Pick<FleetOptions, "population" | "scenarios">,
): number {
  const byId = new Map(scenarios.map((scenario) => [scenario.id, scenario]));
  let natural = 0;
  let longest = Number.POSITIVE_INFINITY;
  for (const sensor of population.sensors) {
    const scenario = byId.get(sensor.scenario);
    if (!scenario) throw unknownScenario(sensor, byId);
    natural += (1_000 / scenario.every) * speed;
    longest = Math.min(longest, silenceOf(scenario) / scenario.every / 2);
  }
  const stretch = natural / rate;
  if (!(rate > 0) || stretch > longest)
    throw new Complaint("simulators.rate-too-low", {
      rate,
      speed,
      least: Math.ceil(natural / longest),
    });
  return stretch;
}

/**
 * In order of time; at the same instant by sensor id, so that the order never depends on the heap.
 */
const isBefore = (a: Member, b: Member): boolean =>
  a.nextAt !== b.nextAt ? a.nextAt < b.nextAt : a.sensor.id < b.sensor.id;

const unknownScenario = (sensor: Sensor, known: ReadonlyMap<string, AnyScenario>): Complaint =>
  new Complaint("simulators.sensor-of-unknown-scenario", {
    sensor: sensor.id,
    scenario: sensor.scenario,
    known: [...known.keys()].join(", "),
  });
