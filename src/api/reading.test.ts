// What is asked of the brain, and what it tells.

import { afterEach, beforeEach, expect, test } from "vitest";
import { minutes } from "../core/time.ts";
import { openTestFront, type TestFront } from "../testing/front.ts";
import { type Ask, openAsked } from "../testing/front-ask.ts";

let front: TestFront;
let ask: Ask;
let close: () => Promise<void>;
let token: string;

beforeEach(async () => {
  front = await openTestFront({ gauges: 3 });
  ({ ask, close } = await openAsked(front));
  token = await front.token("operator", "wang");
});
afterEach(async () => {
  await close();
  await front.close();
});

const high = (sensorId: string, levelM: number) => front.send({ sensorId, values: { levelM } });
const firstAlert = async () => (await front.records.alerts({ limit: 1 })).items[0]!;
const path = (id: string) => encodeURIComponent(id);

test("pages of a list hold everything once, newest first, and end with null", async () => {
  for (const sensorId of ["WL-1", "WL-2", "WL-3"]) await high(sensorId, 4);
  const seen: string[] = [];
  let cursor = "";
  for (let page = 0; page < 9; page++) {
    const { body } = await ask(`GET /alerts?limit=1${cursor}`, { token });
    seen.push(...body.items.map(({ sensorId }: { sensorId: string }) => sensorId));
    if (body.next === null) break;
    cursor = `&cursor=${body.next}`;
  }
  expect(seen).toEqual(["WL-3", "WL-2", "WL-1"]);
});

test("alerts are narrowed by what is asked, and by nothing else", async () => {
  await high("WL-1", 4);
  await high("WL-2", 6);
  const count = async (query: string) =>
    (await ask(`GET /alerts?${query}`, { token })).body.items.length;
  expect(await count("level=red")).toBe(1);
  expect(await count("level=red&sensor=WL-1")).toBe(0);
  expect(await count("state=open&scenario=gauge")).toBe(2);
  expect(await count("state=resolved")).toBe(0);
  expect(await count(`from=${front.now}`)).toBe(1);
  expect(await count(`to=${new Date(front.now).toISOString()}`)).toBe(1);
});

test("an alert tells why it fired: rule, evidence, bounds with their source, what to do, all in the asked language", async () => {
  await high("WL-1", 4.75);
  const { id } = await firstAlert();
  const { body } = await ask(`GET /alerts/${path(id)}?lang=en`, { token });
  expect(body).toMatchObject({ title: "Is the water too high?", value: 4.75, unit: "m" });
  expect(body.ruleInWords.sources[0]).toMatchObject({ title: "SL 758", edition: "2018" });
  expect(body.ruleInWords.rationale.act).toBe("close the underpass (en)");
  expect(body.thresholds.map(({ bound }: { bound: number }) => bound)).toEqual([3.5, 4.5, 5.5]);
  expect(body.log[0].evidence.witnesses.first[0].values).toEqual({ levelM: 4.75 });
  const german = await ask(`GET /alerts/${path(id)}`, {
    token,
    headers: { "accept-language": "de, en;q=0.8" },
  });
  expect(german.body.siteName).toBe("Station 1");
  expect((await ask(`GET /alerts/${path(id)}`, { token })).body.siteName).toBe("1号水位站");
});

test("a sensor shows its fields, its bounds, its last reading and its open alerts, and no secret", async () => {
  await high("WL-1", 4);
  const { body, text } = await ask("GET /sensors/WL-1?lang=en", { token });
  expect(body.fields.map(({ label }: { label: string }) => label)).toEqual([
    "Level",
    "Turbidity",
    "Pumping",
  ]);
  expect(body.last.values).toEqual({ levelM: 4 });
  expect(body.openAlerts).toHaveLength(1);
  expect(body.thresholds).toHaveLength(3);
  expect(text + (await ask("GET /sensors/EV-1", { token })).text).not.toMatch(/secret|hash|kept/i);
});

test("readings come raw with a way to go on, or in buckets of a numeric field", async () => {
  for (const levelM of [1, 2, 3]) {
    await high("WL-1", levelM);
    await front.pass(minutes(1));
  }
  const raw = await ask("GET /readings?sensor=WL-1&raw=true&limit=2", { token });
  expect(
    raw.body.points.map(({ values }: { values: { levelM: number } }) => values.levelM),
  ).toEqual([1, 2]);
  const rest = await ask(`GET /readings?sensor=WL-1&raw=true&from=${raw.body.next}`, { token });
  expect(rest.body).toMatchObject({ next: null });
  expect(rest.body.points).toHaveLength(1);
  const buckets = await ask("GET /readings?sensor=WL-1&field=levelM", { token });
  expect(buckets.body.buckets.map(({ last }: { last: number }) => last)).toEqual([1, 2, 3]);
  expect(buckets.body.step).toBe(minutes(1));
});

test("quarantine is counted by reason and listed from the newest, page by page", async () => {
  for (const detail of ["a", "b", "c"])
    front.refuse({ reason: "not-json", clientId: "x", topic: "t", detail, excerpt: "" });
  const one = await ask("GET /quarantine?limit=2&lang=en", { token });
  expect(one.body.items.map(({ detail }: { detail: string }) => detail)).toEqual(["c", "b"]);
  expect(one.body.counts).toEqual([
    { reason: "not-json", says: "The payload is not valid JSON", count: 3 },
  ]);
  const two = await ask(`GET /quarantine?limit=2&before=${one.body.next}`, { token });
  expect(two.body).toMatchObject({ next: null, items: [{ detail: "a" }] });
});

test("a scenario tells its rules, fields, parameters and whether it is out of service", async () => {
  front.given = { scenariosOut: { gauge: "too slow" } };
  const { body } = await ask("GET /scenarios/gauge?lang=en", { token });
  expect(body).toMatchObject({ out: "too slow", params: { stepM: 1 }, name: "Water level" });
  expect(body.paramsSchema.properties.stepM.type).toBe("number");
  expect(body.thresholds).toHaveLength(3);
});
