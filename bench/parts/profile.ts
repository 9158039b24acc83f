// CPU profiles of a program's threads: taken while something is measured, and told as the functions
// that used most.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pause } from "./loading.ts";
import type { Program } from "./program.ts";

export type Profile = {
  nodes: readonly {
    id: number;
    callFrame: { functionName: string; url: string; lineNumber: number };
  }[];
  samples: readonly number[];
  timeDeltas: readonly number[];
};

/**
 * Self time of one function as a share of all time the thread was at work; beginning and ending a
 * profile is none.
 */
export type Share = { name: string; share: number };

/** To be loaded by the program, with BENCH_PROFILES naming the folder. */
export const profileThread = new URL("../profile-thread.ts", import.meta.url);

/** Begins a profile of all threads; what it returns ends it. */
export function profiling(program: Program): () => void {
  program.kill("SIGUSR2");
  return () => program.kill("SIGUSR2");
}

/** The profiles of a round, by thread, when all of them are written. */
export async function profilesOf(
  folder: string,
  round: number,
  threads: readonly string[],
): Promise<Map<string, Profile>> {
  const fileOf = (thread: string) => join(folder, `${round}-${thread}.cpuprofile`);
  for (let left = 200; !threads.every((thread) => existsSync(fileOf(thread))); left--) {
    if (left === 0) throw new Error(`profiles missing: there are ${readdirSync(folder)}`);
    await pause(50);
  }
  return new Map(
    threads.map((thread) => [thread, JSON.parse(readFileSync(fileOf(thread), "utf8")) as Profile]),
  );
}

/** The functions in which a thread spent most, and how much of the time it was at work at all. */
export function topOf(profile: Profile, count: number): { busy: number; top: Share[] } {
  const names = new Map(profile.nodes.map((node) => [node.id, nameOf(node.callFrame)]));
  const spent = new Map<string, number>();
  let whole = 0;
  profile.samples.forEach((id, i) => {
    const us = Math.max(0, profile.timeDeltas[i] ?? 0);
    const name = names.get(id) ?? "(unknown)";
    whole += us;
    spent.set(name, (spent.get(name) ?? 0) + us);
  });
  const isWork = (name: string) => name !== "(idle)" && !name.includes("node:inspector");
  const idle = [...spent].reduce((sum, [name, us]) => sum + (isWork(name) ? 0 : us), 0);
  const top = [...spent]
    .filter(([name]) => isWork(name))
    .map(([name, us]) => ({ name, share: us / (whole - idle || 1) }))
    .sort((a, b) => b.share - a.share)
    .slice(0, count);
  return { busy: whole === 0 ? 0 : 1 - idle / whole, top };
}

/** "rowOf src/store/sqlite/entry.ts:31"; a package's by its name, Node's own by theirs. */
function nameOf({ functionName, url, lineNumber }: Profile["nodes"][number]["callFrame"]): string {
  const name = functionName === "" ? "(anonymous)" : functionName;
  if (url === "") return name;
  const path = url
    .replace(/^file:\/\//, "")
    .replace(/^.*\/node_modules\//, "")
    .replace(/^.*?\/((?:src|scenarios|bench|simulators)\/)/, "$1");
  return `${name} ${path}:${lineNumber + 1}`;
}

/** Lines for a person. */
export function toldProfiles(profiles: ReadonlyMap<string, Profile>, count: number): string[] {
  return [...profiles].flatMap(([thread, profile]) => {
    const { busy, top } = topOf(profile, count);
    return [
      `${thread}: busy ${(100 * busy).toFixed(0)} %`,
      ...top.map(({ name, share }) => `  ${(100 * share).toFixed(1).padStart(5)} %  ${name}`),
    ];
  });
}
