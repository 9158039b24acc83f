// What every driver of the history must keep, as tests: a driver's own test file runs them in three lines.

import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Reading, Values } from "../../core/reading.ts";
import { days, hours, minutes } from "../../core/time.ts";
import {
  type Bucket,
  type HistoryReader,
  type HistoryWriter,
  type Step,
  steps,
} from "../history.ts";

type History = HistoryWriter & HistoryReader;
/** One history on storage of its own, empty at first. */
export type HistoryStore = {
  open(): Promise<History>;
  /** Leaves the storage as the sudden end of the process would; the history is not used afterwards. */
  crash(history: History): Promise<void>;
  /** Forgets the storage. */
  dispose(): Promise<void>;
};

const T0 = Date.UTC(2026, 10, 21);
const ALL = 1_000_000;
const reading = (
  sensorId: string,
  time: number,
  values: Values,
  more: Partial<Reading> = {},
): Reading => ({
  sensorId,
  siteId: "bridge",
  scenario: "river-level",
  time,
  receivedAt: time + 40,
  values,
  quality: "good",
  ...more,
});

/** Runs the suite on a driver; `create` gives a new empty history each time. */
export function historyContract(name: string, create: () => Promise<HistoryStore>): void {
  describe(`the history as ${name}`, () => {
    let store: HistoryStore;
    let history: History;
    beforeEach(async () => {
      store = await create();
      history = await store.open();
    });
    afterEach(async () => {
      await history.close();
      await store.dispose();
    });
    const values = async (from: number, to: number, limit = ALL) =>
      (await history.raw("r", from, to, limit)).points.map((point) => point.values.levelM);

    test("an empty history has no readings, buckets or last values, and stands at 0", async () => {
      expect(history.position()).toBe(0);
      expect(await history.raw("r", T0, T0 + days(1), 10)).toEqual({ points: [], more: false });
      expect((await history.buckets("r", "levelM", T0, T0 + days(1), 10)).buckets).toEqual([]);
      expect(await history.last(["r"])).toEqual([]);
      expect(await taken(history.scan(T0, T0 + days(1), null))).toEqual([]);
    });

    test("a reading can be read as soon as it is taken, and after the history was closed and opened", async () => {
      await history.write(
        [reading("r", T0 + 5, { levelM: 3.75, wet: true, state: "开" }, { quality: "suspect" })],
        1,
      );
      const points = [
        { at: T0 + 5, values: { levelM: 3.75, wet: true, state: "开" }, quality: "suspect" },
      ];
      expect(await history.raw("r", T0 + 5, T0 + 6, 9)).toEqual({ points, more: false });
      expect(await history.raw("r", T0 + 6, T0 + 9, 9)).toEqual({ points: [], more: false });
      await history.close();
      history = await store.open();
      expect(history.position()).toBe(1);
      expect(await history.raw("r", T0 + 5, T0 + 6, 9)).toEqual({ points, more: false });
    });

    test("a range gives at most as many readings as asked for, and says whether there are more", async () => {
      const many = Array.from({ length: 300 }, (_, i) =>
        reading("r", T0 + i * 1_000, { levelM: i }),
      );
      await history.write(many, 1);
      expect(await values(T0, T0 + days(1), 3)).toEqual([0, 1, 2]);
      expect(await history.raw("r", T0, T0 + days(1), 299)).toMatchObject({ more: true });
      expect(await history.raw("r", T0, T0 + days(1), 300)).toMatchObject({ more: false });
    });

    test("the same sensor and instant is one point, the first, however often and late it comes", async () => {
      await history.write(
        [reading("r", T0, { levelM: 1 }), reading("r", T0 + 9, { levelM: 2 })],
        1,
      );
      await history.write([reading("r", T0, { levelM: 3 })], 2);
      await history.checkpoint(T0 + minutes(1));
      await history.checkpoint(T0 + hours(1));
      await history.write(
        [reading("r", T0, { levelM: 4 }), reading("r", T0 + 9, { levelM: 5 })],
        3,
      );
      expect(await values(T0, T0 + days(1))).toEqual([1, 2]);
      expect(history.counts()).toMatchObject({ stored: 2, copies: 3, late: 0 });
    });

    test("a late reading stands where it belongs, also in a day that is long over, and in its roll-ups", async () => {
      await history.write(
        [reading("r", T0, { levelM: 1 }), reading("r", T0 + hours(2), { levelM: 2 })],
        1,
      );
      for (let hour = 0; hour < 60; hour += 3) await history.checkpoint(T0 + hours(hour));
      const level = { levelM: 9 };
      await history.write([reading("r", T0 + hours(1), level, { receivedAt: T0 + hours(60) })], 2);
      for (let hour = 60; hour < 72; hour += 1) await history.checkpoint(T0 + hours(hour));
      expect(await values(T0, T0 + days(1))).toEqual([1, 9, 2]);
      const { step, buckets } = await history.buckets("r", "levelM", T0, T0 + days(1), 24);
      expect(step).toBe("hour");
      expect(buckets.map(({ at, max }) => [(at - T0) / hours(1), max])).toEqual([
        [0, 1],
        [1, 9],
        [2, 2],
      ]);
      expect(history.counts()).toMatchObject({ stored: 3, late: 1 });
      expect((await history.last(["r"]))[0]).toMatchObject({ at: T0 + hours(2) });
    });

    test("late readings of a day that is over count in its buckets at once, and their copies never do", async () => {
      const late = (hour: number, level: number, received: number) =>
        reading("r", T0 + hours(hour), { levelM: level }, { receivedAt: T0 + minutes(received) });
      const highest = async () => {
        const { buckets } = await history.buckets("r", "levelM", T0, T0 + days(1), 24);
        return buckets.map(({ max, count }) => [max, count]);
      };
      await history.write([late(0, 1, 0), late(4, 2, 240)], 1);
      const day = 24 * 60;
      await history.checkpoint(T0);
      for (let after = 30; after < 600; after += 15)
        await history.checkpoint(T0 + minutes(day + after));
      await history.write([late(1, 7, day + 600)], 2);
      await history.checkpoint(T0 + minutes(day + 615));
      // The hour in which late readings are gathered is not over when these come.
      await history.write([late(2, 8, day + 616)], 3);
      expect(await highest()).toEqual([
        [1, 1],
        [7, 1],
        [8, 1],
        [2, 1],
      ]);
      await history.checkpoint(T0 + minutes(day + 630));
      await history.write([late(1, 9, day + 631), late(2, 9, day + 631)], 4);
      expect(await highest()).toEqual([
        [1, 1],
        [7, 1],
        [8, 1],
        [2, 1],
      ]);
      for (let after = 645; after < 900; after += 15)
        await history.checkpoint(T0 + minutes(day + after));
      expect(await highest()).toEqual([
        [1, 1],
        [7, 1],
        [8, 1],
        [2, 1],
      ]);
      expect(history.counts()).toMatchObject({ stored: 4, copies: 2, late: 2 });
    });

    test("readings come in order of receipt also where a sensor's clock is ahead over midnight", async () => {
      const ahead = reading("r", T0 + 10_000, { levelM: 1 }, { receivedAt: T0 - 20_000 });
      const behind = reading("q", T0 - 15_000, { levelM: 2 }, { receivedAt: T0 - 5_000 });
      await history.write([ahead, behind], 1);
      const found = await taken(history.scan(T0 - days(1), T0 + days(1), null));
      expect(found).toEqual([ahead, behind]);
      expect(await taken(history.scan(T0 - days(1), T0 + days(1), ["crowd-density"]))).toEqual([]);
    });

    test("last values are the newest by the sensor's time, with all that came with them, for the sensors asked for", async () => {
      const newest = reading(
        "r",
        T0 + 7,
        { levelM: 2 },
        { batteryPct: 80.5, rssiDbm: -71, seq: 4, quality: "bad" },
      );
      await history.write(
        [newest, reading("r", T0, { levelM: 1 }), reading("q", T0, { levelM: 3 })],
        1,
      );
      const { time: at, seq: _, ...rest } = newest;
      expect(await history.last(["r", "nobody"])).toEqual([{ ...rest, at }]);
      await history.close();
      history = await store.open();
      expect(await history.last(["r", "nobody"])).toEqual([{ ...rest, at }]);
    });

    test("a day older than is kept is dropped, refused from then on, and today never is", async () => {
      for (let day = 0; day < 5; day++) {
        await history.write([reading("r", T0 + days(day), { levelM: day })], day + 1);
        for (let hour = 0; hour < 24; hour += 4)
          await history.checkpoint(T0 + days(day) + hours(hour));
      }
      const now = T0 + days(4) + hours(20);
      await history.retain(now, { keep: days(2), maxBytes: 2 ** 40 });
      expect(await values(T0, now)).toEqual([2, 3, 4]);
      const late = reading("r", T0 + hours(1), { levelM: 7 }, { receivedAt: now });
      await history.write([late], 6);
      expect(history.counts().refused).toBe(1);
      const { step, buckets } = await history.buckets("r", "levelM", T0, now, 8);
      expect([step, buckets.map(({ last }) => last)]).toEqual(["hour", [0, 1, 2, 3, 4]]);
      await history.retain(now, { keep: days(2), maxBytes: 0 });
      expect(await values(T0, now)).toEqual([4]);
      await history.close();
      history = await store.open();
      expect(await values(T0, now)).toEqual([4]);
    });

    test("a question about much lets writing go on before it is answered", async () => {
      const many = Array.from({ length: 200_000 }, (_, i) =>
        reading("r", T0 + i * 400, { levelM: i }),
      );
      await history.write(many, 1);
      let answered = false;
      const answer = history.raw("r", T0, T0 + days(2), ALL).then(({ points }) => {
        answered = true;
        return points.length;
      });
      let writes = 1;
      while (!answered) await history.write([reading("q", T0 + writes, { levelM: 0 })], ++writes);
      expect(await answer).toBe(200_000);
      expect(writes).toBeGreaterThan(10);
    });

    test("whatever comes, late, twice or out of order, and whenever it crashes, all answers are the model's", async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(act, { minLength: 3, maxLength: 40 }),
          fc.nat(),
          async (acts, seed) => {
            const own = await create();
            try {
              await follow(own, acts, seed);
            } finally {
              await own.dispose();
            }
          },
        ),
        { numRuns: 50 },
      );
    }, 300_000);
  });
}

