// What the threads of one brain are told at their birth, and what they tell each other.

import type { ClockPlan } from "../app/clock.ts";
import type { Config } from "../config.ts";
import type { AnyScenario } from "../core/scenario.ts";
import { shadowName } from "../engine/shadow-record.ts";
import type { Mode } from "../store/folder.ts";
import type { Position } from "../store/log.ts";

export type Birth = {
  config: Config;
  mode: Mode;
  clock: ClockPlan;
  /** Address of the module whose exports are the scenarios. */
  scenarios: string;
  files: { log: string; records: string; history: string; quarantine: string; pipe: string };
};

export type JudgeBirth = Birth & {
  /** Where the judge says which rule it is in; see watch.ts. */
  watch: SharedArrayBuffer;
  /** Scenarios that a judge before it did not come back from → key of the command that says so in the log. */
  skip: Readonly<Record<string, string>>;
};

/** The scenarios of a module, by id: the order of its exports depends on who loads it, and threads count on having the same. */
export async function installed(address: string): Promise<AnyScenario[]> {
  const module = (await import(address)) as Record<string, AnyScenario>;
  return Object.values(module).sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** What the judge may be in: the scenarios, and the shadow of each. */
export const watchedNames = (scenarios: readonly AnyScenario[]): readonly string[] => {
  const ids = scenarios.map(({ id }) => id);
  return [...ids, ...ids.map(shadowName)];
};

/** Resolves at the next call of `wake`, or after `ms`; 0 lets other messages in and goes on. */
export function pacer(): { pause(ms: number): Promise<void>; wake(): void } {
  let waiting: (() => void) | null = null;
  let news = false;
  return {
    wake() {
      news = true;
      waiting?.();
    },
    pause(ms) {
      if (ms === 0 || news) {
        news = false;
        return new Promise((resolve) => setImmediate(resolve));
      }
      return new Promise((resolve) => {
        const timer = setTimeout(go, ms);
        function go() {
          clearTimeout(timer);
          waiting = null;
          news = false;
          resolve();
        }
        waiting = go;
      });
    },
  };
}

/** What a reader of the log is told by the door. */
export type Head = { head: Position };
