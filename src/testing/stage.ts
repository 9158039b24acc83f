// A simulated sensor before the real engine, in virtual time: a scenario's healthy days and its
// staged incidents.

import type { Values } from "../core/reading.ts";
import { seeded } from "../core/rng.ts";
import type { AnyScenario } from "../core/scenario.ts";
import type { Duration, Instant } from "../core/time.ts";
import { Engine, type Saved } from "../engine/engine.ts";
import type { Transition } from "../engine/transition.ts";
import { defaultsOf } from "./defaults.ts";
import { deepFreeze } from "./freeze.ts";
import { MONDAY, worldOf } from "./play.ts";

export type Staging = {
  seed: number;
  lasts: Duration;
  /** What is staged, from so long after the start to the end. */
  incident?: { name: string; after: Duration };
  /** Sees each step: the instant, what the sensor said, and the rows that changed. */
  onStep?: (at: Instant, said: Values | null, changed: Saved) => void;
};

/**
 * Runs one sensor of a scenario through the engine, period by period, and gives all that came of
 * it.
 */
export function stage(scenario: AnyScenario, staging: Staging): Transition[] {
  const { seed, lasts, incident, onStep } = staging;
  const rng = seeded(seed);
  const site = scenario.sampleSite;
  const engine = new Engine({
    scenarios: [{ scenario, params: defaultsOf(scenario) }],
    world: worldOf(site),
  });
  const seen: Transition[] = [];
  for (let passed = 0; passed <= lasts; passed += scenario.every) {
    const at = MONDAY + passed;
    const isOn = incident !== undefined && passed >= incident.after;
    const said = scenario.simulate({
      site,
      minute: passed / 60_000,
      at,
      rng,
      index: 0,
      incident: isOn ? incident.name : undefined,
      minutesIn: isOn ? (passed - incident.after) / 60_000 : 0,
    });
    const values = deepFreeze(said as Values | null);
    seen.push(...(values ? take(engine, scenario, values, at) : engine.passTo(at)));
    onStep?.(at, values, engine.changed());
  }
  return seen;
}

const take = (engine: Engine, scenario: AnyScenario, values: Values, at: Instant): Transition[] =>
  engine.take({
    sensorId: "s1",
    siteId: "site",
    scenario: scenario.id,
    time: at,
    receivedAt: at,
    values,
    quality: "good",
  });
