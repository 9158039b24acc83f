// Every error that the API can give, in one table, and the RFC 9457 body that tells it in the
// asker's language.

import type { CaseProblem } from "../cases/refusal.ts";
import type { Language, Text } from "../core/text.ts";
import type { AlertProblem } from "../engine/desk.ts";
import { alertMessages } from "../messages/alerts.ts";
import { caseMessages } from "../messages/cases.ts";
import { fill } from "../messages/say.ts";
import { alertProblems } from "./problems/alerts.ts";
import { caseProblems } from "./problems/cases.ts";
import type { ProblemEntry } from "./problems/entry.ts";
import { houseProblems } from "./problems/house.ts";
import { requestProblems } from "./problems/requests.ts";

/**
 * Code → status and words. That every refusal of cases and of alerts is here is checked by the
 * compiler.
 */
export const problems = {
  ...requestProblems,
  ...alertProblems,
  ...caseProblems,
  ...houseProblems,
} as const satisfies Record<CaseProblem | AlertProblem, ProblemEntry> &
  Record<string, ProblemEntry>;

export type ProblemCode = keyof typeof problems;
export type ProblemParams = Readonly<Record<string, string | number>>;

/**
 * A body of type application/problem+json. `code` and `params` are for programs; all else is in
 * one language.
 */
export type ProblemBody = {
  /** A name, not an address: `urn:community-brain:problem:CODE`. */
  type: string;
  title: string;
  status: number;
  detail: string;
  remedy: string;
  code: ProblemCode;
  /** As they were given; instants in ms since the epoch. */
  params: ProblemParams;
};

export const isProblemCode = (code: string): code is ProblemCode => Object.hasOwn(problems, code);

/**
 * The problem in words. A code that is not in the table is a fault of ours, and is told as
 * `internal`.
 */
export function problem(code: string, params: ProblemParams, language: Language): ProblemBody {
  const known = isProblemCode(code) ? code : "internal";
  const entry: ProblemEntry = problems[known];
  const said = (text: Text): string => fill(parts(text[language], params), shown(params, language));
  return {
    type: `urn:community-brain:problem:${known}`,
    title: entry.title[language],
    status: entry.status,
    detail: said(entry.detail),
    remedy: said(entry.remedy),
    code: known,
    params,
  };
}

/** Leaves out each [part] that speaks of a parameter which is not given or empty. */
const parts = (text: string, params: ProblemParams): string =>
  text.replace(/\[([^\]]*)\]/g, (_, part: string) =>
    [...part.matchAll(/\{(\w+)\}/g)].every(([, name]) => (params[name!] ?? "") !== "") ? part : "",
  );

const VALUE_CHARACTERS_MAX = 120;

/** Parameters whose values have names in the message catalogue, and where. */
const namedIn: Readonly<Record<string, readonly string[]>> = {
  state: ["case.state"],
  word: ["case.word"],
  change: ["case.line", "alert.line"],
};

/**
 * Parameters as people read them: instants in street time, states and lines by their names, long
 * values cut.
 */
function shown(params: ProblemParams, language: Language): Record<string, string> {
  const words: Record<string, Text> = { ...alertMessages, ...caseMessages };
  const named = (name: string, value: string | number): string => {
    if (typeof value === "number" && /(At|^from|^to|^until)$/.test(name)) return streetTime(value);
    const keys = (namedIn[name] ?? []).map((room) => `${room}.${value}`);
    const key = name === "by" && value === "brain" ? "case.brain" : keys.find((one) => words[one]);
    const text = key === undefined ? String(value) : words[key]![language];
    return text.length > VALUE_CHARACTERS_MAX
      ? `${text.slice(0, VALUE_CHARACTERS_MAX - 1)}…`
      : text;
  };
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, named(name, value)]),
  );
}

/**
 * "2026-11-21 22:05:00", by the street's clock, UTC+8. An instant that no calendar has is shown as
 * it is.
 */
function streetTime(at: number): string {
  const local = new Date(at + 8 * 3_600_000);
  return Number.isNaN(local.getTime())
    ? String(at)
    : local.toISOString().slice(0, 19).replace("T", " ");
}
