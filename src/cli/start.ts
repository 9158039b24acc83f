// brain start: a live brain, until SIGTERM or Ctrl-C.

import { Command } from "commander";
import { pino } from "pino";
import { type Brain, type BrainOptions, startBrain } from "../main.ts";
import { FolderRefused } from "../store/folder.ts";
import { configured } from "./client.ts";
import { Exit } from "./exit.ts";
import { note, print, tell } from "./speech.ts";

type Options = { data?: string; host?: string; http?: string; mqtt?: string };

export const startCommand = (): Command =>
  new Command("start")
    .description(tell("start.about"))
    .option("--data <folder>", tell("cli.data"))
    .option("--host <address>", tell("start.host"))
    .option("--http <port>", tell("start.http"))
    .option("--mqtt <port>", tell("start.mqtt"))
    .action(async ({ data, host, http, mqtt }: Options) => {
      const config = configured({
        dataFolder: data,
        host,
        httpPort: http === undefined ? undefined : Number(http),
        mqttPort: mqtt === undefined ? undefined : Number(mqtt),
      });
      const log = pino({ level: config.logLevel });
      const brain = await begin({
        config,
        mode: "live",
        clock: { kind: "real", notBefore: 0 },
        remark: (level, message) => log[level](message),
      });
      print(tell("start.ready", { ...places(brain), folder: config.dataFolder }));
      if ((await brain.front.tokens.tokens()).length === 0) note(tell("start.no-token"));
      await untilStopped(brain);
    });

export const places = ({ addresses }: Brain): { http: string; mqtt: string } => ({
  http: addresses.http,
  mqtt: addresses.mqtt,
});

/** Starts a brain, and says in a person's words why it can't. */
export async function begin(options: BrainOptions): Promise<Brain> {
  try {
    return await startBrain(options);
  } catch (error) {
    if (error instanceof FolderRefused) throw new Exit("inUse", error.message);
    const { code, port } = error as { code?: string; port?: number };
    if (code === "EADDRINUSE")
      throw new Exit("unavailable", tell("cli.port-taken", { port: port ?? "?" }));
    throw error;
  }
}

/** Resolves when the first SIGTERM or Ctrl-C has been drained; a second one ends at once. */
async function untilStopped(brain: Brain): Promise<void> {
  const asked = Promise.withResolvers<void>();
  let times = 0;
  const stop = () => {
    if (++times > 1) process.exit(130);
    note(tell("start.draining"));
    asked.resolve();
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, stop);
  await Promise.race([asked.promise, brain.finished]);
  await brain.close();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.off(signal, stop);
  if (times > 0) note(tell("start.stopped"));
}
