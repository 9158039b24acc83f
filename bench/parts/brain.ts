// The brain as a bench sees it: `brain start` in a process of its own, spoken to by MQTT, HTTP and
// the local control.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Health } from "../../src/api/ports.ts";
import type { Act } from "../../src/app/commands.ts";
import type { Json } from "../../src/core/rule.ts";
import type { RegisterChange } from "../../src/register/entities.ts";
import type { Run } from "../../src/store/folder.ts";
import type { Counts } from "../../src/store/records.ts";
import { actThrough } from "../../src/threads/control.ts";
import { type Program, startFile } from "./program.ts";
import type { Workshop } from "./workshop.ts";

export type Brain = {
  pid: number;
  program: Program;
  run: Run;
  /** Of MQTT over TCP. */
  port: number;
  /** From the start of the process until it said that it is ready. */
  readyMs: number;
  act(act: Act): Promise<Json>;
  stats(): Promise<{ health: Health; counts: Counts }>;
  /** Asks it to end, as systemd does; rejects when it ends with anything but 0. */
  stop(): Promise<void>;
  kill(): Promise<void>;
};

export type BrainOptions = {
  folder: string;
  /** Loaded in each of its threads before anything else. */
  imports?: readonly URL[];
  env?: Record<string, string>;
  mqttPort?: number;
  errors?: "inherit" | "ignore";
};

const command = new URL("../../src/cli/brain.ts", import.meta.url);
/** Changes of the register in one command. */
const BATCH = 2_000;

/**
 * Starts a live brain and resolves when it is ready; `born` is told as soon as there is a process.
 */
export async function startBrain(
  shop: Workshop,
  options: BrainOptions,
  born: (program: Program) => void = () => {},
): Promise<Brain> {
  const { folder, imports = [], env = {}, mqttPort = 0, errors = "inherit" } = options;
  const began = performance.now();
  const args = ["start", "--data", folder, "--http", "0", "--mqtt", String(mqttPort)];
  const program = startFile(shop, command, args, {
    imports,
    errors,
    env: { BRAIN_LOG_LEVEL: "error", BRAIN_LANG: "en", ...env },
  });
  const isReady = program.line((line) => line.includes("mqtt://"));
  born(program);
  await isReady;
  const readyMs = performance.now() - began;
  const run = JSON.parse(readFileSync(join(folder, "run.json"), "utf8")) as Run;
  return {
    pid: program.pid,
    program,
    run,
    port: Number(new URL(run.mqtt ?? "").port),
    readyMs,
    act: (act) => actOn(run, act),
    stats: () => statsOf(run),
    async stop() {
      program.kill("SIGTERM");
      const { code, signal } = await program.ended;
      if (code !== 0) throw new Error(`the brain ended with ${signal ?? code}`);
    },
    async kill() {
      program.kill("SIGKILL");
      await program.ended;
    },
  };
}

async function actOn(run: Run, act: Act): Promise<Json> {
  const outcome = await actThrough(run.control, "bench", act);
  if (outcome.ok) return outcome.result;
  throw new Error(`refused: ${outcome.problem} ${JSON.stringify(outcome.params).slice(0, 500)}`);
}

async function statsOf({ http, token }: Run): Promise<{ health: Health; counts: Counts }> {
  const answer = await fetch(`${http}/api/v1/stats`, {
    headers: { authorization: `Bearer ${token}` },
  });
  if (!answer.ok) throw new Error(`/stats answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as { health: Health; counts: Counts };
}

/** Puts a register into a brain that has none. */
export async function register(brain: Brain, changes: readonly RegisterChange[]): Promise<void> {
  for (let from = 0; from < changes.length; from += BATCH)
    await brain.act({ kind: "register.change", changes: changes.slice(from, from + BATCH) });
}
