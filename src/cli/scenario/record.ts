// brain scenario record: a fixture and a test from what happened in the field.

import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { Command } from "commander";
import type { Case } from "../../cases/case.ts";
import { Register } from "../../register/register.ts";
import type { RecordsReader } from "../../store/records.ts";
import { field } from "../../testing/field.ts";
import { readRegister, type Told } from "../../workshop/past.ts";
import { fixtureOf, isAsRecorded, testOf, wanted } from "../../workshop/record.ts";
import { Exit } from "../exit.ts";
import { note, print, tell } from "../speech.ts";
import { withStored } from "./folder.ts";
import { scenarioIn, scenariosFolder } from "./fresh.ts";
import { installedScenarios } from "./installed.ts";

type Options = { data?: string; asItWas?: true; json?: true };

export const recordCommand = (): Command =>
  new Command("record")
    .argument("<id>")
    .description(tell("workshop.record"))
    .option("--data <folder>", tell("cli.data"))
    .option("--as-it-was", tell("workshop.as-it-was"))
    .option("--json", tell("cli.json"))
    .action((id: string, options: Options) =>
      withStored(options.data, async ({ records, history }) => {
        const { told, verdict } = await alertOf(records, id);
        const { record } = told;
        const scenario = await scenarioIn(record.scenario);
        if (scenario.consent)
          throw new Exit("badInput", tell("workshop.personal", { id: record.scenario }));
        const register = new Register(installedScenarios);
        register.apply(await readRegister(records));
        const { text, readings } = await fixtureOf(told, register, history);
        if (readings === 0) throw new Exit("notFound", tell("workshop.no-readings", { id }));
        const came = field(scenario, text);
        const expected = wanted(verdict, options.asItWas === true) === "same" ? came : [];
        const folder = join(scenariosFolder, scenario.id);
        const slug = `${record.rule}-${record.raisedAt.toString(36)}`;
        const fixture = join("fixtures", `${slug}.ndjson`);
        const files = { [join(folder, fixture)]: text };
        const test = testOf(scenario, { alert: record, fixture, expected, verdict });
        files[join(folder, `${slug}.test.ts`)] = test;
        write(files);
        const fails = came.length !== expected.length;
        const paths = Object.keys(files).map((path) => relative(join(folder, "..", ".."), path));
        const same = isAsRecorded(told, came);
        if (options.json)
          return print(JSON.stringify({ written: paths, readings, came, expected, fails, same }));
        for (const path of paths) print(tell("workshop.wrote", { path }));
        if (!same) note(tell("workshop.came-otherwise"));
        print(tell(fails ? "workshop.fails-now" : "workshop.passes-now", { id: scenario.id }));
      }),
    );

/** An alert by its id, or the first of a case, with the verdict of the case. */
async function alertOf(
  records: RecordsReader,
  id: string,
): Promise<{ told: Told; verdict: Case["verdict"] }> {
  const ofCase = await records.case(id);
  const record = await records.alert(ofCase?.alertIds[0] ?? id);
  if (!record) throw new Exit("notFound", tell("workshop.no-alert", { id }));
  const its = ofCase ?? (record.caseId === null ? null : await records.case(record.caseId));
  const events = await records.alertEvents(record.id);
  return { told: { record, events }, verdict: its?.verdict ?? null };
}

function write(files: Readonly<Record<string, string>>): void {
  for (const path of Object.keys(files))
    if (existsSync(path)) throw new Exit("badInput", tell("workshop.recorded", { path }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(path, ".."), { recursive: true });
    writeFileSync(path, text, { flag: "wx" });
  }
}
