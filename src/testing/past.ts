// A brain's past for tests: entries judged by the mind as in a live brain, on the real stores, with
// what it opened at hand.

import { join } from "node:path";
import type { Act } from "../app/commands.ts";
import { Mind } from "../app/mind.ts";
import type { Reading } from "../core/reading.ts";
import type { AnyScenario } from "../core/scenario.ts";
import { days, type Instant } from "../core/time.ts";
import type { AlertRecord } from "../engine/alert-record.ts";
import type { RegisterChange } from "../register/entities.ts";
import type { HistoryReader, HistoryWriter } from "../store/history.ts";
import type { Entry, NewEntry } from "../store/log.ts";
import type { RecordsReader, RecordsWriter } from "../store/records.ts";
import { openHistory } from "../store/sqlite/history.ts";
import { openRecordsReader, openRecordsWriter } from "../store/sqlite/records.ts";
import { defaultsOf } from "./defaults.ts";

/**
 * A live brain's judging half: each entry is judged at once, and committed when it is asked for.
 */
export class LivePast {
  readonly history: HistoryWriter & HistoryReader;
  readonly records: RecordsReader;
  readonly #writer: RecordsWriter;
  #mind: Mind;
  readonly #scenarios: readonly AnyScenario[];
  readonly #open = new Map<string, AlertRecord>();
  #committed = 0;
  #commands = 0;

  private constructor(
    parts: Pick<LivePast, "history" | "records"> & { writer: RecordsWriter; mind: Mind },
    scenarios: readonly AnyScenario[],
  ) {
    this.history = parts.history;
    this.records = parts.records;
    this.#writer = parts.writer;
    this.#mind = parts.mind;
    this.#scenarios = scenarios;
  }

  static async open(
    folder: string,
    scenarios: readonly AnyScenario[],
    street: readonly RegisterChange[],
    at: Instant,
  ): Promise<LivePast> {
    const file = join(folder, "brain.db");
    const writer = await openRecordsWriter(file);
    const mind = await mindOf(writer, scenarios);
    const records = openRecordsReader(file);
    const history = await openHistory(join(folder, "history"));
    const past = new LivePast({ history, records, writer, mind }, scenarios);
    past.do(at, { kind: "register.change", changes: street });
    past.do(at, { kind: "brain.start", downSince: null });
    return past;
  }

  /** Readings of one message, in their order. */
  async hear(readings: readonly Reading[]): Promise<void> {
    this.#take({ kind: "readings", time: readings.at(-1)!.receivedAt, readings });
    await this.history.write(readings, this.#mind.position);
  }

  pass(at: Instant): void {
    this.#take({ kind: "tick", time: at });
  }

  do(at: Instant, act: Act, by = "wang"): void {
    const key = `test/${++this.#commands}`;
    this.#take({ kind: "command", time: at, command: { key, by, act } as never });
  }

  /** Alerts that are open, as they were last committed. */
  async open(): Promise<readonly AlertRecord[]> {
    await this.commit();
    return [...this.#open.values()];
  }

  async commit(): Promise<void> {
    const drained = this.#mind.drain();
    for (const record of drained.alerts)
      if (record.phase === "resolved") this.#open.delete(record.id);
      else this.#open.set(record.id, record);
    await this.#writer.commit({ ...drained, expected: this.#committed, outcomes: [] });
    this.#committed = drained.position;
  }

  /** The brain stops, and another goes on from what is on record. */
  async restart(downSince: Instant, at: Instant): Promise<void> {
    await this.commit();
    this.#mind = await mindOf(this.#writer, this.#scenarios);
    this.do(at, { kind: "brain.start", downSince }, "brain");
  }

  /** Makes all that was said durable. */
  async settle(at: Instant): Promise<void> {
    await this.commit();
    await this.history.checkpoint(at + days(1));
  }

  async close(): Promise<void> {
    await this.records.close();
    await this.#writer.close();
    await this.history.close();
  }

  #take(entry: NewEntry): void {
    this.#mind.take({ ...entry, position: this.#mind.position + 1 } as Entry);
  }
}

const mindOf = async (writer: RecordsWriter, scenarios: readonly AnyScenario[]): Promise<Mind> =>
  new Mind({
    scenarios: scenarios.map((scenario) => ({ scenario, params: defaultsOf(scenario) })),
    loaded: await writer.load(),
    exercise: false,
  });
