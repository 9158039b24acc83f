import fc from "fast-check";
import { expect, test } from "vitest";
import { Calendar } from "./calendar.ts";

type Entry = { nextAt: number; id: number };
const before = (a: Entry, b: Entry): boolean =>
  a.nextAt !== b.nextAt ? a.nextAt < b.nextAt : a.id < b.id;
const instant = fc.integer({ min: 0, max: 20_000 });

test("whoever is asked for comes in order of time, however it was put in and asked for", () => {
  fc.assert(
    fc.property(fc.array(instant), fc.array(instant), fc.array(instant), (first, more, asked) => {
      const calendar = new Calendar(before);
      const left: Entry[] = [];
      const put = (nextAt: number, id: number) => {
        calendar.put({ nextAt, id });
        left.push({ nextAt, id });
      };
      first.forEach(put);
      const later = [...more];
      for (const at of asked) {
        const [given, wanted] = [
          calendar.next(at),
          [...left].sort((a, b) => (before(a, b) ? -1 : 1))[0],
        ];
        expect(given).toEqual(wanted && wanted.nextAt < at ? wanted : undefined);
        if (given)
          left.splice(
            left.findIndex(({ id }) => id === given.id),
            1,
          );
        const next = later.pop();
        if (next !== undefined) put(next, 1_000 + later.length);
        expect(calendar.size).toBe(left.length);
      }
    }),
  );
});
