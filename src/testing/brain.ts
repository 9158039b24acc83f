// A real brain on a folder of its own for tests: its threads, its ports on 127.0.0.1, and the ways to speak to it.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectAsync, type IClientOptions, type MqttClient } from "mqtt";
import { vi } from "vitest";
import type { Act, Outcome } from "../app/commands.ts";
import { withCredentials } from "../cli/credentials.ts";
import { type Config, readConfig } from "../config.ts";
import type { AlertEvent, AlertRecord } from "../engine/alert-record.ts";
import { type Brain, type BrainOptions, startBrain } from "../main.ts";
import type { RegisterChange } from "../register/entities.ts";
import { openRecordsReader } from "../store/sqlite/records.ts";

export type TestBrainOptions = {
  /** Address of the module whose exports are the scenarios; default: those of this repository. */
  scenarios?: URL;
  mode?: BrainOptions["mode"];
  clock?: BrainOptions["clock"];
  config?: Partial<Config>;
  /** A folder to go on with; it is left when the brain ends. */
  folder?: string;
};

/** What is asked of the API. A body makes it a POST of JSON; the token is that of this machine's command line unless given. */
export type Asked = { body?: object; token?: string; headers?: Readonly<Record<string, string>> };
// biome-ignore lint/suspicious/noExplicitAny: any JSON may come; a test looks into it and fails where it is other.
export type Answered = { status: number; body: any };

export type TestBrain = {
  readonly brain: Brain;
  folder: string;
  /** What it had to say to the program's log, level before message. */
  remarks: string[];
  /** Changes the register; every gateway and every sensor that speaks for itself gets a secret. Rejects what is refused. */
  register(changes: readonly RegisterChange[]): Promise<void>;
  secretOf(id: string): string | undefined;
  /** Connects as a sensor or gateway; with its secret unless another password is given. */
  connect(id: string, more?: IClientOptions): Promise<MqttClient>;
  ask(path: string, asked?: Asked): Promise<Answered>;
  /** Makes a token. */
  token(role: string, name: string): Promise<string>;
  /** Resolves when all that stands in the log by now is judged and on record. */
  settled(): Promise<void>;
  /** Closes the brain and starts another one on the folder. */
  restart(): Promise<void>;
  /** Hangs up and closes the brain; the folder goes too, unless it was given. */
  end(): Promise<void>;
};

/** Resolves when it is so, with what it is; asked again and again, for as long as a busy machine may need. */
export const until = <T>(isSo: () => T | Promise<T>) =>
  vi.waitUntil(isSo, { timeout: 50_000, interval: 20 });

export const newFolder = (): string => mkdtempSync(join(tmpdir(), "brain-"));

/** The configuration of a brain on a folder, on ports that are free. */
export function configOn(folder: string, more: Partial<Config> = {}): Config {
  const ports = { httpPort: 0, mqttPort: 0, mqttsPort: 0, logLevel: "error" };
  const read = readConfig({}, { dataFolder: folder, ...ports, ...more });
  if (!read.ok) throw new Error(read.faults.join("\n"));
  return read.config;
}

/** Starts a brain; its register is what its folder holds, nothing in a new one. */
export async function openTestBrain(options: TestBrainOptions = {}): Promise<TestBrain> {
  const { scenarios, mode = "live", clock = { kind: "real", notBefore: 0 } } = options;
  const folder = options.folder ?? newFolder();
  const remarks: string[] = [];
  const begin = () =>
    startBrain({
      config: configOn(folder, options.config),
      mode,
      clock,
      ...(scenarios && { scenarios: scenarios.href }),
      remark: (level, message) => void remarks.push(`${level} ${message}`),
    });
  let brain = await begin();
  const clients: MqttClient[] = [];
  const secrets = new Map<string, string>();
  async function close(): Promise<void> {
    for (const client of clients.splice(0)) await client.endAsync(true);
    await brain.close();
  }
  return {
    get brain() {
      return brain;
    },
    folder,
    remarks,
    async register(plain) {
      const { changes, secretOf } = withCredentials(plain, folder);
      await carriedOut(brain, { kind: "register.change", changes });
      for (const id of changes.flatMap((change) => ("put" in change ? [change.value.id] : []))) {
        const secret = secretOf(id);
        if (secret !== undefined) secrets.set(id, secret);
      }
    },
    secretOf: (id) => secrets.get(id),
    async connect(id, more = {}) {
      const password = secrets.get(id) ?? "";
      const own = { clientId: id, username: id, password, reconnectPeriod: 0 };
      const client = await connectAsync(brain.addresses.mqtt, { ...own, ...more });
      clients.push(client);
      return client;
    },
    ask: (path, asked) => ask(brain, path, asked),
    async token(role, name) {
      const { body } = await ask(brain, "/tokens", { body: { role, name } });
      return body.token;
    },
    async settled() {
      // A command's outcome is committed after everything that stands before it in the log.
      await brain.act("test", { kind: "link", id: "test", online: false });
    },
    async restart() {
      await close();
      brain = await begin();
    },
    async end() {
      await close();
      if (options.folder === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function carriedOut(brain: Brain, act: Act): Promise<Outcome & { ok: true }> {
  const outcome = await brain.act("test", act);
  if (outcome.ok) return outcome;
  throw new Error(`${outcome.problem} ${JSON.stringify(outcome.params)}`);
}

async function ask(
  { addresses, localToken }: Brain,
  path: string,
  { body, token = localToken, headers }: Asked = {},
): Promise<Answered> {
  const post = { method: "POST", body: JSON.stringify(body) };
  const answer = await fetch(`${addresses.http}/api/v1${path}`, {
    ...(body && post),
    headers: {
      authorization: `Bearer ${token}`,
      "accept-language": "en",
      ...(body && { "content-type": "application/json" }),
      ...headers,
    },
  });
  return { status: answer.status, body: await answer.json() };
}

/** Alerts by id, each as it is now and with its flow log. */
export type Told = Map<string, { alert: AlertRecord; log: readonly AlertEvent[] }>;

/** All alerts on record in a data folder. */
export async function toldIn(folder: string): Promise<Told> {
  const records = openRecordsReader(join(folder, "brain.db"));
  const told: Told = new Map();
  for (let cursor: string | undefined; ; ) {
    const page = await records.alerts({ limit: 500, ...(cursor !== undefined && { cursor }) });
    for (const alert of page.items)
      told.set(alert.id, { alert, log: await records.alertEvents(alert.id) });
    if (page.next === null) break;
    cursor = page.next;
  }
  await records.close();
  return told;
}
