import fc from "fast-check";
import { expect, test } from "vitest";
import { type Entry, Heap } from "./heap.ts";

const acts = fc.array(
  fc.oneof(
    fc.record({ act: fc.constant("push"), key: fc.constantFrom(..."abcdefgh"), at: fc.nat(9) }),
    fc.record({
      act: fc.constantFrom("pop", "remove"),
      key: fc.constantFrom(..."abcdefgh"),
      at: fc.nat(9),
    }),
  ),
  { maxLength: 60 },
);
const inOrder = (entries: Iterable<Entry<null>>) =>
  [...entries]
    .sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1))
    .map(({ at, key }) => `${at}${key}`);

test("whatever is put in, brought forward, taken out or removed, the earliest comes first, then the key", () => {
  fc.assert(
    fc.property(acts, (todo) => {
      const heap = new Heap<null>();
      const entries = new Map(
        [..."abcdefgh"].map((key) => [key, { at: 0, key, item: null } as Entry<null>]),
      );
      const waiting = new Set<Entry<null>>();
      for (const { act, key, at } of todo) {
        const entry = entries.get(key)!;
        if (act === "push") {
          entry.at = waiting.has(entry) ? Math.min(entry.at, at) : at;
          heap.push(entry);
          waiting.add(entry);
        } else if (act === "remove") {
          heap.remove(entry);
          waiting.delete(entry);
        } else {
          const first = heap.pop();
          expect(first && `${first.at}${first.key}`).toBe(inOrder(waiting)[0]);
          if (first) waiting.delete(first);
        }
        expect(heap.size).toBe(waiting.size);
      }
      const rest: Entry<null>[] = [];
      for (let next = heap.pop(); next; next = heap.pop()) rest.push(next);
      expect(rest.map(({ at, key }) => `${at}${key}`)).toEqual(inOrder(waiting));
    }),
    { numRuns: 2_000 },
  );
});
