import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Complaint } from "./complaint.ts";
import { readMap } from "./recording.ts";
import { type ReplayOptions, replayCsv } from "./replay.ts";
import { noon, samplePopulation, sampleScenarios } from "./sample.ts";
import { openBroker, type SampleBroker } from "./sample-broker.ts";

let broker: SampleBroker;
beforeEach(async () => {
  broker = await openBroker();
});
afterEach(() => broker.close());

const { register } = samplePopulation();
const map = readMap("time=when,sensor={name},levelM=level,turns=n");
const replay = (file: string, more: Partial<ReplayOptions> = {}, by = map) =>
  replayCsv(file, by, {
    url: broker.url,
    scenarios: sampleScenarios,
    sensorOf: (id) => register.sensor(id),
    secretOf: (id) => `of-${id}`,
    ...more,
  });

const write = (lines: readonly string[]): string => {
  const file = join(mkdtempSync(join(tmpdir(), "replay-")), "recording.csv");
  writeFileSync(file, `${["when,name,level,n", ...lines].join("\n")}\n`);
  return file;
};
/** Rows of these sensors in turn, a second apart. */
const rows = (count: number, ...names: string[]) =>
  Array.from({ length: count }, (_, i) => `${noon + i * 1_000},${names[i % names.length]},${i},1`);
const came = () =>
  broker.heard.map(
    ({ payload }) => (JSON.parse(payload) as { values: { levelM: number } }).values.levelM,
  );
const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);

test("rows arrive in order with many on their way, however late one is acknowledged", async () => {
  let turn = 0;
  broker.onPublish = () =>
    // Every third acknowledgement is held back behind those that come after it.
    ++turn % 3 === 0
      ? new Promise((resolve) => setImmediate(() => setImmediate(() => setImmediate(resolve))))
      : undefined;
  const replayed = await replay(write(rows(3_000, "w-c", "w-d")), { window: 64 });
  expect(came()).toEqual(upTo(3_000));
  expect(replayed).toMatchObject({ sent: 3_000, acked: 3_000, badRows: 0, backwards: 0 });
  expect(replayed).toMatchObject({ from: noon, to: noon + 2_999_000 });
  expect(broker.mostWaiting()).toBeGreaterThan(10);
  expect(broker.mostWaiting()).toBeLessThanOrEqual(64);
});

test("sensors that speak for themselves keep the order of the file among one another", async () => {
  broker.onPublish = ({ client }) =>
    client === "w-a" ? new Promise((resolve) => setImmediate(resolve)) : undefined;
  await replay(write(rows(300, "w-a", "w-b")));
  expect(came()).toEqual(upTo(300));
  expect(new Set(broker.heard.map(({ client }) => client))).toEqual(new Set(["w-a", "w-b"]));
});

test("a connection that breaks on the way neither loses a row nor changes the order", async () => {
  let count = 0;
  broker.onPublish = () => {
    count++;
    if (count !== 500 && count !== 900) return;
    broker.breakAll();
    return new Promise(() => {});
  };
  const replayed = await replay(write(rows(2_000, "w-c")), { window: 32 });
  expect(replayed.acked).toBe(2_000);
  const order = came();
  expect(order.length).toBeGreaterThan(2_000);
  expect(order.filter((one, at) => order.indexOf(one) === at)).toEqual(upTo(2_000));
});

test("a row is told under its sensor's topic, with its time and the schema's types", async () => {
  await replay(write([`2026-06-01T12:00:00+08:00,w-c,2.50,3`]));
  expect(broker.heard).toEqual([
    {
      client: "gw",
      topic: "readings/well-c/w-c",
      payload: JSON.stringify({ time: noon, values: { levelM: 2.5, turns: 3 } }),
      retain: false,
    },
  ]);
});

