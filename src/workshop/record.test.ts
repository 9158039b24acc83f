// An alert from the field as a fixture and a test: judged from the file it comes as it came.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { hours, minutes } from "../core/time.ts";
import { Register } from "../register/register.ts";
import { field } from "../testing/field.ts";
import { LivePast } from "../testing/past.ts";
import { MONDAY } from "../testing/play.ts";
import { sensorOf, smallStreet } from "../testing/small-street.ts";
import { gauge } from "../testing/town.ts";
import type { Told } from "./past.ts";
import { fixtureOf, isAsRecorded, testOf, wanted } from "./record.ts";

const street = smallStreet([gauge], { gauge: { alertM: 2.5 } });
const sensor = sensorOf(gauge);
let folder = "";
let live: LivePast;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "brain-record-"));
  live = await LivePast.open(folder, [gauge], street, MONDAY);
  for (let at = MONDAY; at < MONDAY + hours(12); at += minutes(5)) {
    const hour = (at - MONDAY) / hours(1);
    const values = { levelM: hour > 4 && hour < 6 ? 2.8 : 2, open: hour > 7 && hour < 7.5 };
    const said = { sensorId: sensor.id, siteId: sensor.siteId, scenario: "gauge", time: at };
    await live.hear([{ ...said, receivedAt: at + 20, values, quality: "good" }]);
    live.pass(at + minutes(2));
  }
  for (const { id, phase } of await live.open())
    if (phase === "latched") live.do(MONDAY + hours(12), { kind: "alert.reset", alertId: id });
  await live.settle(MONDAY + hours(13));
});
afterEach(async () => {
  await live.close();
  rmSync(folder, { recursive: true });
});

async function told(rule: string): Promise<Told> {
  const [record] = (await live.records.alerts({ rule, limit: 1 })).items;
  return { record: record!, events: await live.records.alertEvents(record!.id) };
}
async function fixture(one: Told) {
  const register = new Register([gauge]);
  register.apply(street);
  return fixtureOf(one, register, live.history);
}
const transitions = new Set(["fired", "escalated", "reopened", "latched", "resolved"]);

test.each(["high", "shut", "dwell"])(
  "an alert of %s comes from its fixture as it came in the field, by the facts of its site",
  async (rule) => {
    const one = await told(rule);
    const { text, readings } = await fixture(one);
    const came = field(gauge, text);
    const onRecord = one.events.filter(({ kind }) => transitions.has(kind)).map(({ kind }) => kind);
    expect(came.map((line) => line.split(" ")[2])).toEqual(onRecord);
    expect(isAsRecorded(one, came)).toBe(true);
    expect(isAsRecorded(one, came.slice(1))).toBe(false);
    expect(readings).toBeGreaterThan(50);
  },
);

test("the fixture names no sensor and no place", async () => {
  const { text } = await fixture(await told("high"));
  expect(text).not.toContain(sensor.id);
  expect(text).not.toContain(sensor.siteId);
});

test("another bound judges the fixture otherwise, so the test can be made to pass", async () => {
  const { text } = await fixture(await told("high"));
  expect(field(gauge, text.replace('"alertM":2.5', '"alertM":2.9'))).toEqual([]);
});

test("what was true is expected again; what was false, or nobody judged, is not", () => {
  expect(wanted("true", false)).toBe("same");
  expect(wanted("false", false)).toBe("nothing");
  expect(wanted(null, false)).toBe("nothing");
  expect(wanted("false", true)).toBe("same");
});

test("the test that is written names the alert and holds what is expected", () => {
  const alert = { id: "gauge~high~a", raisedAt: MONDAY };
  const text = testOf(gauge, {
    alert,
    fixture: "f.ndjson",
    expected: ["x high fired"],
    verdict: "true",
  });
  expect(text).toContain("alert gauge~high~a, its case found true");
  expect(text).toContain('toEqual([\n    "x high fired",\n  ])');
  expect(text).toContain("what came of 2026-03-02T00:00");
});
