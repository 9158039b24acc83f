// A drill from end to end: a brain of its own, an invented street, a fleet over MQTT, and the verdict.

import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { AlertBook } from "../../simulators/alert-book.ts";
import type { DrillTime } from "../../simulators/drill-time.ts";
import { drive, type Tally } from "../../simulators/drive.ts";
import { type Links, openLinks } from "../../simulators/links.ts";
import { type Comparison, compare } from "../../simulators/matching.ts";
import { type Plan, planRun } from "../../simulators/plan.ts";
import { type Population, populationOf } from "../../simulators/population.ts";
import type { Storyline } from "../../simulators/storyline.ts";
import { type Verdict, verdictOf } from "../../simulators/verdict.ts";
import type { Config } from "../config.ts";
import type { Instant } from "../core/time.ts";
import type { Brain, BrainOptions } from "../main.ts";
import { syntheticStreet } from "../register/street/synthetic-street.ts";
import { withCredentials } from "./credentials.ts";
import { Exit } from "./exit.ts";
import { listenLive } from "./live.ts";
import { installedScenarios } from "./scenario.ts";
import { begin } from "./start.ts";

export type DrillOptions = {
  sensors: number;
  seed: number;
  speed: number;
  rate?: number;
  storyline: Storyline | null;
  incidents: readonly string[];
  faults: readonly string[];
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
  const { sensors, seed, speed } = options;
  const { changes: plain, map } = syntheticStreet(seed, { scenarios: installedScenarios, sensors });
  const now = Date.now();
  const brain = await begin({
    config,
    mode: "drill",
    clock: { kind: "scaled", speed, from: now, start: now },
    front: { map, ...front },
    remark: (level, message) => void (level === "error" && process.stderr.write(`${message}\n`)),
  });
  const { changes, secretOf } = withCredentials(plain, config.dataFolder);
  const outcome = await brain.act("drill", { kind: "register.change", changes });
  if (!outcome.ok)
    throw new Exit("internal", `${outcome.problem} ${JSON.stringify(outcome.params)}`);
  const population = populationOf(changes, installedScenarios);
  return { brain, population, secretOf, options };
}

export type Watching = {
  signal: AbortSignal;
  onConnecting?(up: number, of: number): void;
  onProgress?(tally: Readonly<Tally>): void;
};

/** Drives the fleet for `forMs` of real time, waits until all of it is judged and stored, and says what it came to. */
export async function runDrill(
  drill: Drill,
  forMs: number | undefined,
  watching: Watching,
): Promise<{ verdict: Verdict; comparison: Comparison }> {
  const { brain, population, secretOf, options } = drill;
  planAt(drill, brain.health().now); // what a tester asked for and cannot have is said before anybody connects
  const { signal, onConnecting } = watching;
  const links = await openLinks({
    population,
    url: brain.addresses.mqtt,
    secretOf,
    seed: options.seed,
    signal,
    ...(onConnecting && { onProgress: onConnecting }),
  });
  const time: DrillTime = { realAt: Date.now(), simAt: brain.health().now, speed: options.speed };
  const book = new AlertBook(time);
  const live = await listenLive(brain, (alert) => book.hear(alert, Date.now()));
  try {
    return await driveAndJudge({ drill, forMs, watching, links, time, book });
  } finally {
    await live.close();
    await links.close();
  }
}

function planAt({ population, options }: Drill, startAt: Instant): Plan {
  const { seed, speed, rate, storyline, incidents, faults } = options;
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

async function driveAndJudge(run: {
  drill: Drill;
  forMs: number | undefined;
  watching: Watching;
  links: Links;
  time: DrillTime;
  book: AlertBook;
}): Promise<{ verdict: Verdict; comparison: Comparison }> {
  const { drill, forMs, watching, links, time, book } = run;
  const { brain, population } = drill;
  const plan = planAt(drill, time.simAt);
  const { signal, onProgress } = watching;
  const driven = await drive({
    source: plan.source,
    links,
    time,
    signal,
    losses: plan.losses,
    ...(forMs !== undefined && { forMs }),
    ...(onProgress && { onProgress }),
  });
  await caughtUp(brain);
  const { records } = brain.front;
  for (let cursor: string | undefined; ; ) {
    const page = await records.alerts({ limit: 500, ...(cursor && { cursor }) });
    for (const alert of page.items) book.hear(alert, Date.now()); // what the stream had not told yet
    if (page.next === null) break;
    cursor = page.next;
  }
  const [from, until, seen] = [time.simAt, driven.until, book.seen()];
  const comparison = compare({ outlook: plan.outlook, seen, population, from, until });
  const { stored, quarantined, now } = brain.health();
  const { cases } = await records.counts(now);
  const verdict = verdictOf({
    tally: driven.tally,
    ackMs: driven.ackMs.quantiles(),
    alertMs: book.alertMs.quantiles(),
    stored,
    quarantined,
    cases: cases.open + cases.closed,
    comparison,
  });
  return { verdict, comparison };
}

/** Resolves when everything that was acknowledged by now is judged and stored, and the counts say so. */
async function caughtUp(brain: Brain): Promise<void> {
  // A command's outcome is committed after everything that stands before it in the log.
  const { position } = await brain.act("drill", { kind: "link", id: "drill", online: false });
  while (brain.health().historyTo < position || brain.health().logHead < position) await counted();
  await counted();
}

/** The threads tell their counts twice a second. */
const counted = () => new Promise((resolve) => setTimeout(resolve, 600));

/** Takes a drill's folder away. */
export const removeFolder = (path: string): void => rmSync(path, { recursive: true, force: true });
