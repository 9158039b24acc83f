// A process for history.test.ts to kill: writes without end, several hours a step, so that days are flushed and sealed all the
// time, and prints each durable position.

import { writeSync } from "node:fs";
import type { Reading } from "../../core/reading.ts";
import { minutes } from "../../core/time.ts";
import { openHistory } from "./history.ts";

export const T0 = Date.UTC(2026, 10, 21);
export const STEP = minutes(20);
export const SENSORS = Array.from({ length: 12 }, (_, i) => `sensor-${i}`);

/** What stands in the log at a position. */
export const readingsAt = (position: number): Reading[] =>
  SENSORS.map((sensorId, i) => {
    const time = T0 + position * STEP;
    const values = { levelM: (position * 7 + i) % 100 };
    const source = { sensorId, siteId: "bridge", scenario: "river-level" };
    return { ...source, time, receivedAt: time, values, quality: "good" };
  });

if (process.argv[1] === import.meta.filename) {
  const history = await openHistory(process.argv[2]!);
  for (let position = history.position() + 1; ; position++) {
    await history.write(readingsAt(position), position);
    if (position % 10 === 0) writeSync(1, `${await history.checkpoint(T0 + position * STEP)}\n`);
  }
}
