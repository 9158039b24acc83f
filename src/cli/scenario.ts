// brain scenario list | show: what is installed.

import { Command } from "commander";
import { Create } from "typebox/value";
import * as all from "../../scenarios/index.ts";
import type { AnyRule, AnyScenario, Rules, Source } from "../core/index.ts";
import { Exit } from "./exit.ts";
import { inWords, print, table, tell } from "./speech.ts";

export const installedScenarios: readonly AnyScenario[] = Object.values(all);

/** A scenario's parameters as it comes. */
export const defaultsOf = (scenario: AnyScenario): object => Create(scenario.params) as object;

/** The rules of a scenario with its default parameters. */
export const rulesOf = (scenario: AnyScenario): Rules => scenario.rules(defaultsOf(scenario));

export const scenarioCommand = (): Command =>
  new Command("scenario")
    .description(tell("scenario.about"))
    .addCommand(
      new Command("list")
        .description(tell("scenario.list"))
        .option("--json", tell("cli.json"))
        .action(list),
    )
    .addCommand(
      new Command("show")
        .argument("<id>")
        .description(tell("scenario.show"))
        .option("--json", tell("cli.json"))
        .action(show),
    );

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

function show(id: string, { json }: { json?: true }): void {
  const scenario = installedScenarios.find((one) => one.id === id);
  if (!scenario) {
    const known = installedScenarios.map((one) => one.id).join(", ");
    throw new Exit("notFound", tell("scenario.unknown", { id, known }));
  }
  const rules = Object.entries(rulesOf(scenario));
  if (json) {
    const { version, name, story, every, reading, site, params, labels } = scenario;
    const plain = rules.map(([rule, one]) => ({ rule, ...described(scenario, one) }));
    print(
      JSON.stringify({
        id,
        version,
        name,
        story,
        every,
        reading,
        site,
        params,
        labels,
        rules: plain,
      }),
    );
    return;
  }
  print(`${id} v${scenario.version}  ${inWords(scenario.name)}\n${inWords(scenario.story)}\n`);
  const headings = ["rule", "asks", "hold", "release", "case", "source"] as const;
  const lines = rules.map(([name, rule]) => [
    name,
    inWords(rule.asks),
    holdInWords(rule),
    `${rule.alert.release / 60_000} min`,
    rule.alert.case ? `${rule.alert.case.class} ≥ ${rule.alert.case.from}` : "–",
    rule.sources.map(sourceInWords).join("; "),
  ]);
  print(
    table(
      headings.map((heading) => tell(`scenario.${heading}`)),
      lines,
    ),
  );
}

const described = (scenario: AnyScenario, rule: AnyRule) => ({
  asks: rule.asks,
  subject: rule.subject ?? "sensor",
  alert: rule.alert,
  sources: rule.sources,
  rationale: rule.rationale,
  thresholds: rule.thresholds?.(scenario.sampleSite) ?? [],
});

function holdInWords({ alert: { hold } }: AnyRule): string {
  if (typeof hold === "number") return `${hold / 60_000} min`;
  return Object.entries(hold)
    .map(([level, ms]) => `${level} ${ms / 60_000} min`)
    .join(", ");
}

function sourceInWords(source: Source): string {
  if (source.kind === "standard") return `${source.title} ${source.edition}`;
  return source.kind === "register" ? source.title : "operator default";
}
