// `npm run docs`: writes the documentation that is made from the scenarios. With --check it only
// says what has drifted.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import * as index from "../../scenarios/index.ts";
import type { AnyScenario } from "../core/index.ts";
import { END, indexPage, START, scenarioPart, withPart } from "./docs-text.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const scenarios: readonly AnyScenario[] = Object.values(index).sort((a, b) =>
  a.id < b.id ? -1 : 1,
);

/** Every generated file as it ought to be, by path. */
function pages(): Map<string, string> {
  const found = new Map<string, string>();
  found.set(join(ROOT, "docs", "scenarios.md"), `${indexPage(scenarios)}\n`);
  for (const scenario of scenarios) {
    const path = join(ROOT, "scenarios", scenario.id, "README.md");
    const page = existsSync(path) ? readFileSync(path, "utf8") : newPage(scenario);
    found.set(path, withPart(page, scenarioPart(scenario), relative(ROOT, path)));
  }
  return found;
}

const newPage = ({ name }: AnyScenario): string =>
  [`# ${name.zh} · ${name.en}`, "## Why these numbers", "## 为什么是这些数", START, END, ""].join(
    "\n\n",
  );

const isCheck = process.argv.includes("--check");
const drifted: string[] = [];
for (const [path, text] of pages()) {
  if (existsSync(path) && readFileSync(path, "utf8") === text) continue;
  drifted.push(relative(ROOT, path));
  if (!isCheck) writeFileSync(path, text);
}
for (const path of drifted)
  console.log(
    isCheck ? `${path} is not what the scenarios say: run npm run docs` : `wrote ${path}`,
  );
if (isCheck && drifted.length > 0) process.exitCode = 1;
