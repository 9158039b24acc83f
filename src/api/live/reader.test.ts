import { expect, test } from "vitest";
import { type Change, changeFrame } from "./frame.ts";
import { Reader } from "./reader.ts";

/** A reader over a socket that takes `room` frames and then no more, until it is drained. */
function reading(room: number, bufferSize = 1_000) {
  const sent: string[] = [];
  let left = room;
  let lost = 0;
  const reader = new Reader({
    who: { id: "t", name: "t", role: "viewer", session: null },
    eyes: { language: "en", vitals: false },
    sensorId: "WL-1",
    line: {
      write(chunk) {
        sent.push(chunk.toString());
        return --left > 0;
      },
      end() {},
      destroy() {},
    },
    bufferSize,
    now: () => 0,
    onLost: () => {
      lost++;
    },
  });
  return {
    reader,
    sent,
    lost: () => lost,
    drain: (more = 1_000) => {
      left = more;
      reader.drained();
    },
  };
}

const change = (position: number, ids: readonly string[], text = ""): Change => ({
  position,
  time: position,
  alerts: new Map(ids.map((id) => [id, JSON.stringify({ id, position, text })])),
  cases: new Map(),
  counts: null,
});
const tell = (reader: Reader, told: Change) => reader.change(told, changeFrame(told));
async function* nothing() {}
async function* two() {
  yield Buffer.from("one\n\n");
  yield Buffer.from("two\n\n");
}
const bodyOf = (text: string) => JSON.parse(text.split("data: ")[1]!);

test("whoever keeps up gets each frame as it is", async () => {
  const { reader, sent } = reading(1_000);
  await reader.begin(nothing());
  tell(reader, change(7, ["a"]));
  expect(sent).toEqual([changeFrame(change(7, ["a"])).toString()]);
});

test("whoever lags gets the latest of each, once, with the newest position", async () => {
  const { reader, sent, drain } = reading(1);
  await reader.begin(nothing());
  tell(reader, change(1, ["a"]));
  tell(reader, change(2, ["a", "b"]));
  tell(reader, change(3, ["a"]));
  expect(sent).toHaveLength(1);
  drain();
  expect(sent).toHaveLength(2);
  expect(sent[1]).toContain("id: 3\n");
  expect(bodyOf(sent[1]!).alerts).toEqual([
    { id: "a", position: 3, text: "" },
    { id: "b", position: 2, text: "" },
  ]);
});

test("what changes while a stream begins follows what it begins with", async () => {
  const { reader, sent, drain } = reading(1);
  const begun = reader.begin(two());
  await Promise.resolve();
  tell(reader, change(1, ["a"]));
  drain();
  await begun;
  expect(sent.map((text) => text.slice(0, 5))).toEqual(["one\n\n", "two\n\n", "id: 1"]);
});

test("what waits for a reader never grows past its bound, and the reader is told that some was lost", async () => {
  const { reader, lost, drain } = reading(1, 1_000);
  await reader.begin(nothing());
  tell(reader, change(1, ["a"]));
  for (let i = 2; i < 100; i++) {
    tell(reader, change(i, [`id-${i}`], "x".repeat(100)));
    expect(reader.waiting).toBeLessThanOrEqual(1_000);
  }
  expect(lost()).toBe(0);
  drain();
  expect(lost()).toBe(1);
  expect(reader.waiting).toBe(0);
});

test("of too many readings the newest stay, and the gap is told", async () => {
  const { reader, sent, drain } = reading(1);
  await reader.begin(nothing());
  tell(reader, change(1, ["a"]));
  for (let at = 0; at < 1_500; at++)
    reader.readings([{ at, values: { levelM: at }, quality: "good" }]);
  drain();
  const { points, gap } = bodyOf(sent.at(-1)!);
  expect(gap).toBe(true);
  expect(points).toHaveLength(1_000);
  expect(points.at(-1).at).toBe(1_499);
});

test("a beat is left out while the socket takes nothing: it would be old when it came", async () => {
  const { reader, sent, drain } = reading(1);
  await reader.begin(nothing());
  tell(reader, change(1, ["a"]));
  reader.beat(Buffer.from("beat"));
  expect(sent).toHaveLength(1);
  drain();
  reader.beat(Buffer.from("beat"));
  expect(sent.at(-1)).toBe("beat");
});
