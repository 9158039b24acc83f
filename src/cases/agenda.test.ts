import fc from "fast-check";
import { expect, it } from "vitest";
import { Agenda } from "./agenda.ts";

it("gives looks by time and then by id, each case once, at the last instant it was put at", () => {
  const put = fc.tuple(fc.constantFrom("a", "b", "c", "d", "e"), fc.option(fc.nat(9), { freq: 3 }));
  fc.assert(
    fc.property(fc.array(put, { maxLength: 40 }), (puts) => {
      const agenda = new Agenda();
      const plain = new Map<string, number>();
      const first = () =>
        [...plain].sort(([a, at], [b, other]) => at - other || (a < b ? -1 : 1))[0]?.toReversed();
      for (const [id, at] of puts) {
        agenda.put(id, at);
        if (at === null) plain.delete(id);
        else plain.set(id, at);
        const look = agenda.first();
        expect(look && [look.at, look.id]).toEqual(first());
      }
      for (let look = agenda.first(); look; look = agenda.first()) {
        expect([look.at, look.id]).toEqual(first());
        agenda.put(look.id, null);
        plain.delete(look.id);
      }
      expect(plain.size).toBe(0);
    }),
    { numRuns: 2_000 },
  );
});
