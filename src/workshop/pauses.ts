// When the brain itself was not listening. The history does not say so: it is told from what nobody
// sent.

import { type Duration, type Instant, minutes, seconds } from "../core/time.ts";

/** Nothing was heard from anybody between these instants, though much was to be expected. */
export type Pause = { from: Instant; to: Instant };

/**
 * Silence of everybody that is shorter is never looked at; the engine itself forgives ten seconds.
 */
const SHORTEST = seconds(30);
/** So many readings were to be expected in it. */
const EXPECTED = 10;
/**
 * A sensor is overdue after so many of its own periods; who is overdue much longer was silent
 * before.
 */
const OVERDUE = 1.5;
const GIVEN_UP = 3;
/** So many of those who spoke until then are overdue at once. */
const MOST = 0.9;

/** Told of each receipt in order, finds the pauses between them. */
export class Pauses {
  readonly found: Pause[] = [];
  readonly #life: readonly Instant[];
  readonly #every: Duration;
  /** When each sensor was last heard, and its own pace. */
  readonly #sensors = new Map<string, { at: Instant; period: Duration }>();
  #last: Instant | null = null;

  /**
   * `life`: when the brain is on record as running. `every`: the usual time between two readings.
   */
  constructor(life: readonly Instant[], every: Duration) {
    this.#every = every;
    this.#life = [...life].sort((a, b) => a - b);
  }

  /** The pause that this receipt ends; null: there was none. */
  hear(sensorId: string, at: Instant): Pause | null {
    const last = this.#last;
    this.#last = at;
    const pause = last !== null && at - last >= SHORTEST ? this.#between(last, at) : null;
    if (pause) this.found.push(pause);
    const sensor = this.#sensors.get(sensorId);
    if (!sensor) this.#sensors.set(sensorId, { at, period: this.#every });
    else {
      // A gap counts for a little: pace is what is usual.
      if (!pause) sensor.period += (Math.min(at - sensor.at, minutes(60)) - sensor.period) / 8;
      sensor.at = at;
    }
    return pause;
  }

  #between(from: Instant, to: Instant): Pause | null {
    let [active, overdue, expected] = [0, 0, 0];
    for (const { at, period } of this.#sensors.values()) {
      if (from - at > GIVEN_UP * period) continue;
      active++;
      if (to - at <= OVERDUE * period) continue;
      overdue++;
      expected += (to - at) / period;
    }
    if (expected < EXPECTED || overdue < MOST * active) return null;
    const alive = this.#life.find((at) => at > from + seconds(10));
    return alive !== undefined && alive < to ? null : { from, to };
  }
}