test("seconds, ms and ISO times are told apart; a time without zone is not guessed", async () => {
  const replayed = await replay(
    write([
      `${noon / 1_000},w-c,1,1`,
      `${noon},w-c,2,1`,
      "2026-06-01T04:00:00Z,w-c,3,1",
      "2026-06-01 12:00,w-c,4,1",
    ]),
  );
  const times = broker.heard.map(({ payload }) => (JSON.parse(payload) as { time: number }).time);
  expect(times).toEqual([noon, noon, noon]);
  expect(replayed.bad[0]).toMatchObject({
    line: 5,
    why: { en: expect.stringContaining("2026-06-01 12:00") },
  });
});

test("rows that are no readings are counted with line and reason; the rest is sent", async () => {
  const replayed = await replay(
    write([
      `${noon},w-c,1,1`,
      `${noon},w-x,1,1`,
      `${noon},w-c,high,1`,
      "yesterday,w-c,1,1",
      `${noon},w-c,,`,
      `${noon + 9_000},w-c,2,`,
      `${noon + 1_000},w-c,3,1`,
    ]),
  );
  expect(came()).toEqual([1, 2, 3]);
  expect(JSON.parse(broker.heard[1]!.payload)).toEqual({
    time: noon + 9_000,
    values: { levelM: 2 },
  });
  expect(replayed).toMatchObject({ sent: 3, acked: 3, badRows: 4, backwards: 1 });
  expect(replayed.bad.map(({ line }) => line)).toEqual([3, 4, 5, 6]);
  expect(replayed.bad.map(({ why }) => why.en)).toEqual([
    'Sensor "w-x" is not in the register',
    '"high" in column level is not of type number',
    '"yesterday" is not a time (ISO 8601, seconds or milliseconds)',
    "None of the fields has a value",
  ]);
  expect(replayed.bad[1]!.why.zh).toContain("high");
});

test("shifted to now, the first row is as of now and the others keep their distance", async () => {
  const start = Date.now();
  await replay(write(rows(4, "w-c")), { shiftToNow: true, speed: 20 });
  const times = broker.heard.map(({ payload }) => (JSON.parse(payload) as { time: number }).time);
  expect(times[0]).toBeGreaterThanOrEqual(start);
  expect(times[0]).toBeLessThanOrEqual(Date.now());
  expect(times.map((time) => time - times[0]!)).toEqual([0, 50, 100, 150]);
});

test("when it is stopped it sends no more and comes back", async () => {
  const stop = new AbortController();
  broker.onPublish = () => {
    if (broker.heard.length === 100) stop.abort();
  };
  const replayed = await replay(write(rows(100_000, "w-c")), { signal: stop.signal });
  expect(replayed.sent).toBeLessThan(1_000);
});

test("a map is read part by part, and a wrong one is told with its part and an example", () => {
  expect(readMap(" time=when , sensor=bike-{id},levelM = level")).toEqual({
    time: "when",
    sensor: "bike-{id}",
    fields: { levelM: "level" },
  });
  expect(() => readMap("time=a,sensor=b")).toThrow(/field=column is missing.*write time=column/);
  expect(() => readMap("sensor=b,x=y")).toThrow(/time=… is missing/);
  expect(() => readMap("time=a,sensor=b,x")).toThrow(/"x" has no =/);
  expect(() => readMap("time=a,time=b,sensor=c,x=y")).toThrow(/"time=b".*twice/);
  try {
    readMap("time=a,sensor=b,x");
  } catch (error) {
    expect((error as Complaint).text.zh).toMatch(/“x”缺少等号.*time=列/);
  }
});

test("a map that does not fit the file or the scenario is refused with what there is", async () => {
  const file = write(rows(1, "w-c"));
  const by = (text: string) => replay(file, {}, readMap(text));
  await expect(by("time=at,sensor=w-c,levelM=level")).rejects.toThrow(
    /recording\.csv has no column "at"; it has when, name, level, n/,
  );
  await expect(by("time=when,sensor={who},levelM=level")).rejects.toThrow(/"who"/);
  await expect(by("time=when,sensor=w-c,depth=level")).rejects.toThrow(
    /well has no field "depth".*levelM, turns/,
  );
  await expect(replay(write([]))).rejects.toThrow(/has no rows/);
  await expect(replay(file, { secretOf: () => undefined })).rejects.toThrow(/no secret for gw/);
});
