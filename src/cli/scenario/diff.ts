// brain scenario diff: what a scenario's shadow found, held against the live one.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { openRecordsReader } from "../../store/sqlite/records.ts";
import { readShadow, type ShadowFound } from "../../workshop/shadow.ts";
import { configured } from "../configured.ts";
import { Exit } from "../exit.ts";
import { note, print, streetTime, tell } from "../speech.ts";
import { countsOf, differenceLines } from "./difference-lines.ts";
import { installed } from "./installed.ts";

type Options = { data?: string; json?: true };

export const diffCommand = (): Command =>
  new Command("diff")
    .argument("<id>")
    .description(tell("workshop.diff"))
    .option("--data <folder>", tell("cli.data"))
    .option("--json", tell("cli.json"))
    .action(run);

async function run(id: string, { data, json }: Options): Promise<void> {
  installed(id);
  const { dataFolder: folder } = configured({ dataFolder: data });
  const file = join(folder, "brain.db");
  if (!existsSync(file)) throw new Exit("notFound", tell("workshop.no-records", { folder }));
  const records = openRecordsReader(file);
  try {
    const found = await readShadow(records, id);
    if (!found) throw new Exit("notFound", tell("workshop.no-shadow", { id }));
    if (json) print(JSON.stringify(inJson(found)));
    else inWords(id, found);
  } finally {
    await records.close();
  }
}

const inJson = ({ stand, shadow: found, live, comparison }: ShadowFound) => ({
  ...countsOf(comparison),
  alerts: found.length,
  liveAlerts: live.length,
  shadow: stand,
  differences: comparison.differences,
});

function inWords(id: string, { stand, comparison }: ShadowFound): void {
  const { since, until, changed, params, by, fault, ended } = stand;
  const names = changed.map((name) => `${name}=${JSON.stringify(params[name])}`).join(", ");
  const span = {
    from: streetTime(since),
    to: until === null ? tell("workshop.now") : streetTime(until),
  };
  print(
    tell("workshop.shadowed", { id, ...span, by, names: names || tell("workshop.shadow-same") }),
  );
  if (comparison.differences.length === 0)
    print(tell("workshop.same-as-live", { unchanged: comparison.unchanged.length }));
  else for (const line of differenceLines(comparison)) print(line);
  if (fault !== null) note(tell("workshop.shadow-fault", { fault }));
  if (ended === "full") note(tell("workshop.shadow-full"));
  else if (ended !== null) note(tell("workshop.shadow-ended", { why: ended }));
}
