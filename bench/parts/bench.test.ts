import { expect, test } from "vitest";
import { bench } from "./bench.ts";

const one = bench(
  "x",
  {
    rate: { asks: "", default: "10" },
    windows: { asks: "", default: "20,1" },
    power: { asks: "", default: false },
  },
  async () => ({ result: {}, told: [], failures: [] }),
);

test("what is not given has its default, flags included", () => {
  const { values, wrong } = one.read(["--rate", "5"]);
  expect(wrong).toBeNull();
  expect([values.number("rate"), values.numbers("windows"), values.flag("power")]).toEqual([
    5,
    [20, 1],
    false,
  ]);
});

test("an option that is not there, and a number that is none, are told by name", () => {
  expect(one.read(["--rat", "5"]).wrong).toContain("--rat");
  const { values } = one.read(["--rate", "fast", "--windows", "20,"]);
  expect(() => values.number("rate")).toThrow('--rate is "fast"');
  expect(() => values.numbers("windows")).toThrow("--windows");
});
