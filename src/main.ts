// The composition root: one brain on one data folder. It joins the rooms and their threads, and decides nothing itself.

import { randomBytes, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import type { MessagePort } from "node:worker_threads";
import { Create } from "typebox/value";
import type { Front, Health, RunningScenario } from "./api/ports.ts";
import { newToken } from "./api/secret.ts";
import type { FrontOptions } from "./api/server.ts";
import { type ClockPlan, clockOf } from "./app/clock.ts";
import type { Act, Command, Outcome } from "./app/commands.ts";
import { ShuttingDown } from "./app/door.ts";
import type { Config } from "./config.ts";
import type { AnyScenario } from "./core/scenario.ts";
import { health as ownHealth } from "./engine/health.ts";
import { openQuarantineReader } from "./ingest/quarantine-store.ts";
import { type Folder, type Mode, takeFolder } from "./store/folder.ts";
import { openDatabase } from "./store/sqlite/database.ts";
import { openRecordsReader, openTokenStore } from "./store/sqlite/records.ts";
import { announcements } from "./threads/announcements.ts";
import { openArchive } from "./threads/archive.ts";
import { openBridge } from "./threads/bridge.ts";
import { startChores } from "./threads/chores.ts";
import { type Closing, openClosing } from "./threads/closing.ts";
import { openControl } from "./threads/control.ts";
import { Court } from "./threads/court.ts";
import { openGate } from "./threads/gate.ts";
import { healthOf } from "./threads/health.ts";
import type { JudgeCounts } from "./threads/judge-words.ts";
import { withLocal } from "./threads/local-token.ts";
import { type Nursery, prepareThreads } from "./threads/nursery.ts";
import { openOutcomes } from "./threads/outcomes.ts";
import { type Birth, installed, watchedNames } from "./threads/shared.ts";

export type BrainOptions = {
  config: Config;
  mode: Mode;
  clock: ClockPlan;
  /** Address of the module whose exports are the scenarios; default: those of this repository. */
  scenarios?: string;
  front?: Pick<FrontOptions, "signedInAs" | "map" | "log">;
  /** Threads that load their code already; for one brain. */
  threads?: Nursery;
  /** Told what is worth a line in the program's own log. */
  remark?(level: "info" | "warn" | "error", message: string): void;
};

export type Brain = {
  addresses: { http: string; mqtt: string; mqtts: string | null };
  /** Good for everything while this process runs; it stands in run.json, for the command line on this machine. */
  localToken: string;
  health(): Health;
  front: Front;
  /** Does something in a name; resolves with what the judge committed of it. */
  act(by: string, act: Act, key?: string): Promise<Outcome>;
  /** Stops taking, finishes what was taken, and lets go of the folder. */
  close(): Promise<void>;
  /** Resolves when the brain has closed; rejects when it could not go on. */
  finished: Promise<void>;
};

const defaultScenarios = new URL("../scenarios/index.ts", import.meta.url).href;
const TRIM_MS = 2_000;
/** An alert waits so long at most for the judge to hear of its reading. */
const JUDGE_HEARS_MS = 10;
/** The API waits so long for what was just sent. */
const HISTORY_HEARS_MS = 50;

/** Starts a brain. Throws FolderRefused where its folder is taken, and what any part says that cannot start. */
export async function startBrain(options: BrainOptions): Promise<Brain> {
  const closing = openClosing();
  const folder = takeFolder(options.config.dataFolder, options.mode);
  closing.add({ close: () => folder.release() });
  try {
    return await assemble(options, folder, closing);
  } catch (error) {
    await closing.close().catch(() => {}); // what could not start is the error to tell
    throw error;
  }
}

async function assemble(options: BrainOptions, folder: Folder, closing: Closing): Promise<Brain> {
  const birth = birthOf(options, folder);
  const opening = openThreads(birth, options, closing);
  // The API's code is loaded while the threads load theirs.
  const [threads, { openFront }] = await Promise.all([opening, import("./api/server.ts")]);
  const token = newToken();
  const records = closing.add(openRecordsReader(birth.files.records));
  const tokens = closing.add(openTokenStore(birth.files.records));
  const quarantine = openQuarantineReader(
    closing.add(openDatabase(birth.files.quarantine, { readOnly: true })),
  );
  const { archive, gate, listening, court, scenarios, outcomes, news, act } = threads;
  const clock = clockOf(gate.plan);
  const startedAt = Date.now();
  const health = () => healthOf({ mode: folder.mode, clock, startedAt, gate, court, archive });
  const running = runningOf(scenarios, () => court.counts());
  const front: Front = {
    records,
    tokens: withLocal(tokens, token),
    history: archive,
    quarantine,
    get scenarios() {
      return running();
    },
    health,
    submit: (command) => outcomes.submit(command, gate.append),
    onAnnouncement: news.listen,
    onReadings: archive.watch,
    mqttStream: openBridge(birth.files.pipe),
  };
  const { config } = options;
  const http = closing.add(await openFront(front, { ...frontOptions(config), ...options.front }));
  const control = pipeOf(folder, "control");
  closing.add(await openControl(control, act));
  folder.announce({ http: http.address, mqtt: listening.mqtt, control, token, startedAt });
  const addresses = { http: http.address, ...listening };
  const { close, finished } = closing;
  return { addresses, localToken: token, health, front, act, close, finished };
}

/** The scenarios as they run, made anew whenever the judge has counted. */
function runningOf(scenarios: readonly AnyScenario[], counts: () => JudgeCounts) {
  // The brain's own is among them, so that its alerts have their words.
  const own = [...scenarios, ownHealth].map((scenario) => ({
    scenario,
    params: Create(scenario.params) as Record<string, unknown>,
  }));
  let seen: JudgeCounts | null = null;
  let running: readonly RunningScenario[] = [];
  return () => {
    const now = counts();
    if (now === seen) return running;
    seen = now;
    running = own.map(({ scenario, params }) => {
      const { [scenario.id]: release = { params, release: 0 } } = now.released;
      return { scenario, ...release, out: now.out[scenario.id] ?? null };
    });
    return running;
  };
}

/** Door, judge and history, joined: each reads the log by itself, and is told by the door when it grows. */
async function openThreads(birth: Birth, options: BrainOptions, closing: Closing) {
  const remark = options.remark ?? (() => {});
  const fatal = (error: Error) => {
    remark("error", error.message);
    closing.fail(error);
  };
  const { door, judge, history } = options.threads ?? prepareThreads();
  for (const { worker } of [door, judge, history]) closing.add({ close: () => worker.terminate() }); // last of all: what ended by itself is gone by then
  const [gate, scenarios] = await Promise.all([
    openGate(birth, { thread: door, remark, fatal }),
    installed(birth.scenarios),
  ]);
  closing.add(gate);
  const outcomes = openOutcomes();
  const news = announcements();
  const connect = (everyMs: number) => (port: MessagePort) => gate.reader(port, everyMs);
  const append = (command: Command) => gate.append(command);
  const act = (by: string, one: Act, key: string = randomUUID()) =>
    outcomes.submit({ key, by, act: one }, append);
  const fitted = { ...birth, clock: gate.plan };
  // From here on nothing is lost: what comes while the judge still reads its memories waits for it in the log.
  const listening = await gate.listen();
  const opening = Court.open({
    thread: judge,
    birth: fitted,
    scenarios: watchedNames(scenarios),
    connect: connect(JUDGE_HEARS_MS),
    remark,
    fatal,
    act: (one, key) =>
      void act("brain", one, key).catch((error: Error) => remark("error", error.message)),
    announce(announcement, settled, register) {
      news.tell(announcement);
      const settle = () => settled.forEach(outcomes.settle);
      // Whoever is answered may rely on it at once: a new sensor is let in, a consent withdrawn holds.
      if (register.length > 0) gate.register(register).then(settle, fatal);
      else settle();
    },
  });
  const keeping = openArchive(fitted, {
    thread: history,
    connect: connect(HISTORY_HEARS_MS),
    fatal,
  });
  const [court, archive] = await Promise.all([opening, keeping]);
  closing.add({ close: () => Promise.all([archive.close(), court.stop()]) }); // at once, for there is little time
  closing.add(startChores(archive, remark));
  const trim = () => gate.trim(Math.min(court.counts().position, archive.durable()));
  const trimming = setInterval(trim, TRIM_MS);
  closing.add({ close: () => clearInterval(trimming) });
  closing.add(gate); // before its readers, so that they find all it has appended
  closing.add({ close: () => outcomes.fail(new ShuttingDown()) });
  return { scenarios, outcomes, news, gate, listening, court, archive, act };
}

const birthOf = ({ config, mode, clock, scenarios }: BrainOptions, folder: Folder): Birth => ({
  config,
  mode,
  clock,
  scenarios: scenarios ?? defaultScenarios,
  files: {
    log: folder.file("log.db"),
    records: folder.file("brain.db"),
    history: folder.file("history"),
    quarantine: folder.file("quarantine.db"),
    pipe: pipeOf(folder, "mqtt"),
  },
});

function frontOptions(config: Config): FrontOptions {
  const { host, httpPort: port, dataFolder, tlsCert, tlsKey } = config;
  const plain = { host, port, dataFolder };
  if (tlsCert === undefined || tlsKey === undefined) return plain;
  const read = (path: string) => readFileSync(path, "utf8");
  return { ...plain, tls: { cert: read(tlsCert), key: read(tlsKey) } };
}

/** A socket in the data folder, named anew at each start. */
function pipeOf(folder: Folder, use: string): string {
  const name = `${use}-${process.pid}-${randomBytes(4).toString("hex")}`;
  return process.platform === "win32" ? `\\\\.\\pipe\\${name}` : folder.file(`${name}.sock`);
}
