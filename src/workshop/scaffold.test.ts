// What `new` writes is a scenario but for its words: it is loaded, judged and played, and only what
// is empty is refused.

import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { AnyScenario } from "../core/scenario.ts";
import { checks } from "../testing/conformance.ts";
import { root } from "../testing/documents.ts";
import { isScenarioId, scaffold, withLine } from "./scaffold.ts";

let folder = "";
let scenario: AnyScenario;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "brain-scaffold-"));
  cpSync(join(root, "package.json"), join(folder, "package.json"));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  cpSync(join(root, "src", "core"), join(folder, "src", "core"), { recursive: true });
  const own = join(folder, "scenarios", "tank-heat");
  mkdirSync(own, { recursive: true });
  const files = Object.entries(scaffold("tank-heat", { zh: "水箱", en: "Tank" }));
  for (const [name, text] of files) writeFileSync(join(own, name), text);
  const module = await import(pathToFileURL(join(own, "index.ts")).href);
  scenario = (module as { default: AnyScenario }).default;
});
afterAll(() => rmSync(folder, { recursive: true }));

const known = [
  "every text stands in Chinese and English",
  "every field has a label, every number a unit, every parameter a default",
  "every rule says where its numbers come from",
  "every rule says how soon the operator must act",
  "every case has class, limit, unit, verify period and a time",
];

test("a new folder breaks the promises that only its author can keep, and no other", () => {
  const broken = Object.entries(checks).filter(
    ([, check]) => check({ scenario, all: [scenario] }).length > 0,
  );
  expect(broken.map(([promise]) => promise)).toEqual(known);
});

test("what is missing is a text, a source or a number of its own; the name that was given is there", () => {
  const faults = known.flatMap((promise) => checks[promise]!({ scenario, all: [scenario] }));
  expect(faults.filter((fault) => fault.startsWith("name"))).toEqual([]);
  expect(
    faults.filter((fault) => !/: ""$|no sources|how soon|has no (class|limit|unit)/.test(fault)),
  ).toEqual([]);
});

test("the index gets one line, in the order of the folders, once", () => {
  const index = ["air", "tank", "zoo"]
    .map((id) => `export { default as ${id} } from "./${id}/index.ts";\n`)
    .join("");
  const after = withLine(index, "tank-heat");
  expect(after.split("\n")[2]).toBe('export { default as tankHeat } from "./tank-heat/index.ts";');
  expect(after.split("\n").length).toBe(index.split("\n").length + 1);
  expect(withLine(after, "tank-heat")).toBe(after);
  expect(withLine(index, "zzz").trimEnd().split("\n").at(-1)).toContain("./zzz/");
});

test.each(["Tank", "tank_heat", "../x", "-a", "a--b", "", "9a"])("%s is no id", (id) => {
  expect(isScenarioId(id)).toBe(false);
});
