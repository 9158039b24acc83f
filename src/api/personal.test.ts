// What is about a person reaches only those who answer for people. The values planted here are looked for in everything that goes out.

import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestFront, type TestFront } from "../testing/front.ts";
import { type Ask, openAsked } from "../testing/front-ask.ts";
import { listen } from "../testing/front-listen.ts";
import type { Role } from "./permissions.ts";

/** Heart rates, a resting rate of the register, and words that people wrote. */
const planted = ["173.25", "181.5", "402 is asleep", "refused help"];
const facts = '"restingRate":63';

let front: TestFront;
let ask: Ask;
let address: string;
let close: () => Promise<void>;
let alertId: string;
const tokens = {} as Record<Role, string>;

beforeAll(async () => {
  front = await openTestFront();
  ({ ask, close, address } = await openAsked(front));
  for (const role of ["viewer", "operator", "supervisor", "developer", "admin"] as const)
    tokens[role] = await front.token(role);
  await front.send({ sensorId: "EV-1", values: { heartRate: 173.25 } });
  alertId = encodeURIComponent((await front.records.alerts({ limit: 1 })).items[0]!.id);
  const comment = { body: { note: "402 is asleep" }, token: tokens.operator };
  expect((await ask(`POST /alerts/${alertId}/comment`, comment)).status).toBe(200);
  front.refuse({
    reason: "values",
    clientId: "EV-1",
    topic: "readings/F-1/EV-1",
    detail: "heartRate 181.5",
    excerpt: '{"heartRate":181.5,"note":"refused help"}',
  });
});
afterAll(async () => {
  await close();
  await front.close();
});

const paths = () => [
  "/alerts",
  `/alerts/${alertId}`,
  "/cases",
  "/sensors",
  "/sensors/EV-1",
  "/sites",
  "/sites/F-1",
  "/readings?sensor=EV-1",
  "/readings?sensor=EV-1&raw=true",
  "/scenarios/pulse",
  "/stats",
  "//metrics",
];

test.each(["viewer", "developer", "admin"] as const)("a %s sees none of it", async (role) => {
  const answers = await Promise.all(
    paths().map((path) => ask(`GET ${path}`, { token: tokens[role] })),
  );
  const quarantine =
    role === "viewer" ? [] : [await ask("GET /quarantine", { token: tokens[role] })];
  for (const { text } of [...answers, ...quarantine])
    for (const value of [...planted, facts]) expect(text).not.toContain(value);
});

test.each(["operator", "supervisor"] as const)("an %s sees all of it", async (role) => {
  const seen = (
    await Promise.all(
      [...paths(), "/quarantine"].map((path) => ask(`GET ${path}`, { token: tokens[role] })),
    )
  )
    .map(({ text }) => text)
    .join("\n");
  for (const value of [...planted, facts]) expect(seen).toContain(value);
});

test("what is left out is said to be left out, and that there is trouble is not", async () => {
  const { body } = await ask(`GET /alerts/${alertId}`, { token: tokens.viewer });
  expect(body).toMatchObject({ masked: true, value: null, level: "orange", siteId: "F-1" });
  expect(body.log).toHaveLength(2);
  for (const line of body.log)
    expect(line).toMatchObject({ masked: true, evidence: null, note: null });
  const readings = await ask("GET /readings?sensor=EV-1", { token: tokens.viewer });
  expect(readings.body).toMatchObject({ masked: true, points: [], buckets: [] });
});

test("what is about no person is seen by all, its evidence and quarantine too", async () => {
  await front.send({ sensorId: "WL-1", values: { levelM: 4.25 } });
  front.refuse({
    reason: "values",
    clientId: "WL-1",
    topic: "readings/ST-1/WL-1",
    detail: "levelM 99.5",
    excerpt: "99.5",
  });
  const { items } = await front.records.alerts({ sensorId: "WL-1", limit: 1 });
  const detail = await ask(`GET /alerts/${encodeURIComponent(items[0]!.id)}`, {
    token: tokens.viewer,
  });
  expect(detail.body.value).toBe(4.25);
  expect(detail.body.log[0].evidence.witnesses.first[0].values).toEqual({ levelM: 4.25 });
  expect((await ask("GET /quarantine", { token: tokens.developer })).text).toContain("99.5");
});

test("the stream is masked reader by reader, alerts and readings alike", async () => {
  const url = `${address}/api/v1/live?sensor=EV-1`;
  const open = (role: Role) => listen(url, { authorization: `Bearer ${tokens[role]}` });
  const [viewer, operator] = [await open("viewer"), await open("operator")];
  const last = (frame: { event: string; body: { last?: boolean } }) =>
    frame.event === "snapshot" && frame.body.last === true;
  await Promise.all([viewer.until(last), operator.until(last)]);
  const masked = await viewer.until(({ event }) => event === "readings");
  expect(masked.body).toMatchObject({ sensorId: "EV-1", points: [], masked: true });
  await front.send({ sensorId: "EV-1", values: { heartRate: 181.5 } });
  await ask(`POST /alerts/${alertId}/acknowledge`, { token: tokens.operator, body: {} });
  const seen = await operator.until(
    ({ event, body }) => event === "readings" && body.points.length > 0,
  );
  expect(seen.body.points[0].values).toEqual({ heartRate: 181.5 });
  const changed = ({ event, body }: { event: string; body: { alerts: { acked: unknown }[] } }) =>
    event === "change" && body.alerts.some(({ acked }) => acked !== null);
  await Promise.all([operator.until(changed), viewer.until(changed)]);
  const told = (frames: readonly unknown[]) => JSON.stringify(frames);
  for (const value of planted) expect(told(viewer.frames)).not.toContain(value);
  expect(told(operator.frames)).toContain("173.25");
  viewer.close();
  operator.close();
});
