// Where the judge is, for whoever watches over it: written before and after each rule, read from another thread.

import type { Meter } from "../engine/engine.ts";

const SCENARIO = 0;
const STEPS = 1;
const CELLS = 2;

export const watchBuffer = (): SharedArrayBuffer =>
  new SharedArrayBuffer(CELLS * Int32Array.BYTES_PER_ELEMENT);

/** Told of a rule that took longer than its budget, in its own thread's CPU time. */
export type Slow = { scenario: string; rule: string; tookMs: number };

/**
 * Notes each rule as it is entered. A rule over the budget by the clock on the wall is from then on measured by CPU time, and
 * only that counts: on a busy machine every rule is slow now and then.
 */
export function watchMeter(
  buffer: SharedArrayBuffer,
  scenarios: readonly string[],
  budgetMs: number,
  slow: (one: Slow) => void,
): Meter {
  const cells = new Int32Array(buffer);
  const numbers = new Map(scenarios.map((id, i) => [id, i + 1]));
  const suspects = new Set<string>();
  let began = 0;
  let cpu: NodeJS.CpuUsage | null = null;
  return {
    enter(scenario, rule) {
      cells[SCENARIO] = numbers.get(scenario) ?? 0;
      cells[STEPS] = cells[STEPS]! + 1;
      cpu =
        suspects.size > 0 && suspects.has(`${scenario}/${rule}`) ? process.threadCpuUsage() : null;
      began = performance.now();
    },
    leave(scenario, rule) {
      cells[SCENARIO] = 0;
      const tookMs = performance.now() - began;
      if (tookMs <= budgetMs) return;
      if (cpu === null) {
        suspects.add(`${scenario}/${rule}`);
        return;
      }
      const spent = process.threadCpuUsage(cpu);
      const cpuMs = (spent.user + spent.system) / 1_000;
      if (cpuMs > budgetMs) slow({ scenario, rule, tookMs: cpuMs });
    },
  };
}

/** Looks at the judge from outside: the scenario it has been in, in the very same step, since the last look; null: it moves. */
export function watcher(
  buffer: SharedArrayBuffer,
  scenarios: readonly string[],
): () => string | null {
  const cells = new Int32Array(buffer);
  let seen = -1;
  return () => {
    const [scenario, steps] = [Atomics.load(cells, SCENARIO), Atomics.load(cells, STEPS)];
    const still = scenario !== 0 && steps === seen;
    seen = steps;
    return still ? scenarios[scenario - 1]! : null;
  };
}
