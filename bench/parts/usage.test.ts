import { expect, test } from "vitest";
import { coresBetween, parseStat } from "./usage.ts";

test("a thread's name may hold brackets and blanks without moving its figures", () => {
  const line = `42 (a) b (c) S 1 42 42 0 -1 4194560 900 0 0 0 250 150 0 0 20 0 9 0 1 2 3`;
  expect(parseStat(line)).toEqual({ name: "a) b (c", cpu: 4 });
});

test("a thread that used three seconds in two is one and a half cores", () => {
  const before = { atMs: 1_000, cpu: 10, threads: { main: 4, door: 6 } };
  const after = { atMs: 3_000, cpu: 14, threads: { main: 4, door: 9, judge: 1 } };
  expect(coresBetween(before, after)).toEqual({ all: 2, main: 0, door: 1.5, judge: 0.5 });
});
