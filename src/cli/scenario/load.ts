// brain scenario load: the alerts an hour and seat that are to be expected, and those on record.

import { Command } from "commander";
import { days, type Instant } from "../../core/time.ts";
import type { Sensor } from "../../register/entities.ts";
import { Register } from "../../register/register.ts";
import { syntheticStreet } from "../../register/street/synthetic-street.ts";
import type { RecordsReader } from "../../store/records.ts";
import { expectedLoad, expectedOf, type Load, loadOf } from "../../workshop/load.ts";
import { readRegister } from "../../workshop/past.ts";
import { numberOf } from "../numbers.ts";
import { note, print, tell } from "../speech.ts";
import { withStored } from "./folder.ts";
import { defaultsOf, installedScenarios } from "./installed.ts";
import { loadLines } from "./load-lines.ts";

type Options = { data?: string; sensors: string; days: string; seats: string; json?: true };

export const loadCommand = (): Command =>
  new Command("load")
    .description(tell("workshop.load"))
    .option("--data <folder>", tell("workshop.load-data"))
    .option("--days <number>", tell("workshop.load-days"), "28")
    .option("--sensors <n>", tell("workshop.load-sensors"), "21000")
    .option("--seats <number>", tell("workshop.seats"), "1")
    .option("--json", tell("cli.json"))
    .action(run);

async function run(options: Options): Promise<void> {
  const seats = Math.max(1, numberOf("--seats", options.seats));
  if (options.data === undefined) {
    const sensors = numberOf("--sensors", options.sensors);
    const { changes } = syntheticStreet(1, { scenarios: installedScenarios, sensors });
    const all = changes.flatMap((one) => ("put" in one && one.put === "sensor" ? [one.value] : []));
    conclude(expected(all, seats), null, options.json === true);
    return;
  }
  const span = days(numberOf("--days", options.days));
  await withStored(options.data, async ({ records, completeTo }) => {
    const register = new Register(installedScenarios);
    register.apply(await readRegister(records));
    const from = completeTo - span;
    const fired = await alertsSince(records, from);
    const first = Math.max(from, Math.min(...fired.map(({ firedAt }) => firedAt), completeTo - 1));
    const onRecord = loadOf(fired, first, completeTo, seats);
    conclude(expected(register.all("sensor"), seats), onRecord, options.json === true);
  });
}

/** `load` is null where no rule says anything: that is not no load. */
type Expectation = { load: Load | null; rules: number; silent: readonly string[] };

function expected(sensors: readonly Sensor[], seats: number): Expectation {
  const scenarios = installedScenarios.map((scenario) => ({
    scenario,
    params: defaultsOf(scenario),
    sensors: sensors.filter((one) => one.scenario === scenario.id).length,
  }));
  const { expected: rules, silent } = expectedOf(scenarios);
  const load = rules.length === 0 ? null : expectedLoad(rules, seats);
  return { load, rules: rules.length, silent };
}

async function alertsSince(records: RecordsReader, from: Instant) {
  const found = [];
  let cursor: string | null = null;
  do {
    const page = await records.alerts({ from, limit: 500, ...(cursor && { cursor }) });
    found.push(...page.items);
    cursor = page.next;
  } while (cursor !== null);
  return found;
}

function conclude({ load, rules, silent }: Expectation, onRecord: Load | null, json: boolean) {
  if (json) {
    print(JSON.stringify({ expected: load, rules, silent, onRecord }));
    return;
  }
  if (load) {
    print(tell("workshop.load-expected", { rules }));
    for (const line of loadLines(load)) print(`  ${line}`);
  }
  if (silent.length > 0)
    note(tell("workshop.load-silent", { count: silent.length, rules: silent.join(", ") }));
  if (!onRecord) return;
  print(tell("workshop.load-record"));
  for (const line of loadLines(onRecord)) print(`  ${line}`);
}
