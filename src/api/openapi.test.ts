// The document: it is the routes, and what they answer is what it says.

import type { TSchema } from "typebox";
import { Compile } from "typebox/compile";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestFront, type TestFront } from "../testing/front.ts";
import { type Ask, openAsked } from "../testing/front-ask.ts";
import { permissions } from "./permissions.ts";

type Operation = {
  summary: string;
  tags: string[];
  "x-permission": string;
  security: object[];
  responses: Record<string, { description: string; content: Record<string, { schema: TSchema }> }>;
};

let front: TestFront;
let ask: Ask;
let close: () => Promise<void>;
// biome-ignore lint/suspicious/noExplicitAny: an OpenAPI document; a test looks into it.
let document: any;
let operations: [string, Operation][];

beforeAll(async () => {
  front = await openTestFront();
  ({ ask, close } = await openAsked(front));
  document = (await ask("GET //api/openapi.json")).body;
  operations = Object.entries(document.paths as Record<string, Record<string, Operation>>).flatMap(
    ([path, methods]) =>
      Object.entries(methods).map(([method, one]): [string, Operation] => [
        `${method} ${path}`,
        one,
      ]),
  );
});
afterAll(async () => {
  await close();
  await front.close();
});

test("it is OpenAPI 3.1 and can be had without a token, as can the page to browse it", async () => {
  expect(document.openapi).toBe("3.1.0");
  const page = await ask("GET //api/docs/");
  expect(page.status).toBe(200);
  expect(page.headers.get("content-security-policy")).not.toContain("unsafe");
  expect(page.text).not.toMatch(/https?:\/\//); // nothing from elsewhere: it works without the internet
});

test("every operation says in both languages what it does, who may, and how it may fail", () => {
  expect(operations.length).toBeGreaterThan(30);
  for (const [name, { summary, tags, security, responses, ...rest }] of operations) {
    expect(summary, name).toMatch(/[a-z].* · .*[\u4e00-\u9fff]/);
    expect(tags, name).toHaveLength(1);
    expect(["public", ...permissions], name).toContain(rest["x-permission"]);
    expect(security.length > 0, name).toBe(rest["x-permission"] !== "public");
    expect(Object.keys(responses), name).toEqual(
      expect.arrayContaining(["400", "401", "403", "429"]),
    );
    expect(responses[401]?.content, name).toHaveProperty(["application/problem+json"]);
  }
});

/** The same schema, but nothing more than it says may be there. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== "object" || schema === null) return schema;
  const inner = Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key, closed(value)]),
  );
  return "properties" in inner && inner.type === "object"
    ? { ...inner, additionalProperties: false }
    : inner;
}

test("what is answered is what the document says, no more and no less", async () => {
  const token = await front.token("supervisor");
  const admin = await front.token("admin");
  await front.send({ sensorId: "WL-1", values: { levelM: 6 } });
  await front.send({ sensorId: "EV-1", values: { heartRate: 150 } });
  front.refuse({ reason: "shape", clientId: "WL-1", topic: "t", detail: "d", excerpt: "e" });
  const alert = encodeURIComponent(
    (await front.records.alerts({ sensorId: "WL-1", limit: 1 })).items[0]!.id,
  );
  const one = encodeURIComponent((await front.records.cases({ limit: 1 })).items[0]!.id);
  await ask(`POST /cases/${one}/dispatch`, { token, body: { unitId: "U-1", note: "go" } });
  await ask(`POST /alerts/${alert}/comment`, { token, body: { note: "seen" } });
  const asked: [string, string, object?][] = [
    ["get /alerts", "GET /alerts"],
    ["get /alerts/{id}", `GET /alerts/${alert}`],
    ["get /cases", "GET /cases"],
    ["get /cases/{id}", `GET /cases/${one}`],
    ["post /alerts/{id}/acknowledge", `POST /alerts/${alert}/acknowledge`, {}],
    ["post /cases/{id}/accept", `POST /cases/${one}/accept`, {}],
    ["get /sensors", "GET /sensors"],
    ["get /sensors/{id}", "GET /sensors/WL-1"],
    ["get /sites", "GET /sites"],
    ["get /sites/{id}", "GET /sites/F-1"],
    ["get /units", "GET /units"],
    ["get /readings", "GET /readings?sensor=WL-1"],
    ["get /readings", "GET /readings?sensor=WL-1&raw=true"],
    ["get /scenarios", "GET /scenarios"],
    ["get /scenarios/{id}", "GET /scenarios/pulse"],
    ["get /quarantine", "GET /quarantine"],
    ["get /stats", "GET /stats"],
    ["get /map", "GET /map"],
    ["get /session", "GET /session"],
    ["get /tokens", "GET /tokens"],
  ];
  const byName = new Map(operations);
  for (const [name, what, body] of asked) {
    const answer = await ask(what, { token: name === "get /tokens" ? admin : token, body });
    const operation = byName.get(name.replace(" ", " /api/v1"));
    const schema = operation?.responses[answer.status]?.content["application/json"]?.schema;
    const check = Compile(closed(schema) as TSchema);
    expect(check.Errors(answer.body), `${name}: ${answer.status}`).toEqual([]);
    const masked = await ask(what, { token: admin, body });
    if (masked.status === 200) expect(check.Errors(masked.body), `${name} masked`).toEqual([]);
  }
});

test("a problem is what the document says of it", async () => {
  const answer = await ask("GET /alerts?limit=0");
  const [, operation] = operations.find(([name]) => name === "get /api/v1/alerts")!;
  const told = operation.responses[401]?.content["application/problem+json"]?.schema;
  expect(told).toEqual({ $ref: "#/components/schemas/Problem" });
  const schema = document.components.schemas.Problem;
  expect(Compile(closed(schema) as TSchema).Errors(answer.body)).toEqual([]);
});
