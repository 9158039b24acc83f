// The door's loop: a message is decoded, gathered with others, put into the log on disk, and only then acknowledged.

import type { Reading } from "../core/reading.ts";
import type { Json } from "../core/rule.ts";
import { type Instant, seconds } from "../core/time.ts";
import type { NewEntry, Position } from "../store/log.ts";
import type { Clock } from "./clock.ts";
import type { Command } from "./commands.ts";
import {
  type Batch,
  type Door,
  type DoorParts,
  type Note,
  ShuttingDown,
  type Trouble,
} from "./door.ts";

/** Readings of one entry at most, so that no reader of the log is handed a lump. */
const ENTRY_READINGS = 512;
/** Between two looks whether the log has room, or can be written, again. */
const PAUSE_MS = 100;
/** However fast the clock runs, no more ticks a second than this. */
const MOST_TICKS = 100;

/** Runs the door until `close`. The log and the broker must be on the thread that calls it. */
export function runDoor<T>(parts: DoorParts<T>): Door<T> {
  const { clock, log, acks } = parts;
  const links = new Map<string, boolean>();
  let linkCount = 0;
  let trouble: Trouble["kind"] | null = null;
  let lookAt = 0;
  let closing = false;

  // 1. A message comes. What it says is gathered, and the answer to it is held.
  function take(message: T): void {
    const said = parts.decode(message, group.readings);
    if (said !== null) link(said.id, said.online);
    group.hold(message);
  }

  // 2. A group is complete: on disk, then acknowledged, then told to the readers. Never in another order.
  async function write({ readings, entries, tickets }: Batch<T>): Promise<void> {
    try {
      await room();
      const time = clock.now();
      const news = entriesOf(readings, entries, time);
      const head = news.length > 0 ? await log.append(news) : log.head().position;
      acks.acknowledge(tickets);
      settle(entries, null, head - entries.length);
      if (news.length > 0) parts.tell(head, time);
      changeTrouble(null);
    } catch (error) {
      const cause = error instanceof Error ? error : new Error(String(error));
      links.clear();
      acks.refuse(tickets, cause);
      settle(entries, cause, 0);
      changeTrouble({ kind: "append-failed", cause });
      if (!closing) await pause();
    }
  }

  const group = parts.group(write);
  const ticks = startTicks(clock, () => group.add({ kind: "tick" }));

  function link(id: string, online: boolean): void {
    if (closing || links.get(id) === online) return;
    links.set(id, online);
    const key = `link/${id}/${clock.now()}/${linkCount++}`;
    group.add({
      kind: "command",
      command: { key, by: "brain", act: { kind: "link", id, online } },
    });
  }

  function submit(command: Command): Promise<Position> {
    return new Promise((resolve, reject) => {
      const done: Note["done"] = (error, at) => (error === null ? resolve(at) : reject(error));
      if (closing) reject(new ShuttingDown());
      else group.add({ kind: "command", command, done });
    });
  }

  async function room(): Promise<void> {
    if (trouble !== "log-full" && performance.now() < lookAt) return;
    lookAt = performance.now() + PAUSE_MS;
    for (let bytes = log.bytes(); bytes > parts.maxLogBytes; bytes = log.bytes()) {
      if (closing) throw new Error("the door is closing and the log is full");
      changeTrouble({ kind: "log-full", bytes });
      await pause();
    }
  }

  function changeTrouble(now: Trouble | null): void {
    if (trouble === (now?.kind ?? null)) return;
    trouble = now?.kind ?? null;
    parts.onTrouble(now);
  }

  function close(): Promise<void> {
    closing = true;
    clearInterval(ticks);
    return group.drain();
  }

  const full = () => group.full;
  const onRoom = (listener: () => void) => {
    group.onRoom = listener;
  };
  return { take, link, submit, close, full, onRoom };
}

const pause = () => new Promise((resolve) => setTimeout(resolve, PAUSE_MS));

/** One a second of the clock; none of a clock that readings drive. */
function startTicks(clock: Clock, tick: () => void): NodeJS.Timeout | undefined {
  if (clock.speed === null) return undefined;
  return setInterval(tick, Math.max(seconds(1) / clock.speed, seconds(1) / MOST_TICKS));
}

/** Readings first, in lumps that a reader can swallow, then one entry for each note. */
function entriesOf(
  readings: readonly Reading[],
  notes: readonly Note[],
  time: Instant,
): NewEntry[] {
  const entries: NewEntry[] = [];
  for (let from = 0; from < readings.length; from += ENTRY_READINGS) {
    const part = readings.slice(from, from + ENTRY_READINGS);
    entries.push({ kind: "readings", time, readings: part });
  }
  for (const note of notes) {
    if (note.kind === "tick") entries.push({ kind: "tick", time });
    // A command is made of JSON values; what it leaves undefined is not there.
    else entries.push({ kind: "command", time, command: note.command as unknown as Json });
  }
  return entries;
}

/** Tells the senders of commands where theirs stand: the notes are the newest entries, in their order. */
function settle(notes: readonly Note[], error: Error | null, before: Position): void {
  for (const [i, note] of notes.entries()) note.done?.(error, before + i + 1);
}
