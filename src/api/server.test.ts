import { Writable } from "node:stream";
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { minutes } from "../core/time.ts";
import { FRONT_START, openTestFront, type TestFront } from "../testing/front.ts";
import { type Ask, openAsked } from "../testing/front-ask.ts";
import { openFront } from "./server.ts";

let front: TestFront;
let ask: Ask;
let address: string;
let close: () => Promise<void>;
let token: string;

beforeEach(async () => {
  front = await openTestFront({ gauges: 3 });
  ({ ask, address, close } = await openAsked(front));
  token = await front.token("operator", "wang");
});
afterEach(async () => {
  await close();
  await front.close();
});

const high = (sensorId: string, levelM: number) => front.send({ sensorId, values: { levelM } });
const firstAlert = async () => (await front.records.alerts({ limit: 1 })).items[0]!;
const firstCase = async () => (await front.records.cases({ limit: 1 })).items[0]!;
const path = (id: string) => encodeURIComponent(id);

describe("reading", () => {
  test("pages of a list hold everything once, newest first, and end with null", async () => {
    for (const sensorId of ["WL-1", "WL-2", "WL-3"]) await high(sensorId, 4);
    const seen: string[] = [];
    let cursor = "";
    for (;;) {
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
    expect(text + (await ask("GET /sensors/EV-1", { token })).text).not.toMatch(
      /secret|hash|kept/i,
    );
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
});

describe("commands", () => {
  test("an acknowledgement answers with the alert as it is then, and its key", async () => {
    await high("WL-1", 4);
    const { id } = await firstAlert();
    const answer = await ask(`POST /alerts/${path(id)}/acknowledge`, { token });
    expect(answer.body.alert.acked).toEqual({ by: "wang", at: front.now });
    expect(answer.headers.get("idempotency-key")).toBe(answer.body.key);
  });

  test("the same key is one command with one answer, and another's key is not mine", async () => {
    await high("WL-1", 4);
    const { id } = await firstAlert();
    const comment = { body: { note: "once" }, token, headers: { "idempotency-key": "k-1" } };
    const [one, two] = [
      await ask(`POST /alerts/${path(id)}/comment`, comment),
      await ask(`POST /alerts/${path(id)}/comment`, comment),
    ];
    expect(two.text).toBe(one.text);
    const other = await front.token("operator", "li");
    const three = await ask(`POST /alerts/${path(id)}/comment`, { ...comment, token: other });
    expect(three.body.position).toBeGreaterThan(one.body.position);
    const log = await front.records.alertEvents(id);
    expect(log.filter(({ kind }) => kind === "commented")).toHaveLength(2);
  });

  test("a key used for something else is refused and does nothing", async () => {
    await high("WL-1", 4);
    const { id } = await firstAlert();
    const headers = { "idempotency-key": "k-2" };
    await ask(`POST /alerts/${path(id)}/comment`, { token, headers, body: { note: "a" } });
    const answer = await ask(`POST /alerts/${path(id)}/comment`, {
      token,
      headers,
      body: { note: "b" },
    });
    expect([answer.status, answer.body.code]).toEqual([422, "idempotency-key-reused"]);
    expect(await front.records.alertEvents(id)).toHaveLength(2);
  });

  test("without an outcome in time it is told to send the same key again, which brings it", async () => {
    await high("WL-1", 4);
    const { id } = await firstAlert();
    const shelve = {
      token,
      body: { minutes: 15, reason: "works" },
      headers: { "idempotency-key": "k-3" },
    };
    front.stalled = true;
    const late = await ask(`POST /alerts/${path(id)}/shelve`, shelve);
    expect([late.status, late.body.code]).toEqual([504, "timeout"]);
    expect(late.body.remedy).toContain("Idempotency-Key");
    front.stalled = false;
    await front.pass(minutes(1));
    const again = await ask(`POST /alerts/${path(id)}/shelve`, shelve);
    expect(again.status).toBe(200);
    expect(again.body.alert.shelved.until).toBe(FRONT_START + 1 + minutes(15));
  });

  test("a stale version is a conflict that says what the other did", async () => {
    await high("WL-1", 4);
    const { id, version } = await firstAlert();
    await ask(`POST /alerts/${path(id)}/comment`, { token, body: { note: "mine" } });
    const answer = await ask(`POST /alerts/${path(id)}/acknowledge?lang=en`, {
      token,
      body: { version },
    });
    expect([answer.status, answer.body.code]).toEqual([409, "version-conflict"]);
    expect(answer.body.params.version).toBe(version + 1);
  });

  test("a case goes from dispatch to closing, and the sensors have their say", async () => {
    await high("WL-1", 5);
    const { id } = await firstCase();
    const act = (name: string, body: object = {}) =>
      ask(`POST /cases/${path(id)}/${name}`, { token, body });
    expect((await act("dispatch", { unitId: "U-9" })).body.code).toBe("unit-not-found");
    expect((await act("dispatch", { unitId: "U-1" })).body.case.unitName).toBe("水务所");
    expect((await act("accept")).body.case.state).toBe("accepted");
    expect((await act("handle", { note: "pumped" })).body.case.state).toBe("handled");
    expect((await act("check", { passed: true, note: "dry" })).body.case.state).toBe("checked");
    const wet = await act("close", { verdict: "true", note: "done" });
    expect([wet.status, wet.body.code]).toEqual([409, "case-sensors-not-normal"]);
    await high("WL-1", 3);
    await front.pass(minutes(6));
    expect((await act("close", { verdict: "true", note: "done" })).body.case.state).toBe("closed");
    const { body } = await ask(`GET /cases/${path(id)}`, { token });
    expect(body.log.map(({ kind }: { kind: string }) => kind)).toEqual(
      expect.arrayContaining(["opened", "dispatched", "handled", "ready", "closed"]),
    );
  });

  test("a change of the register keeps a sensor's secret, takes none, and is refused whole with every fault named", async () => {
    const admin = await front.token("admin");
    const sensor = { id: "EV-1", siteId: "F-1", scenario: "pulse" };
    const put = (value: object) => ({ put: "sensor", value });
    const change = (...changes: object[]) =>
      ask("POST /register?lang=en", { token: admin, body: { changes } });
    expect((await change(put({ ...sensor, model: "B2", secretHash: "mine" }))).body.changes).toBe(
      1,
    );
    expect(await front.records.entity("sensor", "EV-1")).toMatchObject({
      model: "B2",
      secretHash: "kept",
    });
    const bad = await change(
      put({ ...sensor, model: "B3" }),
      put({ id: "X", siteId: "nowhere", scenario: "gauge" }),
    );
    expect([bad.status, bad.body.code]).toEqual([422, "register-refused"]);
    expect(bad.body.faults[0]).toMatchObject({ index: 1, id: "X", field: "siteId" });
    expect(bad.body.faults[0].remedy).toMatch(/Register/);
    expect((await front.records.entity("sensor", "EV-1"))?.model).toBe("B2");
  });
});

describe("bad input", () => {
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
    for (let i = 0; i < 3; i++)
      expect((await strict.ask("GET /units", { token })).status).toBe(200);
    const answer = await strict.ask("GET /units", { token });
    expect([answer.status, answer.body.code]).toEqual([429, "too-many-requests"]);
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await strict.ask("GET /units", { token: other })).status).toBe(200);
    await strict.close();
  });
});

