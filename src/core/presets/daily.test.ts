import { expect, test } from "vitest";
import { countToday } from "./daily.ts";

const at = (time: string) => Date.parse(`2026-03-${time}+08:00`);
const count = (...times: string[]) =>
  times.reduce<ReturnType<typeof countToday> | null>(
    (before, time) => countToday(before, 1, at(time)),
    null,
  )!.count;

test("what came before local midnight does not count after it", () => {
  expect(count("02T23:44", "02T23:59:59.999")).toBe(2);
  expect(count("02T23:44", "02T23:59:59.999", "03T00:00")).toBe(1);
  expect(count("02T07:59", "02T08:00", "02T08:01")).toBe(3); // midnight in UTC is nothing here
});

test("a day in which nothing was counted leaves nothing behind", () =>
  expect(count("02T12:00", "04T12:00")).toBe(1));
