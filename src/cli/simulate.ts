// brain simulate: a fleet under test, with a verdict and an exit code; over MQTT, or straight into a log.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { verdictJunit } from "../../simulators/report.ts";
import { reportJson } from "../../simulators/report-json.ts";
import { beginOf, type Storyline } from "../../simulators/storyline.ts";
import { readStoryline } from "../../simulators/storyline-file.ts";
import { storylineNamed, storylineNames } from "../../simulators/storylines/index.ts";
import type { Instant } from "../core/time.ts";
import type { FolderOptions } from "./client.ts";
import { configured } from "./configured.ts";
import { conclude, firstInterrupt } from "./demo.ts";
import {
  type DrillOptions,
  drillFolder,
  openDrill,
  type Played,
  removeFolder,
  runDrill,
} from "./drill.ts";
import { Exit } from "./exit.ts";
import { numberOf } from "./numbers.ts";
import { inWords, note, print, streetTime, table, tell } from "./speech.ts";
import { runVirtual } from "./virtual.ts";

type Options = FolderOptions & {
  for: string;
  hours: string;
  sensors: string;
  street?: true;
  list?: true;
  at?: string;
  report?: string;
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

/** The sensors of a whole street. */
const STREET = 21_000;

const gather = (value: string, before: string[]): string[] => [...before, value];

export const simulateCommand = (): Command =>
  new Command("simulate")
    .description(tell("simulate.about"))
    .option("--for <seconds>", tell("simulate.for"), "60")
    .option("--sensors <n>", tell("simulate.sensors"), "2000")
    .option("--street", tell("simulate.street"))
    .option("--rate <n>", tell("simulate.rate"))
    .option("--speed <times>", tell("simulate.speed"), "60")
    .option("--seed <n>", tell("simulate.seed"), "1")
    .option("--storyline <id>", tell("simulate.storyline"), "storm-night")
    .option("--list", tell("simulate.list"))
    .option("--at <time>", tell("simulate.at"))
    .option("--incident <text>", tell("simulate.incident"), gather, [])
    .option("--fault <text>", tell("simulate.fault"), gather, [])
    .option("--virtual", tell("simulate.virtual"))
    .option("--hours <n>", tell("simulate.hours"), "24")
    .option("--junit <file>", tell("simulate.junit"))
    .option("--report <file>", tell("simulate.report"))
    .option("--data <folder>", tell("cli.data"))
    .option("--keep", tell("simulate.keep"))
    .option("--json", tell("cli.json"))
    .action(simulate);

async function simulate(options: Options): Promise<void> {
  if (options.list) return list(options.json === true);
  const storyline = storylineOf(options.storyline);
  const startAt = startOf(options.at, storyline);
  const drill: DrillOptions = {
    sensors: options.street ? STREET : numberOf("--sensors", options.sensors),
    seed: numberOf("--seed", options.seed),
    speed: numberOf("--speed", options.speed),
    storyline,
    ...(startAt === undefined ? {} : { startAt }),
    incidents: options.incident,
    faults: options.fault,
    ...(options.rate === undefined ? {} : { rate: numberOf("--rate", options.rate) }),
  };
  const folder = drillFolder(options.data ?? join("data", "drills"));
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
    write(ended, options);
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
): Promise<Played> {
  const config = configured({ dataFolder: folder, host: "127.0.0.1", httpPort: 0, mqttPort: 0 });
  const opened = await openDrill(config, drill);
  let ticks = 0;
  try {
    return await runDrill(opened, numberOf("--for", options.for) * 1_000, {
      signal,
      onConnecting(up, of) {
        if (!options.json && (up === of || up % 1_000 === 0))
          note(tell("demo.connecting", { up, of }));
      },
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

function write({ verdict, comparison, from, until }: Played, options: Options): void {
  if (options.junit)
    writeFileSync(options.junit, verdictJunit(verdict, comparison, options.storyline));
  if (options.report)
    writeFileSync(options.report, reportJson({ verdict, comparison, from, until }));
}

/** A storyline of the house by its name, or a file a tester wrote. */
function storylineOf(asked: string): Storyline | null {
  if (asked === "none") return null;
  if (/[/\\]|[.](ya?ml|json)$/.test(asked)) return readStoryline(asked);
  const names = storylineNames();
  if (names.includes(asked)) return storylineNamed(asked);
  const known = names.join(", ");
  throw new Exit("notFound", tell("simulate.story-unknown", { id: asked, known }));
}

/** When it is on the street: as asked, or at the storyline's own hour; undefined: now. */
function startOf(asked: string | undefined, storyline: Storyline | null): Instant | undefined {
  if (asked === undefined) return storyline ? beginOf(storyline, Date.now()) : undefined;
  const at = /(?:Z|[+-]\d\d:\d\d)$/.test(asked) ? Date.parse(asked) : Number.NaN;
  if (Number.isNaN(at)) throw new Exit("usage", tell("simulate.at-wrong", { value: asked }));
  return at;
}

function list(json: boolean): void {
  const all = storylineNames().map(storylineNamed);
  if (json) {
    const listed = all.map(({ id, name, tells, begins, steps }) => ({
      id,
      name,
      tells,
      begins: begins ?? null,
      scenarios: [...new Set(steps.map(({ scenario }) => scenario))].sort(),
    }));
    print(JSON.stringify(listed));
    return;
  }
  const rows = all.map(({ id, name, tells }) => [id, inWords(name), inWords(tells)]);
  print(table(["", "", ""], rows).trimStart());
}
