// What a process uses, as the kernel counts it (Linux only: /proc).

import { readdirSync, readFileSync } from "node:fs";

/** Seconds of CPU since it began: all of it, and its JavaScript threads by name. */
export type Usage = { atMs: number; cpu: number; threads: Readonly<Record<string, number>> };

/** USER_HZ, the same on every Linux for what /proc tells. */
const TICKS = 100;

/** The brain starts them in this order; Linux knows them all by the same name. */
const WORKERS = ["door", "judge", "history"] as const;

/** What a process has used up to now. Throws when it is gone. */
export function usageOf(pid: number): Usage {
  const folder = `/proc/${pid}/task`;
  const threads: Record<string, number> = {};
  let workers = 0;
  let other = 0;
  for (const tid of readdirSync(folder)) {
    const stat = readStat(`${folder}/${tid}/stat`);
    if (stat === null) continue;
    const name = stat.name === "WorkerThread" ? (WORKERS[workers++] ?? "worker") : stat.name;
    if (stat.name === "MainThread" || stat.name === "WorkerThread")
      threads[stat.name === "MainThread" ? "main" : name] = stat.cpu;
    else if (tid === String(pid)) threads.main = stat.cpu;
    else other += stat.cpu;
  }
  threads.other = other;
  return { atMs: performance.now(), cpu: readStat(`/proc/${pid}/stat`)?.cpu ?? 0, threads };
}

/**
 * Cores used between two looks: all, and by thread. `other` are the collector's and compiler's
 * helpers.
 */
export function coresBetween(a: Usage, b: Usage): Record<string, number> {
  const seconds = (b.atMs - a.atMs) / 1_000;
  const cores = (used: number) => Number((used / seconds).toFixed(2));
  const threads = Object.entries(b.threads).map(
    ([name, cpu]) => [name, cores(cpu - (a.threads[name] ?? 0))] as const,
  );
  return { all: cores(b.cpu - a.cpu), ...Object.fromEntries(threads) };
}

/** Resident memory now and at its highest, in MB (10^6 bytes). */
export function memoryOf(pid: number): { rssMb: number; peakMb: number } {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const read = (field: string) => {
    const kib = new RegExp(`^${field}:\\s+(\\d+) kB`, "m").exec(status)?.[1] ?? "0";
    return Math.round((Number(kib) * 1_024) / 1e6);
  };
  return { rssMb: read("VmRSS"), peakMb: read("VmHWM") };
}

/** Name and CPU seconds out of a stat line; null when the thread has just ended. */
function readStat(path: string): { name: string; cpu: number } | null {
  let line: string;
  try {
    line = readFileSync(path, "utf8");
  } catch {
    return null;
  }
  return parseStat(line);
}

/**
 * The name stands in brackets and may hold anything; user and system time are the 14th and 15th
 * field.
 */
export function parseStat(line: string): { name: string; cpu: number } {
  const [open, close] = [line.indexOf("("), line.lastIndexOf(")")];
  const fields = line.slice(close + 2).split(" ");
  const cpu = (Number(fields[11]) + Number(fields[12])) / TICKS;
  return { name: line.slice(open + 1, close), cpu };
}
