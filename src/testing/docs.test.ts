// The documents against what is there: files, commands and their options, settings, words, and one language against the other.

import { existsSync, globSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Command } from "commander";
import { beforeAll, describe, expect, test } from "vitest";
import { readMap } from "../../simulators/recording.ts";
import { ConfigSchema, variableOf } from "../config.ts";
import { filesOf, linksOf, parted, quoted, read, root, shellLines } from "./documents.ts";

const documents = filesOf("*.md", "docs/*.md", "docs/adr/*.md");
const decisions = filesOf("docs/adr/*.md");

describe("files", () => {
  const top = new Set(readdirSync(root));
  const known = new Set(
    filesOf("{src,scenarios,simulators,dashboards,bench,bin,docs}/**/*").map((one) =>
      basename(one),
    ),
  );

  /** Named by a way that begins in this repository, or by a name that only a file of ours can have. */
  const isPath = (text: string): boolean =>
    /^[\w.<>*@/-]+$/.test(text) &&
    (text.includes("/") ? top.has(text.split("/")[0]!) : /\w\.(ts|mjs|cjs|js|css|md)$/.test(text));
  const isThere = (text: string): boolean =>
    text.includes("/") || top.has(text)
      ? globSync(text.replaceAll(/<[^>]*>/g, "*"), { cwd: root }).length > 0
      : known.has(text);

  test.each(documents)("every file that %s names is there", (path) => {
    const own = quoted(path).filter((text) => isPath(text) && !text.startsWith("data/"));
    expect(own.filter((text) => !isThere(text))).toEqual([]);
  });

  test.each(documents)("every link of %s leads somewhere", (path) => {
    const own = linksOf(path).filter((to) => !/^(https?:|#)/.test(to));
    expect(own.filter((to) => !existsSync(join(root, dirname(path), to.split("#")[0]!)))).toEqual(
      [],
    );
  });

  test("the page on the flow names the loops and the pipeline, where a reader is to follow a reading", () => {
    const named = quoted("docs/architecture.md");
    for (const file of ["app/ingest", "app/judge", "app/mind", "engine/pipeline", "cases/docket"])
      expect(named).toContain(`src/${file}.ts`);
  });

  test("an image is small enough to load on a phone, and is one", () => {
    const images = filesOf("docs/img/*");
    expect(images.length).toBeGreaterThan(0);
    for (const image of images) {
      const bytes = readFileSync(join(root, image));
      expect([image, bytes.subarray(1, 4).toString()]).toEqual([image, "PNG"]);
      expect([image, bytes.length <= 300_000]).toEqual([image, true]);
    }
  });
});

describe("commands", () => {
  const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
  let brain: Map<string, Command>;

  beforeAll(async () => {
    brain = new Map();
    const listed = read("src/cli/program.ts").matchAll(/import\("\.\/([a-z-]+\.ts)"\)/g);
    for (const [, name] of listed) {
      const file = join("src", "cli", name!);
      const module: Record<string, unknown> = await import(pathToFileURL(join(root, file)).href);
      for (const [name, make] of Object.entries(module)) {
        if (!name.endsWith("Command")) continue;
        const command = (make as () => Command)();
        brain.set(command.name(), command);
      }
    }
  });

  /** What a reader may copy into a terminal: lines of sh blocks, and what is quoted in the text. */
  const commandLines = (path: string): string[] =>
    [...shellLines(path), ...quoted(path)]
      .flatMap((line) => line.split("&&"))
      .map((line) => line.trim());

  /** What is wrong with the words after `brain`; null: nothing. */
  function wrong(words: string[]): string | null {
    const rest = words.filter((word, i) => word !== "--lang" && words[i - 1] !== "--lang");
    let command = brain.get(rest[0]!);
    if (!command) return rest[0] === "--help" ? null : `brain has no command ${rest[0]}`;
    const inner = command.commands.find((one) => one.name() === rest[1]);
    if (command.commands.length > 0 && !inner) return `brain ${rest[0]} has no ${rest[1]}`;
    command = inner ?? command;
    const flags = new Set(command.options.flatMap(({ long }) => (long ? [long] : [])));
    const strange = rest.find((word) => word.startsWith("--") && !flags.has(word));
    return strange ? `brain ${command.name()} has no option ${strange}` : null;
  }

  test.each(documents)("every command in %s is one, with its options", (path) => {
    const faults = commandLines(path).flatMap((line) => {
      const [, brainly] = /^(?:npm run (?:-s )?brain --|brain) (.+)$/.exec(line) ?? [];
      if (brainly) {
        const fault = wrong(brainly.split(/\s+/));
        return fault ? [`${line}: ${fault}`] : [];
      }
      const [, script] = /^npm run (?:-s )?([\w:-]+)/.exec(line) ?? [];
      if (script) return script in scripts ? [] : [`${line}: package.json has no script ${script}`];
      if (/^npm (?!ci$|test$)/.test(line)) return [`${line}: npm ci, npm test or npm run`];
      return [];
    });
    expect(faults).toEqual([]);
  });

  test("the checks see a command, an option and a script that are not there", () => {
    expect(wrong(["start", "--date", "x"])).toContain("--date");
    expect(wrong(["sensor", "remove", "x"])).toContain("remove");
    expect(wrong(["begin"])).toContain("begin");
    expect(wrong(["--lang", "zh", "sensor", "add", "x", "--site", "y"])).toBeNull();
  });

  test("every command is in the changelog, and every one that the changelog names is there", () => {
    const line = /- `brain start`[^.]*/.exec(read("CHANGELOG.md"))![0];
    const named = [...line.matchAll(/`([a-z ]+)`/g)].map(([, name]) => name!.replace("brain ", ""));
    expect(named.sort()).toEqual([...brain.keys()].sort());
  });

  test("the map of the replayed recording reads its columns", () => {
    const [, map] = /--map (\S+)/.exec(read("README.md"))!;
    const { time, fields } = readMap(map!);
    const [header] = read("docs/first-recording/flood.csv").split("\n");
    expect(header!.split(",")).toEqual([time, ...Object.values(fields)]);
  });
});

describe("both languages", () => {
  const [english, chinese] = ["README.md", "README.zh-CN.md"] as const;
  const headings = (path: string): number[] =>
    [...parted(path).prose.matchAll(/^(#+) /gm)].map(([, marks]) => marks!.length);

  test("the Chinese README has the headings of the English one, level by level", () => {
    expect(headings(chinese)).toEqual(headings(english));
  });

  test("and the same commands, files, settings, links and figures' rows, in the same order", () => {
    expect(shellLines(chinese)).toEqual(shellLines(english));
    const names = (path: string): string[] => [...new Set(quoted(path))].sort();
    expect(names(chinese).filter((name) => name !== "--lang zh")).toEqual(names(english));
    const [toChinese, ...ofEnglish] = linksOf(english);
    const [toEnglish, ...ofChinese] = linksOf(chinese);
    expect([toChinese, toEnglish]).toEqual([chinese, english]);
    expect(ofChinese).toEqual(ofEnglish);
    const rows = (path: string): number => parted(path).prose.match(/^\|/gm)?.length ?? 0;
    expect(rows(chinese)).toEqual(rows(english));
  });
});

describe("decisions", () => {
  test.each(decisions)("%s says context, decision and cost in forty lines", (path) => {
    const text = read(path);
    const number = Number(basename(path).slice(0, 4));
    expect(text).toMatch(new RegExp(`^# ${number}[.] \\S`));
    expect([...text.matchAll(/^## (.+)$/gm)].map(([, title]) => title)).toEqual([
      "Context",
      "Decision",
      "Cost",
    ]);
    expect(text.trimEnd().split("\n").length).toBeLessThanOrEqual(40);
  });

  test("they are numbered without a hole", () => {
    expect(decisions.map((path) => Number(basename(path).slice(0, 4)))).toEqual(
      decisions.map((_, i) => i + 1),
    );
  });

  test("every package that the program needs has its reason on record", () => {
    const { dependencies } = JSON.parse(read("package.json")) as {
      dependencies: Record<string, string>;
    };
    const told = read("docs/adr/0016-parts.md");
    const missing = Object.keys(dependencies).filter(
      (name) => !told.includes(name.startsWith("@fastify/") ? "`@fastify/*`" : name),
    );
    expect(missing).toEqual([]);
  });
});

describe("settings and words", () => {
  test.each(documents)("every setting that %s names is one", (path) => {
    const variables = Object.keys(ConfigSchema.properties).map(variableOf);
    const named = quoted(path).filter((text) => /^BRAIN_[A-Z_]+$/.test(text));
    expect(named.filter((one) => !["BRAIN_CONFIG", ...variables].includes(one))).toEqual([]);
  });

  test("the glossary has each word once, in both languages", () => {
    const rows = [...read("docs/glossary.md").matchAll(/^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/gm)];
    const words = rows.filter(([, word]) => word !== "word");
    expect(words.length).toBeGreaterThan(50);
    expect(new Set(words.map(([, word]) => word)).size).toBe(words.length);
    for (const [, word, chinese] of words)
      expect([word, /\p{Script=Han}/u.test(chinese!)]).toEqual([word, true]);
  });
});
