// brain scenario list: what is installed.

import { Command } from "commander";
import { inWords, print, table, tell } from "../speech.ts";
import { installedScenarios, rulesOf } from "./installed.ts";

export const listCommand = (): Command =>
  new Command("list")
    .description(tell("scenario.list"))
    .option("--json", tell("cli.json"))
    .action(list);

function list({ json }: { json?: true }): void {
  const rows = installedScenarios.map((scenario) => ({
    id: scenario.id,
    version: scenario.version,
    name: scenario.name,
    rules: Object.keys(rulesOf(scenario)),
  }));
  if (json) {
    print(JSON.stringify(rows));
    return;
  }
  const lines = rows.map(({ id, version, name, rules }) => [
    id,
    `v${version}`,
    inWords(name),
    rules.join(" "),
  ]);
  print(table(["id", "", "", tell("scenario.rule")], lines));
}
