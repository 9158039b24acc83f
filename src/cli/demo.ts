// brain demo: the whole loop on an invented street, shown at sixty times the speed of life.

import { join } from "node:path";
import { Command } from "commander";
import type { Comparison } from "../../simulators/matching.ts";
import { verdictText } from "../../simulators/report.ts";
import * as storylines from "../../simulators/storylines/index.ts";
import { failuresOf, type Verdict } from "../../simulators/verdict.ts";
import type { Announcement } from "../api/ports.ts";
import type { Config } from "../config.ts";
import type { FolderOptions } from "./client.ts";
import { configured } from "./configured.ts";
import { type Drill, drillFolder, openDrill, removeFolder, runDrill } from "./drill.ts";
import { exitCodes } from "./exit.ts";
import { numberOf } from "./numbers.ts";
import { installedScenarios, rulesOf } from "./scenario.ts";
import { inWords, language, note, print, streetTime, tell } from "./speech.ts";

type Options = FolderOptions & {
  for?: string;
  sensors: string;
  seed: string;
  speed: string;
  http?: string;
  mqtt?: string;
  keep?: true;
  json?: true;
};

export const demoCommand = (): Command =>
  new Command("demo")
    .description(tell("demo.about"))
    .option("--for <seconds>", tell("simulate.for"))
    .option("--sensors <n>", tell("simulate.sensors"), "2000")
    .option("--speed <times>", tell("simulate.speed"), "60")
    .option("--seed <n>", tell("simulate.seed"), "1")
    .option("--http <port>", tell("start.http"))
    .option("--mqtt <port>", tell("start.mqtt"))
    .option("--data <folder>", tell("cli.data"))
    .option("--keep", tell("simulate.keep"))
    .option("--json", tell("cli.json"))
    .action(demo);

async function demo(options: Options): Promise<void> {
  const parent = options.data ?? join("data", "drills");
  const folder = drillFolder(parent);
  const quiet = options.json === true;
  try {
    const drill = await openDrill(
      demoConfig(options, folder),
      {
        sensors: numberOf("--sensors", options.sensors),
        seed: numberOf("--seed", options.seed),
        speed: numberOf("--speed", options.speed),
        storyline: storylines.stormNight,
        incidents: [],
        faults: [],
      },
      { signedInAs: "supervisor" },
    );
    if (!quiet) introduce(drill, folder);
    try {
      conclude(await playUntilStopped(drill, options), quiet);
    } finally {
      await drill.brain.close();
    }
  } finally {
    if (!options.keep) removeFolder(folder);
  }
}

/** Only this machine may see a page that signs its reader in. */
const demoConfig = (options: Options, dataFolder: string): Config => {
  const port = (option: string, value: string | undefined) =>
    value === undefined ? (options.json ? 0 : undefined) : numberOf(option, value);
  return configured({
    dataFolder,
    host: "127.0.0.1",
    httpPort: port("--http", options.http),
    mqttPort: port("--mqtt", options.mqtt),
  });
};

function introduce({ brain, options }: Drill, folder: string): void {
  const { sensors, speed, storyline } = options;
  print(tell("demo.exercise", { sensors, speed, folder }));
  if (storyline)
    print(tell("demo.story", { name: inWords(storyline.name), tells: inWords(storyline.tells) }));
  print(tell("demo.look", { http: brain.addresses.http }));
}

type Played = { verdict: Verdict; comparison: Comparison };

async function playUntilStopped(drill: Drill, options: Options): Promise<Played> {
  const { signal, forget } = firstInterrupt();
  const silent = options.json ? () => {} : drill.brain.front.onAnnouncement(narrator(drill));
  let ticks = 0;
  const forMs = options.for === undefined ? undefined : numberOf("--for", options.for) * 1_000;
  const played = runDrill(drill, forMs, {
    signal,
    onConnecting: (up, of) => {
      if (!options.json && (up === of || up % 500 === 0)) note(tell("demo.connecting", { up, of }));
    },
    onProgress: ({ sent, acked }) => {
      if (!options.json && ++ticks % 5 === 0) void status(drill, sent, acked);
    },
  });
  try {
    // A brain that cannot go on rejects here; one that goes on never comes to its end by itself.
    return await Promise.race([played, drill.brain.finished.then(() => played)]);
  } finally {
    silent();
    forget();
  }
}

/** A signal that the first Ctrl-C or SIGTERM aborts: what is on its way is finished. The second ends the program at once. */
export function firstInterrupt(): { signal: AbortSignal; forget(): void } {
  const abort = new AbortController();
  const names = ["SIGINT", "SIGTERM"] as const;
  const stop = () => {
    if (abort.signal.aborted) process.exit(130);
    note(tell("start.draining"));
    abort.abort();
  };
  for (const name of names) process.on(name, stop);
  return {
    signal: abort.signal,
    forget() {
      for (const name of names) process.off(name, stop);
    },
  };
}

const titles = new Map(
  installedScenarios.flatMap((scenario) =>
    Object.entries(rulesOf(scenario)).map(
      ([name, rule]) => [`${scenario.id}/${name}`, rule.asks] as const,
    ),
  ),
);

/** What is happening: a line for each alert that begins, grows or ends, and for each case that moves on. */
function narrator({ population }: Drill): (told: Announcement) => void {
  const { register } = population;
  const shown = new Map<string, string>();
  const isNews = (id: string, now: string) => shown.get(id) !== now && Boolean(shown.set(id, now));
  const nameOf = (siteId: string) => {
    const site = register.site(siteId);
    return site ? inWords(site.name) : siteId;
  };
  return ({ alerts, cases }) => {
    for (const { id, scenario, rule, level, siteId, phase, changedAt } of alerts) {
      if (!isNews(id, `${level} ${phase}`)) continue;
      const title = titles.get(`${scenario}/${rule}`);
      const words = {
        level: tell(`alert.level.${level}`),
        rule: title ? inWords(title) : rule,
        site: nameOf(siteId),
        phase: tell(`alert.phase.${phase}`),
      };
      print(tell("demo.alert", { at: streetTime(changedAt), ...words }));
    }
    for (const { id, number, filing, siteId, state, changedAt, readyToClose } of cases) {
      if (!isNews(id, `${state} ${readyToClose}`)) continue;
      const words = {
        number,
        filing: inWords(filing),
        site: nameOf(siteId),
        state: tell(`case.state.${state}`),
      };
      print(tell("demo.case", { at: streetTime(changedAt), ...words }));
    }
  };
}

async function status({ brain }: Drill, sent: number, acked: number): Promise<void> {
  const { now } = brain.health();
  const counts = await brain.front.records.counts(now);
  const { alerts, cases } = counts;
  note(
    tell("demo.status", {
      at: streetTime(now),
      sent,
      acked,
      alerts: alerts.open,
      cases: cases.open,
    }),
  );
}

/** Ends with the verdict, and a code that says whether the drill passed. */
export function conclude({ verdict, comparison }: Played, json: boolean): void {
  print(json ? JSON.stringify(verdict) : verdictText(verdict, comparison, language));
  if (failuresOf(verdict).length > 0) process.exitCode = exitCodes.found;
}
