import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Database, migrate, openDatabase } from "../store/sqlite/database.ts";
import type { Reason, Refused } from "./quarantine.ts";
import {
  openQuarantine,
  openQuarantineReader,
  type QuarantineOptions,
  type QuarantineStore,
  quarantineMigrations,
} from "./quarantine-store.ts";

let folder: string;
let opened: { close(): void }[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "quarantine-"));
  opened = [];
});
afterEach(() => {
  for (const one of opened) one.close();
  rmSync(folder, { recursive: true, force: true });
});

function connect(): Database {
  const db = openDatabase(join(folder, "quarantine.db"), { synchronous: "normal" });
  migrate(db, quarantineMigrations);
  return db;
}
function open(options: Partial<QuarantineOptions> = {}, db = connect()): QuarantineStore {
  const store = openQuarantine(db, {
    perSecond: 1_000,
    perSecondAndClient: 1_000,
    onFailure: (cause) => {
      throw cause;
    },
    ...options,
  });
  opened.push(store);
  return store;
}
function reader() {
  const path = join(folder, "quarantine.db");
  const one = openQuarantineReader(openDatabase(path, { readOnly: true }));
  opened.push(one);
  return one;
}
const refused = (n: number, reason: Reason = "shape", clientId = "tank-1"): Refused => ({
  reason,
  at: 1_000 + n,
  clientId,
  topic: "readings/yard/tank-1",
  detail: `detail ${n}`,
  excerpt: "x".repeat(50),
});
function send(store: QuarantineStore, one: Refused): void {
  if (store.count(one.reason, one.clientId)) store.keep(one);
}

describe("the quarantine's file", () => {
  test("shows what was refused, newest first, by reason and client, page by page", () => {
    const store = open();
    for (let n = 1; n <= 9; n++) {
      send(store, refused(n, n % 3 === 0 ? "values" : "shape", n % 2 === 0 ? "even" : "odd"));
    }
    store.flush();
    const all = reader().list({ limit: 100 });
    expect(all.map((one) => one.detail)).toEqual(
      [9, 8, 7, 6, 5, 4, 3, 2, 1].map((n) => `detail ${n}`),
    );
    expect(all[0]).toEqual({ id: 9, ...refused(9, "values", "odd") });
    const details = (filter: object) =>
      reader()
        .list({ limit: 100, ...filter })
        .map((one) => Number(one.detail.slice(7)));
    expect(details({ reason: "values" })).toEqual([9, 6, 3]);
    expect(details({ clientId: "even" })).toEqual([8, 6, 4, 2]);
    expect(details({ clientId: "odd", reason: "values" })).toEqual([9, 3]);
    expect(details({ limit: 2 })).toEqual([9, 8]);
    expect(details({ limit: 2, before: 8 })).toEqual([7, 6]);
  });

  test("keeps its counters and samples over a restart", () => {
    const first = open();
    for (let n = 0; n < 5; n++) send(first, refused(n));
    send(first, refused(5, "rate"));
    first.close();
    opened = [];
    const second = open();
    send(second, refused(6));
    second.flush();
    expect(second.total).toBe(7);
    expect(reader().counts()).toEqual({ shape: 6, rate: 1 });
    expect(reader().list({ limit: 10 })).toHaveLength(7);
  });

  test("is a ring: the oldest give way, by rows and by bytes", () => {
    const store = open({ rows: 100 });
    for (let n = 0; n < 250; n++) {
      send(store, refused(n));
      if (n % 30 === 0) store.flush();
    }
    store.flush();
    const rows = reader().list({ limit: 1_000 });
    expect(rows).toHaveLength(100);
    expect(rows.at(-1)?.detail).toBe("detail 150");
    store.close();
    const bytes = JSON.stringify(Object.values(refused(1))).length;
    const small = open({ bytes: 10 * bytes });
    send(small, refused(251));
    small.flush();
    const left = reader().list({ limit: 1_000 });
    expect(left[0]?.detail).toBe("detail 251");
    expect(left.length).toBeGreaterThan(5);
    expect(left.length).toBeLessThan(15);
    opened = opened.filter((one) => one !== store);
  });

  test("counts all of a flood and keeps a few, from every client that is in it", () => {
    const store = open({ perSecond: 20, perSecondAndClient: 5 });
    for (let n = 0; n < 100_000; n++) send(store, refused(n, "shape", "rogue"));
    send(store, refused(1, "shape", "honest"));
    send(store, refused(1, "values", "rogue"));
    store.flush();
    expect(reader().counts()).toEqual({ shape: 100_001, values: 1 });
    expect(reader().list({ limit: 100, clientId: "rogue", reason: "shape" })).toHaveLength(5);
    expect(reader().list({ limit: 100, clientId: "honest" })).toHaveLength(1);
    send(store, refused(2, "shape", "rogue"));
    store.flush();
    expect(reader().list({ limit: 100, clientId: "rogue", reason: "shape" })).toHaveLength(6);
  });

  test("that cannot be written loses samples and no count", () => {
    const db = connect();
    let broken = true;
    const failures: string[] = [];
    const failing = {
      ...db,
      transaction<T>(work: () => T): T {
        if (broken) throw new Error("disk full");
        return db.transaction(work);
      },
    };
    const store = openQuarantine(failing, { onFailure: (cause) => failures.push(cause.message) });
    opened.push(store);
    for (let n = 0; n < 3; n++) send(store, refused(n));
    store.flush();
    send(store, refused(3));
    store.flush();
    expect(failures).toEqual(["disk full"]);
    broken = false;
    send(store, refused(4));
    store.flush();
    expect(reader().counts()).toEqual({ shape: 5 });
    expect(
      reader()
        .list({ limit: 10 })
        .map((one) => one.detail),
    ).toEqual(["detail 4"]);
  });
});
