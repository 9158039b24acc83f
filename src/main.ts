// The composition root: one brain on one data folder. It joins the rooms and their threads, and decides nothing itself.

import { randomBytes, randomUUID } from "node:crypto";
import { MessageChannel, type MessagePort } from "node:worker_threads";
import type { Front, Health, RunningScenario } from "./api/ports.ts";
import { newToken } from "./api/secret.ts";
import { type FrontOptions, openFront } from "./api/server.ts";
import { type ClockPlan, clockOf } from "./app/clock.ts";
import type { Act, Command, Outcome } from "./app/commands.ts";
import type { Config } from "./config.ts";
import { openQuarantineReader } from "./ingest/quarantine-store.ts";
import type { RegisterChange } from "./register/entities.ts";
import { type Mode, takeFolder } from "./store/folder.ts";
import type { Position } from "./store/log.ts";
import { openRecordsReader, openRecordsWriter, openTokenStore } from "./store/sqlite/records.ts";
import { announcements } from "./threads/announcements.ts";
import { openArchive } from "./threads/archive.ts";
import { openBridge } from "./threads/bridge.ts";
import { openControl } from "./threads/control.ts";
import { Court } from "./threads/court.ts";
import { openGate } from "./threads/gate.ts";
import { withLocal } from "./threads/local-token.ts";
import { openOutcomes } from "./threads/outcomes.ts";
import { type Birth, installed } from "./threads/shared.ts";

export type BrainOptions = {
  config: Config;
  mode: Mode;
  clock: ClockPlan;
  /** Address of the module whose exports are the scenarios; default: those of this repository. */
  scenarios?: string;
  front?: Pick<FrontOptions, "signedInAs" | "map">;
  remark?: (level: "info" | "warn" | "error", message: string) => void;
};

export type Brain = {
  addresses: { http: string; mqtt: string; mqtts: string | null };
  /** Good for everything while this process runs; it stands in run.json, for the command line on this machine. */
  localToken: string;
  health(): Health;
  front: Front;
  /** Does something as the brain itself or in a person's name; resolves with what the judge committed of it. */
  act(by: string, act: Act, key?: string): Promise<Outcome>;
  /** Stops taking, finishes what was taken, and lets go of the folder. */
  close(): Promise<void>;
  /** Resolves when the brain has closed; rejects when it could not go on. */
  finished: Promise<void>;
};

const defaultScenarios = new URL("../scenarios/index.ts", import.meta.url).href;
const TRIM_MS = 2_000;

/** Starts a brain. Throws FolderRefused where its folder is taken, and what any part says that cannot start. */
export async function startBrain(options: BrainOptions): Promise<Brain> {
  const { config, mode } = options;
  const remark = options.remark ?? (() => {});
  const folder = takeFolder(config.dataFolder, mode);
  const birth: Birth = {
    config,
    mode,
    clock: options.clock,
    scenarios: options.scenarios ?? defaultScenarios,
    files: {
      log: folder.file("log.db"),
      records: folder.file("brain.db"),
      history: folder.file("history"),
      quarantine: folder.file("quarantine.db"),
      pipe: pipeOf(folder.path, "mqtt"),
    },
  };
  const parts: { close(): unknown }[] = [{ close: () => folder.release() }];
  const closing = Promise.withResolvers<void>();
  let closed: Promise<void> | null = null;
  const close = () => (closed ??= closeAll(parts).then(closing.resolve, closing.reject));
  const fatal = (error: Error) => {
    remark("error", error.message);
    closing.reject(error);
    void close();
  };
  closing.promise.catch(() => {}); // whoever awaits `finished` is told; nobody has to
  try {
    await (await openRecordsWriter(birth.files.records)).close(); // makes or migrates the file before anybody reads it
    const records = openRecordsReader(birth.files.records);
    const token = newToken();
    const tokens = withLocal(openTokenStore(birth.files.records), token);
    parts.push(records, tokens);
    const scenarios = await installed(birth.scenarios);
    const outcomes = openOutcomes();
    const news = announcements();
    const gate = await openGate(birth, { remark, fatal });
    parts.push(gate);
    const connect = (port: MessagePort) => gate.reader(port);
    const tell = (command: Command) => gate.append(command);
    const act = (by: string, one: Act, key: string = randomUUID()) =>
      outcomes.submit({ key, by, act: one }, tell);
    const court = await Court.open({
      birth,
      scenarios: scenarios.map(({ id }) => id),
      connect,
      remark,
      fatal,
      act: (one) => void act("brain", one).catch((error: Error) => remark("error", error.message)),
      announce(announcement, settled, register: readonly RegisterChange[]) {
        if (register.length > 0) gate.register(register);
        for (const outcome of settled) outcomes.settle(outcome);
        news.tell(announcement);
      },
    });
    parts.push({ close: () => court.stop() });
    const archive = await openArchive(birth, { connect, fatal });
    parts.push(archive);
    const trimming = setInterval(() => {
      const through: Position = Math.min(court.counts().position, archive.durable());
      gate.trim(through);
    }, TRIM_MS);
    parts.push({ close: () => clearInterval(trimming) });
    const listening = await gate.listen();
    const clock = clockOf(options.clock);
    const startedAt = Date.now();
    const health = (): Health => {
      const [door, judge, past] = [gate.counts(), court.counts(), archive.counts()];
      const { head, ...rest } = door;
      return {
        ...rest,
        mode,
        speed: clock.speed,
        startedAt,
        now: Math.max(clock.now(), door.now),
        logHead: head,
        judgedTo: judge.position,
        historyTo: past.position,
        judgeBehindMs: head > judge.position ? Math.max(0, (door.headTime ?? 0) - judge.time) : 0,
        stored: past.stored,
        judged: judge.judged,
        copies: judge.copies,
        late: judge.late,
        scenariosOut: judge.out,
      };
    };
    const front: Front = {
      records,
      tokens,
      history: archive,
      quarantine: openQuarantineReader(birth.files.quarantine),
      get scenarios(): RunningScenario[] {
        const { out } = court.counts();
        return scenarios.map((scenario) => ({
          scenario,
          params: {},
          out: out[scenario.id] ?? null,
        }));
      },
      health,
      submit: (command) => outcomes.submit(command, tell),
      onAnnouncement: news.listen,
      onReadings: archive.watch,
      mqttStream: openBridge(birth.files.pipe),
    };
    const http = await openFront(front, {
      host: config.host,
      port: config.httpPort,
      dataFolder: folder.path,
      ...options.front,
    });
    parts.push(http);
    const pipe = pipeOf(folder.path, "control");
    parts.push(await openControl(pipe, act));
    const addresses = { http: http.address, ...listening };
    folder.announce({ http: http.address, mqtt: listening.mqtt, control: pipe, token, startedAt });
    return { addresses, localToken: token, health, front, act, close, finished: closing.promise };
  } catch (error) {
    await close().catch(() => {});
    throw error;
  }
}

/** In the reverse of the order in which they were opened: the front first, the folder last. */
async function closeAll(parts: { close(): unknown }[]): Promise<void> {
  for (const part of parts.reverse()) await part.close();
}

/** Where the front hands browsers' MQTT to the door; short, since a socket's path may not be long. */
function pipeOf(folder: string, use: string): string {
  const name = `${use}-${process.pid}-${randomBytes(4).toString("hex")}`;
  return process.platform === "win32" ? `\\\\.\\pipe\\${name}` : `${folder}/${name}.sock`;
}
