// A run put together: who speaks, what is staged, what goes wrong, and what must come of it.

import type { AnyScenario, Instant, Rules } from "#scenario";
import { Complaint } from "./complaint.ts";
import { type Outlook, outlookOf } from "./expectations.ts";
import { readFault } from "./fault-text.ts";
import { type Fault, type Outage, outagesOf, Touches, withFaults } from "./faults.ts";
import { Fleet, type Source, stretchFor } from "./fleet.ts";
import { readIncident, type Staged, stageStoryline } from "./incidents.ts";
import type { Population } from "./population.ts";
import type { Storyline } from "./storyline.ts";

export type PlanOptions = {
  population: Population;
  scenarios: readonly AnyScenario[];
  seed: number;
  /** Minute 0 by the simulated clock: the fleet starts, and storylines count from here. */
  startAt: Instant;
  /** How fast the simulated clock runs; only needed with `rate`. Default 1. */
  speed?: number;
  storyline?: Storyline;
  /** As a tester writes them; see `readIncident` and `readFault`; after those of the storyline. */
  incidents?: readonly string[];
  faults?: readonly string[];
  /** Readings in a second of real time, instead of each scenario's own period. */
  rate?: number;
  rulesOf?: (scenario: AnyScenario) => Rules;
};

export type Plan = {
  fleet: Fleet;
  /** The fleet with the faults laid over it: what is driven. */
  source: Source;
  staged: readonly Staged[];
  faults: readonly Fault[];
  /** Connections that break, and when. */
  outages: readonly Outage[];
  /** What the faults have done so far to what was driven. */
  touches: Touches;
  outlook: Outlook;
};

/**
 * Puts a run together; the same options make the same run. Throws a Complaint where something asked
 * for cannot be.
 */
export function planRun(options: PlanOptions): Plan {
  const { population, scenarios, seed, startAt, storyline, rate, speed = 1, rulesOf } = options;
  const asked = options.incidents?.map((text) => readIncident(text, scenarios)) ?? [];
  const steps = [...(storyline?.steps ?? []), ...asked];
  const told = storyline ?? ON_DEMAND;
  const stage = { population, scenarios, seed, startAt };
  const staged = steps.length === 0 ? [] : stageStoryline({ ...told, steps }, stage);
  const wrong = [...(storyline?.faults ?? []), ...(options.faults ?? [])];
  const faults = wrong.map((text) => faultOf(text, options));
  const losses = faults.filter((fault) => fault.kind === "gateway-loss");
  const outages = outagesOf(faults, population.sensors, seed);
  const touches = new Touches();
  const stretch = rate === undefined ? 1 : stretchFor(rate, speed, { population, scenarios });
  const fleet = new Fleet({ population, scenarios, seed, startAt, staged, stretch });
  const outlook = outlookOf({
    population,
    scenarios,
    startAt,
    staged,
    losses,
    stretch,
    ...(rulesOf && { rulesOf }),
  });
  const source = withFaults(fleet, faults, seed, touches);
  return { fleet, source, staged, faults, outages, touches, outlook };
}

const ON_DEMAND: Omit<Storyline, "steps"> = {
  id: "incident",
  name: { zh: "指定险情", en: "Incidents on demand" },
  tells: { zh: "由测试人员指定的险情。", en: "What the tester asked for." },
};

function faultOf(text: string, { startAt, population }: PlanOptions): Fault {
  const fault = readFault(text, startAt);
  if (fault.kind === "gateway-loss" && !population.register.gateway(fault.gatewayId))
    throw new Complaint("simulators.gateway-unknown", { text, gatewayId: fault.gatewayId });
  return fault;
}
