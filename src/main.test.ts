import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as scenarios from "../scenarios/index.ts";
import { minutes } from "./core/time.ts";
import { runningOn } from "./store/folder.ts";
import { openTestBrain, type TestBrain, toldIn, until } from "./testing/brain.ts";
import { listen } from "./testing/front-listen.ts";
import { consentTo, sensorOf, smallStreet, topicOf } from "./testing/small-street.ts";
import { actThrough } from "./threads/control.ts";

// Seen to fail with: the answer to a change of the register given before the door goes by it; a stale version not looked at;
// consents not told to the door.

const { riverLevel, elderVitalSigns } = scenarios;
const gauge = sensorOf(riverLevel);
const mat = sensorOf(elderVitalSigns);
const all = Object.values(scenarios);

let street: TestBrain;
beforeAll(async () => {
  street = await openTestBrain();
  await street.register(smallStreet(all));
});
afterAll(() => street.end());

/** Readings of the gauge, some minutes before now. */
const levels = (...said: (readonly [minutesAgo: number, levelM: number])[]) => {
  const now = Date.now(); // one for all: six minutes apart is six minutes
  return JSON.stringify(
    said.map(([ago, levelM]) => ({
      time: new Date(now - minutes(ago)).toISOString(),
      values: { levelM },
    })),
  );
};
const countOf = async (reason: string): Promise<number> => {
  const { body } = await street.ask("/quarantine");
  return body.counts.find((one: { reason: string }) => one.reason === reason)?.count ?? 0;
};
const stored = async (sensorId: string) => {
  const span = [0, Date.now() + minutes(1), 100] as const;
  return (await street.brain.front.history.raw(sensorId, ...span)).points.length;
};

describe("a reading on its way", () => {
  test("becomes a transition, a case and a frame of the live stream, and is there to be read", async () => {
    const { addresses, localToken } = street.brain;
    const live = await listen(`${addresses.http}/api/v1/live`, {
      authorization: `Bearer ${localToken}`,
    });
    const client = await street.connect(gauge.id);
    await client.publishAsync(topicOf(gauge), levels([12, 5.05], [6, 5.1], [1, 5.1]), { qos: 1 });

    const frame = await live.until(
      ({ event, body }) => event === "change" && body.alerts.length > 0 && body.cases.length > 0,
    );
    const [alert] = frame.body.alerts;
    const [one] = frame.body.cases;
    expect(alert).toMatchObject({
      scenario: "river-level",
      rule: "high",
      level: "red",
      version: 2,
    });
    expect(one).toMatchObject({ class: "99-89", state: "filed", openAlertIds: [alert.id] });
    expect(alert.caseId).toBe(one.id);
    expect(frame.body.counts).toMatchObject({ alerts: { open: 1 }, cases: { open: 1 } });
    live.close();

    const { body: shown } = await street.ask(`/alerts/${alert.id}`);
    expect(shown.log.map(({ kind }: { kind: string }) => kind)).toEqual(["fired", "case-opened"]);
    const { first, last } = shown.log[0].evidence.witnesses;
    expect([...first, ...last].at(-1).values).toEqual({ levelM: 5.1 });
    const { body: found } = await street.ask(`/cases/${one.id}`);
    expect(found).toMatchObject({ alertIds: [alert.id], siteId: gauge.siteId });
    await until(async () => (await stored(gauge.id)) === 3);
  });

  test("is told in evidence and history with the time its sensor gave it", async () => {
    const [told] = [...(await toldIn(street.folder)).values()];
    const raised = Date.now() - told!.alert.raisedAt;
    expect(raised).toBeGreaterThanOrEqual(minutes(12));
    expect(raised).toBeLessThan(minutes(20));
    expect(told!.alert.firedAt - told!.alert.raisedAt).toBe(minutes(6));
  });
});

