import type { Static, TObject } from "typebox";
import type { Grade } from "./level.ts";
import type { Rules } from "./rule.ts";
import type { Text } from "./text.ts";
import type { Duration } from "./time.ts";

/** A seeded source of chance, so every simulated fleet can be run again. */
export interface Rng {
  /** Uniform in [0, 1). */
  next(): number;
  gauss(mean: number, sigma: number): number;
}

/**
 * A trouble that the simulator can stage, the rule that must notice it, and by when, whatever the
 * hour it begins.
 */
export type Incident = {
  raises: string;
  /** The level its alert must have reached by then; default: any. */
  level?: Grade;
  within: Duration;
  tells: Text;
};

/** What `simulate` is asked: the reading of one sensor at one minute of its life. */
export type Moment<F> = {
  site: F;
  /**
   * Minutes since the fleet's start, with a fraction; the local hour is `between(at, …)`'s
   * business.
   */
  minute: number;
  /** The instant itself, for day and night. */
  at: number;
  rng: Rng;
  /** Which sensor of its site this is, 0 for the first. */
  index: number;
  /** What is being staged here, and for how long already. */
  incident?: string | undefined;
  minutesIn: number;
};

/**
 * A plugin: what a kind of sensor reads, what is asked of it, and how it behaves in health and in
 * trouble.
 */
export interface Scenario<
  R extends TObject = TObject,
  F extends TObject = TObject,
  P extends TObject = TObject,
> {
  /** The folder's name. */
  id: string;
  /** Raised with every released change of rules or numbers. */
  version: number;
  name: Text;
  /** What is watched and why, for whoever opens the page. */
  story: Text;
  /** The usual time between two readings of a sensor. */
  every: Duration;
  /** No valid reading for so long is no data; default max(3 × every, 15 min) (domain.md 3.0). */
  silentAfter?: Duration;
  /** Kind of site its sensors stand at ("lift", "flat", "station"). */
  siteKind: string;
  /**
   * Flat: numbers, booleans and strings, each named in `labels`; numbers carry their `unit` in UCUM
   * ("1": none).
   */
  reading: R;
  /** What people call each field of the reading. */
  labels: Record<keyof Static<R> & string, Text>;
  /** Facts of the register, each with a `label` in zh and en, numbers with their `unit`. */
  site: F;
  sampleSite: Static<F>;
  /** The operator's numbers, each with a default, a `label` in zh and en, and its `unit`. */
  params: P;
  /** Readings are about a person: dropped at the door without a consent for this purpose. */
  consent?: { purpose: string };
  /** Alerts of these rules are never muted, shelved by flood mode or delayed. */
  lifeSafety?: readonly string[];
  rules(params: Static<P>): Rules;
  incidents: Record<string, Incident>;
  /** A healthy or troubled reading; null: the sensor says nothing at this minute. */
  simulate(moment: Moment<Static<F>>): Static<R> | null;
  /** Conformance checks that do not apply, each with its reason. The list starts empty. */
  exempt?: Record<string, string>;
}

// biome-ignore lint/suspicious/noExplicitAny: an index of many schemas, each typed where defined.
export type AnyScenario = Scenario<any, any, any>;

/**
 * Declares a scenario. Does nothing but let TypeScript infer the reading, the site and the
 * parameters.
 */
export const defineScenario = <R extends TObject, F extends TObject, P extends TObject>(
  scenario: Scenario<R, F, P>,
): Scenario<R, F, P> => scenario;

/** No valid reading of a sensor for so long is silence. */
export const silenceOf = (scenario: AnyScenario): Duration =>
  scenario.silentAfter ?? Math.max(3 * scenario.every, 15 * 60_000);
