// The door's thread: the log's one writer, the broker, and the loop between them (app/ingest.ts).

import { readFileSync } from "node:fs";
import { type MessagePort, parentPort } from "node:worker_threads";
import { clockOf, notBefore } from "../app/clock.ts";
import type { Command } from "../app/commands.ts";
import { runDoor } from "../app/ingest.ts";
import type { Config } from "../config.ts";
import { days } from "../core/time.ts";
import { Acks, type Ticket } from "../ingest/acks.ts";
import { type Broker, openBroker } from "../ingest/broker.ts";
import { credentialKey } from "../ingest/credential.ts";
import { Decoder } from "../ingest/decode.ts";
import { Group } from "../ingest/group.ts";
import { defaultLimits } from "../ingest/limits.ts";
import type { Listen } from "../ingest/listeners.ts";
import { openQuarantine, quarantineMigrations } from "../ingest/quarantine-store.ts";
import { openDoorView } from "../ingest/view.ts";
import { type MessageKey, say } from "../messages/say.ts";
import type { RegisterChange } from "../register/entities.ts";
import { entityKinds } from "../register/shapes.ts";
import type { Position } from "../store/log.ts";
import { migrate, openDatabase } from "../store/sqlite/database.ts";
import { openLogWriter } from "../store/sqlite/log.ts";
import { openRecordsReader, openRecordsWriter } from "../store/sqlite/records.ts";
import { born } from "./born.ts";
import { channel } from "./channel.ts";
import type { DoorCounts, FromDoor, ToDoor } from "./door-words.ts";
import { type Birth, type Head, installed } from "./shared.ts";
import { type Voice, voice } from "./voice.ts";

const GIB = 2 ** 30;
const COUNTS_MS = 500;

const birth = await born<Birth>();
const { config, files } = birth;
const log = openLogWriter(files.log);
const downSince = log.head().time;
const plan = notBefore(birth.clock, downSince ?? 0);
const clock = clockOf(plan);
const refusals = openRefusals();
const view = openDoorView(await installed(birth.scenarios), await registered());
// A clock that readings drive can't say what is too far ahead; the machine's own can.
const latest = clock.speed === null ? { latest: () => Date.now() + days(1) } : {};
const decoder = new Decoder({ view, clock, refusals, ...latest });
const acks = new Acks();
const readers: { port: MessagePort; voice: Voice }[] = [];
let broker: Broker | null = null;

const door = runDoor<Ticket>({
  clock,
  log,
  maxLogBytes: config.logMaxGiB * GIB,
  decode: (message, into) => decoder.decode(message, into),
  group: (write) => new Group({ write }),
  acks,
  tell(head) {
    for (const { voice } of readers) voice.say(head);
  },
  onTrouble(trouble) {
    if (trouble === null) remark("info", "ingest.log-well", {});
    else if (trouble.kind === "log-full")
      remark("warn", "ingest.log-full", { bytes: trouble.bytes });
    else remark("error", "ingest.append-failed", { reason: trouble.cause.message });
  },
});

const main = channel<FromDoor>(parentPort!, {
  reader(port, everyMs) {
    const tell = (head: Position) => port.postMessage({ head } satisfies Head);
    readers.push({ port, voice: voice(everyMs, tell) });
  },
  async listen() {
    await door.submit(started());
    broker = await openBroker({
      view,
      key: credentialKey(config.dataFolder),
      door,
      acks,
      refusals,
      now: Date.now,
      report: ({ level, key, params }) => remark(level, key, params),
      listen: listenAt(config),
      limits: {
        connectionsPerAddress: config.connectionsPerAddress,
        rate: {
          ...defaultLimits.rate,
          messagesPerSecond: config.messagesPerSecond,
          messagesAtOnce: config.messagesPerSecond * 10,
        },
      },
    });
    const { tcp, tls } = broker.addresses;
    const at = (scheme: string, port: number | undefined) => `${scheme}://${config.host}:${port}`;
    return { mqtt: at("mqtt", tcp?.port), mqtts: tls ? at("mqtts", tls.port) : null };
  },
  append: (command) => door.submit(command),
  register(changes) {
    const closed = view.apply(changes);
    broker?.disconnect(closed);
  },
  trim: (through) => log.trim(through),
  counts,
  plan: () => plan,
  stop: () => void stop(),
} satisfies ToDoor);

const telling = setInterval(() => main.tell("counts", counts()), COUNTS_MS);

function openRefusals() {
  const db = openDatabase(files.quarantine, { synchronous: "normal" });
  migrate(db, quarantineMigrations);
  return openQuarantine(db, {
    rows: config.quarantineRows,
    onFailure: (error) => main.tell("remark", "error", `${files.quarantine}: ${error.message}`),
  });
}

/** Answers what was taken, and ends. */
async function stop(): Promise<void> {
  clearInterval(telling);
  try {
    if (broker) await broker.close();
    else await door.close();
    main.tell("counts", counts());
    refusals.close();
    log.close();
    for (const { voice } of readers) voice.flush();
    main.tell("ended", null);
  } catch (error) {
    main.tell("ended", (error as Error).stack ?? String(error));
  }
  for (const { port } of readers) port.close();
  parentPort!.close();
}

/** The register as it is on record; what the judge commits from now on comes as changes. Makes or migrates the file. */
async function registered(): Promise<RegisterChange[]> {
  await (await openRecordsWriter(files.records)).close();
  const records = openRecordsReader(files.records);
  const changes: RegisterChange[] = [];
  for (const kind of entityKinds)
    for (const value of await records.entities(kind))
      changes.push({ put: kind, value } as RegisterChange);
  await records.close();
  return changes;
}

/** The first entry of every run: since when nobody listened. */
const started = (): Command => ({
  key: `start/${clock.now()}/${log.head().position}`,
  by: "brain",
  act: { kind: "brain.start", downSince },
});

function listenAt({ host, mqttPort, mqttsPort, tlsCert, tlsKey }: Config): Listen {
  const plain = { tcp: { host, port: mqttPort }, inner: { path: files.pipe } };
  if (tlsCert === undefined || tlsKey === undefined) return plain;
  const [cert, key] = [readFileSync(tlsCert), readFileSync(tlsKey)];
  return { ...plain, tls: { host, port: mqttsPort, cert, key } };
}

function counts(): DoorCounts {
  const { position, time } = log.head();
  const now = broker?.counts();
  const head: Position = position;
  return {
    head,
    headTime: time,
    now: clock.now(),
    logBytes: log.bytes(),
    clients: now?.clients ?? 0,
    received: now?.received ?? 0,
    acknowledged: acks.acknowledged,
    quarantined: refusals.total,
    skewed: decoder.skewed,
    qos0Dropped: now?.qos0Dropped ?? 0,
  };
}

function remark(
  level: "info" | "warn" | "error",
  key: MessageKey,
  params: Record<string, string | number>,
): void {
  main.tell("remark", level, say("en", key, params));
}
