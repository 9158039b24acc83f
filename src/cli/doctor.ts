// brain doctor: what this machine and this configuration would do to a brain, and what to do about it.

import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  rmSync,
  statfsSync,
  statSync,
  writeSync,
} from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { Command } from "commander";
import type { Config } from "../config.ts";
import type { MessageKey } from "../messages/say.ts";
import { runningOn } from "../store/folder.ts";
import type { FolderOptions } from "./client.ts";
import { configured } from "./configured.ts";
import { exitCodes } from "./exit.ts";
import { connectionsAtMost, openFilesLimit } from "./open-files.ts";
import { print, table, tell } from "./speech.ts";

/** One thing looked at: well, to be looked at by a person, or in the way of a start. */
export type Finding = {
  verdict: "ok" | "warn" | "bad";
  text: MessageKey;
  params: Record<string, string | number>;
};

const GIB = 2 ** 30;
const FILES_ADVISED = 65_536;

export const doctorCommand = (): Command =>
  new Command("doctor")
    .description(tell("doctor.about"))
    .option("--data <folder>", tell("cli.data"))
    .option("--json", tell("cli.json"))
    .action(async (options: FolderOptions & { json?: true }) => {
      const findings = await examine(configured({ dataFolder: options.data }));
      if (options.json)
        print(
          JSON.stringify(findings.map((one) => ({ ...one, says: tell(one.text, one.params) }))),
        );
      else {
        const rows = findings.map(({ verdict, text, params }) => [
          tell(`doctor.${verdict}`),
          tell(text, params),
        ]);
        print(table(["", ""], rows).trimStart());
      }
      if (findings.some(({ verdict }) => verdict === "bad")) process.exitCode = exitCodes.found;
    });

/** Looks at everything; changes nothing but a file of its own in the data folder, which it takes away again. */
export async function examine(config: Config): Promise<Finding[]> {
  const { version } = process;
  const new_ = Number(process.versions.node.split(".")[0]) >= 24;
  return [
    finding(new_ ? "ok" : "bad", new_ ? "doctor.node" : "doctor.node-bad", { version }),
    finding("ok", "doctor.config"),
    ...folder(config),
    ...(await ports(config)),
    files(),
  ];
}

const finding = (
  verdict: Finding["verdict"],
  text: MessageKey,
  params: Finding["params"] = {},
): Finding => ({ verdict, text, params });

function folder(config: Config): Finding[] {
  const path = config.dataFolder;
  const probe = join(path, `doctor-${process.pid}`);
  try {
    mkdirSync(path, { recursive: true });
    const times = syncTimes(probe);
    const driftS = Math.abs(statSync(probe).mtimeMs - Date.now()) / 1_000;
    const run = runningOn(path);
    const holder = run ? { pid: run.pid, mode: run.mode } : {};
    return [
      finding("ok", run ? "doctor.folder-run" : "doctor.folder-free", { folder: path, ...holder }),
      finding("ok", "doctor.fsync", { p50: times.p50.toFixed(2), worst: times.worst.toFixed(2) }),
      driftS < 5
        ? finding("ok", "doctor.clock")
        : finding("warn", "doctor.clock-bad", { seconds: Math.round(driftS) }),
      disk(config),
    ];
  } catch (error) {
    return [finding("bad", "doctor.folder-bad", { folder: path, why: (error as Error).message })];
  } finally {
    rmSync(probe, { force: true });
  }
}

/** How long the disk takes to make 4 KiB durable: what every acknowledgement waits for. */
function syncTimes(probe: string): { p50: number; worst: number } {
  const file = openSync(probe, "w");
  const times: number[] = [];
  for (let i = 0; i < 21; i++) {
    const before = performance.now();
    writeSync(file, Buffer.alloc(4_096));
    fsyncSync(file);
    times.push(performance.now() - before);
  }
  closeSync(file);
  times.sort((a, b) => a - b);
  return { p50: times[10]!, worst: times[20]! };
}

function disk(config: Config): Finding {
  const { bavail, bsize } = statfsSync(config.dataFolder);
  const free = (bavail * bsize) / GIB;
  const wanted = config.logMaxGiB + config.historyMaxGiB;
  const params = { free: free.toFixed(1), wanted: wanted.toFixed(1) };
  return finding(
    free < wanted ? "warn" : "ok",
    free < wanted ? "doctor.disk-low" : "doctor.disk",
    params,
  );
}

/** A port held by the brain that runs on the folder is as it should be. */
async function ports(config: Config): Promise<Finding[]> {
  if (runningOn(config.dataFolder)) return [];
  const wanted = [
    ["HTTP", config.httpPort],
    ["MQTT", config.mqttPort],
    ...(config.tlsCert ? ([["MQTTS", config.mqttsPort]] as const) : []),
  ] as const;
  return Promise.all(
    wanted.map(async ([what, port]) =>
      (await isFree(port, config.host))
        ? finding("ok", "doctor.port", { port, what })
        : finding("bad", "cli.port-taken", { port }),
    ),
  );
}

const isFree = (port: number, host: string): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });

function files(): Finding {
  const limit = openFilesLimit();
  const enough = limit >= FILES_ADVISED;
  return finding(enough ? "ok" : "warn", enough ? "doctor.files" : "doctor.files-low", {
    limit: Number.isFinite(limit) ? limit : "∞",
    connections: connectionsAtMost(),
  });
}