describe("tokens", () => {
  test("a token is shown once, kept as a hash, and its holder is who does things", async () => {
    const admin = await front.token("admin");
    const made = await ask("POST /tokens", {
      token: admin,
      body: { name: "赵 敏", role: "operator" },
    });
    expect(made.status).toBe(201);
    expect(made.body.token).toMatch(/^cb_[A-Za-z0-9_-]{43}$/);
    const list = await ask("GET /tokens", { token: admin });
    expect(list.text).not.toContain(made.body.token);
    expect(list.text).not.toContain("hash");
    expect((await ask("GET /session", { token: made.body.token })).body.name).toBe("赵 敏");
    const twice = await ask("POST /tokens", {
      token: admin,
      body: { name: "赵 敏", role: "viewer" },
    });
    expect(twice.body.code).toBe("token-name-taken");
  });

  test("a token of yesterday is over", async () => {
    const [token] = [await front.token("viewer", "old")];
    const stored = (await front.tokens.tokens()).find(({ name }) => name === "old")!;
    await front.tokens.putToken({ ...stored, expiresAt: Date.now() - 1 });
    expect((await ask("GET /alerts", { token })).status).toBe(401);
  });
});

test("nothing that is secret or a client's own reaches the log, and who changed what does", async () => {
  let lines = "";
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines += chunk;
      done();
    },
  });
  const logged = await openAsked(front, { log: pino({ level: "trace" }, sink) });
  const admin = await front.token("admin");
  const made = await logged.ask("POST /tokens", {
    token: admin,
    body: { name: "new", role: "viewer" },
  });
  await logged.ask(`POST /session`, { body: { token: made.body.token } });
  await logged.ask("POST /session", { body: { token: "cb_wrong-planted" } });
  await logged.ask("GET /alerts?cursor=planted-query", { token: admin });
  await logged.ask("POST /alerts/planted-id/comment", { token, body: { note: "planted-note" } });
  await logged.close();
  expect(lines).toContain('"route":"/api/v1/tokens"');
  expect(lines).toContain('"by":"wang"');
  for (const secret of [admin, token, made.body.token, "planted"])
    expect(lines).not.toContain(secret);
});

