import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Quiet, walk } from "../testing/cases/check.ts";
import { commit, nothing, open, type Stored, story, T0, take } from "../testing/cases/story.ts";
import { Docket } from "./docket.ts";
import { fold } from "./evolve.ts";
import { isFinal } from "./look.ts";

describe("the docket, whatever happens", () => {
  it("goes on after a crash between any two steps as if it had not happened", () => {
    fc.assert(
      fc.property(story, fc.array(fc.boolean(), { maxLength: 60 }), (steps, crashes) => {
        const calm = nothing();
        const rough = nothing();
        const docket = new Docket([]);
        let restarted = new Docket([]);
        let now = T0;
        steps.forEach((step, i) => {
          now += step.after;
          take(docket, calm, step, now);
          take(restarted, rough, step, now);
          const [a, b] = [commit(docket, calm), commit(restarted, rough)];
          expect(b).toEqual(a);
          if (crashes[i]) restarted = new Docket(open(rough).reverse());
        });
        expect(rough).toEqual(calm);
      }),
      { numRuns: 1_000 },
    );
  });

  it("writes the same when the steps of a group are lost before their commit and taken again", () => {
    fc.assert(
      fc.property(story, fc.integer({ min: 1, max: 7 }), fc.nat(6), (steps, group, lost) => {
        const run = (crash: boolean): Stored => {
          const stored = nothing();
          let docket = new Docket([]);
          let [now, committed, i] = [T0, 0, 0];
          let before = { now, caseOf: new Map(stored.caseOf) };
          let crashed = !crash;
          while (i < steps.length) {
            now += steps[i]!.after;
            take(docket, stored, steps[i]!, now);
            i++;
            if (i - committed === group || i === steps.length) {
              commit(docket, stored);
              committed = i;
              before = { now, caseOf: new Map(stored.caseOf) };
              crashed = !crash;
            } else if (!crashed && i - committed === 1 + (lost % group)) {
              docket = new Docket(open(stored));
              [now, i] = [before.now, committed];
              stored.caseOf = new Map(before.caseOf);
              crashed = true;
            }
          }
          return stored;
        };
        expect(run(true)).toEqual(run(false));
      }),
      { numRuns: 500 },
    );
  });

  it("keeps one open case to a site and class, cases that are their lines, and never touches a closed one", () => {
    const seen = { closed: 0, voided: 0, rework: 0, ready: 0, joined: 0 };
    fc.assert(
      fc.property(story, (steps) => {
        const stored = nothing();
        const docket = new Docket([]);
        let now = T0;
        for (const step of steps) {
          const before = new Map(stored.cases);
          now += step.after;
          take(docket, stored, step, now);
          const lines = commit(docket, stored);
          for (const { kind } of lines) if (kind in seen) seen[kind as keyof typeof seen]++;
          for (const [id, was] of before) {
            const is = stored.cases.get(id)!;
            const own = lines.filter(({ caseId }) => caseId === id);
            expect(is.version).toBe(was.version + own.length);
            if (!isFinal(was)) continue;
            expect(own.every(({ kind }) => kind === "commented")).toBe(true);
            const { version, changedAt, lastChange } = is;
            expect(is).toEqual({ ...was, version, changedAt, lastChange });
          }
          const places = open(stored).map((one) => `${one.siteId} ${one.class}`);
          expect(new Set(places).size).toBe(places.length);
          expect(docket.size).toBe(places.length);
        }
        for (const one of stored.cases.values()) {
          const own = [...stored.lines.values()].filter(({ caseId }) => caseId === one.id);
          expect(own.map(({ seq }) => seq)).toEqual(own.map((_, i) => i + 1));
          expect(own.map(({ at }) => at)).toEqual(own.map(({ at }) => at).sort((a, b) => a - b));
          expect(JSON.parse(JSON.stringify(fold(own)))).toEqual(one);
          walk(own);
        }
      }),
      { numRuns: 600 },
    );
    // The stories reach what the properties speak of.
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(20);
  });

  it("says ready exactly when every alert has been resolved and every sensor heard for the verify period", () => {
    fc.assert(
      fc.property(story, (steps) => {
        const stored = nothing();
        const docket = new Docket([]);
        const quiet = new Quiet();
        let now = T0;
        for (const step of steps) {
          now += step.after;
          const wasOpen = new Set(open(stored).map(({ id }) => id));
          take(docket, stored, step, now);
          const lines = commit(docket, stored);
          for (const one of stored.cases.values()) {
            if (!wasOpen.has(one.id) && isFinal(one)) continue;
            const ready = lines.find(({ caseId, kind }) => caseId === one.id && kind === "ready");
            if (ready) expect(ready.at).toBe(quiet.since(one)! + one.verify);
          }
          quiet.take(step, now, open(stored));
          for (const one of open(stored)) {
            const since = quiet.since(one);
            // The verify period of a case may end at this very instant; then the next step says so.
            if (since !== null && now > since + one.verify) expect(one.readyToClose).toBe(true);
            if (since === null || now < since + one.verify) expect(one.readyToClose).toBe(false);
          }
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
