// The history's thread: reads the log from its own position, keeps the time series, and answers the API's questions about them.
// A long question delays the history, never the door and never the judge.

import { type MessagePort, parentPort } from "node:worker_threads";
import { clockOf } from "../app/clock.ts";
import type { Reading } from "../core/reading.ts";
import { days } from "../core/time.ts";
import type { Position } from "../store/log.ts";
import { openHistory } from "../store/sqlite/history.ts";
import { openLogReader } from "../store/sqlite/log.ts";
import { born } from "./born.ts";
import { channel } from "./channel.ts";
import type { FromHistory, ToHistory } from "./history-words.ts";
import { type Birth, type Head, pacer } from "./shared.ts";

const ENTRIES = 64;
const CHECKPOINT_MS = 5_000;
/** What is not taken by then is taken at the next start. */
const CATCH_UP_MS = 2_000;
const COUNTS_MS = 500;
const GIB = 2 ** 30;

const birth = await born<Birth>();
const { pause, wake } = pacer();
const clock = clockOf(birth.clock);
const history = await openHistory(birth.files.history);
const log = openLogReader(birth.files.log);
const watched = new Set<string>();
/** When to stop at the latest; sooner when all that was appended has been taken. */
let stopBy = Number.POSITIVE_INFINITY;
/** The door's; it keeps this thread alive until it is closed. */
const voices: MessagePort[] = [];
const main = channel<FromHistory>(parentPort!, {
  door(port) {
    voices.push(port);
    port.on("message", (_head: Head) => wake());
  },
  stop() {
    stopBy = performance.now() + CATCH_UP_MS;
    wake();
  },
  retain,
  watch: (sensorId) => void watched.add(sensorId),
  unwatch: (sensorId) => void watched.delete(sensorId),
  raw: (...asked) => history.raw(...asked),
  buckets: (...asked) => history.buckets(...asked),
  last: (sensorIds) => history.last(sensorIds),
} satisfies ToHistory);

function retain(): Promise<readonly string[]> {
  const { historyKeepDays, historyMaxGiB } = birth.config;
  const limits = { keep: days(historyKeepDays), maxBytes: historyMaxGiB * GIB };
  return history.retain(clock.now(), limits);
}

function show(readings: readonly Reading[]): void {
  if (watched.size === 0) return;
  for (const sensorId of watched) {
    const own = readings.filter((reading) => reading.sensorId === sensorId);
    if (own.length > 0) main.tell("readings", sensorId, own);
  }
}

/** Takes what stands in the log after `position`; returns how far it came. */
async function takeSome(position: Position): Promise<Position> {
  const entries = log.read(position, ENTRIES);
  if (entries.length === 0) return position;
  const readings = entries.flatMap((entry) => (entry.kind === "readings" ? entry.readings : []));
  const through = entries.at(-1)!.position;
  await history.write(readings, through);
  show(readings);
  return through;
}

async function run(): Promise<void> {
  let [position, checkpointAt, countsAt] = [history.position(), 0, 0];
  main.tell("ready");
  for (;;) {
    const before = position;
    position = await takeSome(position);
    if (performance.now() >= stopBy || (Number.isFinite(stopBy) && position === before)) break;
    const now = performance.now();
    if (now >= countsAt) {
      countsAt = now + COUNTS_MS;
      main.tell("counts", { position, ...history.counts() });
    }
    if (now >= checkpointAt) {
      checkpointAt = now + CHECKPOINT_MS;
      main.tell("durable", await history.checkpoint(clock.now()));
    }
    await pause(position === before ? COUNTS_MS : 0);
  }
  main.tell("durable", await history.checkpoint(clock.now()));
  main.tell("counts", { position, ...history.counts() });
}

try {
  await run();
  main.tell("ended", null);
} catch (error) {
  main.tell("ended", (error as Error).stack ?? String(error));
} finally {
  await history.close();
  log.close();
  for (const voice of voices) voice.close();
  parentPort!.close();
}
