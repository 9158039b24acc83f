// What every driver of the records must keep, as tests: a driver's own test file runs them in three lines.

import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { hours } from "../../core/time.ts";
import {
  BadCursor,
  type Commit,
  Fenced,
  type Page,
  type RecordsReader,
  type RecordsWriter,
  type Token,
  type TokenStore,
} from "../records.ts";
import { Mirror } from "./records-mirror.ts";
import {
  alertOf,
  anyAlertFilter,
  anyCaseFilter,
  anyChanges,
  anySensorFilter,
  anySiteFilter,
  caseLineOf,
  caseOf,
  emptyCommit,
  lineOf,
  T0,
  text,
} from "./records-model.ts";

/** Records on storage of their own, empty at first. */
export type RecordsStore = {
  openWriter(): Promise<RecordsWriter>;
  openReader(): Promise<RecordsReader>;
  openTokens(): Promise<TokenStore & { close(): Promise<void> }>;
  /** Marks the storage as written by a release that knows one step of the tables more. */
  upgrade(): Promise<void>;
  /** Forgets the storage. */
  dispose(): Promise<void>;
};

/** One of everything. */
const full = (position: number): Commit => ({
  ...emptyCommit(position),
  memories: [
    ["river-level/bridge/g-1", '{"heardAt":1,"memories":{}}'],
    ["river-level/bridge", '{"heardAt":2,"memories":{}}'],
  ],
  alerts: [alertOf("a"), alertOf("over", { phase: "resolved", resolvedAt: T0 })],
  alertEvents: [lineOf("a", 1), lineOf("a", 2)],
  cases: [caseOf("c"), caseOf("done", { state: "closed" }), caseOf("no", { state: "voided" })],
  caseEvents: [caseLineOf("c", 1)],
  register: [
    { put: "unit", value: { id: "u", name: text("unit"), roles: [], communityIds: [] } },
    { put: "sensor", value: { id: "g-1", siteId: "bridge", scenario: "river-level" } },
  ],
  outcomes: [{ key: "k", position, at: T0, body: { ok: true, result: ["一", 1.5, null] } }],
  outbox: [{ id: "m", dueAt: T0, body: {} }],
  meta: { out: { noise: "too slow" }, grace: {} },
});

/** What JSON cannot say, where a driver must write JSON: the commit fails there. */
const unwritable = 1n as never;

