// The load generator as a bench sees it: a process of its own that connects, waits for the word,
// and tells its result.

import type { LoadOptions, LoadResult } from "../load.ts";
import { startFile } from "./program.ts";
import { coresBetween, usageOf } from "./usage.ts";
import type { Workshop } from "./workshop.ts";

export type Loaded = LoadResult & {
  /** Cores that the other side used meanwhile, all and by thread. */
  server: Record<string, number>;
};

const loadFile = new URL("../load.ts", import.meta.url);

/**
 * Loads whoever listens on a port; `watch` is called when the measured time begins, and what it
 * returns when it has ended.
 */
export async function loadIt(
  shop: Workshop,
  options: LoadOptions,
  server: { pid: number },
  watch: () => () => unknown = () => () => {},
): Promise<Loaded> {
  const warmMs = (options.warmSeconds ?? 1) * 1_000;
  const load = startFile(shop, loadFile, [JSON.stringify({ ...options, wait: true })]);
  await load.line((line) => line.includes('"ready":true'));
  load.write("go\n");
  await pause(warmMs);
  const before = usageOf(server.pid);
  const stop = watch();
  await pause(options.seconds * 1_000);
  const used = coresBetween(before, usageOf(server.pid));
  await stop();
  const { code } = await load.ended;
  if (code !== 0) throw new Error(`the load ended with code ${code}: ${load.last()}`);
  return { ...(JSON.parse(load.last()) as LoadResult), server: used };
}

export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, ms));