describe("health", () => {
  test("the process lives whatever else, and is ready only while the judge keeps up", async () => {
    expect((await ask("GET //readyz")).status).toBe(200);
    front.given = { judgeBehindMs: 60 * 11_000 }; // the drill's clock runs 60 times as fast
    const answer = await ask("GET //readyz?lang=en");
    expect(answer.status).toBe(503);
    expect(answer.body.reasons).toEqual([
      { code: "behind", says: "The judge is 11 s behind the log" },
    ]);
    expect((await ask("GET //healthz")).status).toBe(200);
  });

  test("it is not ready when its disk is nearly full", async () => {
    const full = await openAsked(front, {
      dataFolder: "/tmp",
      health: { leastDiskBytes: Number.MAX_SAFE_INTEGER },
    });
    expect((await full.ask("GET //readyz")).body.reasons[0].code).toBe("disk");
    await full.close();
  });

  test("the figures tell the brain's own counters, quarantine by reason, alerts by level and requests", async () => {
    await high("WL-1", 4);
    front.refuse({ reason: "rate", clientId: "x", topic: "t", detail: "", excerpt: "" });
    await ask("GET /alerts", { token });
    const { text } = await ask("GET //metrics", { token });
    expect(text).toContain("brain_received_total 1");
    expect(text).toContain('brain_quarantine_total{reason="rate"} 1');
    expect(text).toContain('brain_alerts_open{level="yellow"} 1');
    expect(text).toMatch(
      /brain_http_seconds_count\{method="GET",route="\/api\/v1\/alerts",status="2xx"\} 1/,
    );
    expect(text).toContain("brain_live_streams 0");
  });
});

test("a demo beyond loopback is refused, with the remedy", async () => {
  const options = { host: "0.0.0.0", port: 0, signedInAs: "operator" as const };
  await expect(openFront(front, options)).rejects.toThrow("127.0.0.1");
});

test("every answer carries a strict policy and no hint of what serves it", async () => {
  const answer = await fetch(address);
  expect(answer.headers.get("content-security-policy")).toContain("script-src 'self'");
  expect(answer.headers.get("content-security-policy")).not.toContain("unsafe");
  expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  expect(answer.headers.get("x-powered-by")).toBeNull();
});
