// brain replay: a recording sent through a real MQTT client, into a drill brain whose clock follows it or into the live one.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { populationOf } from "../../simulators/population.ts";
import { readMap } from "../../simulators/recording.ts";
import { type Replayed, type ReplayOptions, replayCsv } from "../../simulators/replay.ts";
import type { AlertRecord } from "../engine/alert-record.ts";
import type { RegisterChange } from "../register/entities.ts";
import { Register } from "../register/register.ts";
import { runningOn } from "../store/folder.ts";
import type { FolderOptions } from "./client.ts";
import { configured } from "./configured.ts";
import { withCredentials } from "./credentials.ts";
import { firstInterrupt } from "./demo.ts";
import { drillFolder, removeFolder } from "./drill.ts";
import { Exit } from "./exit.ts";
import { registerOf } from "./import.ts";
import { importFiles } from "./import-files.ts";
import { numberOf } from "./numbers.ts";
import { installedScenarios } from "./scenario.ts";
import { inWords, note, print, streetTime, table, tell } from "./speech.ts";
import { begin } from "./start.ts";

type Options = FolderOptions & {
  map: string;
  register?: string[];
  shiftToNow?: true;
  secrets?: string;
  speed?: string;
  keep?: true;
  json?: true;
};

export const replayCommand = (): Command =>
  new Command("replay")
    .description(tell("replay.about"))
    .argument("<file>")
    .requiredOption("--map <columns>", tell("replay.map"))
    .option("--register <files...>", tell("replay.register"))
    .option("--shift-to-now", tell("replay.shift"))
    .option("--secrets <file>", tell("replay.secrets"))
    .option("--speed <times>", tell("replay.speed"))
    .option("--data <folder>", tell("cli.data"))
    .option("--keep", tell("simulate.keep"))
    .option("--json", tell("cli.json"))
    .action((file: string, options: Options) =>
      options.shiftToNow ? intoLive(file, options) : intoDrill(file, options),
    );

/** What both ways share: where to send, and what is known of the sensors. */
function send(
  file: string,
  options: Options,
  to: Pick<ReplayOptions, "url" | "secretOf" | "sensorOf">,
): Promise<Replayed> {
  const { signal, forget } = firstInterrupt();
  const replayed = replayCsv(file, readMap(options.map), {
    ...to,
    scenarios: installedScenarios,
    signal,
    ...(options.speed === undefined ? {} : { speed: numberOf("--speed", options.speed) }),
    ...(options.shiftToNow ? { shiftToNow: true } : {}),
    onProgress({ sent, acked }) {
      if (!options.json) note(tell("replay.sent", { sent, acked }));
    },
  });
  return replayed.finally(forget);
}

async function intoDrill(file: string, options: Options): Promise<void> {
  const folder = drillFolder(options.data ?? join("data", "drills"));
  const config = configured({ dataFolder: folder, host: "127.0.0.1", httpPort: 0, mqttPort: 0 });
  try {
    const plain = await registered(options.register ?? []);
    const brain = await begin({ config, mode: "drill", clock: { kind: "driven", from: 0 } });
    try {
      const { changes, secretOf } = withCredentials(plain, folder);
      if (changes.length > 0) await brain.act("replay", { kind: "register.change", changes });
      const { register } = populationOf(changes, installedScenarios);
      const sensorOf = (id: string) => register.sensor(id);
      const replayed = await send(file, options, { url: brain.addresses.mqtt, secretOf, sensorOf });
      // Its outcome is committed after all that the recording said.
      await brain.act("replay", { kind: "link", id: "replay", online: false });
      const { records } = brain.front;
      const alerts = (await records.alerts({ limit: 10_000 })).items;
      const { cases } = await records.counts(brain.health().now);
      conclude(replayed, alerts, cases.open + cases.closed, options.json === true);
    } finally {
      await brain.close();
    }
  } finally {
    if (!options.keep) removeFolder(folder);
  }
}

async function intoLive(file: string, options: Options): Promise<void> {
  const { dataFolder: folder } = configured({ dataFolder: options.data });
  const run = runningOn(folder);
  if (!run?.mqtt) throw new Exit("unavailable", tell("replay.not-running", { folder }));
  const secrets = options.secrets
    ? (JSON.parse(readFileSync(options.secrets, "utf8")) as Record<string, string>)
    : {};
  const register = await registerOf(folder);
  const replayed = await send(file, options, {
    url: run.mqtt,
    secretOf: (id) => secrets[id],
    sensorOf: (id) => register.sensor(id),
  });
  conclude(replayed, [], 0, options.json === true);
}

async function registered(paths: readonly string[]): Promise<readonly RegisterChange[]> {
  const files = paths.map((path) => ({ path }));
  const { changes, report } = await importFiles(files, new Register(installedScenarios));
  if (report.length === 0) return changes;
  const faults = report.map(
    ({ file, line, field, value, text }) => `  ${file}:${line} ${field} ${value}: ${inWords(text)}`,
  );
  throw new Exit("badInput", tell("replay.register-wrong", { faults: faults.join("\n") }));
}

function conclude(
  replayed: Replayed,
  alerts: readonly AlertRecord[],
  cases: number,
  json: boolean,
): void {
  const { sent, acked, badRows, bad, from, to } = replayed;
  if (json)
    return void print(JSON.stringify({ sent, acked, badRows, bad, from, to, cases, alerts }));
  for (const { line, why } of bad) note(`${line}: ${inWords(why)}`);
  const rows = alerts.map(({ level, raisedAt, resolvedAt, scenario, rule, siteId }) => [
    level,
    streetTime(raisedAt),
    resolvedAt === null ? "" : streetTime(resolvedAt),
    `${scenario}/${rule}`,
    siteId,
  ]);
  if (rows.length > 0) print(table(["", "", "", "", ""], rows).trimStart());
  print(tell("replay.done", { sent, bad: badRows, alerts: alerts.length, cases }));
}
