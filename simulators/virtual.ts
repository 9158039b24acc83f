// The fleet without MQTT: its readings as the door would write them into the log, as fast as the
// machine can make them.

import { Compile } from "typebox/compile";
import { type AnyScenario, type Instant, minutes } from "#scenario";
import type { Reading } from "../src/core/reading.ts";
import { count, emptyTally, type Tally } from "./drive.ts";
import type { Sample, Source } from "./fleet.ts";

export type VirtualOptions = {
  source: Source;
  scenarios: readonly AnyScenario[];
  from: Instant;
  to: Instant;
  /** Readings in a batch, at most; default 256, as the door groups them. */
  batch?: number;
};

export type VirtualRun = {
  /** Batches in order of receipt; readings of one batch likewise. */
  batches: Iterable<readonly Reading[]>;
  /** What has been given so far: `acked` are those in a batch, since nothing can get lost here. */
  tally: Tally;
  /** Readings that do not fit their scenario's schema, which the door would keep in quarantine. */
  quarantined(): number;
};

/** A sensor's clock may be so far ahead of the door's (house.md 3). */
const SKEW = minutes(2);
/** How far the source is asked ahead: the bound of what a run keeps in memory. */
const STRIDE = minutes(1);

/** Runs the source from `from` to `to`. Second copies are left out, as the judge drops them. */
export function virtualRun(options: VirtualOptions): VirtualRun {
  const { source, scenarios, from, to, batch = 256 } = options;
  const checks = new Map(scenarios.map(({ id, reading }) => [id, Compile(reading)]));
  const tally = emptyTally();
  let quarantined = 0;
  function* batches(): Generator<readonly Reading[]> {
    let group: Reading[] = [];
    for (let at = Math.min(from + STRIDE, to); ; at = Math.min(at + STRIDE, to)) {
      for (const sample of source.dueBefore(at)) {
        count(tally, sample, "sent");
        if (sample.copy) continue;
        count(tally, sample, "acked");
        if (sample.refused) continue;
        if (!checks.get(sample.sensor.scenario)!.Check(sample.values)) {
          quarantined++;
          continue;
        }
        group.push(received(sample));
        if (group.length < batch) continue;
        yield group;
        group = [];
      }
      if (at >= to) break;
    }
    if (group.length > 0) yield group;
  }
  return { batches: batches(), tally, quarantined: () => quarantined };
}

/** The sample as the door writes it down. */
function received({ sensor, at, time, values, seq }: Sample): Reading {
  const skewed = time > at + SKEW;
  return {
    sensorId: sensor.id,
    siteId: sensor.siteId,
    scenario: sensor.scenario,
    time: Math.min(time, at),
    receivedAt: at,
    values,
    quality: "good",
    seq,
    ...(skewed && { skewed: true }),
  };
}
