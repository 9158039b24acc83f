// brain scenario backtest: the stored past of a folder, judged by a scenario as it stands here.

import { Command } from "commander";
import { days } from "../../core/time.ts";
import { backtest, type Found } from "../../workshop/backtest.ts";
import { type Load, loadOf } from "../../workshop/load.ts";
import { type Precision, precisionOf } from "../../workshop/precision.ts";
import { Exit } from "../exit.ts";
import { numberOf } from "../numbers.ts";
import { note, print, streetTime, tell } from "../speech.ts";
import { countsOf, differenceLines } from "./difference-lines.ts";
import { instantOf, withStored } from "./folder.ts";
import { scenarioIn } from "./fresh.ts";
import { installedScenarios } from "./installed.ts";
import { loadLines } from "./load-lines.ts";
import { paramsOf } from "./params.ts";
import { draw } from "./pictures.ts";

type Options = {
  data?: string;
  from?: string;
  to?: string;
  warmUp: string;
  params?: string[];
  against?: string;
  seats: string;
  svg?: string;
  episode?: string[];
  json?: true;
};

const PERIOD = days(28);

export const backtestCommand = (): Command =>
  new Command("backtest")
    .argument("<id>")
    .description(tell("workshop.backtest"))
    .option("--data <folder>", tell("cli.data"))
    .option("--from <time>", tell("workshop.from"))
    .option("--to <time>", tell("workshop.to"))
    .option("--warm-up <days>", tell("workshop.warm-up"), "7")
    .option("--params <name=value...>", tell("workshop.params"))
    .option("--against <what>", tell("workshop.against"))
    .option("--seats <number>", tell("workshop.seats"), "1")
    .option("--svg <folder>", tell("workshop.svg"))
    .option("--episode <ids...>", tell("workshop.episode"))
    .option("--json", tell("cli.json"))
    .action(run);

async function run(id: string, options: Options): Promise<void> {
  const scenario = await scenarioIn(id);
  const params = paramsOf(scenario, options.params ?? []);
  if (options.against !== undefined && options.against !== "live")
    throw new Exit("badInput", tell("workshop.against-what", { value: options.against }));
  const seats = numberOf("--seats", options.seats);
  const warmUp = days(numberOf("--warm-up", options.warmUp));
  await withStored(options.data, async ({ history, records, completeTo }) => {
    const asked = options.to === undefined ? completeTo : instantOf("--to", options.to);
    const to = Math.min(asked, completeTo);
    const from = options.from === undefined ? to - PERIOD : instantOf("--from", options.from);
    if (from >= to)
      throw new Exit(
        "badInput",
        tell("workshop.no-period", { from: streetTime(from), to: streetTime(to) }),
      );
    const stored = { history, records };
    const found = await backtest({
      scenario,
      params,
      installed: installedScenarios,
      ...stored,
      from,
      to,
      warmUp,
    });
    const pictures =
      options.svg === undefined
        ? []
        : await draw(options.svg, { scenario, found, history, ids: options.episode ?? [] });
    const load = loadOf(found.alerts, Math.max(found.from, found.firstAt ?? 0), found.to, seats);
    const precision = precisionOf(found.comparison, found.liveCases);
    const told = { found, load, precision, pictures, against: options.against === "live" };
    if (options.json) print(JSON.stringify(inJson(told)));
    else inWords(told, asked);
  });
}

type ToldOf = {
  found: Found;
  load: Load;
  precision: readonly Precision[];
  pictures: readonly string[];
  against: boolean;
};

/** What a program reads: counts first; null where nothing was compared. */
function inJson({ found, load, precision, pictures, against }: ToldOf) {
  const { alerts, cases, comparison } = found;
  const counts = countsOf(comparison);
  const compared = (name: keyof typeof counts) => (against ? counts[name] : null);
  return {
    alerts: alerts.length,
    cases: cases.length,
    new: compared("new"),
    gone: compared("gone"),
    earlier: compared("earlier"),
    later: compared("later"),
    unchanged: compared("unchanged"),
    changed: compared("changed"),
    apart: against ? comparison.apart.length : null,
    differences: against ? comparison.differences : null,
    setApart: against ? comparison.apart : null,
    from: found.from,
    to: found.to,
    readings: found.readings,
    pauses: found.pauses,
    load,
    precision,
    pictures,
  };
}

function inWords(told: ToldOf, asked: number): void {
  const { found, load, precision, pictures, against } = told;
  const { from, to, readings, alerts, cases, comparison } = found;
  const span = { from: streetTime(from), to: streetTime(to) };
  print(tell("workshop.judged", { ...span, readings, alerts: alerts.length, cases: cases.length }));
  for (const line of loadLines(load)) print(line);
  for (const one of precision) print(precisionLine(one));
  for (const path of pictures) print(path);
  for (const line of remarks(found, asked)) note(line);
  if (!against) return;
  const { differences, apart, unchanged } = comparison;
  if (differences.length === 0)
    print(tell("workshop.no-difference", { unchanged: unchanged.length }));
  else for (const line of differenceLines(comparison)) print(line);
  for (const [why, count] of tally(apart.map((one) => one.why)))
    note(tell("workshop.apart", { count, why: tell(`workshop.apart.${why}`) }));
}

function precisionLine({ rule, right, wrong, precision, missed, spared }: Precision): string {
  const share = precision === null ? "–" : `${Math.round(precision * 100)} %`;
  return tell("workshop.precision", { rule, share, right, wrong, missed, spared });
}

/** What the reader must know before relying on the figures. */
function remarks(found: Found, asked: number): string[] {
  const { to, firstAt, from, pauses, strangers, unordered, liveAlerts, alerts } = found;
  const lines: string[] = [];
  if (asked > to) lines.push(tell("workshop.cut", { to: streetTime(to) }));
  if (firstAt === null) lines.push(tell("workshop.empty"));
  else if (firstAt > from) lines.push(tell("workshop.begins", { at: streetTime(firstAt) }));
  for (const pause of pauses)
    lines.push(tell("workshop.pause", { from: streetTime(pause.from), to: streetTime(pause.to) }));
  if (strangers > 0) lines.push(tell("workshop.strangers", { count: strangers }));
  if (unordered > 0) lines.push(tell("workshop.unordered", { count: unordered }));
  const versions = new Set(liveAlerts.map((one) => one.scenarioVersion));
  for (const { scenarioVersion } of alerts) versions.delete(scenarioVersion);
  if (alerts.length > 0 && versions.size > 0)
    lines.push(tell("workshop.versions", { versions: [...versions].join(", ") }));
  lines.push(tell("workshop.register-now"));
  return lines;
}

function tally<T>(items: readonly T[]): Map<T, number> {
  const counts = new Map<T, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}
