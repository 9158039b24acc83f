// What the stores do: the log's appends, the history's writes and reads, the judge's commits. All
// on real files, all synced.

import { readdirSync, statfsSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Reading } from "../src/core/reading.ts";
import type { Commit, RecordsWriter } from "../src/store/records.ts";
import { openHistory } from "../src/store/sqlite/history.ts";
import { openLogReader, openLogWriter } from "../src/store/sqlite/log.ts";
import { openRecordsWriter } from "../src/store/sqlite/records.ts";
import { bench, type Outcome, type Values } from "./parts/bench.ts";
import { GROUP, groupsOf, mindOf } from "./parts/fleet.ts";
import { grouped, round, summary } from "./parts/numbers.ts";
import { type Street, streetOf } from "./parts/street.ts";
import type { Workshop } from "./parts/workshop.ts";

export const store = bench(
  "log appends, history writes and range reads, commits: readings/s and ms",
  {
    sensors: { asks: "sensors on the street", default: "21000" },
    readings: { asks: "readings in all", default: "1000000" },
    queries: { asks: "range reads of each kind", default: "300" },
  },
  run,
);

/** As the history's thread reads the log, and as often as it makes durable what it has. */
const ENTRIES = 64;
const CHECKPOINT_EVERY = 200_000;

async function run(shop: Workshop, values: Values): Promise<Outcome> {
  const folder = shop.folder("store");
  const { bavail, bsize } = statfsSync(folder);
  const least = values.number("readings") * 300;
  if (bavail * bsize < least) throw new Error(`${folder} has less than ${grouped(least)} bytes`);
  const street = streetOf(folder, values.number("sensors"));
  shop.note("making readings");
  const groups = groupsOf(street, values.number("readings"));
  const log = await appends(folder, groups);
  shop.note(`log: ${JSON.stringify(log)}`);
  const history = await writes(folder, groups, values.number("queries"));
  shop.note(`history: ${JSON.stringify(history)}`);
  const records = await commits(folder, street, groups);
  const result = { log, history, records };
  const { appendMs } = log;
  const { rawMs, bucketsMs } = history;
  const { commit2000Ms } = records;
  const told = [
    `log: ${grouped(log.appendPerSecond)} readings/s appended in groups of ${GROUP}, ` +
      `p50 ${appendMs.p50} ms, p99 ${appendMs.p99} ms, ${log.bytesPerReading} bytes each; ` +
      `${grouped(log.readPerSecond)}/s read`,
    `history: ${grouped(history.writePerSecond)} readings/s written, ` +
      `${history.bytesPerReading} bytes each; all of one sensor p50 ${rawMs.p50} ms, ` +
      `p99 ${rawMs.p99} ms; 300 buckets p50 ${bucketsMs.p50} ms, p99 ${bucketsMs.p99} ms`,
    `records: commit of 2,000 memories p50 ${commit2000Ms.p50} ms, p99 ${commit2000Ms.p99} ms; ` +
      `of all ${grouped(records.memories)} ${records.commitAllMs} ms; ` +
      `load of all ${records.loadMs} ms`,
  ];
  return { result, told, failures: [] };
}

async function appends(folder: string, groups: readonly Reading[][]) {
  const path = join(folder, "log.db");
  const writer = openLogWriter(path);
  const took: number[] = [];
  const count = groups.reduce((sum, group) => sum + group.length, 0);
  const began = performance.now();
  for (const readings of groups) {
    const before = performance.now();
    await writer.append([{ kind: "readings", time: readings.at(-1)!.receivedAt, readings }]);
    took.push(performance.now() - before);
    // The checkpoint is made between two appends.
    await new Promise((resolve) => setImmediate(resolve));
  }
  const appendPerSecond = perSecond(count, began);
  const bytesPerReading = round(writer.bytes() / count, 1);
  const reader = openLogReader(path);
  const readBegan = performance.now();
  let [position, read] = [0, 0];
  for (let some = reader.read(0, ENTRIES); some.length > 0; some = reader.read(position, ENTRIES)) {
    for (const entry of some) read += entry.kind === "readings" ? entry.readings.length : 0;
    position = some.at(-1)!.position;
  }
  const readPerSecond = perSecond(read, readBegan);
  reader.close();
  writer.close();
  return { appendPerSecond, appendMs: summary(took), bytesPerReading, readPerSecond };
}

