import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import * as index from "../../scenarios/index.ts";
import { defaultsOf } from "../testing/defaults.ts";
import { indexPage, scenarioPart, span, withPart } from "./docs-text.ts";

const scenarios = Object.values(index);

test.each(scenarios.map((scenario) => [scenario.id, scenario] as const))(
  "the page of %s names each rule, parameter, field and incident in both languages",
  (_, scenario) => {
    const part = scenarioPart(scenario);
    const rules = Object.entries(scenario.rules(defaultsOf(scenario) as never));
    for (const [name, { asks, rationale }] of rules)
      for (const words of [
        `\`${name}\``,
        asks.zh,
        asks.en,
        rationale.act.zh,
        rationale.otherwise.en,
      ])
        expect(part).toContain(words);
    for (const name of [
      ...Object.keys(scenario.params.properties),
      ...Object.keys(scenario.reading.properties),
      ...Object.keys(scenario.site.properties),
      ...Object.keys(scenario.incidents),
    ])
      expect(part).toContain(`\`${name}\``);
  },
);

test("the index names every rule, and marks a source that nobody has read", () => {
  const page = indexPage(scenarios);
  for (const scenario of scenarios)
    for (const [name, rule] of Object.entries(scenario.rules(defaultsOf(scenario) as never))) {
      expect(page).toContain(`\`${name}\``);
      for (const source of rule.sources)
        if (source.kind === "standard" && source.unverified)
          expect(page).toContain(`${source.title}, ${source.edition}`);
    }
  expect(page).toContain("待核对原文");
});

test("only what stands between the marks is made anew", () => {
  const page = "# A\n\nby hand\n<!-- generated -->\nold\n<!-- /generated -->\nby hand too\n";
  expect(withPart(page, "new", "README.md")).toBe(
    "# A\n\nby hand\n<!-- generated -->\n\nnew\n\n<!-- /generated -->\nby hand too\n",
  );
  expect(withPart(withPart(page, "new", ""), "new", "")).toBe(withPart(page, "new", ""));
});

test("a page without the marks is refused, and told where to put them", () => {
  expect(() => withPart("# A", "new", "scenarios/a/README.md")).toThrow(
    "scenarios/a/README.md: put <!-- generated -->",
  );
});

test.each([
  [0, "0"],
  [500, "0.5 s"],
  [90_000, "1 min 30 s"],
  [5_400_000, "1 h 30 min"],
  [90_000_000, "1 d 1 h"],
])("%d ms is written %s", (ms, words) => {
  expect(span(ms)).toBe(words);
});

test("what is written is what the scenarios say", () => {
  const docs = join(import.meta.dirname, "docs.ts");
  expect(execFileSync(process.execPath, [docs, "--check"], { encoding: "utf8" })).toBe("");
});
