// In which language the command line speaks, and how a message or a table goes out.

import type { Language, Text } from "../core/text.ts";
import { type MessageKey, say } from "../messages/say.ts";

/** `--lang`, else the terminal's own language, else English. */
export function languageOf(
  environment: Readonly<Record<string, string | undefined>>,
  asked?: string,
): Language {
  const from = asked ?? environment.BRAIN_LANG ?? environment.LC_ALL ?? environment.LANG ?? "";
  return from.toLowerCase().startsWith("zh") ? "zh" : "en";
}

// Known before the options are parsed, since the help itself is a text.
const given = process.argv.find((word) => word.startsWith("--lang="))?.slice("--lang=".length);
const next = process.argv[process.argv.indexOf("--lang") + 1];
export const language: Language = languageOf(
  process.env,
  given ?? (process.argv.includes("--lang") ? next : undefined),
);

/** A text of the catalogue in the user's language. */
export const tell = (key: MessageKey, params: Record<string, string | number> = {}): string =>
  say(language, key, params);

export const inWords = (text: Text): string => text[language];

/** What a program reads goes to standard output; what a person is told beside it goes to standard error. */
export const print = (line: string): void => void process.stdout.write(`${line}\n`);
export const note = (line: string): void => void process.stderr.write(`${line}\n`);

/** Rows under their headings, in columns as wide as needed; wide characters count two. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [headings, ...rows];
  const widths = headings.map((_, i) => Math.max(...all.map((row) => width(row[i] ?? ""))));
  const line = (row: readonly string[]) =>
    row
      .map((cell, i) => cell + " ".repeat(widths[i]! - width(cell)))
      .join("  ")
      .trimEnd();
  return all.map(line).join("\n");
}

const width = (text: string): number =>
  [...text].reduce((sum, letter) => sum + (letter.codePointAt(0)! >= 0x1100 ? 2 : 1), 0);

/** An instant in the street's time zone. */
export const streetTime = (at: number): string =>
  new Intl.DateTimeFormat(language === "zh" ? "zh-CN" : "en-GB", {
    timeZone: "Asia/Shanghai",
    dateStyle: "short",
    timeStyle: "medium",
  }).format(at);