const sensor = fc.constantFrom("r", "q", "电梯-3");
const level = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -500, max: 500 }).map((x) => x / 100) },
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }),
);
const fields = fc.record(
  {
    levelM: level,
    count: fc.nat({ max: 9 }),
    wet: fc.boolean(),
    state: fc.oneof(fc.string(), fc.nat()),
  },
  { requiredKeys: [], noNullPrototype: true },
);
/** A reading by how long before its receipt it was taken: mostly just now, now and then days ago. */
const arrival = fc.record({
  sensorId: sensor,
  ago: fc.oneof(
    { weight: 5, arbitrary: fc.integer({ min: -60_000, max: 5_000 }) },
    fc.constantFrom(0, 60_000, 900_000, 3_600_000, days(1), days(2)),
    fc.integer({ min: 0, max: days(3) }),
  ),
  values: fields,
  moved: fc.boolean(),
  quality: fc.constantFrom("good" as const, "bad" as const),
  extras: fc.record(
    { seq: fc.nat(), batteryPct: fc.nat({ max: 100 }), skewed: fc.constant(true as const) },
    { requiredKeys: [], noNullPrototype: true },
  ),
});
const act = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      act: fc.constant("write" as const),
      later: fc.oneof(fc.nat({ max: 60_000 }), fc.nat({ max: hours(9) })),
      arrivals: fc.array(arrival, { maxLength: 12 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      act: fc.constant("checkpoint" as const),
      later: fc.nat({ max: hours(12) }),
    }),
  },
  fc.record({
    act: fc.constantFrom("crash" as const, "reopen" as const),
    regroup: fc.integer({ min: 1, max: 4 }),
  }),
  {
    weight: 3,
    arbitrary: fc.record({
      act: fc.constant("ask" as const),
      sensorId: sensor,
      ago: fc.nat({ max: days(4) }),
      span: fc.nat({ max: days(4) }),
      points: fc.constantFrom(4, 60, 5_000),
    }),
  },
);
type Act = typeof act extends fc.Arbitrary<infer A> ? A : never;

