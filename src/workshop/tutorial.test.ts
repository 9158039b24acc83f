// The tutorial's commands, followed to the letter in a copy of the source: from nothing to a tested
// and backtested scenario.

import { spawnSync } from "node:child_process";
import {
  cpSync,
  globSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parted, root } from "../testing/documents.ts";

const TUTORIAL = "docs/write-a-scenario.md";
const COPIED = [
  "bin",
  "docs",
  "scenarios",
  "simulators",
  "src",
  "package.json",
  "tsconfig.json",
  "vitest.config.ts",
];
const MINUTES = 60_000;

let copy = "";
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), "brain-tutorial-"));
  for (const path of COPIED) cpSync(join(root, path), join(copy, path), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
});
afterAll(() => rmSync(copy, { recursive: true }));

/** Every file of the source, with its text. */
const source = (): Map<string, string> =>
  new Map(
    globSync("{bin,scenarios,simulators,src}/**/*", { cwd: copy })
      .filter((path) => statSync(join(copy, path)).isFile())
      .map((path) => [path, readFileSync(join(copy, path), "utf8")]),
  );

function runs(line: string): { code: number | null; said: string } {
  const env = { ...process.env, BRAIN_LANG: "en", VITEST: undefined, NODE_ENV: undefined };
  const done = spawnSync("sh", ["-c", line], { cwd: copy, env, encoding: "utf8" });
  return { code: done.status, said: `${done.stdout}${done.stderr}` };
}

test(
  "each command does what the tutorial says, and one folder and one line are touched",
  () => {
    const before = source();
    const said: Record<string, string> = {};
    let tested: Map<string, string> | null = null;
    for (const { language, about, body } of parted(TUTORIAL).fences) {
      if (language !== "sh") {
        expect(about, "a file of the new folder").toMatch(/^scenarios\/playground-heat\//);
        writeFileSync(join(copy, about), body);
        continue;
      }
      for (const line of body.split("\n").filter(Boolean)) {
        const { code, said: words } = runs(line);
        expect([line, code, words]).toEqual([line, 0, words]);
        said[line] = words;
        if (line.includes("scenario test")) tested = source();
      }
    }
    const words = (part: string): string[] =>
      Object.entries(said).flatMap(([line, its]) => (line.includes(part) ? [its] : []));
    expect(words("scenario new")[0]).toContain("high.asks: zh is not Chinese");
    expect(words("scenario test")[0]).toMatch(/\b[1-9]\d* passed, 0 failed/);
    expect(words("--svg")[0]).toMatch(/no difference from the record \([1-9]\d* alerts/);
    expect(words("--params")[0]).toMatch(/0 new, 0 gone, 0 earlier, [1-9]\d* later/);
    expect(words("scenario load")[0]).toContain("On record:");
    expect(globSync("data/tutorial-pictures/*.svg", { cwd: copy }).length).toBeGreaterThan(0);

    const changed = [...tested!].filter(([path, text]) => before.get(path) !== text);
    const outside = changed.filter(([path]) => !path.startsWith("scenarios/playground-heat/"));
    expect(outside.map(([path]) => path)).toEqual(["scenarios/index.ts"]);
    const lines = (files: Map<string, string>): string[] =>
      files.get("scenarios/index.ts")!.split("\n");
    const added = lines(tested!).filter((line) => !lines(before).includes(line));
    expect(added).toEqual([
      'export { default as playgroundHeat } from "./playground-heat/index.ts";',
    ]);
    expect(lines(tested!).length).toBe(lines(before).length + 1);
    expect([...before.keys()].filter((path) => !tested!.has(path))).toEqual([]);
  },
  5 * MINUTES,
);
