import { expect, test } from "vitest";
import { differenceOf, keptOf, unmet } from "./compare.ts";

const point = (at: number, levelM = 1) => ({ at, values: { levelM, open: true } });
const acked = (time: number, levelM = 1) => ({ time, values: { open: true, levelM } });

test("an acknowledged reading that is there once, with its values in any order, is kept", () => {
  const none = { missing: 0, doubled: 0, wrong: 0, strange: 0 };
  expect(keptOf([acked(1), acked(2)], [point(2), point(1)])).toEqual(none);
});

test("missing, doubled, wrong and strange readings are each counted as what they are", () => {
  const points = [point(1), point(1), point(2, 9), point(4)];
  expect(keptOf([acked(1), acked(2), acked(3)], points)).toEqual({
    missing: 1,
    doubled: 1,
    wrong: 1,
    strange: 1,
  });
});

test("what only one of two runs has is lost or added, and another body is a change", () => {
  const clean = new Map([
    ["a", '{"level":"red","seq":1}'],
    ["b", "{}"],
    ["c", "{}"],
  ]);
  const other = new Map([
    ["a", '{"seq":1,"level":"blue"}'],
    ["c", "{}"],
    ["d", "{}"],
  ]);
  expect(differenceOf(clean, other)).toEqual({ lost: 1, added: 1, changed: 1, first: "b" });
});

test("the order of names in a row is no difference", () => {
  const difference = differenceOf(
    new Map([["a", '{"x":1,"y":2}']]),
    new Map([["a", '{"y":2,"x":1}']]),
  );
  expect(difference).toEqual({ lost: 0, added: 0, changed: 0, first: null });
});

test("an alert is missed when it is due and not on record, or has not grown", () => {
  const alerts = new Map([["seen", "{}"]]);
  const transitions = new Map([["seen~1", '{"alertId":"seen","level":"orange"}']]);
  const expected = [
    { id: "seen", dueAt: 5 },
    { id: "seen", dueAt: 5, level: "orange" },
    { id: "seen", dueAt: 5, level: "red" },
    { id: "gone", dueAt: 5 },
    { id: "later", dueAt: 6 },
  ];
  expect(unmet(expected, { alerts, transitions }, 5)).toEqual(["seen (red)", "gone"]);
});