/** A log and what a history of it must answer: for each sensor and instant the first reading that came. */
class Model {
  readonly log: Reading[][] = [];
  readonly stored = new Map<string, Reading>();
  taken = 0;

  append(readings: Reading[]): void {
    this.log.push(readings);
    for (const one of readings) {
      this.taken++;
      const key = `${one.sensorId} ${one.time}`;
      if (!this.stored.has(key)) this.stored.set(key, one);
    }
  }

  of(sensorId: string, from: number, to: number): Reading[] {
    return [...this.stored.values()]
      .filter((one) => one.sensorId === sensorId && one.time >= from && one.time < to)
      .sort((a, b) => a.time - b.time);
  }

  last(sensorId: string): Reading | undefined {
    return this.of(sensorId, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY).at(-1);
  }

  buckets(sensorId: string, field: string, from: number, to: number, step: Step): Bucket[] {
    const width = steps[step];
    const start = Math.floor(from / width) * width;
    const groups = new Map<number, number[]>();
    for (const one of this.of(sensorId, start, Math.ceil(to / width) * width)) {
      const value = one.values[field];
      const at = Math.floor(one.time / width) * width;
      if (typeof value === "number") groups.set(at, [...(groups.get(at) ?? []), value]);
    }
    return [...groups].map(([at, numbers]) => ({
      at,
      min: Math.min(...numbers),
      max: Math.max(...numbers),
      mean: numbers.reduce((sum, x) => sum + x, 0) / numbers.length,
      count: numbers.length,
      last: numbers.at(-1)!,
    }));
  }
}

