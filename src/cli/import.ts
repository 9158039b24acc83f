// brain import: register files, all or nothing.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { Command, Option } from "commander";
import type { EntityKind, RegisterChange } from "../register/entities.ts";
import { Register } from "../register/register.ts";
import { entityKinds } from "../register/shapes.ts";
import { openRecordsReader } from "../store/sqlite/records.ts";
import { type FolderOptions, withClient } from "./client.ts";
import { exitCodes } from "./exit.ts";
import { importFiles, type ReportLine } from "./import-files.ts";
import { installedScenarios } from "./scenario.ts";
import { inWords, note, print, tell } from "./speech.ts";

type Options = FolderOptions & { kind?: EntityKind; skipBad?: true; json?: true };

export const importCommand = (): Command =>
  new Command("import")
    .description(tell("import.about"))
    .argument("<files...>")
    .addOption(new Option("--kind <kind>", tell("import.kind")).choices([...entityKinds]))
    .option("--skip-bad", tell("import.skip-bad"))
    .option("--data <folder>", tell("cli.data"))
    .option("--json", tell("cli.json"))
    .action((paths: string[], options: Options) =>
      withClient(options, async (client) => {
        const { kind, skipBad = false, json } = options;
        const files = paths.map((path) => (kind ? { path, kind } : { path }));
        const read = await importFiles(files, await registerOf(client.folder), { skipBad });
        const { changes, report, rows, unchanged } = read;
        if (changes.length > 0) await client.act({ kind: "register.change", changes });
        if (json) print(JSON.stringify({ imported: changes.length, rows, unchanged, report }));
        else tellReport(report, changes.length);
        if (report.length > 0) process.exitCode = exitCodes.badInput;
      }),
    );

/** The register as it is on record in a folder; empty where there is none yet. */
export async function registerOf(folder: string): Promise<Register> {
  const register = new Register(installedScenarios);
  const file = join(folder, "brain.db");
  if (!existsSync(file)) return register;
  const records = openRecordsReader(file);
  try {
    for (const kind of entityKinds) {
      const values = await records.entities(kind);
      register.apply(values.map((value) => ({ put: kind, value }) as RegisterChange));
    }
  } finally {
    await records.close();
  }
  return register;
}

function tellReport(report: readonly ReportLine[], imported: number): void {
  for (const { file, line, field, value, text } of report)
    note(`${file}:${line}${field && ` ${field}`}${value && ` = ${value}`}: ${inWords(text)}`);
  if (report.length > 0 && imported === 0) note(tell("import.refused", { count: report.length }));
  else print(tell("import.done", { count: imported }));
}