describe("what people do", () => {
  const acknowledge = (key: string, body: object) =>
    street.ask(`/alerts/${alertId}/acknowledge`, {
      body,
      token,
      headers: { "idempotency-key": key },
    });
  let alertId = "";
  let token = "";
  beforeAll(async () => {
    alertId = (await street.ask("/alerts?state=open")).body.items[0].id;
    token = await street.token("operator", "Li");
  });

  test("twice under one key is done once and answered alike, by a brain that was started anew too", async () => {
    const first = await acknowledge("k-1", { note: "seen" });
    expect(first).toMatchObject({ status: 200, body: { alert: { acked: { by: "Li" } } } });
    expect(await acknowledge("k-1", { note: "seen" })).toEqual(first);
    await street.restart();
    expect(await acknowledge("k-1", { note: "seen" })).toEqual(first);
    const { log } = (await toldIn(street.folder)).get(alertId)!;
    expect(log.filter(({ kind }) => kind === "acknowledged")).toHaveLength(1);
  });

  test("on what another has changed is refused, and told what the other did", async () => {
    const { status, body } = await acknowledge("k-2", { version: 2 });
    expect([status, body.code]).toEqual([409, "version-conflict"]);
    expect(body.params).toMatchObject({ given: 2, version: 3, by: "Li", change: "acknowledged" });
    expect(body.detail).toMatch(/it is at version 3, you sent 2\. Last, Li at .*: acknowledged/);
  });

  test("on a case goes through the same log, and opens the way for the next step", async () => {
    const { body: list } = await street.ask("/cases?open=true");
    const act = (name: string, body: object) =>
      street.ask(`/cases/${list.items[0].id}/${name}`, { body, token });
    const dispatched = await act("dispatch", { unitId: "unit" });
    expect(dispatched.body.case).toMatchObject({ state: "dispatched", unitId: "unit" });
    const accepted = await act("accept", {});
    expect(accepted.body.position).toBeGreaterThan(dispatched.body.position);
    const { status, body } = await act("close", { verdict: "true", note: "done" });
    expect([status, body.code]).toEqual([409, "case-not-handled"]);
  });
});

describe("the register", () => {
  const act = (changes: readonly object[]) => {
    const { control } = runningOn(street.folder)!;
    return actThrough(control, "cli:li", { kind: "register.change", changes: changes as never });
  };

  test("changed by the local control reaches the door before the answer: a new sensor may speak at once", async () => {
    const gateway = { id: "gw", siteId: gauge.siteId };
    await street.register([{ put: "gateway", value: gateway }]);
    const client = await street.connect("gw");
    for (let i = 0; i < 20; i++) {
      const sensor = { ...gauge, id: `new-${i}`, gatewayId: "gw" };
      expect(await act([{ put: "sensor", value: sensor }])).toMatchObject({ ok: true });
      const said = [{ sensor: sensor.id, values: { levelM: 1 } }];
      await client.publishAsync(`readings/${gauge.siteId}`, JSON.stringify(said), { qos: 1 });
    }
    for (let i = 0; i < 20; i++) await until(async () => (await stored(`new-${i}`)) === 1);
    await client.endAsync();
  });

  test("without a sensor any more ends its connection, and lets it in no more", async () => {
    await street.register([{ put: "sensor", value: { ...gauge, id: "gone" } }]);
    const client = await street.connect("gone");
    const closed = new Promise((resolve) => client.once("close", () => resolve("closed")));
    expect(await act([{ remove: "sensor", id: "gone" }])).toMatchObject({ ok: true });
    expect(await closed).toBe("closed");
    await expect(street.connect("gone")).rejects.toThrow(/refused/);
  });

  test("that is wrong changes nothing, and says what is wrong", async () => {
    const good = { put: "sensor", value: { ...gauge, id: "good" } };
    const bad = { put: "sensor", value: { ...gauge, id: "bad", siteId: "nowhere" } };
    const outcome = await act([good, bad]);
    expect(outcome).toMatchObject({ ok: false, problem: "register-refused" });
    expect(JSON.stringify(outcome)).toContain("nowhere");
    expect((await street.ask("/sensors/good")).status).toBe(404);
  });

  test("with a consent withdrawn lets nothing of that person in from then on, and counts what it drops", async () => {
    const client = await street.connect(mat.id);
    const beat = (rate: number) =>
      client.publishAsync(topicOf(mat), JSON.stringify({ values: { heartRatePerMin: rate } }), {
        qos: 1,
      });
    await beat(70);
    await until(async () => (await stored(mat.id)) === 1);
    const { purpose } = elderVitalSigns.consent!;
    await street.register([consentTo(purpose, mat.siteId, Date.now())]);
    await beat(30);
    await beat(31);
    await until(async () => (await countOf("no-consent")) === 2);
    await street.settled();
    const { body } = await street.ask("/quarantine?reason=no-consent");
    expect(body.items.map((item: { excerpt: string }) => item.excerpt)).toEqual(["", ""]);
    expect(JSON.stringify(body)).not.toContain("heartRatePerMin");
    expect((await street.ask(`/alerts?sensor=${mat.id}`)).body.items).toEqual([]);
    expect(await stored(mat.id)).toBe(1);
    expect(client.connected).toBe(true);
  });
});
