// brain scenario test: conformance and timelines of one scenario, once or at every change of its
// folder.

import { spawn } from "node:child_process";
import { watch } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { Command } from "commander";
import { exitCodes } from "../exit.ts";
import { note, print, tell } from "../speech.ts";
import { type Checked, warned } from "./conform.ts";
import { scenarioIn, scenariosFolder } from "./fresh.ts";
import { timelines } from "./timelines.ts";

type Options = { watch?: true; json?: true };

/** An editor writes a file in several steps. */
const SETTLE_MS = 150;

export const testCommand = (): Command =>
  new Command("test")
    .argument("<id>")
    .description(tell("workshop.test"))
    .option("--watch", tell("workshop.watch"))
    .option("--json", tell("cli.json"))
    .action((id: string, options: Options) =>
      options.watch ? again(id, options) : once(id, options),
    );

async function once(id: string, { json }: Options): Promise<void> {
  const warnings = warned(await scenarioIn(id));
  const [checked, played] = await Promise.all([conforming(id), timelines(id)]);
  const faults = [
    ...checked
      .filter((one) => one.faults.length > 0)
      .map((one) => [one.promise, one.faults] as const),
    ...(played ?? []).flatMap(({ name, fault }) =>
      fault === null ? [] : [[name, [fault]] as const],
    ),
  ];
  const all = checked.length + (played?.length ?? 0);
  if (json) {
    const named = faults.map(([name, its]) => ({ name, faults: its }));
    print(
      JSON.stringify({
        passed: all - faults.length,
        failed: faults.length,
        faults: named,
        timelines: played?.length ?? null,
        warnings,
      }),
    );
  } else {
    for (const [name, its] of faults)
      print(`✗ ${name}\n  ${its.join("\n").replaceAll("\n", "\n  ")}`);
    for (const warning of warnings) note(tell("workshop.warning", { warning }));
    if (!played) note(tell("workshop.no-vitest"));
    print(tell("workshop.tested", { passed: all - faults.length, failed: faults.length }));
  }
  if (faults.length > 0) process.exitCode = exitCodes.found;
}

function conforming(id: string): Promise<Checked[]> {
  const thread = new Worker(new URL("./conform-thread.ts", import.meta.url), { workerData: id });
  return new Promise((resolve, reject) => {
    thread.once("message", resolve);
    thread.once("error", reject);
  });
}

/** Modules are loaded once in a process, so each run has its own. Ends with Ctrl-C. */
async function again(id: string, { json }: Options): Promise<void> {
  await scenarioIn(id);
  const args = [...process.execArgv, process.argv[1]!, "scenario", "test", id];
  let waiting: NodeJS.Timeout | undefined;
  let running = false;
  let changed = false;
  const run = () => {
    if (running) {
      changed = true;
      return;
    }
    running = true;
    const child = spawn(process.execPath, json ? [...args, "--json"] : args, { stdio: "inherit" });
    child.once("exit", () => {
      running = false;
      if (changed) run();
      changed = false;
    });
  };
  watch(join(scenariosFolder, id), () => {
    clearTimeout(waiting);
    waiting = setTimeout(run, SETTLE_MS);
  });
  note(tell("workshop.watching", { id }));
  run();
}
