// What people do, from the request to what came of it.

import { afterEach, beforeEach, expect, test } from "vitest";
import { minutes } from "../core/time.ts";
import { FRONT_START, openTestFront, type TestFront } from "../testing/front.ts";
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
const firstCase = async () => (await front.records.cases({ limit: 1 })).items[0]!;
const path = (id: string) => encodeURIComponent(id);

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

test("a key used for another alert before a restart is refused, though nobody here remembers it", async () => {
  await high("WL-1", 4);
  await high("WL-2", 4);
  const [two, one] = (await front.records.alerts({ limit: 2 })).items;
  const comment = { token, headers: { "idempotency-key": "k-9" }, body: { note: "a" } };
  await ask(`POST /alerts/${path(one!.id)}/comment`, comment);
  const restarted = await openAsked(front);
  const same = await restarted.ask(`POST /alerts/${path(one!.id)}/comment`, comment);
  const other = await restarted.ask(`POST /alerts/${path(two!.id)}/comment`, comment);
  expect([same.status, other.status, other.body.code]).toEqual([
    200,
    422,
    "idempotency-key-reused",
  ]);
  await restarted.close();
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
  expect((await change(put({ ...sensor, model: "B2", secretHash: "mine" }))).body.changes).toBe(1);
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
