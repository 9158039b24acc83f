// The first half of a run in virtual time, a thread of its own: the fleet's readings go into the log as the door would write
// them, and into the history, a little ahead of the judge that reads that log in the other thread.

import { once } from "node:events";
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { populationOf } from "../../simulators/population.ts";
import { virtualRun } from "../../simulators/virtual.ts";
import type { Command } from "../app/commands.ts";
import type { Json } from "../core/rule.ts";
import { type Instant, seconds } from "../core/time.ts";
import { syntheticStreet } from "../register/street/synthetic-street.ts";
import type { NewEntry } from "../store/log.ts";
import { openHistory } from "../store/sqlite/history.ts";
import { openLogWriter } from "../store/sqlite/log.ts";
import { planOf } from "./fleet.ts";
import { installedScenarios } from "./scenario.ts";
import type { Ahead, Written } from "./virtual.ts";

/** How much of the street's time passes between two ticks of the log's clock. */
const TICK = seconds(10);
/** Entries appended at once, which the judge then takes as one: what changes often in between is committed once. */
const STRIDE = 1_024;
/** Strides that may wait for the judge, so that a run needs no more disk and memory than that. */
const AHEAD = 4;

const { path, logFile, play, from, to } = workerData as Ahead;
const port = parentPort!;
const say = (word: Written) => port.postMessage(word);
let [waiting, isStopped] = [0, false];
port.on("message", (word: "judged" | "stop") => {
  if (word === "stop") isStopped = true;
  else waiting--;
});

const { sensors, seed } = play;
const { changes } = syntheticStreet(seed, { scenarios: installedScenarios, sensors });
const plan = planOf(populationOf(changes, installedScenarios), play, from);
const run = virtualRun({ source: plan.source, scenarios: installedScenarios, from, to });
const writer = openLogWriter(logFile);
const history = await openHistory(join(path, "history"));

const command = (key: string, act: Command["act"]): NewEntry => ({
  kind: "command",
  time: from,
  command: { key: `virtual/${key}`, by: "drill", act } satisfies Command as unknown as Json,
});

async function append(entries: readonly NewEntry[], until: Instant): Promise<void> {
  const head = await writer.append(entries);
  waiting++;
  say({ kind: "stride", head, until, sent: run.tally.sent });
  for (const entry of entries)
    if (entry.kind === "readings") await history.write(entry.readings, head);
  while (waiting >= AHEAD && !isStopped) await once(port, "message");
}

let [tickAt, until] = [from, from];
const pending: NewEntry[] = [
  command("register", { kind: "register.change", changes }),
  command("start", { kind: "brain.start", downSince: null }),
];
for (const readings of run.batches) {
  if (isStopped) break;
  until = readings.at(-1)!.receivedAt;
  pending.push({ kind: "readings", time: until, readings });
  for (; tickAt + TICK <= until; tickAt += TICK) pending.push({ kind: "tick", time: until });
  if (pending.length >= STRIDE) await append(pending.splice(0), until);
}
if (!isStopped) until = to;
await append([...pending, { kind: "tick", time: until }], until);
await history.checkpoint(until);
const { stored } = history.counts();
await history.close();
writer.close();
const { tally, quarantined } = run;
say({
  kind: "done",
  until,
  stored,
  tally,
  quarantined: quarantined(),
  touches: plan.touches.all(),
});
port.close();
