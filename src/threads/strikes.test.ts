import { expect, test } from "vitest";
import { strikes } from "./strikes.ts";

const slow = { scenario: "noise", rule: "night", tookMs: 200.4 };

test("the third slow rule in ten minutes takes its scenario out of service", () => {
  const judge = strikes();
  expect(judge(slow, 0)).toEqual([{ kind: "scenario.slow", ...slow }]);
  expect(judge(slow, 60_000)).toEqual([{ kind: "scenario.slow", ...slow }]);
  expect(judge(slow, 120_000)).toEqual([
    { kind: "scenario.slow", ...slow },
    {
      kind: "scenario.out",
      scenario: "noise",
      reason: expect.stringContaining("night took 200 ms"),
    },
  ]);
});

test("three slow ones spread over half an hour do not", () => {
  const judge = strikes();
  const acts = [0, 900_000, 1_800_000].flatMap((at) => judge(slow, at));
  expect(acts.map(({ kind }) => kind)).toEqual(["scenario.slow", "scenario.slow", "scenario.slow"]);
});

test("a rule that is slow at every reading is reported every few seconds, not every time", () => {
  const judge = strikes();
  expect([judge(slow, 0), judge(slow, 1_000)]).toEqual([[{ kind: "scenario.slow", ...slow }], []]);
});
