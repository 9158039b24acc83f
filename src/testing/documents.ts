// The documents of this repository, in the parts that can be held against what is there.

import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's folder. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

/** The text of a file of the repository. */
export const read = (path: string): string => readFileSync(join(root, path), "utf8");

/** The files that fit any of the patterns, in order of their names. */
export const filesOf = (...patterns: string[]): string[] =>
  patterns.flatMap((pattern) => globSync(pattern, { cwd: root })).sort();

/** A fenced block: its language, what stands beside that, and what is in it. */
export type Fence = { language: string; about: string; body: string };

/** The fenced blocks of a document, and its text without them. */
export function parted(path: string): { fences: Fence[]; prose: string } {
  const fences: Fence[] = [];
  const prose = read(path).replaceAll(
    /^```(\S*) ?(.*)\n([\s\S]*?)^```$/gm,
    (_, language, about, body) => {
      fences.push({ language, about, body });
      return "";
    },
  );
  return { fences, prose };
}

/** What stands between backticks in the text of a document. */
export const quoted = (path: string): string[] =>
  [...parted(path).prose.matchAll(/`([^`\n]+)`/g)].map(([, text]) => text!);

/** Where the links of a document lead. */
export const linksOf = (path: string): string[] =>
  [...parted(path).prose.matchAll(/\]\(([^)]+)\)/g)].map(([, to]) => to!);

/** Lines to be copied into a terminal, without remarks: those of sh blocks. */
export const shellLines = (path: string): string[] =>
  parted(path)
    .fences.filter(({ language }) => language === "sh")
    .flatMap(({ body }) => body.split("\n").map((line) => line.split(" # ")[0]!.trim()));
