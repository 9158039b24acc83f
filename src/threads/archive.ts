// The history as main sees it: a thread that is asked, and that tells how far it is durable.

import { MessageChannel, type MessagePort } from "node:worker_threads";
import type { Front } from "../api/ports.ts";
import type { Reading } from "../core/reading.ts";
import type { Position } from "../store/log.ts";
import type { FromHistory, HistoryCounts, ToHistory } from "./history-words.ts";
import type { Birth } from "./shared.ts";
import { startThread, type Unborn } from "./thread.ts";

export type Archive = Front["history"] & {
  counts(): HistoryCounts;
  /** The log is not needed by the history up to here. */
  durable(): Position;
  /** Calls back with readings of one sensor as the history takes them. Returns the way to stop. */
  watch(sensorId: string, listener: (readings: readonly Reading[]) => void): () => void;
  /** Drops what is older or more than the configuration keeps; names the files. */
  retain(): Promise<readonly string[]>;
  close(): Promise<void>;
};

export async function openArchive(
  birth: Birth,
  parts: { thread: Unborn; connect(port: MessagePort): void; fatal(error: Error): void },
): Promise<Archive> {
  let counts: HistoryCounts = { position: 0, stored: 0, copies: 0, late: 0 };
  let durable: Position = 0;
  const listeners = new Map<string, Set<(readings: readonly Reading[]) => void>>();
  const ready = Promise.withResolvers<void>();
  const ours: FromHistory = {
    ready: () => ready.resolve(),
    counts(now) {
      counts = now;
    },
    durable(position) {
      durable = position;
    },
    readings(sensorId, readings) {
      for (const listener of listeners.get(sensorId) ?? []) listener(readings);
    },
    ended(message) {
      if (message !== null) parts.fatal(new Error(message));
    },
  };
  const thread = startThread<ToHistory>(parts.thread, birth, ours, (error) => {
    ready.reject(error);
    parts.fatal(error);
  });
  const { port1, port2 } = new MessageChannel();
  parts.connect(port1);
  thread.worker.postMessage({ tell: "door", args: [port2] }, [port2]);
  await ready.promise;
  return {
    counts: () => counts,
    durable: () => durable,
    raw: (...asked) => thread.call("raw", ...asked),
    buckets: (...asked) => thread.call("buckets", ...asked),
    last: (sensorIds) => thread.call("last", sensorIds),
    retain: () => thread.call("retain"),
    watch(sensorId, listener) {
      const all = listeners.get(sensorId) ?? new Set();
      if (all.size === 0) thread.tell("watch", sensorId);
      listeners.set(sensorId, all.add(listener));
      return () => {
        if (!all.delete(listener) || all.size > 0) return;
        listeners.delete(sensorId);
        thread.tell("unwatch", sensorId);
      };
    },
    async close() {
      thread.tell("stop");
      await thread.gone;
    },
  };
}
