// A verdict for people, in either language, and for build servers as JUnit XML.

import { stripVTControlCharacters } from "node:util";
import type { Language } from "../src/core/text.ts";
import { fill } from "../src/messages/say.ts";
import { simulatorMessages } from "../src/messages/simulators.ts";
import type { Expectation } from "./expectations.ts";
import type { Comparison } from "./matching.ts";
import { failuresOf, type ScenarioVerdict, type Verdict } from "./verdict.ts";

type Key = keyof typeof simulatorMessages;
type Params = Readonly<Record<string, string | number>>;

/**
 * The verdict as lines of text: numbers, a table by scenario, each alert that was missed, late or
 * false, and the word at last.
 */
export function verdictText(verdict: Verdict, comparison: Comparison, language: Language): string {
  const say = (key: Key, params: Params = {}) => fill(simulatorMessages[key][language], params);
  const { ackMs, alertMs, sent, acked, stored, quarantined, lost, refused } = verdict;
  const why = failuresOf(verdict).map((failure) => say(`simulators.failure-${failure}`));
  return [
    say("simulators.readings", { sent, acked, stored, quarantined, lost, refused }),
    say("simulators.times", {
      ack50: ackMs.p50,
      ack99: ackMs.p99,
      alert50: alertMs.p50,
      alert99: alertMs.p99,
    }),
    "",
    ...scenarioTable(verdict, say),
    "",
    ...troubles(comparison, say),
    ...(verdict.notYetDue > 0 ? [say("simulators.not-yet-due", { count: verdict.notYetDue })] : []),
    why.length === 0
      ? say("simulators.passed")
      : say("simulators.failed", { why: why.join(language === "zh" ? "；" : "; ") }),
  ].join("\n");
}

const columns = ["expected", "seen", "late", "missed", "false", "knockOn", "excused"] as const;

function scenarioTable(verdict: Verdict, say: (key: Key) => string): string[] {
  const total = Object.fromEntries(columns.map((column) => [column, 0])) as ScenarioVerdict;
  for (const row of Object.values(verdict.scenarios))
    for (const column of columns) total[column] += row[column];
  const cells = (name: string, row: ScenarioVerdict) => [
    name,
    ...columns.map((column) => String(row[column])),
  ];
  return table([
    [
      say("simulators.scenario"),
      say("simulators.expected"),
      say("simulators.seen"),
      say("simulators.late"),
      say("simulators.missed"),
      say("simulators.false"),
      say("simulators.knock-on"),
      say("simulators.excused"),
    ],
    ...Object.entries(verdict.scenarios).map(([name, row]) => cells(name, row)),
    cells(say("simulators.total"), total),
  ]);
}

/** Names to the left, numbers to the right; a Chinese character takes two places. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, column) =>
    Math.max(...rows.map((row) => widthOf(row[column] ?? ""))),
  );
  const pad = (cell: string, column: number) => " ".repeat(widths[column]! - widthOf(cell));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell + pad(cell, 0) : pad(cell, column) + cell))
      .join("  "),
  );
}

const widthOf = (text: string): number =>
  [...stripVTControlCharacters(text)].reduce(
    (width, character) => width + (character >= "\u2e80" ? 2 : 1),
    0,
  );

function troubles(
  { missed, late, unexplained }: Comparison,
  say: (key: Key, params: Params) => string,
): string[] {
  return [
    ...missed.map((one) =>
      say("simulators.missed-alert", {
        ...named(one),
        incident: one.incident,
        by: instant(one.by),
      }),
    ),
    ...late.map(({ expectation, alert }) =>
      say("simulators.late-alert", {
        ...named(expectation),
        incident: expectation.incident,
        by: instant(expectation.by),
        firedAt: instant(alert.firedAt),
      }),
    ),
    ...unexplained.map((alert) =>
      say("simulators.false-alert", {
        ...named(alert),
        firedAt: instant(alert.firedAt),
        id: alert.id,
      }),
    ),
  ];
}

const named = (one: {
  scenario: string;
  rule: string;
  siteId: string;
  sensorId?: string | null;
}): Params => ({
  scenario: one.scenario,
  rule: one.rule,
  place: one.sensorId ? `${one.siteId}/${one.sensorId}` : one.siteId,
});

const instant = (at: number): string => new Date(at).toISOString();

/**
 * JUnit XML: a suite for each scenario with a case for each alert expected, and one for what must
 * hold of the whole run.
 */
export function verdictJunit(verdict: Verdict, comparison: Comparison, name: string): string {
  const cases: Case[] = [
    ...comparison.met.map(({ expectation }) => caseOf(expectation)),
    ...comparison.late.map(({ expectation, alert }) =>
      caseOf(
        expectation,
        `late: due by ${instant(expectation.by)}, fired at ${instant(alert.firedAt)}`,
      ),
    ),
    ...comparison.missed.map((one) => caseOf(one, `missed: due by ${instant(one.by)}`)),
  ];
  const suites = new Map([["run", wholeRun(verdict, comparison)]]);
  for (const [suite, own] of Map.groupBy(cases, ({ suite }) => suite)) suites.set(suite, own);
  const all = [...suites.values()].flat();
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${escaped(name)}" ${counts(all)}>`,
    ...[...suites].flatMap(([suite, own]) => [
      `  <testsuite name="${escaped(suite)}" ${counts(own)}>`,
      ...own.map(caseXml),
      "  </testsuite>",
    ]),
    "</testsuites>",
    "",
  ].join("\n");
}

type Case = { suite: string; name: string; failure?: string };

function caseOf(one: Expectation, failure?: string): Case {
  const place = one.sensorId ? `${one.siteId}/${one.sensorId}` : one.siteId;
  const name = `${one.incident} at ${place} raises ${one.rule}`;
  return { suite: one.scenario, name, ...(failure !== undefined && { failure }) };
}

function wholeRun(verdict: Verdict, { unexplained }: Comparison): Case[] {
  const failed = new Set(failuresOf(verdict));
  const { acked, sent, lost } = verdict;
  const falseOnes = unexplained.map(({ id }) => id).join(" ");
  return [
    {
      suite: "run",
      name: "what was acknowledged is stored",
      ...(failed.has("lost") && { failure: `${lost} of ${acked} lost` }),
    },
    {
      suite: "run",
      name: "what was sent is acknowledged",
      ...(failed.has("unacknowledged") && { failure: `${acked} of ${sent} acknowledged` }),
    },
    {
      suite: "run",
      name: "no alert without an incident",
      ...(failed.has("false") && { failure: falseOnes }),
    },
  ];
}

const counts = (cases: readonly Case[]): string => {
  const failed = cases.filter(({ failure }) => failure !== undefined).length;
  return `tests="${cases.length}" failures="${failed}"`;
};

function caseXml({ suite, name, failure }: Case): string {
  const names = `classname="${escaped(suite)}" name="${escaped(name)}"`;
  if (failure === undefined) return `    <testcase ${names}/>`;
  return `    <testcase ${names}><failure message="${escaped(failure)}"/></testcase>`;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};
const escaped = (text: string): string => text.replace(/[&<>"]/g, (found) => entities[found]!);
