// brain scenario show: one scenario with its rules, numbers and sources.

import { Command } from "commander";
import type { AnyRule, AnyScenario, Source } from "../../core/index.ts";
import { inWords, print, table, tell } from "../speech.ts";
import { installed, rulesOf } from "./installed.ts";

export const showCommand = (): Command =>
  new Command("show")
    .argument("<id>")
    .description(tell("scenario.show"))
    .option("--json", tell("cli.json"))
    .action(show);

function show(id: string, { json }: { json?: true }): void {
  const scenario = installed(id);
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
