// A fixture and a test from what happened in the field: an alert on record, the readings around it,
// and what the register says of its place.

import type { CaseVerdict } from "../cases/case.ts";
import type { Reading } from "../core/reading.ts";
import type { AnyScenario } from "../core/scenario.ts";
import { type Duration, days, hours, type Instant } from "../core/time.ts";
import type { AlertEvent, AlertRecord } from "../engine/alert-record.ts";
import { instantText } from "../register/instants.ts";
import type { Register } from "../register/register.ts";
import type { HistoryReader } from "../store/history.ts";
import type { FieldHead, FieldLine } from "../testing/field.ts";
import type { Told } from "./past.ts";
import { exportName } from "./scaffold.ts";

/**
 * So much is judged before the alert was raised, so that the rule's memory is filled; and so much
 * after its end.
 */
const BEFORE: Duration = days(1);
const AFTER: Duration = hours(1);
const LONGEST: Duration = days(3);

/** The fixture of an alert: one line to a reading, its sensors and its site without their names. */
export async function fixtureOf(
  { record, events }: Told,
  register: Register,
  history: Pick<HistoryReader, "scan">,
): Promise<{ text: string; readings: number }> {
  const { scenario, rule, siteId, raisedAt, firedAt, resolvedAt } = record;
  const to = Math.min((resolvedAt ?? firedAt) + AFTER, firedAt + LONGEST);
  const head: FieldHead = {
    scenario,
    version: record.scenarioVersion,
    rule,
    site: register.facts(scenario, siteId) ?? {},
    from: raisedAt,
    to,
  };
  const ids = record.sensorId === null ? null : [record.sensorId];
  const readings: Reading[] = [];
  for await (const chunk of history.scan(raisedAt - BEFORE, to, [scenario]))
    for (const one of chunk)
      if (one.siteId === siteId && (ids?.includes(one.sensorId) ?? true)) readings.push(one);
  const names = [...new Set(readings.map(({ sensorId }) => sensorId))].sort();
  const named = (id: string): string => `s${names.indexOf(id) + 1}`;
  const said: { at: Instant; line: FieldLine }[] = readings.map((one) => ({
    at: one.receivedAt,
    line: {
      sensorId: named(one.sensorId),
      time: one.time,
      received: one.receivedAt,
      values: one.values,
      quality: one.quality,
    },
  }));
  const sensorId = record.sensorId === null ? null : named(record.sensorId);
  for (const { kind, at } of events)
    if (kind === "reset") said.push({ at, line: { reset: at, sensorId } });
  said.sort((a, b) => a.at - b.at);
  const lines = [head, ...said.map(({ line }) => line)].map((one) => JSON.stringify(one));
  return { text: `${lines.join("\n")}\n`, readings: readings.length };
}

const moves: ReadonlySet<AlertEvent["kind"]> = new Set([
  "fired",
  "escalated",
  "reopened",
  "latched",
  "resolved",
]);

/**
 * Whether an alert was told up to the end of its fixture as the record has it: by kinds, in order.
 */
export const isAsRecorded = ({ record, events }: Told, came: readonly string[]): boolean => {
  const kinds = events.filter(({ kind }) => moves.has(kind)).map(({ kind }) => kind);
  return (
    kinds.length === came.length &&
    kinds.every((kind, i) => came[i]!.includes(` ${record.rule} ${kind} `))
  );
};

/**
 * What ought to have come: nothing where the alert was false, or nobody says otherwise; what came
 * where it was true.
 */
export const wanted = (verdict: CaseVerdict | null, asItWas: boolean): "nothing" | "same" =>
  asItWas || verdict === "true" ? "same" : "nothing";

/** The test that holds a scenario to a fixture. What it expects is the author's to correct. */
export function testOf(
  scenario: AnyScenario,
  asked: {
    alert: Pick<AlertRecord, "id" | "raisedAt">;
    fixture: string;
    expected: readonly string[];
    verdict: string | null;
  },
): string {
  const { alert, fixture, expected, verdict } = asked;
  const name = exportName(scenario.id);
  const rows = expected.map((one) => `    ${JSON.stringify(one)},\n`).join("");
  const list = expected.length === 0 ? "[]" : `[\n${rows}  ]`;
  return `// From the field: alert ${alert.id}${verdict ? `, its case found ${verdict}` : ""}.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { field } from "../../src/testing/field.ts";
import ${name} from "./index.ts";

test("what came of ${instantText(alert.raisedAt).slice(0, 16)} in the field is what should have come", () => {
  const fixture = readFileSync(join(import.meta.dirname, ${JSON.stringify(fixture)}), "utf8");
  expect(field(${name}, fixture)).toEqual(${list});
});
`;
}
