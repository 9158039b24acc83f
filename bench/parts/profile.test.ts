import { expect, test } from "vitest";
import { topOf } from "./profile.ts";

const frame = (functionName: string, url = "", lineNumber = 0) => ({
  callFrame: { functionName, url, lineNumber },
});

test("a thread that sleeps half of the time is not half as hot", () => {
  const profile = {
    nodes: [
      { id: 1, ...frame("(idle)") },
      { id: 2, ...frame("judge", "file:///x/src/app/judge.ts", 30) },
      { id: 3, ...frame("", "file:///x/node_modules/aedes/lib/client.js", 9) },
      { id: 4, ...frame("post", "node:inspector", 114) },
    ],
    samples: [1, 2, 3, 2, 4],
    timeDeltas: [400, 300, 100, 100, 100],
  };
  expect(topOf(profile, 10)).toEqual({
    busy: 0.5,
    top: [
      { name: "judge src/app/judge.ts:31", share: 0.8 },
      { name: "(anonymous) aedes/lib/client.js:10", share: 0.2 },
    ],
  });
});

test("one function in several places of the call tree is one function", () => {
  const profile = {
    nodes: [
      { id: 1, ...frame("take", "file:///x/src/a.ts", 1) },
      { id: 2, ...frame("take", "file:///x/src/a.ts", 1) },
      { id: 3, ...frame("other", "file:///x/src/a.ts", 5) },
    ],
    samples: [1, 2, 3],
    timeDeltas: [100, 200, 100],
  };
  expect(topOf(profile, 1).top).toEqual([{ name: "take src/a.ts:2", share: 0.75 }]);
});

test("a clock that stepped back while it sampled takes nothing away", () => {
  const nodes = [{ id: 1, ...frame("a") }];
  expect(topOf({ nodes, samples: [1, 1], timeDeltas: [100, -40] }, 1).top[0]!.share).toBe(1);
});
