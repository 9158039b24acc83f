// A run in virtual time: no MQTT, no clock; the fleet's readings go straight into a real log, and the real judge's loop reads it.

import { join } from "node:path";
import { AlertBook } from "../../simulators/alert-book.ts";
import { excusesOf } from "../../simulators/excuses.ts";
import { compare } from "../../simulators/matching.ts";
import { populationOf } from "../../simulators/population.ts";
import { verdictOf } from "../../simulators/verdict.ts";
import { virtualRun } from "../../simulators/virtual.ts";
import type { Command } from "../app/commands.ts";
import { judge } from "../app/judge.ts";
import { type Drained, Mind } from "../app/mind.ts";
import type { Json } from "../core/rule.ts";
import { hours, type Instant, seconds } from "../core/time.ts";
import { syntheticStreet } from "../register/street/synthetic-street.ts";
import { takeFolder } from "../store/folder.ts";
import type { NewEntry } from "../store/log.ts";
import { openHistory } from "../store/sqlite/history.ts";
import { openLogReader, openLogWriter } from "../store/sqlite/log.ts";
import { openRecordsReader, openRecordsWriter } from "../store/sqlite/records.ts";
import type { DrillOptions, Played } from "./drill.ts";
import { planOf } from "./fleet.ts";
import { defaultsOf, installedScenarios, rulesOf } from "./scenario.ts";

/** How much of the street's time passes between two ticks of the log's clock, and between two words to the user. */
const TICK = seconds(10);
const WORD = hours(1);
/** Entries appended before the judge and the history catch up with them: what changes often in between is committed once. */
const STRIDE = 1_024;

/** Runs `hoursLong` of the street's time as fast as the machine can; an abort ends it after the batch at hand. */
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
  const plan = planOf(population, options, from);
  const run = virtualRun({ source: plan.source, scenarios: installedScenarios, from, to });
  const book = new AlertBook({ realAt: from, simAt: from, speed: 1 });
  const world = await openWorld(path, (alert) => book.hear(alert, alert.changedAt));
  let [tickAt, wordAt, until] = [from, from + WORD, from];
  const pending: NewEntry[] = [
    command(from, "register", { kind: "register.change", changes }),
    command(from, "start", { kind: "brain.start", downSince: null }),
  ];
  for (const readings of run.batches) {
    if (signal.aborted) break;
    until = readings.at(-1)!.receivedAt;
    pending.push({ kind: "readings", time: until, readings });
    for (; tickAt + TICK <= until; tickAt += TICK) pending.push({ kind: "tick", time: until });
    if (pending.length >= STRIDE) await world.take(pending.splice(0));
    if (until < wordAt) continue;
    wordAt += WORD;
    onProgress(until, run.tally.sent, book.seen().length);
  }
  if (!signal.aborted) until = to;
  await world.take([...pending, { kind: "tick", time: until }]);
  const excuses = excusesOf(plan.touches.all(), population, installedScenarios, rulesOf);
  const seen = book.seen();
  const comparison = compare({ outlook: plan.outlook, seen, population, excuses, from, until });
  const { stored, cases } = await world.close(until);
  const none = { p50: 0, p99: 0 };
  const findings = { tally: run.tally, ackMs: none, alertMs: none, stored, cases, comparison };
  return {
    verdict: verdictOf({ ...findings, quarantined: run.quarantined() + run.tally.refusedAcked }),
    comparison,
    from,
    until,
  };
}

const command = (time: Instant, key: string, act: Command["act"]): NewEntry => ({
  kind: "command",
  time,
  command: { key: `virtual/${key}`, by: "drill", act } satisfies Command as unknown as Json,
});

/** Log, judge and history of a run, in one thread: each stride is appended, judged and stored before the next. */
async function openWorld(path: string, onAlert: (alert: Drained["alerts"][number]) => void) {
  const folder = takeFolder(path, "drill");
  const writer = openLogWriter(folder.file("log.db"));
  const log = openLogReader(folder.file("log.db"));
  const records = await openRecordsWriter(folder.file("brain.db"));
  const history = await openHistory(join(path, "history"));
  const mind = new Mind({
    scenarios: installedScenarios.map((scenario) => ({ scenario, params: defaultsOf(scenario) })),
    loaded: await records.load(),
    exercise: true,
  });
  return {
    async take(entries: readonly NewEntry[]) {
      const head = await writer.append(entries);
      await judge({
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
      });
      for (const entry of entries)
        if (entry.kind === "readings") await history.write(entry.readings, head);
    },
    async close(at: Instant) {
      await history.checkpoint(at);
      const { stored } = history.counts();
      const reader = openRecordsReader(folder.file("brain.db"));
      const { cases } = await reader.counts(at);
      for (const part of [reader, history, records]) await part.close();
      log.close();
      writer.close();
      folder.release();
      return { stored, cases: cases.open + cases.closed };
    },
  };
}
