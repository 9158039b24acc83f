import { beforeEach, expect, test, vi } from "vitest";
import { voice } from "./voice.ts";

let heard: number[];
beforeEach(() => {
  vi.useFakeTimers();
  heard = [];
  return () => void vi.useRealTimers();
});

const ours = () => voice(10, (head) => heard.push(head));

test("the first word after a quiet spell is said at once", () => {
  const reader = ours();
  reader.say(1);
  expect(heard).toEqual([1]);
  vi.advanceTimersByTime(10);
  reader.say(2);
  expect(heard).toEqual([1, 2]);
});

test("in a busy spell only the newest head is told, once in a while, and the last is never left out", () => {
  const reader = ours();
  for (let head = 1; head <= 25; head++) {
    reader.say(head);
    vi.advanceTimersByTime(1);
  }
  expect(heard).toEqual([1, 10, 20]);
  vi.advanceTimersByTime(10);
  expect(heard).toEqual([1, 10, 20, 25]);
  expect(vi.getTimerCount()).toBe(1);
  vi.advanceTimersByTime(10);
  expect(vi.getTimerCount()).toBe(0);
});

test("at the end what was not said is said, and nothing is left that would wake anybody", () => {
  const reader = ours();
  reader.say(1);
  reader.say(2);
  reader.flush();
  expect(heard).toEqual([1, 2]);
  expect(vi.getTimerCount()).toBe(0);
});
