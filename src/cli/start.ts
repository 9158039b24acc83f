// brain start: a live brain, until SIGTERM or Ctrl-C.

import { Command } from "commander";
import { pino } from "pino";
import type { Brain, BrainOptions } from "../main.ts";
import { FolderRefused } from "../store/folder.ts";
import { prepareThreads } from "../threads/nursery.ts";
import { configured } from "./configured.ts";
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
      const stop = stopSignals();
      const brain = await begin({
        config,
        mode: "live",
        clock: { kind: "real", notBefore: 0 },
        remark: (level, message) => log[level](message),
      });
      print(tell("start.ready", { ...places(brain), folder: config.dataFolder }));
      if ((await brain.front.tokens.tokens()).length === 0) note(tell("start.no-token"));
      await untilStopped(brain, stop);
    });

export const places = ({ addresses }: Brain): { http: string; mqtt: string } => ({
  http: addresses.http,
  mqtt: addresses.mqtt,
});

/** Starts a brain, and says in a person's words why it can't. */
export async function begin(options: BrainOptions): Promise<Brain> {
  const threads = prepareThreads();
  try {
    const { startBrain } = await import("../main.ts");
    return await startBrain({ threads, ...options });
  } catch (error) {
    if (error instanceof FolderRefused) throw new Exit("inUse", error.message);
    const { code, port } = error as { code?: string; port?: number };
    if (code === "EADDRINUSE")
      throw new Exit("unavailable", tell("cli.port-taken", { port: port ?? "?" }));
    throw error;
  }
}

type StopSignals = { asked: Promise<void>; count(): number; forget(): void };

/** Listens from before the start: what stops a brain that is just ready must find it listening. The second signal ends at once. */
function stopSignals(): StopSignals {
  const { promise: asked, resolve } = Promise.withResolvers<void>();
  const names = ["SIGINT", "SIGTERM"] as const;
  let times = 0;
  const stop = () => {
    if (++times > 1) process.exit(130);
    note(tell("start.draining"));
    resolve();
  };
  for (const name of names) process.on(name, stop);
  return {
    asked,
    count: () => times,
    forget() {
      for (const name of names) process.off(name, stop);
    },
  };
}

/** Resolves when the first signal has been drained, or the brain could not go on. */
async function untilStopped(brain: Brain, stop: StopSignals): Promise<void> {
  await Promise.race([stop.asked, brain.finished]);
  await brain.close();
  stop.forget();
  if (stop.count() > 0) note(tell("start.stopped"));
}
