import { expect, test } from "vitest";
import * as index from "../../scenarios/index.ts";
import { each, MONDAY, play, transitionsOf } from "./play.ts";

const river = index.riverLevel;

test("a timeline that does not come out as it was written differs from itself", () => {
  const written = each(0, 10, 5, { levelM: 3.8 }, "high fired red");
  const came = play(river, written);
  expect(came).not.toEqual(written);
  expect(came.at(-1)).toEqual(["10m", { levelM: 3.8 }, "high fired yellow"]);
});

test("a time that nobody can read is refused, and told how to write one", () => {
  expect(() => play(river, [["5 minutes", null]])).toThrow('"5 minutes" is no time: write 90s');
  expect(() => play(river, [], { begins: "10pm" })).toThrow('"10pm" is no time of day');
});

test("bad readings, second sensors and late messages can be told", () => {
  const told = transitionsOf(river, [
    ["0m", { values: { levelM: 3.8 }, sensorId: "s2", receivedAfter: 3_000 }],
    ["5m", { values: { levelM: 9 }, sensorId: "s2", quality: "bad" }],
    ["12m", { values: { levelM: 3.8 }, sensorId: "s2" }],
  ]);
  const high = told.find(({ rule }) => rule === "high")!;
  expect(high.sensorId).toBe("s2");
  expect(high.alert).toMatchObject({ level: "yellow", raisedAt: MONDAY });
});