/** Runs the suite on a driver; `create` gives new empty records each time. */
export function recordsContract(name: string, create: () => Promise<RecordsStore>): void {
  describe(`the records as ${name}`, () => {
    let store: RecordsStore;
    let writer: RecordsWriter;
    let reader: RecordsReader;
    beforeEach(async () => {
      store = await create();
      writer = await store.openWriter();
      reader = await store.openReader();
    });
    afterEach(async () => {
      await reader.close();
      await writer.close();
      await store.dispose();
    });

    test("empty records stand at 0, at no time", async () => {
      expect(await writer.load()).toEqual({
        position: 0,
        time: null,
        memories: [],
        alerts: [],
        cases: [],
        register: [],
        meta: {},
      });
      expect(await reader.position()).toBe(0);
      expect(await reader.counts(T0)).toMatchObject({ sensors: 0, alerts: { open: 0 } });
    });

    test("what was committed is loaded by the next writer, as it was: open things, lately resolved ones, no others", async () => {
      const { outcomes, ...commit } = full(1);
      await writer.commit({ ...commit, outcomes });
      await writer.close();
      writer = await store.openWriter();
      const loaded = await writer.load();
      expect(loaded).toMatchObject({ position: 1, time: commit.time, meta: commit.meta });
      expect(new Map(loaded.memories)).toEqual(new Map(commit.memories));
      expect(loaded.alerts).toStrictEqual(commit.alerts);
      expect(loaded.cases).toStrictEqual([caseOf("c")]);
      expect(loaded.register).toHaveLength(2);
      expect(loaded.register).toEqual(expect.arrayContaining([...commit.register]));
      expect(await writer.outcome("k")).toStrictEqual(outcomes[0]);
      expect(await writer.alert("over")).toStrictEqual(commit.alerts[1]);
      expect(await writer.case("done")).toStrictEqual(commit.cases[1]);
    });

    test("a reader that was open before sees each commit, and all of it", async () => {
      const commit = full(1);
      await writer.commit(commit);
      expect(await reader.position()).toBe(1);
      expect(await reader.alert("a")).toStrictEqual(commit.alerts[0]);
      expect(await reader.alertEvents("a")).toStrictEqual(commit.alertEvents);
      expect(await reader.case("c")).toStrictEqual(commit.cases[0]);
      expect(await reader.caseEvents("c")).toStrictEqual(commit.caseEvents);
      expect(await reader.outcome("k")).toStrictEqual(commit.outcomes[0]);
      expect(await reader.meta("out")).toEqual(commit.meta.out);
      const [unit, sensor] = commit.register.map((change) => "put" in change && change.value);
      expect(await reader.entity("unit", "u")).toEqual(unit);
      expect(await reader.entities("sensor")).toEqual([sensor]);
    });

    test("memories are found by how their subject begins, to the letter", async () => {
      const rows = ["~s/a", "~s/A", "~s/b_c", "~s/bxc", "~s", "s/a", "~s%/a"].map(
        (subject) => [subject, JSON.stringify({ subject })] as const,
      );
      await writer.commit({ ...emptyCommit(1), memories: rows });
      const found = async (prefix: string) =>
        (await reader.memories(prefix)).map(([subject]) => subject).sort();
      expect(await found("~s/a")).toEqual(["~s/a"]);
      expect(await found("~s/b_")).toEqual(["~s/b_c"]);
      expect(await found("~s%")).toEqual(["~s%/a"]);
      expect(await found("~s/")).toEqual(["~s/A", "~s/a", "~s/b_c", "~s/bxc"]);
      expect(await reader.memories("~s/A")).toEqual([rows[1]]);
    });

    test("what is not there is null, or none", async () => {
      await writer.commit(full(1));
      expect(await reader.alert("c")).toBeNull();
      expect(await reader.case("a")).toBeNull();
      expect(await reader.outcome("K")).toBeNull();
      expect(await reader.entity("site", "u")).toBeNull();
      expect(await reader.meta("nothing")).toBeUndefined();
      expect(await reader.alertEvents("c")).toEqual([]);
      expect(await reader.entities("permit")).toEqual([]);
    });

    test("a subject that is gone is loaded no more, nor is a removed entity", async () => {
      await writer.commit(full(1));
      await writer.commit({
        ...emptyCommit(2),
        memories: [["river-level/bridge", null]],
        register: [{ remove: "unit", id: "u" }],
      });
      const { memories, register } = await writer.load();
      expect(memories.map(([subject]) => subject)).toEqual(["river-level/bridge/g-1"]);
      expect(register.map((change) => "put" in change && change.put)).toEqual(["sensor"]);
    });

    test("a resolved alert is loaded for a day, since it may reopen, and then no more", async () => {
      await writer.commit(full(1));
      await writer.commit(emptyCommit(2, T0 + hours(23)));
      expect((await writer.load()).alerts.map(({ id }) => id)).toEqual(["a", "over"]);
      await writer.commit(emptyCommit(3, T0 + hours(24)));
      expect((await writer.load()).alerts.map(({ id }) => id)).toEqual(["a"]);
      expect(await reader.alert("over")).not.toBeNull();
    });

    test("a commit that expects another position is fenced off and writes nothing", async () => {
      const other = await store.openWriter();
      await writer.commit(full(1));
      const late = { ...emptyCommit(1), alerts: [alertOf("late")] };
      await expect(other.commit(late)).rejects.toThrow(Fenced);
      await expect(other.commit({ ...late, expected: 2, position: 3 })).rejects.toThrow(Fenced);
      expect(await reader.alert("late")).toBeNull();
      expect(await reader.position()).toBe(1);
      await other.commit({ ...late, expected: 1, position: 2 });
      await expect(writer.commit(emptyCommit(2))).rejects.toThrow("another judge has written");
      await other.close();
    });

    test("lines, outcomes and messages written twice are written once, as they were first", async () => {
      await writer.commit(full(1));
      const again = full(2);
      await writer.commit({
        ...again,
        alerts: [alertOf("a", { level: "red" })],
        alertEvents: [lineOf("a", 2, "again"), lineOf("a", 3)],
        caseEvents: [{ ...caseLineOf("c", 1), note: "again" }, caseLineOf("c", 2)],
        outcomes: [{ key: "k", position: 2, at: T0 + 9, body: "again" }],
      });
      expect(await reader.alertEvents("a")).toStrictEqual([1, 2, 3].map((n) => lineOf("a", n)));
      expect(await reader.caseEvents("c")).toStrictEqual([1, 2].map((n) => caseLineOf("c", n)));
      expect(await reader.outcome("k")).toStrictEqual(full(1).outcomes[0]);
      expect((await reader.alert("a"))?.level).toBe("red"); // what it is now, is as it was last
    });

    test.each<[string, Partial<Commit>]>([
      ["an alert", { alerts: [alertOf("x", { scenario: null as never })] }],
      ["a line of an alert", { alertEvents: [{ ...lineOf("a", 9), evidence: unwritable }] }],
      ["a line of a case", { caseEvents: [{ ...caseLineOf("c", 9), note: unwritable }] }],
      ["an outcome", { outcomes: [{ key: "x", position: 2, at: T0, body: unwritable }] }],
      ["the last thing of all", { meta: { links: unwritable } }],
    ])(
      "a commit that fails at %s leaves nothing behind, and the next one fits",
      async (_, part) => {
        await writer.commit(full(1));
        const before = await writer.load();
        const sound: Commit = {
          ...emptyCommit(2),
          memories: [["river-level/bridge/g-1", null]],
          alerts: [alertOf("a", { level: "red" })],
          alertEvents: [lineOf("a", 3)],
          register: [{ remove: "unit", id: "u" }],
          outcomes: [{ key: "n", position: 2, at: T0, body: null }],
        };
        await expect(writer.commit({ ...sound, ...part })).rejects.toThrow();
        expect(await writer.load()).toEqual(before);
        expect(await reader.alertEvents("a")).toHaveLength(2);
        expect(await reader.outcome("n")).toBeNull();
        await writer.commit(sound);
        expect(await reader.alertEvents("a")).toHaveLength(3);
      },
    );

    test("an outcome is kept for two days, and given up some time after", async () => {
      const answered = (position: number, at: number): Commit => ({
        ...emptyCommit(position, at),
        outcomes: [{ key: `k${position}`, position, at, body: position }],
      });
      await writer.commit(answered(1, T0));
      await writer.commit(answered(2, T0 + hours(47)));
      expect((await reader.outcome("k1"))?.body).toBe(1);
      await writer.commit(answered(3, T0 + hours(49)));
      expect(await reader.outcome("k1")).toBeNull();
      expect((await reader.outcome("k2"))?.body).toBe(2);
    });

    test("a token is listed until somebody revokes it, once", async () => {
      const tokens = await store.openTokens();
      const token = (id: string): Token => ({
        id,
        name: "李",
        role: "viewer",
        hash: "h",
        createdAt: T0,
        expiresAt: null,
        revokedAt: null,
      });
      await tokens.putToken(token("t2"));
      await tokens.putToken(token("t1"));
      await tokens.putToken({ ...token("t1"), name: "Li" });
      expect(await tokens.revokeToken("t2", T0 + 5)).toBe(true);
      expect(await tokens.revokeToken("t2", T0 + 6)).toBe(false);
      expect(await tokens.revokeToken("t3", T0)).toBe(false);
      await tokens.close();
      const again = await store.openTokens();
      expect(await again.tokens()).toEqual([
        { ...token("t1"), name: "Li" },
        { ...token("t2"), revokedAt: T0 + 5 },
      ]);
      await again.close();
    });

    test("records of a newer release are refused, untouched, with the place and what to do", async () => {
      await writer.commit(full(1));
      await store.upgrade();
      await expect(store.openWriter()).rejects.toThrow(
        /written by a newer release.*run the newer release, or restore/,
      );
      expect(await reader.position()).toBe(1);
    });

    test("a cursor that no list gave is refused as such, whatever it is", async () => {
      await writer.commit(full(1));
      await fc.assert(
        fc.asyncProperty(fc.string({ maxLength: 12 }), async (cursor) => {
          const asked = { cursor, limit: 1 };
          for (const list of [reader.alerts, reader.cases, reader.sensors, reader.sites])
            await list(asked).catch((error) => expect(error).toBeInstanceOf(BadCursor));
        }),
        { numRuns: 50 },
      );
      for (const cursor of ["", "MTIz", "IGE", "YSBi"])
        await expect(reader.alerts({ cursor, limit: 1 })).rejects.toThrow(BadCursor);
    });

    test("lists, pages, counts and changes are those of the same commits in memory", async () => {
      const asked = fc.record({
        alerts: fc.array(anyAlertFilter, { maxLength: 8 }),
        cases: fc.array(anyCaseFilter, { maxLength: 6 }),
        sensors: fc.array(anySensorFilter, { maxLength: 4 }),
        sites: fc.array(anySiteFilter, { maxLength: 4 }),
        since: fc.nat({ max: 5 }),
        most: fc.integer({ min: 1, max: 12 }),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(anyChanges, { maxLength: 5 }), asked, async (commits, ask) => {
          const own = await create();
          const [into, from] = [await own.openWriter(), await own.openReader()];
          const mirror = new Mirror();
          for (const [i, changes] of commits.entries()) {
            await into.commit({ ...emptyCommit(i + 1), ...changes });
            mirror.commit(i + 1, changes);
          }
          for (const f of ask.alerts) await same(from.alerts, f, mirror.alerts(f));
          for (const f of ask.cases) await same(from.cases, f, mirror.cases(f));
          for (const f of ask.sensors) await same(from.sensors, f, mirror.sensors(f));
          for (const f of ask.sites) await same(from.sites, f, mirror.sites(f));
          expect(await from.counts(T0)).toEqual(mirror.counts(T0));
          const told = mirror.changedSince(ask.since, ask.most);
          expect(await from.changedSince(ask.since, ask.most)).toEqual(told);
          await from.close();
          await into.close();
          await own.dispose();
        }),
        { numRuns: 60 },
      );
    });
  });
}

/** Reads a list page by page and compares the whole; no page is longer than asked for, none but the last is shorter. */
async function same<T, F extends { limit: number }>(
  list: (filter: F) => Promise<Page<T>>,
  filter: F,
  wanted: readonly T[],
): Promise<void> {
  const found: T[] = [];
  for (let cursor: string | undefined; ; ) {
    const { items, next } = await list({ ...filter, ...(cursor !== undefined && { cursor }) });
    found.push(...items);
    expect(found.length).toBeLessThanOrEqual(wanted.length); // a list that goes round would never end
    if (next === null) break;
    expect(items).toHaveLength(filter.limit);
    cursor = next;
  }
  expect(found).toEqual(wanted);
}