async function follow(store: HistoryStore, acts: readonly Act[], seed: number): Promise<void> {
  const model = new Model();
  let now = T0 + (seed % days(1));
  let history = await store.open();
  let durable = 0;
  for (const step of acts) {
    if (step.act === "write") {
      now += step.later;
      model.append(step.arrivals.map((one) => received(one, now)));
      await history.write(model.log.at(-1)!, model.log.length);
    } else if (step.act === "checkpoint") {
      now += step.later;
      const position = await history.checkpoint(now);
      expect(position).toBeGreaterThanOrEqual(durable);
      durable = position;
    } else if (step.act === "ask") {
      const from = now - step.ago;
      await ask(history, model, step.sensorId, from, from + step.span, step.points);
    } else {
      if (step.act === "crash") await store.crash(history);
      else await history.close();
      history = await store.open();
      await catchUp(history, model, durable, step.act === "reopen", step.regroup);
    }
  }
  for (const sensorId of ["r", "q", "电梯-3"]) {
    for (const points of [4, 60, 5_000])
      await ask(history, model, sensorId, T0 - days(4), now + days(1), points);
  }
  await compareScan(history, model, T0 - days(9), now + days(9));
  await history.close();
}

function received(
  {
    sensorId,
    ago,
    values,
    moved,
    quality,
    extras,
  }: typeof arrival extends fc.Arbitrary<infer A> ? A : never,
  now: number,
): Reading {
  const siteId = moved ? "square" : "bridge";
  return reading(sensorId, now - ago, values, { siteId, receivedAt: now, quality, ...extras });
}

/** Reads the log on from the history's position, in other groups than before. */
async function catchUp(
  history: History,
  model: Model,
  durable: number,
  whole: boolean,
  regroup: number,
): Promise<void> {
  const from = history.position();
  expect(from).toBeGreaterThanOrEqual(whole ? model.log.length : durable);
  for (let position = from; position < model.log.length; position += regroup) {
    const entries = model.log.slice(position, position + regroup);
    await history.write(entries.flat(), position + entries.length);
  }
}

async function ask(
  history: History,
  model: Model,
  sensorId: string,
  from: number,
  to: number,
  points: number,
): Promise<void> {
  const expected = model.of(sensorId, from, to);
  const limit = points;
  expect(await history.raw(sensorId, from, to, limit)).toEqual({
    points: expected
      .slice(0, limit)
      .map(({ time: at, values, quality }) => ({ at, values, quality })),
    more: expected.length > limit,
  });
  for (const field of ["levelM", "count", "state"]) {
    const { step, buckets } = await history.buckets(sensorId, field, from, to, points);
    if (step !== "minute") expect((to - from) / steps[step]).toBeGreaterThanOrEqual(points / 2);
    if (step !== "hour") expect((to - from) / steps.hour).toBeLessThan(points / 2);
    const close = (list: readonly Bucket[]) =>
      list.map(({ mean, ...rest }) => ({ ...rest, mean: expect.closeTo(mean, 6) }));
    expect(buckets).toEqual(close(model.buckets(sensorId, field, from, to, step)));
  }
  const last = model.last(sensorId);
  const [found] = await history.last([sensorId]);
  expect(found && [found.at, found.values, found.siteId, found.receivedAt]).toEqual(
    last && [last.time, last.values, last.siteId, last.receivedAt],
  );
  await compareScan(history, model, from, to);
}

async function compareScan(
  history: History,
  model: Model,
  from: number,
  to: number,
): Promise<void> {
  const found = await taken(history.scan(from, to, ["river-level"]));
  const receipts = found.map((one) => one.receivedAt);
  expect(receipts).toEqual([...receipts].sort((a, b) => a - b));
  const byKey = (a: Reading, b: Reading) => a.time - b.time || (a.sensorId < b.sensorId ? -1 : 1);
  const expected = [...model.stored.values()].filter((one) => one.time >= from && one.time < to);
  expect([...found].sort(byKey)).toEqual(expected.sort(byKey));
}

async function taken(chunks: AsyncIterable<readonly Reading[]>): Promise<Reading[]> {
  const all: Reading[] = [];
  for await (const chunk of chunks) all.push(...chunk);
  return all;
}