/**
 * All that the history does with them, until they are on disk and closed; then what is asked of it.
 */
async function writes(folder: string, groups: readonly Reading[][], queries: number) {
  const path = join(folder, "history");
  const history = await openHistory(path);
  const count = groups.reduce((sum, group) => sum + group.length, 0);
  const began = performance.now();
  let [position, since] = [0, 0];
  for (let from = 0; from < groups.length; from += ENTRIES) {
    const readings = groups.slice(from, from + ENTRIES).flat();
    position += ENTRIES;
    await history.write(readings, position);
    since += readings.length;
    if (since < CHECKPOINT_EVERY) continue;
    since = 0;
    await history.checkpoint(readings.at(-1)!.receivedAt);
  }
  await history.close();
  const writePerSecond = perSecond(count, began);
  const bytes = readdirSync(path).reduce((sum, file) => sum + statSync(join(path, file)).size, 0);
  const again = await openHistory(path);
  const first = groups[0]![0]!.receivedAt;
  const last = groups.at(-1)!.at(-1)!.receivedAt;
  const asked = groups.flat().slice(0, queries);
  const rawMs: number[] = [];
  const bucketsMs: number[] = [];
  for (const { sensorId, values } of asked) {
    rawMs.push(await tookMs(() => again.raw(sensorId, first, last + 1, 10_000)));
    const field = Object.keys(values).find((name) => typeof values[name] === "number");
    if (field === undefined) continue;
    bucketsMs.push(await tookMs(() => again.buckets(sensorId, field, first, last + 1, 300)));
  }
  await again.close();
  const bytesPerReading = round(bytes / count, 2);
  return { writePerSecond, bytesPerReading, rawMs: summary(rawMs), bucketsMs: summary(bucketsMs) };
}

/**
 * Rows as the judge leaves them after these readings, committed a part at a time and all at once,
 * and loaded again.
 */
async function commits(folder: string, street: Street, groups: readonly Reading[][]) {
  const mind = mindOf(street);
  for (const [i, readings] of groups.entries())
    mind.take({ kind: "readings", time: readings.at(-1)!.receivedAt, readings, position: i + 1 });
  const { memories, time } = mind.drain();
  const path = join(folder, "brain.db");
  const records = await openRecordsWriter(path);
  let position = 0;
  const commit = (rows: Commit["memories"]) =>
    tookMs(() => put(records, { rows, expected: position, position: ++position, time }));
  const commitAllMs = round(await commit(memories), 1);
  const took: number[] = [];
  for (let from = 0; from + 2_000 <= memories.length; from += 2_000)
    took.push(await commit(memories.slice(from, from + 2_000)));
  await records.close();
  const again = await openRecordsWriter(path);
  const loadMs = round(await tookMs(() => again.load()), 1);
  await again.close();
  return { memories: memories.length, commit2000Ms: summary(took), commitAllMs, loadMs };
}

function put(
  records: RecordsWriter,
  {
    rows,
    expected,
    position,
    time,
  }: { rows: Commit["memories"]; expected: number; position: number; time: number },
): Promise<void> {
  return records.commit({
    expected,
    position,
    time,
    memories: rows,
    alerts: [],
    alertEvents: [],
    cases: [],
    caseEvents: [],
    register: [],
    outcomes: [],
    outbox: [],
    meta: {},
  });
}

const perSecond = (count: number, began: number): number =>
  Math.round((count * 1_000) / (performance.now() - began));

async function tookMs(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
