// A drill from end to end: a brain of its own, an invented street, a fleet over MQTT, and the verdict.

import { randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { AlertBook } from "../../simulators/alert-book.ts";
import type { DrillTime } from "../../simulators/drill-time.ts";
import type { Tally } from "../../simulators/drive.ts";
import { excusesOf } from "../../simulators/excuses.ts";
import { type Comparison, compare } from "../../simulators/matching.ts";
import { type Population, populationOf } from "../../simulators/population.ts";
import { type Verdict, verdictOf } from "../../simulators/verdict.ts";
import type { Act, Outcome } from "../app/commands.ts";
import type { Config } from "../config.ts";
import type { Instant } from "../core/time.ts";
import type { Brain, BrainOptions } from "../main.ts";
import { syntheticStreet } from "../register/street/synthetic-street.ts";
import { withCredentials } from "./credentials.ts";
import { Exit } from "./exit.ts";
import { type Fleet, fleetApart, fleetHere, type Play, planOf, speakersOf } from "./fleet.ts";
import { listenLive } from "./live.ts";
import { connectionsAtMost } from "./open-files.ts";
import { installedScenarios, rulesOf } from "./scenario.ts";
import { tell } from "./speech.ts";
import { begin } from "./start.ts";

export type DrillOptions = Play & {
  /** When it is on the street as the drill begins; default: now. */
  startAt?: Instant;
};

export type Drill = {
  brain: Brain;
  population: Population;
  secretOf(id: string): string | undefined;
  options: DrillOptions;
};

/** A folder for one drill, in the folder of all drills; never one that a live brain used. */
export function drillFolder(parent: string): string {
  mkdirSync(parent, { recursive: true });
  return mkdtempSync(join(parent, "drill-"));
}

/** Starts a drill brain on an invented street. */
export async function openDrill(
  config: Config,
  options: DrillOptions,
  front: NonNullable<BrainOptions["front"]> = {},
): Promise<Drill> {
  const { sensors, seed, speed, startAt } = options;
  const { changes: plain, map } = syntheticStreet(seed, { scenarios: installedScenarios, sensors });
  const population = populationOf(plain, installedScenarios);
  const [speakers, most] = [speakersOf(population).length, connectionsAtMost()];
  if (speakers > most) throw new Exit("config", tell("simulate.too-many", { speakers, most }));
  const now = Date.now();
  const brain = await begin({
    config,
    mode: "drill",
    clock: { kind: "scaled", speed, from: startAt ?? now, start: now },
    front: { map, ...front },
    remark: (level, message) => void (level === "error" && process.stderr.write(`${message}\n`)),
  });
  const { changes, secretOf } = withCredentials(plain, config.dataFolder);
  const outcome = await answered(brain, { kind: "register.change", changes });
  if (!outcome.ok)
    throw new Exit("internal", `${outcome.problem} ${JSON.stringify(outcome.params)}`);
  return { brain, population, secretOf, options };
}

/** What a run came to, and the street's time that it took. */
export type Played = { verdict: Verdict; comparison: Comparison; from: Instant; until: Instant };

export type Watching = {
  signal: AbortSignal;
  onConnecting?(up: number, of: number): void;
  onProgress?(tally: Readonly<Tally>): void;
};

/** From so many connections on the fleet has a process of its own: each has two ends. */
const APART_FROM = 4_000;

/** Drives the fleet for `forMs` of real time, waits until all of it is judged and stored, and says what it came to. */
export async function runDrill(
  drill: Drill,
  forMs: number | undefined,
  watching: Watching,
  apartFrom = APART_FROM,
): Promise<Played> {
  const { brain, population, secretOf, options } = drill;
  planOf(population, options, brain.health().now); // what a tester asked for and cannot have is said before anybody connects
  const { signal, onConnecting } = watching;
  const open = speakersOf(population).length < apartFrom ? fleetHere : fleetApart;
  const fleet = await open({
    population,
    play: options,
    url: brain.addresses.mqtt,
    secretOf,
    signal,
    ...(onConnecting && { onConnecting }),
  });
  const time: DrillTime = { realAt: Date.now(), simAt: brain.health().now, speed: options.speed };
  const book = new AlertBook(time);
  const live = await listenLive(brain, (alert) => book.hear(alert, Date.now()));
  try {
    return await driveAndJudge({ drill, forMs, watching, fleet, time, book });
  } finally {
    await live.close();
    await fleet.close();
  }
}

async function driveAndJudge(run: {
  drill: Drill;
  forMs: number | undefined;
  watching: Watching;
  fleet: Fleet;
  time: DrillTime;
  book: AlertBook;
}): Promise<Played> {
  const { drill, forMs, watching, fleet, time, book } = run;
  const { brain, population, options } = drill;
  const plan = planOf(population, options, time.simAt);
  const driven = await fleet.ride(time, forMs, watching.onProgress);
  await caughtUp(brain);
  const { records } = brain.front;
  for (let cursor: string | undefined; ; ) {
    const page = await records.alerts({ limit: 500, ...(cursor && { cursor }) });
    for (const alert of page.items) book.hear(alert, Date.now()); // what the stream had not told yet
    if (page.next === null) break;
    cursor = page.next;
  }
  const [from, until, seen] = [time.simAt, driven.until, book.seen()];
  const excuses = excusesOf(driven.touches, population, installedScenarios, rulesOf);
  const comparison = compare({ outlook: plan.outlook, seen, population, excuses, from, until });
  const { stored, quarantined, now } = brain.health();
  const { cases } = await records.counts(now);
  const verdict = verdictOf({
    tally: driven.tally,
    ackMs: driven.ackMs,
    alertMs: book.alertMs.quantiles(),
    stored,
    quarantined,
    cases: cases.open + cases.closed,
    comparison,
  });
  return { verdict, comparison, from, until };
}

/** Resolves when everything that was acknowledged by now is judged and stored, and the counts say so. */
async function caughtUp(brain: Brain): Promise<void> {
  // A command's outcome is committed after everything that stands before it in the log.
  const { position } = await answered(brain, { kind: "link", id: "drill", online: false });
  while (brain.health().historyTo < position || brain.health().logHead < position) await counted();
  await counted();
}

/** Does it, however long the judge takes to come to it: a busy machine lags, and only a judge that stands still has failed. */
async function answered(brain: Brain, act: Act): Promise<Outcome> {
  const key = `drill/${randomUUID()}`;
  for (;;) {
    const { judgedTo } = brain.health();
    try {
      return await brain.act("drill", act, key);
    } catch (error) {
      const isLate = (error as { code?: string }).code === "timeout";
      if (!isLate || brain.health().judgedTo === judgedTo) throw error;
    }
  }
}

/** The threads tell their counts twice a second. */
const counted = () => new Promise((resolve) => setTimeout(resolve, 600));

/** Takes a drill's folder away. */
export const removeFolder = (path: string): void => rmSync(path, { recursive: true, force: true });
