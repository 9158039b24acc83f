// A history in an array, for tests of the front.

import type { Reading } from "../core/reading.ts";
import type { Instant } from "../core/time.ts";
import { type Bucket, type HistoryReader, type Step, steps } from "../store/history.ts";

/** Reads what is in the array when it is asked. */
export function arrayHistory(readings: readonly Reading[]): HistoryReader {
  const of = (sensorId: string, from: Instant, to: Instant) =>
    readings
      .filter((one) => one.sensorId === sensorId && one.time >= from && one.time < to)
      .toSorted((a, b) => a.time - b.time);
  return {
    async raw(sensorId, from, to, limit) {
      const found = of(sensorId, from, to);
      const points = found.map(({ time, values, quality }) => ({ at: time, values, quality }));
      return { points: points.slice(0, limit), more: points.length > limit };
    },
    async buckets(sensorId, field, from, to, points) {
      const names = Object.keys(steps) as Step[];
      const step =
        names.findLast((name) => (to - from) / steps[name] >= points / 2) ?? ("minute" as const);
      return { step, buckets: bucketsOf(of(sensorId, from, to), field, steps[step]) };
    },
    async last(sensorIds) {
      return sensorIds.flatMap((sensorId) => {
        const last = readings.findLast((one) => one.sensorId === sensorId);
        if (!last) return [];
        const { scenario, siteId, time, receivedAt, values, quality } = last;
        return [{ sensorId, scenario, siteId, at: time, receivedAt, values, quality }];
      });
    },
    async *scan(from, to, scenarios) {
      yield readings.filter(
        ({ receivedAt, scenario }) =>
          receivedAt >= from && receivedAt < to && (scenarios?.includes(scenario) ?? true),
      );
    },
    close: async () => {},
  };
}

function bucketsOf(readings: readonly Reading[], field: string, width: number): Bucket[] {
  const groups = Map.groupBy(
    readings.filter(({ values }) => typeof values[field] === "number"),
    ({ time }) => time - (time % width),
  );
  return [...groups].map(([at, members]) => {
    const values = members.map((member) => member.values[field] as number);
    return {
      at,
      min: Math.min(...values),
      max: Math.max(...values),
      mean: values.reduce((total, value) => total + value, 0) / values.length,
      count: values.length,
      last: values.at(-1)!,
    };
  });
}
