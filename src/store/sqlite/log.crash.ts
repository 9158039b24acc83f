// A process for log.test.ts to kill: appends without end, and prints each position once it has been acknowledged.

import { writeSync } from "node:fs";
import { openLogWriter } from "./log.ts";

const writer = openLogWriter(process.argv[2]!);
for (;;) {
  const { position, time } = writer.head();
  const now = Math.max(time ?? 0, Date.now());
  const entries = [1, 2, 3].map((ahead) => ({
    kind: "readings" as const,
    time: now,
    readings: Array.from({ length: 40 }, (_, i) => ({
      sensorId: `sensor-${i}`,
      siteId: "site",
      scenario: "river-level",
      time: now,
      receivedAt: now,
      values: { levelM: i / 7 },
      quality: "good" as const,
      seq: position + ahead,
    })),
  }));
  writeSync(1, `${await writer.append(entries)}\n`);
}
