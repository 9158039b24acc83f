// What does not fit is told what is wrong, and does no harm.

import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestFront, type TestFront } from "../testing/front.ts";
import { type Ask, openAsked } from "../testing/front-ask.ts";

let front: TestFront;
let ask: Ask;
let close: () => Promise<void>;
let token: string;

beforeAll(async () => {
  front = await openTestFront();
  ({ ask, close } = await openAsked(front));
  token = await front.token("operator");
});
afterAll(async () => {
  await close();
  await front.close();
});

test.each([
  ["GET /alerts?limit=501", 400, "limit"],
  ["GET /alerts?limit=many", 400, "limit"],
  ["GET /alerts?colour=red", 400, "colour"],
  ["GET /alerts?from=yesterday", 400, "from"],
  ["GET /alerts?from=2026-01-01T00:00:00", 400, "from"],
  ["GET /readings", 400, "sensor"],
  ["GET /readings?sensor=WL-1&field=pumping", 400, "pumping"],
  ["GET /sensors/..%2F..%2Fetc", 400, "id"],
])("%s is told what is wrong with which field", async (what, status, field) => {
  const answer = await ask(what, { token });
  expect(answer.status).toBe(status);
  expect(answer.headers.get("content-type")).toContain("application/problem+json");
  expect(answer.body.detail).toContain(field);
  expect(answer.text).not.toMatch(/at .*\.ts|node_modules/);
});

test.each([
  ["{", 400, "not-json"],
  ['{"note":"a","__proto__":{"x":1}}', 400, "not-json"],
  ['{"note":1}', 400, "invalid-request"],
  ['{"note":"a","by":"somebody else"}', 400, "invalid-request"],
  [JSON.stringify({ note: "x".repeat(300_000) }), 413, "too-large"],
  ["[]", 400, "invalid-request"],
])("a body of %.30s… is refused", async (body, status, code) => {
  const answer = await ask("POST /alerts/none/comment", { token, body });
  expect([answer.status, answer.body.code]).toEqual([status, code]);
});

test("a body of another type is refused by its type", async () => {
  const headers = { "content-type": "text/xml" };
  const answer = await ask("POST /alerts/none/comment", { token, body: "<a/>", headers });
  expect([answer.status, answer.body.code]).toEqual([415, "media-type-unsupported"]);
});

test("a cursor that no list gave, an unknown thing and an unknown address have their own problems", async () => {
  const codes = [];
  for (const what of [
    "/alerts?cursor=zzz",
    "/alerts/none",
    "/cases/none",
    "/sensors/none",
    "/sites/none",
    "/scenarios/none",
    "/nowhere",
  ])
    codes.push((await ask(`GET ${what}`, { token })).body.code);
  expect(codes).toEqual([
    "cursor-invalid",
    "alert-not-found",
    "case-not-found",
    "sensor-not-found",
    "site-not-found",
    "scenario-not-found",
    "route-not-found",
  ]);
});

test("who asks too often is told when to come back, by token and not by address", async () => {
  const strict = await openAsked(front, { rate: { known: 3, unknown: 2 } });
  const other = await front.token("viewer");
  for (let i = 0; i < 3; i++) expect((await strict.ask("GET /units", { token })).status).toBe(200);
  const answer = await strict.ask("GET /units", { token });
  expect([answer.status, answer.body.code]).toEqual([429, "too-many-requests"]);
  expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
  expect((await strict.ask("GET /units", { token: other })).status).toBe(200);
  await strict.close();
});
