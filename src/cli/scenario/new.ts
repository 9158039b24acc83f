// brain scenario new: the folder of a scenario that does not exist yet, and its line in the index.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { Command } from "commander";
import { isScenarioId, scaffold, withLine } from "../../workshop/scaffold.ts";
import { Exit } from "../exit.ts";
import { print, tell } from "../speech.ts";
import { conform } from "./conform.ts";
import { scenarioIn, scenariosFolder } from "./fresh.ts";

type Options = { zh?: string; en?: string; json?: true };

export const newCommand = (): Command =>
  new Command("new")
    .argument("<id>")
    .description(tell("workshop.new-about"))
    .option("--zh <name>", tell("workshop.name-zh"))
    .option("--en <name>", tell("workshop.name-en"))
    .option("--json", tell("cli.json"))
    .action(create);

async function create(id: string, { zh, en, json }: Options): Promise<void> {
  if (!isScenarioId(id)) throw new Exit("badInput", tell("workshop.bad-id", { id }));
  const folder = join(scenariosFolder, id);
  if (existsSync(folder)) throw new Exit("badInput", tell("workshop.there-already", { folder }));
  mkdirSync(folder);
  const files = Object.entries(scaffold(id, { ...(zh && { zh }), ...(en && { en }) }));
  for (const [name, text] of files) writeFileSync(join(folder, name), text, { flag: "wx" });
  const index = join(scenariosFolder, "index.ts");
  writeFileSync(index, withLine(readFileSync(index, "utf8"), id));
  const open = conform(await scenarioIn(id)).filter(({ faults }) => faults.length > 0);
  const faults = open.flatMap((one) => one.faults);
  const here = (path: string): string => relative(join(scenariosFolder, ".."), path);
  const written = [...files.map(([name]) => here(join(folder, name))), here(index)];
  if (json) {
    print(JSON.stringify({ id, written, open: faults }));
    return;
  }
  for (const path of written) print(tell("workshop.wrote", { path }));
  print(tell("workshop.only-you", { count: faults.length }));
  for (const fault of faults) print(`  ${fault}`);
  print(tell("workshop.then", { id }));
}
