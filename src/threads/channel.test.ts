import { MessageChannel } from "node:worker_threads";
import { afterAll, expect, test } from "vitest";
import { ShuttingDown } from "../app/door.ts";
import { channel } from "./channel.ts";

type Theirs = { half(n: number): number; close(): void; note(word: string): void };

const { port1, port2 } = new MessageChannel();
const heard = Promise.withResolvers<string>();
channel(port2, {
  half(n: number) {
    if (n % 2 === 1) throw new RangeError(`${n} is odd`);
    return n / 2;
  },
  async close() {
    throw new ShuttingDown();
  },
  note: (word: string) => heard.resolve(word),
});
const other = channel<Theirs>(port1, {});
afterAll(() => port1.close());

test("a call resolves with what the other side returns, and each with its own", async () => {
  expect(await Promise.all([other.call("half", 8), other.call("half", 2)])).toEqual([4, 1]);
});

test("what the other side throws comes back as it was, with its code, which a clone would lose", async () => {
  await expect(other.call("half", 3)).rejects.toThrow(new RangeError("3 is odd"));
  await expect(other.call("close")).rejects.toMatchObject({ code: "shutting-down" });
});

test("a telling is heard, and nobody waits for it", async () => {
  other.tell("note", "hello");
  expect(await heard.promise).toBe("hello");
});

test("whoever waits for an answer is failed when the other side is gone", async () => {
  const waiting = other.call("half", 2);
  other.fail(new Error("gone"));
  await expect(waiting).rejects.toThrow("gone");
});
