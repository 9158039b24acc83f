import { expect, test } from "vitest";
import { minutes } from "../time.ts";
import { addToBlock, type Block, type BlockOver, blockDue } from "./block-means.ts";

const quarter = { window: minutes(15), speaksFor: minutes(1) };
type Said = readonly [minute: number, value: number | null];

/** The windows that were over, minute by minute. */
function means(said: readonly Said[], options = quarter) {
  let block: Block | null = null;
  const all: BlockOver[] = [];
  for (const [minute, value] of said) {
    const values = value === null ? null : { dust: value };
    const step = addToBlock(block, values, minutes(minute), options);
    block = step.block;
    if (step.over) all.push(step.over);
  }
  return all.map(({ startsAt, means: { dust } }) => [startsAt / minutes(1), dust]);
}
const each = (from: number, to: number, value: number): Said[] =>
  Array.from({ length: to - from }, (_, i) => [from + i, value]);

test("a mean is that of its window alone, told when the next window begins", () => {
  expect(means([...each(0, 15, 2), ...each(15, 30, 4), [30, 9]])).toEqual([
    [0, 2],
    [15, 4],
  ]);
  expect(means([...each(0, 10, 1), ...each(10, 15, 4)])).toEqual([]);
  expect(means([...each(0, 10, 1), ...each(10, 15, 4), [15, 0]])).toEqual([[0, 2]]);
});

test("three quarters of the window must have been heard", () => {
  expect(means([...each(3, 15, 2), [15, 0]])).toEqual([[0, 2]]); // 12 of 15
  expect(means([...each(4, 15, 2), [15, 0]])).toEqual([[0, undefined]]); // 11 of 15
  const slow = { window: minutes(15), speaksFor: minutes(5) };
  expect(means([[0, 1], [5, 2], [10, 3], [15, 0]], slow)).toEqual([[0, 2]]); // biome-ignore format: one line
});

test("a quantity that was not told, or is no number, is not in its mean", () =>
  expect(means([...each(0, 14, 2), [14, Number.NaN], [15, 0]])).toEqual([[0, 2]]));

test("a mean that is just a round number is that number", () =>
  expect(means([...each(0, 14, 0.9), [14, 2.4], [15, 0]])).toEqual([[0, 1]]));

test("time alone ends a window, a period after its end, and what is late then is left out", () => {
  const { block } = addToBlock(null, { dust: 1 }, minutes(14), quarter);
  expect(blockDue(block, quarter)).toBe(minutes(16));
  expect(blockDue(block, { ...quarter, speaksFor: minutes(15) })).toBe(minutes(20));
  expect(means([...each(0, 15, 2), [16, null], [14.5, 99], [16.5, 4], [30, 0]])).toEqual([
    [0, 2],
    [15, undefined],
  ]);
});

test("nothing is due, and nothing told, of a window in which nothing was heard", () => {
  const { block } = addToBlock(null, null, minutes(3), quarter);
  expect(blockDue(block, quarter)).toBeUndefined();
  expect(means([[0, null], [15, null], [47, null]])).toEqual([]); // biome-ignore format: one line
});
