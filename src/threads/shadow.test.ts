import { afterAll, beforeAll, expect, test } from "vitest";
import { minutes } from "../core/time.ts";
import { openRecordsReader } from "../store/sqlite/records.ts";
import { openTestBrain, type TestBrain, until } from "../testing/brain.ts";
import { sensorOf, smallStreet } from "../testing/small-street.ts";
import { tuned } from "../testing/tuned-scenarios.ts";
import { readShadow } from "../workshop/shadow.ts";

// Seen to fail with: a meter that tells the shadow's rules as its scenario's (the live one is taken out).

const START = Date.UTC(2026, 2, 2);
const { id: sensor, siteId } = sensorOf(tuned);
let brain: TestBrain;
let minute = 0;

beforeAll(async () => {
  brain = await openTestBrain({
    mode: "drill",
    clock: { kind: "driven", from: 0 },
    scenarios: new URL("../testing/tuned-scenarios.ts", import.meta.url),
    config: { judgeHangMs: 700, releaseNeedsTwo: true },
  });
  await brain.register(smallStreet([tuned]));
}, 60_000);
afterAll(() => brain.end());

async function say(value: number): Promise<void> {
  const device = await brain.connect(sensor);
  const time = START + minutes(++minute);
  const body = JSON.stringify({ time, values: { value } });
  await device.publishAsync(`readings/${siteId}/${sensor}`, body, { qos: 1 });
  await device.endAsync();
}

const act = (act: Parameters<TestBrain["brain"]["act"]>[1]) => brain.brain.act("li", act);
const shadowOf = async () => {
  const records = openRecordsReader(`${brain.folder}/brain.db`);
  const found = await readShadow(records, tuned.id);
  await records.close();
  return found!;
};

test("a release is in force and shown as soon as it is answered, and after a restart", async () => {
  const params = { bound: 4 };
  const release = { kind: "scenario.release", scenario: tuned.id, params } as const;
  expect(await act(release)).toMatchObject({ problem: "release-needs-second-person" });
  expect(await act({ ...release, approvedBy: "wang" })).toMatchObject({ ok: true });
  const shown = async () => (await brain.ask(`/scenarios/${tuned.id}`)).body;
  const now = { release: 1, params: { bound: 4, spins: false }, thresholds: [{ bound: 4 }] };
  expect(await shown()).toMatchObject(now);
  await brain.restart();
  expect(await shown()).toMatchObject(now);
  await say(4.5);
  await brain.settled();
  const { body } = await brain.ask(`/alerts?scenario=${tuned.id}`);
  expect(body.items).toMatchObject([{ rule: "high", scenarioRelease: 1 }]);
}, 60_000);

test("a shadow that finds something tells nobody, and its difference is on record", async () => {
  await say(1);
  await brain.settled();
  const params = { bound: 3 };
  await act({ kind: "scenario.shadow", scenario: tuned.id, params });
  minute += 30; // longer than any cooldown
  await say(3.5);
  await brain.settled();
  const { body } = await brain.ask(`/alerts?scenario=${tuned.id}&state=open`);
  expect(body.items).toEqual([]);
  const { comparison } = await shadowOf();
  expect(comparison.differences).toMatchObject([{ kind: "new", ours: { rule: "high" } }]);
}, 60_000);

test("a shadow that loops for ever is ended alone: the live one goes on, and knows nothing of it", async () => {
  await act({ kind: "scenario.shadow", scenario: tuned.id, params: { spins: true } });
  await say(9);
  await until(async () => (await shadowOf()).stand.until !== null);
  expect((await shadowOf()).stand.ended).toBe("no answer for 700 ms");
  const { body } = await brain.ask(`/alerts?scenario=${tuned.id}&state=open`);
  expect(body.items).toMatchObject([{ rule: "high", value: 9 }]);
  expect(brain.brain.health().scenariosOut).toEqual({});
  const ofHealth = await brain.ask("/alerts?scenario=brain-health");
  expect(ofHealth.body.items).toEqual([]);
  await say(1);
  await brain.settled();
  const after = await brain.ask(`/alerts?scenario=${tuned.id}&state=open`);
  expect(after.body.items).toEqual([]);
}, 60_000);
