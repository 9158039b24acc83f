// The fleet of a drill: in this process, or in one of its own where two ends of every connection
// would be more sockets than one process may hold.

import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import type { DrillTime } from "../../simulators/drill-time.ts";
import { drive, type Tally } from "../../simulators/drive.ts";
import type { Touch } from "../../simulators/faults.ts";
import type { Quantiles } from "../../simulators/histogram.ts";
import { openLinks } from "../../simulators/links.ts";
import { type Plan, planRun } from "../../simulators/plan.ts";
import type { Population } from "../../simulators/population.ts";
import type { Storyline } from "../../simulators/storyline.ts";
import type { Instant } from "../core/time.ts";
import { installedScenarios } from "./scenario.ts";

/** What is played; the same for whoever plays it. */
export type Play = {
  sensors: number;
  seed: number;
  speed: number;
  rate?: number;
  storyline: Storyline | null;
  incidents: readonly string[];
  faults: readonly string[];
};

export type Ridden = {
  tally: Tally;
  ackMs: Quantiles;
  until: Instant;
  /** What the faults did. */
  touches: readonly Touch[];
};

/** A fleet whose connections are up. */
export type Fleet = {
  /** Plays from the instant at which `time` begins; for `forMs` of real time, or until aborted. */
  ride(
    time: DrillTime,
    forMs: number | undefined,
    onProgress?: (tally: Readonly<Tally>) => void,
  ): Promise<Ridden>;
  close(): Promise<void>;
};

export type FleetOptions = {
  population: Population;
  play: Play;
  url: string;
  secretOf(id: string): string | undefined;
  signal: AbortSignal;
  onConnecting?(up: number, of: number): void;
};

/** Puts the run together; the same play from the same instant is the same run, wherever it is made. */
export function planOf(population: Population, play: Play, startAt: Instant): Plan {
  const { seed, speed, rate, storyline, incidents, faults } = play;
  return planRun({
    population,
    scenarios: installedScenarios,
    seed,
    startAt,
    speed,
    incidents,
    faults,
    ...(storyline && { storyline }),
    ...(rate !== undefined && { rate }),
  });
}

/** Those that have a connection of their own. */
export const speakersOf = ({ sensors }: Population): string[] => [
  ...new Set(sensors.map(({ id, gatewayId }) => gatewayId ?? id)),
];

/** Each connection may take so long to be let in, when many come at once. */
const PATIENCE_MS = 20;
const PATIENCE_LEAST_MS = 60_000;

/** Connects a fleet from this process. */
export async function fleetHere(options: FleetOptions): Promise<Fleet> {
  const { population, play, url, secretOf, signal, onConnecting } = options;
  const links = await openLinks({
    population,
    url,
    secretOf,
    seed: play.seed,
    signal,
    patienceMs: Math.max(PATIENCE_LEAST_MS, PATIENCE_MS * speakersOf(population).length),
    ...(onConnecting && { onProgress: onConnecting }),
  });
  return {
    async ride(time, forMs, onProgress) {
      const { source, outages, touches } = planOf(population, play, time.simAt);
      const { tally, ackMs, until } = await drive({
        source,
        links,
        time,
        signal,
        outages,
        ...(forMs !== undefined && { forMs }),
        ...(onProgress && { onProgress }),
      });
      return { tally, ackMs: ackMs.quantiles(), until, touches: touches.all() };
    },
    close: () => links.close(),
  };
}

/** What is said to a fleet's process, and what it answers. */
export type Order =
  | { kind: "connect"; play: Play; url: string; secrets: Record<string, string> }
  | { kind: "ride"; time: DrillTime; forMs: number | undefined }
  | { kind: "stop" };
export type Word =
  | { kind: "connecting"; up: number; of: number }
  | { kind: "connected" }
  | { kind: "progress"; tally: Tally }
  | { kind: "ridden"; ridden: Ridden }
  | { kind: "failed"; why: string };

/** Connects a fleet from a process of its own, which ends with this one. */
export async function fleetApart(options: FleetOptions): Promise<Fleet> {
  const { population, play, url, secretOf, signal, onConnecting } = options;
  const child = fork(new URL("./fleet-process.ts", import.meta.url), { stdio: "inherit" });
  const tell = (order: Order) => void (child.connected && child.send(order));
  const stop = () => tell({ kind: "stop" });
  signal.addEventListener("abort", stop, { once: true });
  const secrets = Object.fromEntries(speakersOf(population).map((id) => [id, secretOf(id) ?? ""]));
  try {
    const connected = heard(child, "connected", (word) => {
      if (word.kind === "connecting") onConnecting?.(word.up, word.of);
    });
    tell({ kind: "connect", play, url, secrets });
    await connected;
  } catch (error) {
    child.kill();
    throw error;
  }
  return {
    async ride(time, forMs, onProgress) {
      const ridden = heard(child, "ridden", (word) => {
        if (word.kind === "progress") onProgress?.(word.tally);
      });
      tell({ kind: "ride", time, forMs });
      return (await ridden).ridden;
    },
    async close() {
      signal.removeEventListener("abort", stop);
      if (child.exitCode !== null) return;
      const gone = once(child, "exit");
      child.disconnect();
      await gone;
    },
  };
}

/** Resolves with the word that is waited for; rejects when the process fails or ends before. */
function heard<K extends Word["kind"]>(
  child: ChildProcess,
  kind: K,
  onWord: (word: Word) => void,
): Promise<Extract<Word, { kind: K }>> {
  return new Promise((resolve, reject) => {
    const done = () => {
      child.off("message", hear);
      child.off("exit", ended);
    };
    const ended = (code: number | null) => {
      done();
      reject(new Error(`the fleet's process ended with ${code ?? "a signal"}`));
    };
    const hear = (message: unknown) => {
      const word = message as Word;
      onWord(word);
      if (word.kind !== kind && word.kind !== "failed") return;
      done();
      if (word.kind === "failed") reject(new Error(word.why));
      else resolve(word as Extract<Word, { kind: K }>);
    };
    child.on("message", hear);
    child.once("exit", ended);
  });
}
