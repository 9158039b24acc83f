import { expect, test } from "vitest";
import { framesOf } from "./live.ts";

test("frames are whole however the stream was cut, and comments and names are none", () => {
  const seen: string[] = [];
  const take = framesOf((text) => seen.push(text));
  const stream = 'retry: 1000\n\nid: 7\nevent: change\ndata: {"alerts":[]}\n\ndata: a\ndata: b\n\n';
  for (const letter of stream) take(letter);
  take("data: not yet");
  expect(seen).toEqual([' {"alerts":[]}', " a\n b"]);
});
