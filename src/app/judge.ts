// The judge's loop: read the log from the position, judge, commit all of it in one transaction, announce. In that order and no other.
//
// A crash anywhere: the next judge goes on from the committed position and finds the same, under the same ids.

import type { Json } from "../core/rule.ts";
import type { Entry, LogReader, Position } from "../store/log.ts";
import { type Commit, Fenced, type RecordsWriter } from "../store/records.ts";
import type { Act, Command, Outcome } from "./commands.ts";
import type { Drained, Mind, Recalled } from "./mind.ts";

export type JudgeParts = {
  log: LogReader;
  records: Pick<RecordsWriter, "commit" | "outcome" | "alert" | "case">;
  mind: Mind;
  /** Told after each commit, never before. */
  announce(drained: Drained): void;
  /** Told of a commit that failed and will be tried again: the disk is full, say. */
  trouble(error: Error): void;
  /** Resolves when the log may have grown, or after `ms`. */
  pause(ms: number): Promise<void>;
  /** Milliseconds of any steady clock; paces commits, and decides nothing else. */
  steady(): number;
  stopped(): boolean;
};

/** Entries taken between two looks at the clock; a group has up to 256 messages. */
const ENTRIES = 16;
/** Memories that nobody waits for are committed about once a second. */
const COMMIT_MS = 1_000;
/** Under load commits take at most a quarter of the time, however many transitions there are. */
const SHARE = 4;

/** Runs until stopped, then commits what it has and returns. Throws when another judge has taken over, or the log is damaged. */
export async function judge(parts: JudgeParts): Promise<void> {
  const { log, mind, steady } = parts;
  let committed: Position = mind.position;
  let committedAt = steady();
  let costMs = 0;
  for (;;) {
    const stopping = parts.stopped();
    const entries = stopping ? [] : log.read(mind.position, ENTRIES);
    for (const entry of entries) await takeOne(parts, entry);
    const idle = entries.length === 0;
    const elapsed = steady() - committedAt;
    const due =
      stopping || elapsed >= COMMIT_MS || (mind.news && (idle || elapsed >= SHARE * costMs));
    if (due && mind.position !== committed) {
      const before = steady();
      const drained = mind.drain();
      await commit(parts, committed, drained);
      committed = drained.position;
      committedAt = steady();
      costMs = committedAt - before;
      parts.announce(drained);
    }
    if (stopping) return;
    await parts.pause(idle ? COMMIT_MS - Math.min(elapsed, COMMIT_MS - 1) : 0);
  }
}

/** Judges one entry; a command that was answered before is not carried out again. */
async function takeOne({ records, mind }: JudgeParts, entry: Entry): Promise<void> {
  if (entry.kind !== "command") return mind.take(entry);
  const command = entry.command as unknown as Command;
  const known = mind.pending(command.key) ?? (await records.outcome(command.key))?.body;
  if (known) mind.repeat(entry, known as unknown as Outcome);
  else mind.take(entry, await recall(records, command.act));
}

/** What the records know of an alert or case that the judge itself may have let go of. */
async function recall(records: JudgeParts["records"], act: Act): Promise<Recalled> {
  return {
    alert: "alertId" in act ? await records.alert(act.alertId) : null,
    case: "caseId" in act ? await records.case(act.caseId) : null,
  };
}

/** Tries until it is done: what was judged must not be judged again in this process, and must not be lost. */
async function commit(parts: JudgeParts, expected: Position, drained: Drained): Promise<void> {
  const at = drained.time;
  const outcomes = drained.outcomes.map((outcome) => {
    const { key, position } = outcome;
    return { key, position, at, body: outcome as unknown as Json };
  });
  const whole: Commit = { ...drained, expected, outcomes };
  for (;;) {
    try {
      return await parts.records.commit(whole);
    } catch (error) {
      if (error instanceof Fenced || parts.stopped()) throw error;
      parts.trouble(error as Error);
      await parts.pause(COMMIT_MS);
    }
  }
}
