// A log judged by the real loop on real files, in this thread and without a door: what a replay in a brain must equal.

import { join } from "node:path";
import { judge } from "../app/judge.ts";
import { Mind } from "../app/mind.ts";
import type { Reading } from "../core/reading.ts";
import type { AnyScenario } from "../core/scenario.ts";
import type { RegisterChange } from "../register/entities.ts";
import type { NewEntry } from "../store/log.ts";
import { openLogReader, openLogWriter } from "../store/sqlite/log.ts";
import { openRecordsWriter } from "../store/sqlite/records.ts";
import { defaultsOf } from "./defaults.ts";

export type Recorded = {
  scenarios: readonly AnyScenario[];
  street: readonly RegisterChange[];
  readings: readonly Reading[];
  /** Readings of one entry. */
  grouped: number;
};

/** Writes the log of a drill whose clock readings drive into a folder, and judges all of it. */
export async function judgeStraight(folder: string, recorded: Recorded): Promise<void> {
  const path = join(folder, "log.db");
  const writer = openLogWriter(path);
  await writer.append(entriesOf(recorded));
  const head = writer.head().position;
  const log = openLogReader(path);
  const records = await openRecordsWriter(join(folder, "brain.db"));
  const mind = new Mind({
    scenarios: recorded.scenarios.map((scenario) => ({ scenario, params: defaultsOf(scenario) })),
    loaded: await records.load(),
    exercise: true,
  });
  await judge({
    log,
    records,
    mind,
    announce() {},
    trouble(error) {
      throw error;
    },
    pause: async () => {},
    steady: () => performance.now(),
    stopped: () => mind.position >= head,
  });
  log.close();
  writer.close();
  await records.close();
}

function entriesOf({ street, readings, grouped }: Recorded): NewEntry[] {
  const entries: NewEntry[] = [
    command("start", { kind: "brain.start", downSince: null }),
    command("register", { kind: "register.change", changes: street }),
  ];
  for (let i = 0; i < readings.length; i += grouped) {
    const group = readings.slice(i, i + grouped);
    entries.push({ kind: "readings", time: group.at(-1)!.receivedAt, readings: group });
  }
  return entries;
}

const command = (key: string, act: object): NewEntry => ({
  kind: "command",
  time: 0,
  command: { key, by: "test", act } as never,
});
