// Means over windows that begin with the clock: the quarter of an hour, the hour.

import { type Duration, type Instant, minutes } from "../time.ts";

type Sum = readonly [sum: number, values: number];
/** The window that is being filled: its number since the epoch, and a sum for each quantity. */
export type Block = { index: number; sums: { readonly [name: string]: Sum } };
type Named = { readonly [name: string]: number | undefined };

/**
 * A window that is over; a quantity of which too little was heard has no mean. Means are rounded to
 * a billionth, so that one that is just the bound is not a hair above it.
 */
export type BlockOver = { startsAt: Instant; endsAt: Instant; means: Named };

export type BlockOptions = {
  window: Duration;
  /** For how long one value speaks: the sensor's period. */
  speaksFor: Duration;
  /** So much of the window must have been heard for a mean; default three quarters. */
  share?: number;
};

/**
 * Adds values to the window that holds `at` (none: time only passes), and gives the window that
 * this ends. What comes too late for a window that is over is left out. Wake the rule at
 * `blockDue`, so that a window ends also when nothing more is heard.
 */
export function addToBlock(
  before: Block | null,
  values: Named | null,
  at: Instant,
  options: BlockOptions,
): { block: Block | null; over?: BlockOver } {
  const index = Math.floor(at / options.window);
  const isOver = before !== null && at >= endOf(before, options);
  const open = before === null || isOver ? { index, sums: {} } : before;
  const block = values && index === open.index ? { index, sums: added(open.sums, values) } : open;
  return isOver && Object.keys(before.sums).length > 0
    ? { block, over: over(before, options) }
    : { block };
}

/** A window waits no longer than this for a last value that is late. */
const PATIENCE = minutes(5);

/** When the window is over for good: a period after its end, five minutes at most. */
export const blockDue = (block: Block | null, options: BlockOptions): Instant | undefined =>
  block === null || Object.keys(block.sums).length === 0
    ? undefined
    : endOf(block, options) + Math.min(options.speaksFor, PATIENCE);

const endOf = ({ index }: Block, { window }: BlockOptions): Instant => (index + 1) * window;

function added(sums: Block["sums"], values: Named): Block["sums"] {
  const after: Record<string, Sum> = { ...sums };
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined || !Number.isFinite(value)) continue;
    const [sum, count] = sums[name] ?? [0, 0];
    after[name] = [sum + value, count + 1];
  }
  return after;
}

function over(block: Block, options: BlockOptions): BlockOver {
  const { window, speaksFor, share = 0.75 } = options;
  const means = Object.entries(block.sums).map(([name, [sum, count]]) => [
    name,
    count * speaksFor >= share * window ? Math.round((sum / count) * 1e9) / 1e9 : undefined,
  ]);
  const startsAt = block.index * window;
  return { startsAt, endsAt: startsAt + window, means: Object.fromEntries(means) };
}
