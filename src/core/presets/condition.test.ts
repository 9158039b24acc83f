import { expect, test } from "vitest";
import { anyWords, ask, inShort } from "../../testing/ask.ts";
import { condition } from "./condition.ts";

type Reading = { open?: boolean; widthM?: number };

const blocked = condition<Reading, null>({
  ...anyWords,
  raise: ({ open }) => (open === undefined ? undefined : !open && "orange"),
  clear: ({ widthM }) => (widthM === undefined ? undefined : widthM >= 1.8),
  value: ({ widthM }) => widthM,
});

test.each<[Reading, string]>([
  [{ open: false, widthM: 1 }, "orange 1"],
  [{ open: true, widthM: 1.5 }, "lingers"],
  [{ open: true, widthM: 1.8 }, "ok"],
  [{ open: true }, "unknown"],
  [{ widthM: 3 }, "unknown"],
])("%o is told as %s", (reading, told) => {
  expect(ask(blocked, [{ at: 0, reading }], null).map(({ verdict }) => inShort(verdict))).toEqual([
    told,
  ]);
});

test("where nothing more is asked, it clears when the raise is over", () => {
  const plain = condition<Reading, null>({ ...anyWords, raise: ({ open }) => !open && "red" });
  const told = ask(
    plain,
    [
      { at: 0, reading: {} },
      { at: 1, reading: { open: true } },
    ],
    null,
  );
  expect(told.map(({ verdict }) => inShort(verdict))).toEqual(["red", "ok"]);
});

test("time alone tells it nothing", () => {
  expect(ask(blocked, [{ at: 5, reading: null }], null)[0]!.verdict).toEqual({ state: null });
});
