// brain simulate: a fleet under test, with a verdict and an exit code; over MQTT, or straight into a log.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import type { Comparison } from "../../simulators/matching.ts";
import { verdictJunit } from "../../simulators/report.ts";
import { readStoryline, type Storyline } from "../../simulators/storyline.ts";
import * as storylines from "../../simulators/storylines/index.ts";
import type { Verdict } from "../../simulators/verdict.ts";
import type { FolderOptions } from "./client.ts";
import { configured } from "./configured.ts";
import { conclude, firstInterrupt } from "./demo.ts";
import { type DrillOptions, drillFolder, openDrill, removeFolder, runDrill } from "./drill.ts";
import { Exit } from "./exit.ts";
import { numberOf } from "./numbers.ts";
import { note, streetTime, tell } from "./speech.ts";
import { runVirtual } from "./virtual.ts";

type Options = FolderOptions & {
  for: string;
  hours: string;
  sensors: string;
  seed: string;
  speed: string;
  rate?: string;
  storyline: string;
  incident: string[];
  fault: string[];
  virtual?: true;
  junit?: string;
  keep?: true;
  json?: true;
};

const gather = (value: string, before: string[]): string[] => [...before, value];

export const simulateCommand = (): Command =>
  new Command("simulate")
    .description(tell("simulate.about"))
    .option("--for <seconds>", tell("simulate.for"), "60")
    .option("--sensors <n>", tell("simulate.sensors"), "2000")
    .option("--rate <n>", tell("simulate.rate"))
    .option("--speed <times>", tell("simulate.speed"), "60")
    .option("--seed <n>", tell("simulate.seed"), "1")
    .option("--storyline <id>", tell("simulate.storyline"), "storm-night")
    .option("--incident <text>", tell("simulate.incident"), gather, [])
    .option("--fault <text>", tell("simulate.fault"), gather, [])
    .option("--virtual", tell("simulate.virtual"))
    .option("--hours <n>", tell("simulate.hours"), "24")
    .option("--junit <file>", tell("simulate.junit"))
    .option("--data <folder>", tell("cli.data"))
    .option("--keep", tell("simulate.keep"))
    .option("--json", tell("cli.json"))
    .action(simulate);

async function simulate(options: Options): Promise<void> {
  const folder = drillFolder(options.data ?? join("data", "drills"));
  const drill: DrillOptions = {
    sensors: numberOf("--sensors", options.sensors),
    seed: numberOf("--seed", options.seed),
    speed: numberOf("--speed", options.speed),
    storyline: storylineOf(options.storyline),
    incidents: options.incident,
    faults: options.fault,
    ...(options.rate === undefined ? {} : { rate: numberOf("--rate", options.rate) }),
  };
  const { signal, forget } = firstInterrupt();
  try {
    const ended = options.virtual
      ? await runVirtual(
          folder,
          drill,
          numberOf("--hours", options.hours),
          signal,
          (at, sent, alerts) => {
            if (!options.json)
              note(tell("simulate.progress", { at: streetTime(at), sent, alerts }));
          },
        )
      : await overMqtt(folder, drill, options, signal);
    if (options.junit)
      writeFileSync(
        options.junit,
        verdictJunit(ended.verdict, ended.comparison, options.storyline),
      );
    conclude(ended, options.json === true);
  } finally {
    forget();
    if (!options.keep) removeFolder(folder);
  }
}

async function overMqtt(
  folder: string,
  drill: DrillOptions,
  options: Options,
  signal: AbortSignal,
): Promise<{ verdict: Verdict; comparison: Comparison }> {
  const config = configured({ dataFolder: folder, host: "127.0.0.1", httpPort: 0, mqttPort: 0 });
  const opened = await openDrill(config, drill);
  let ticks = 0;
  try {
    return await runDrill(opened, numberOf("--for", options.for) * 1_000, {
      signal,
      onProgress({ sent }) {
        if (options.json || ++ticks % 5 !== 0) return;
        note(
          tell("simulate.progress", {
            at: streetTime(opened.brain.health().now),
            sent,
            alerts: "…",
          }),
        );
      },
    });
  } finally {
    await opened.brain.close();
  }
}

/** A storyline of the house by its id, or a file a tester wrote. */
function storylineOf(asked: string): Storyline | null {
  if (asked === "none") return null;
  const known = Object.values(storylines) as Storyline[];
  const found = known.find(({ id }) => id === asked);
  if (found) return found;
  if (asked.endsWith(".json")) return readStoryline(asked);
  const ids = known.map(({ id }) => id).join(", ");
  throw new Exit("notFound", tell("simulate.story-unknown", { id: asked, known: ids }));
}
