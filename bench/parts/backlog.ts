// Whether the brain keeps up: how far judge and history are behind the log during a load, and how
// soon they are there after it.

import type { Health } from "../../src/api/ports.ts";
import type { LoadResult } from "../load.ts";
import type { Brain } from "./brain.ts";
import { pause } from "./loading.ts";

export type Backlog = {
  /**
   * Most log time that the judge was behind, ms, and how much at the last look: a backlog that
   * grows ends at its most.
   */
  judgeMs: number;
  judgeLastMs: number;
  /** Most log entries that the history was behind. */
  historyEntries: number;
  /** From the end of the load until both stood where the log ended then; null: not within 10 s. */
  drainMs: number | null;
  /** Acknowledged readings that were not stored, or not judged, after that. */
  missing: number;
  unjudged: number;
};

type Watched = { before: Health; seen: Health[]; during: () => () => Promise<void> };

/** The brain's threads tell their counts twice a second, so looking more often shows nothing. */
const LOOK_MS = 500;
const PATIENCE_MS = 10_000;

/**
 * Looks at the brain now; `during` begins to look again and again, and what it returns ends that.
 */
export async function watchBacklog(brain: Brain): Promise<Watched> {
  const { health: before } = await settled(brain);
  const seen: Health[] = [];
  const during = () => {
    let on = true;
    const looking = (async () => {
      for (; on; await pause(LOOK_MS)) seen.push((await brain.stats()).health);
    })();
    return async () => {
      on = false;
      await looking;
    };
  };
  return { before, seen, during };
}

/**
 * Waits until judge and history have caught up with a load that has ended, and counts what came of
 * it.
 */
export async function watchEnd(
  brain: Brain,
  { before, seen }: Watched,
  { acked }: Pick<LoadResult, "acked">,
): Promise<Backlog> {
  const began = performance.now();
  const { drained, health } = await settled(brain);
  const got = (name: "stored" | "judged") => health[name] - before[name];
  return {
    ...worst(seen),
    drainMs: drained ? Math.round(performance.now() - began) : null,
    missing: Math.max(0, acked - got("stored")),
    unjudged: Math.max(0, acked - got("judged")),
  };
}

const worst = (seen: readonly Health[]): Omit<Backlog, "drainMs" | "missing" | "unjudged"> => ({
  judgeMs: Math.max(0, ...seen.map(({ judgeBehindMs }) => judgeBehindMs)),
  judgeLastMs: seen.at(-1)?.judgeBehindMs ?? 0,
  historyEntries: Math.max(0, ...seen.map(({ logHead, historyTo }) => logHead - historyTo)),
});

/**
 * Where judge and history have both come to where the log ended when this was called, and the
 * counts stand still.
 */
async function settled(brain: Brain): Promise<{ drained: boolean; health: Health }> {
  let { health } = await brain.stats();
  for (let left = PATIENCE_MS / LOOK_MS; left > 0; left--) {
    const { logHead, stored, judged } = health;
    await pause(LOOK_MS);
    ({ health } = await brain.stats());
    const still = health.stored === stored && health.judged === judged;
    if (still && Math.min(health.judgedTo, health.historyTo) >= logHead)
      return { drained: true, health };
  }
  return { drained: false, health };
}
