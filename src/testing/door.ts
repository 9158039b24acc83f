// A whole door for tests and benches: the real broker on 127.0.0.1, the real loop, the real log in a folder of its own.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Clock, realClock } from "../app/clock.ts";
import type { Door, Note, Trouble } from "../app/door.ts";
import { runDoor } from "../app/ingest.ts";
import type { AnyScenario } from "../core/scenario.ts";
import { Acks, type Ticket } from "../ingest/acks.ts";
import { type Broker, openBroker } from "../ingest/broker.ts";
import { credentialKey, hashSecret } from "../ingest/credential.ts";
import { Decoder } from "../ingest/decode.ts";
import { Refusals, tank, tanks } from "../ingest/fixture.ts";
import { Group } from "../ingest/group.ts";
import type { Limits } from "../ingest/limits.ts";
import type { Listen } from "../ingest/listeners.ts";
import type { QuarantineWriter } from "../ingest/quarantine.ts";
import type { Report } from "../ingest/seldom.ts";
import { type LiveView, openDoorView } from "../ingest/view.ts";
import type { RegisterChange } from "../register/entities.ts";
import type { Entry, LogWriter } from "../store/log.ts";
import { openLogReader, openLogWriter } from "../store/sqlite/log.ts";

export type DoorOptions = {
  scenarios?: readonly AnyScenario[];
  /** Sensors `tank-1` … that share the secret. 10 unless given. */
  sensors?: number;
  register?: readonly RegisterChange[];
  limits?: Partial<Limits>;
  listen?: Listen;
  clock?: Clock;
  /** Stands between the loop and the real log. */
  wrap?(log: LogWriter): LogWriter;
  refusals?: QuarantineWriter;
  maxLogBytes?: number;
  /** Messages held at once. */
  mostHeld?: number;
};

export type TestDoor = {
  port: number;
  broker: Broker;
  door: Door<Ticket>;
  view: LiveView;
  /** The secret of every tank. */
  secret: string;
  refusals: Refusals;
  reports: Report[];
  troubles: (Trouble["kind"] | null)[];
  folder: string;
  log: LogWriter;
  /** All entries of the log, read anew by a reader of its own. */
  entries(): Entry[];
  /** Sensor → how many readings of it are in the log. */
  logged(): Map<string, number>;
  /** Closes the broker and its loop; the log stays until `end`. */
  close(): Promise<void>;
  end(): Promise<void>;
};

export const SECRET = "a secret of the tests, the same for all their tanks";

export async function openTestDoor(options: DoorOptions = {}): Promise<TestDoor> {
  const folder = mkdtempSync(join(tmpdir(), "door-"));
  const key = credentialKey(folder);
  const view = openDoorView(options.scenarios ?? [tank], [
    ...tanks(options.sensors ?? 10, hashSecret(key, SECRET)),
    ...(options.register ?? []),
  ]);
  const refusals = new Refusals();
  const writer = options.refusals ?? refusals;
  const path = join(folder, "log.db");
  const real = openLogWriter(path);
  const log = options.wrap?.(real) ?? real;
  const clock = options.clock ?? realClock();
  const acks = new Acks();
  const decoder = new Decoder({ view, clock, refusals: writer });
  const reports: Report[] = [];
  const troubles: (Trouble["kind"] | null)[] = [];
  const door = runDoor<Ticket>({
    clock,
    log,
    maxLogBytes: options.maxLogBytes ?? 2 ** 34,
    decode: (message, into) => decoder.decode(message, into),
    group: (write) =>
      new Group<Ticket, Note>({
        write,
        ...(options.mostHeld !== undefined && { mostHeld: options.mostHeld }),
      }),
    acks,
    tell() {},
    onTrouble: (trouble) => troubles.push(trouble?.kind ?? null),
  });
  const broker = await openBroker({
    listen: options.listen ?? { tcp: { host: "127.0.0.1", port: 0 } },
    view,
    key,
    door,
    acks,
    refusals: writer,
    now: Date.now,
    report: (report) => reports.push(report),
    ...(options.limits !== undefined && { limits: options.limits }),
  });
  const close = once(() => broker.close());
  return {
    port: broker.addresses.tcp?.port ?? 0,
    broker,
    door,
    view,
    secret: SECRET,
    refusals,
    reports,
    troubles,
    folder,
    log,
    entries: () => readAll(path),
    logged: () => countBySensor(readAll(path)),
    close,
    async end() {
      await close();
      log.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | null = null;
  return () => {
    done ??= work();
    return done;
  };
}

function readAll(path: string): Entry[] {
  const reader = openLogReader(path);
  const all: Entry[] = [];
  for (let after = 0; ; ) {
    const entries = reader.read(after, 1_000);
    if (entries.length === 0) break;
    for (const entry of entries) all.push(entry);
    after = entries.at(-1)!.position;
  }
  reader.close();
  return all;
}

function countBySensor(entries: readonly Entry[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const entry of entries) {
    if (entry.kind !== "readings") continue;
    for (const { sensorId } of entry.readings) {
      counts.set(sensorId, (counts.get(sensorId) ?? 0) + 1);
    }
  }
  return counts;
}
