// A run in virtual time: no MQTT, no clock; the fleet's readings go straight into a real log in one thread, and the real judge's
// loop reads it in this one.

import { Worker } from "node:worker_threads";
import { AlertBook } from "../../simulators/alert-book.ts";
import type { Tally } from "../../simulators/drive.ts";
import { excusesOf } from "../../simulators/excuses.ts";
import type { Touch } from "../../simulators/faults.ts";
import { compare } from "../../simulators/matching.ts";
import { populationOf } from "../../simulators/population.ts";
import { verdictOf } from "../../simulators/verdict.ts";
import { judge } from "../app/judge.ts";
import { type Drained, Mind } from "../app/mind.ts";
import { hours, type Instant, seconds } from "../core/time.ts";
import { syntheticStreet } from "../register/street/synthetic-street.ts";
import { takeFolder } from "../store/folder.ts";
import type { Position } from "../store/log.ts";
import { openLogReader, openLogWriter } from "../store/sqlite/log.ts";
import { openRecordsReader, openRecordsWriter } from "../store/sqlite/records.ts";
import type { DrillOptions, Played } from "./drill.ts";
import { type Play, planOf } from "./fleet.ts";
import { defaultsOf, installedScenarios, rulesOf } from "./scenario.ts";

/** A run begins on a whole tick of the log's clock, and says every so often how far it is. */
const TICK = seconds(10);
const WORD = hours(1);

/** What the fleet's thread is given. */
export type Ahead = { path: string; logFile: string; play: Play; from: Instant; to: Instant };

/** What it says: how far the log goes, and at last what it came to. */
export type Written =
  | { kind: "stride"; head: Position; until: Instant; sent: number }
  | {
      kind: "done";
      until: Instant;
      stored: number;
      tally: Tally;
      quarantined: number;
      touches: readonly Touch[];
    };

/** Runs `hoursLong` of the street's time as fast as the machine can; an abort ends it after the stride at hand. */
export async function runVirtual(
  path: string,
  options: DrillOptions,
  hoursLong: number,
  signal: AbortSignal,
  onProgress: (at: Instant, sent: number, alerts: number) => void,
): Promise<Played> {
  const { sensors, seed } = options;
  const { changes } = syntheticStreet(seed, { scenarios: installedScenarios, sensors });
  const population = populationOf(changes, installedScenarios);
  const from = options.startAt ?? Math.floor(Date.now() / TICK) * TICK;
  const to = from + Math.round(hours(hoursLong));
  const { outlook } = planOf(population, options, from); // what cannot be had is said before anything begins
  const book = new AlertBook({ realAt: from, simAt: from, speed: 1 });
  const world = await openWorld(path, (alert) => book.hear(alert, alert.changedAt));
  let wordAt = from + WORD;
  const done = await written(
    { path, logFile: world.logFile, play: options, from, to },
    signal,
    async ({ head, until, sent }) => {
      await world.judgeTo(head);
      if (until < wordAt) return;
      wordAt += WORD * Math.ceil((until - wordAt + 1) / WORD);
      onProgress(until, sent, book.seen().length);
    },
  );
  const { until, tally, stored } = done;
  const excuses = excusesOf(done.touches, population, installedScenarios, rulesOf);
  const seen = book.seen();
  const comparison = compare({ outlook, seen, population, excuses, from, until });
  const cases = await world.close(until);
  const none = { p50: 0, p99: 0 };
  const quarantined = done.quarantined + tally.refusedAcked;
  const findings = { tally, ackMs: none, alertMs: none, stored, quarantined, cases, comparison };
  return { verdict: verdictOf(findings), comparison, from, until };
}

/** A nursery of the size that short-lived readings want, as the brain's own threads have. */
const YOUNG_MB = 64;

/** Lets the fleet write, and takes its strides one after another; resolves when all are taken. */
function written(
  ahead: Ahead,
  signal: AbortSignal,
  take: (stride: Extract<Written, { kind: "stride" }>) => Promise<void>,
): Promise<Extract<Written, { kind: "done" }>> {
  const fleet = new Worker(new URL("./virtual-fleet.ts", import.meta.url), {
    workerData: ahead,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
  });
  const stop = () => fleet.postMessage("stop");
  signal.addEventListener("abort", stop, { once: true });
  if (signal.aborted) stop();
  return new Promise((resolve, reject) => {
    let taken = Promise.resolve();
    fleet.on("message", (word: Written) => {
      if (word.kind === "stride")
        taken = taken.then(() => take(word)).then(() => fleet.postMessage("judged"));
      else taken = taken.then(() => resolve(word));
      taken.catch((error: Error) => {
        void fleet.terminate();
        reject(error);
      });
    });
    fleet.once("error", reject);
    fleet.once("exit", () => signal.removeEventListener("abort", stop));
  });
}

/** Log and judge of a run; the log is written by somebody else. */
async function openWorld(path: string, onAlert: (alert: Drained["alerts"][number]) => void) {
  const folder = takeFolder(path, "drill");
  const logFile = folder.file("log.db");
  openLogWriter(logFile).close(); // there must be one before anybody reads it
  const log = openLogReader(logFile);
  const records = await openRecordsWriter(folder.file("brain.db"));
  const mind = new Mind({
    scenarios: installedScenarios.map((scenario) => ({ scenario, params: defaultsOf(scenario) })),
    loaded: await records.load(),
    exercise: true,
  });
  return {
    logFile,
    judgeTo: (head: Position) =>
      judge({
        log,
        records,
        mind,
        announce: ({ alerts }) => alerts.forEach(onAlert),
        trouble(error) {
          throw error;
        },
        pause: async () => {},
        steady: () => 0, // it commits when there is news and at the end of a stride, however fast the machine is
        stopped: () => mind.position >= head,
      }),
    async close(at: Instant): Promise<number> {
      const reader = openRecordsReader(folder.file("brain.db"));
      const { cases } = await reader.counts(at);
      for (const part of [reader, records]) await part.close();
      log.close();
      folder.release();
      return cases.open + cases.closed;
    },
  };
}
