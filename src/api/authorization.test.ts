import Fastify from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestFront, type TestFront } from "../testing/front.ts";
import { type Ask, openAsked } from "../testing/front-ask.ts";
import { guard } from "./guard.ts";
import { openIdentity } from "./identity.ts";
import { type Role, roles } from "./permissions.ts";

/** Who may, by the first letter of the role; stated here a second time, so that a slip in the matrix is seen. */
const expected: Readonly<Record<string, string>> = {
  "GET /alerts": "vosda",
  "GET /alerts/{id}": "vosda",
  "POST /alerts/{id}/acknowledge": "os",
  "POST /alerts/{id}/shelve": "os",
  "POST /alerts/{id}/unshelve": "os",
  "POST /alerts/{id}/reset": "os",
  "POST /alerts/{id}/comment": "os",
  "POST /alerts/{id}/open-case": "os",
  "GET /cases": "vosda",
  "GET /cases/{id}": "vosda",
  "POST /cases/{id}/dispatch": "os",
  "POST /cases/{id}/accept": "os",
  "POST /cases/{id}/handle": "os",
  "POST /cases/{id}/check": "os",
  "POST /cases/{id}/close": "os",
  "POST /cases/{id}/void": "s",
  "POST /cases/{id}/comment": "os",
  "GET /sensors": "vosda",
  "GET /sensors/{id}": "vosda",
  "GET /sites": "vosda",
  "GET /sites/{id}": "vosda",
  "GET /units": "vosda",
  "POST /register": "a",
  "GET /map": "vosda",
  "GET /readings": "vosda",
  "GET /scenarios": "vosda",
  "GET /scenarios/{id}": "vosda",
  "GET /quarantine": "osda",
  "GET /stats": "vosda",
  "GET /live": "vosda",
  "GET /tokens": "a",
  "POST /tokens": "a",
  "DELETE /tokens/{id}": "a",
  "GET /session": "vosda",
  "DELETE /session": "vosda",
};
/** Everyone's: it is how a browser comes to be somebody. */
const open = ["POST /session"];

const bodies: Readonly<Record<string, unknown>> = {
  shelve: { minutes: 5, reason: "works" },
  comment: { note: "seen" },
  dispatch: { unitId: "U-1" },
  handle: { note: "pumped" },
  check: { passed: true, note: "dry" },
  close: { verdict: "true", note: "done" },
  void: { reason: "a test" },
  register: {
    changes: [
      {
        put: "unit",
        value: { id: "U-9", name: { zh: "一", en: "one" }, roles: ["r"], communityIds: [] },
      },
    ],
  },
  tokens: { name: "made", role: "viewer" },
};

let front: TestFront;
let ask: Ask;
let close: () => Promise<void>;
const tokens = {} as Record<Role, string>;
let operations: string[];
let alertId: string;
let caseId: string;

beforeAll(async () => {
  front = await openTestFront();
  ({ ask, close } = await openAsked(front, { rate: { known: 10_000, unknown: 10_000 } }));
  for (const role of roles) tokens[role] = await front.token(role);
  await front.send({ sensorId: "WL-1", values: { levelM: 5 } });
  [alertId, caseId] = [
    (await front.records.alerts({ limit: 1 })).items[0]!.id,
    (await front.records.cases({ limit: 1 })).items[0]!.id,
  ];
  const { body } = await ask("GET //api/openapi.json");
  operations = Object.entries(body.paths as Record<string, object>).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace("/api/v1", "")}`),
  );
});
afterAll(async () => {
  await close();
  await front.close();
});

/** The path of an operation with ids of things that are there. */
function request(operation: string): { what: string; body?: unknown } {
  const [method = "", path = ""] = operation.split(" ");
  const id = path.startsWith("/alerts")
    ? alertId
    : path.startsWith("/cases")
      ? caseId
      : { "/sensors/{id}": "WL-1", "/sites/{id}": "ST-1", "/scenarios/{id}": "gauge" }[path];
  const what = `${method} ${path.replace("{id}", encodeURIComponent(id ?? "none"))}`;
  const query = path === "/readings" ? "?sensor=WL-1" : "";
  const body = method === "POST" ? (bodies[path.split("/").at(-1)!] ?? {}) : undefined;
  return { what: what + query, ...(body === undefined ? {} : { body }) };
}

test("every operation of the document is in the table above, and no other is", () => {
  expect([...operations].sort()).toEqual([...Object.keys(expected), ...open].sort());
});

describe.each(Object.entries(expected))("%s", (operation, letters) => {
  test("is refused to whoever does not say who they are, and to a token that nobody has", async () => {
    const { what, body } = request(operation);
    const [nobody, unknown] = [
      await ask(what, { body }),
      await ask(what, { body, token: `cb_${"A".repeat(43)}` }),
    ];
    expect([nobody.status, nobody.body.code]).toEqual([401, "sign-in-required"]);
    expect([unknown.status, unknown.body.code]).toEqual([401, "token-invalid"]);
  });

  test.each(roles)("answers %s as its role may", async (role) => {
    const { what, body } = request(operation);
    const answer = await ask(what, { body, token: tokens[role] });
    if (letters.includes(role[0]!)) {
      expect([401, 403, 500]).not.toContain(answer.status);
    } else {
      expect([answer.status, answer.body.code]).toEqual([403, "forbidden"]);
      expect(answer.body.params.role).toBe(role);
    }
  });
});

test("closing against the sensors' word is for a supervisor, though closing is not", async () => {
  const body = {
    verdict: "true",
    note: "done",
    override: { reason: "gauge broken", approvedBy: "Li" },
  };
  const what = `POST /cases/${encodeURIComponent(caseId)}/close`;
  const operator = await ask(what, { body, token: tokens.operator });
  expect([operator.status, operator.body.params.permission]).toEqual([403, "cases.override"]);
  const supervisor = await ask(what, { body, token: tokens.supervisor });
  expect(supervisor.status).not.toBe(403);
});

test("a route that states no permission keeps the front from starting", async () => {
  const app = Fastify();
  const identity = openIdentity({} as never, { now: () => 0 });
  guard(app, { identity, loopbackOnly: false, secure: false });
  app.get("/forgotten", async () => "secret");
  await expect(app.ready()).rejects.toThrow("GET /forgotten");
  await app.close();
});

test("the figures need a token where nobody is signed in by default", async () => {
  expect((await ask("GET //metrics")).status).toBe(401);
  expect((await ask("GET //metrics", { token: tokens.viewer })).status).toBe(403);
  expect((await ask("GET //metrics", { token: tokens.admin })).status).toBe(200);
});

test("a revoked token is refused at the next request", async () => {
  const token = await front.token("operator", "leaving");
  expect((await ask("GET /alerts", { token })).status).toBe(200);
  const answer = await ask("DELETE /tokens/t-leaving", { token: tokens.admin });
  expect(answer.status).toBe(200);
  expect((await ask("GET /alerts", { token })).status).toBe(401);
});
