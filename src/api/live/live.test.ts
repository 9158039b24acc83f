// The stream over real sockets.

import { afterEach, beforeEach, expect, test } from "vitest";
import type { AlertRecord } from "../../engine/alert-record.ts";
import { openTestFront, type TestFront } from "../../testing/front.ts";
import { type Ask, openAsked } from "../../testing/front-ask.ts";
import { type Frame, type Listening, listen } from "../../testing/front-listen.ts";
import { liveDefaults } from "./hub.ts";

let front: TestFront;
let ask: Ask;
let address: string;
let close: () => Promise<void>;
let token: string;
let admin: string;
const open: Listening[] = [];

const live = {
  beat: 20,
  bufferSize: 100_000,
  framesPerSecond: 1_000,
  bounds: { part: 2, shown: 4, missed: 6 },
};

beforeEach(async () => {
  front = await openTestFront({ gauges: 8 });
  ({ ask, address, close } = await openAsked(front, { live }));
  [token, admin] = [await front.token("operator", "wang"), await front.token("admin")];
});
afterEach(async () => {
  for (const one of open.splice(0)) one.close();
  await close();
  await front.close();
});

async function hear(after?: string | null, query = "", as = token): Promise<Listening> {
  const headers = { authorization: `Bearer ${as}`, ...(after ? { "last-event-id": after } : {}) };
  const one = await listen(`${address}/api/v1/live${query}`, headers);
  open.push(one);
  return one;
}
const high = (n: number, levelM = 4) => front.send({ sensorId: `WL-${n}`, values: { levelM } });
const whole = ({ event, body }: Frame) => event === "snapshot" && body.last;
const about =
  (sensorId: string) =>
  ({ event, body }: Frame) =>
    event === "change" && body.alerts.some((alert: AlertRecord) => alert.sensorId === sensorId);
const alertsOf = (frames: readonly Frame[]) =>
  frames.flatMap(({ body }) => (body.alerts ?? []).map(({ sensorId }: AlertRecord) => sensorId));

test("it begins with all that is open and the server's counts, and only then has a position to go on from", async () => {
  await high(1);
  await high(2, 5);
  const one = await hear();
  const last = await one.until(whole);
  const parts = one.frames.filter(({ event }) => event === "snapshot");
  expect(alertsOf(parts).sort()).toEqual(["WL-1", "WL-2"]);
  expect(parts.flatMap(({ body }) => body.cases)).toHaveLength(1);
  expect(parts.map(({ id }) => id).slice(0, -1)).toEqual(parts.slice(0, -1).map(() => null));
  expect(Number(last.id)).toBe(await front.records.position());
  expect(parts[0]?.body.counts.alerts).toMatchObject({ open: 2, unacknowledged: 2 });
  expect(last.body).toMatchObject({ mode: "drill", speed: 60, complete: true });
});

test("a snapshot is bounded and says so, its counts are of all", async () => {
  for (let n = 1; n <= 8; n++) await high(n);
  const one = await hear();
  const last = await one.until(whole);
  expect(alertsOf(one.frames)).toHaveLength(4);
  expect(last.body.complete).toBe(false);
  expect(last.body.counts.alerts.open).toBe(8);
});

test("a change is told with its new state and new counts, in the asked language", async () => {
  const one = await hear(null, "?lang=en");
  await one.until(whole);
  await high(1);
  const told = await one.until(about("WL-1"));
  expect(told.body.alerts[0]).toMatchObject({ title: "Is the water too high?", version: 1 });
  expect(told.body.counts.alerts.open).toBe(1);
  await ask(`POST /alerts/${encodeURIComponent(told.body.alerts[0].id)}/acknowledge`, { token });
  const acked = await one.until(({ event, body }) => event === "change" && body.alerts[0]?.acked);
  expect(acked.body.counts.alerts.unacknowledged).toBe(0);
});

test("it beats, so that a page knows how old what it shows is", async () => {
  await high(1);
  const one = await hear();
  await one.until(({ event, body }) => event === "beat" && body.mode === "drill");
  const beats = () => one.frames.filter(({ event }) => event === "beat");
  await one.until(() => beats().length >= 3);
  expect(beats()[0]?.body).toMatchObject({ speed: 60, time: front.now });
  expect(beats()[0]?.body.dataAgeMs).toBeGreaterThanOrEqual(0);
  expect(beats()[0]?.id).toBeNull();
});

test("after a break nothing is missed, what has ended meanwhile included, and nothing is told twice over", async () => {
  await high(1);
  const before = await hear();
  const { id } = await before.until(whole);
  before.close();
  await high(2);
  await high(1, 3); // normal again: resolved
  const after = await hear(id);
  const end = await after.until(({ event, id }) => event === "change" && id !== null);
  expect(after.frames.some(({ event }) => event === "snapshot" || event === "reset")).toBe(false);
  const told = after.frames.flatMap(({ body }) => body.alerts ?? []) as AlertRecord[];
  expect(told.map(({ sensorId, phase }) => `${sensorId} ${phase}`).sort()).toEqual([
    "WL-1 resolved",
    "WL-2 firing",
  ]);
  expect(end.body.counts.alerts.open).toBe(1);
});

test("after too long a break, or from a position that never was, it says so and begins anew", async () => {
  const before = await hear();
  const { id } = await before.until(whole);
  before.close();
  for (let n = 1; n <= 8; n++) await high(n);
  const far = await hear(id);
  await far.until(whole);
  expect(far.frames.find(({ event }) => event === "reset")?.body.reason).toBe("too-far-behind");
  const never = await hear("999999");
  await never.until(whole);
  expect(never.frames.find(({ event }) => event === "reset")?.body.reason).toBe("position-unknown");
  const nonsense = await hear("nonsense");
  await nonsense.until(whole);
  expect(nonsense.frames.some(({ event }) => event === "reset")).toBe(false);
});

test("the readings of the sensor that is asked for come too, of no other, and of none that is not there", async () => {
  const one = await hear(null, "?sensor=WL-1");
  await one.until(whole);
  await front.send(
    { sensorId: "WL-2", values: { levelM: 1 } },
    { sensorId: "WL-1", values: { levelM: 2.5 } },
  );
  const told = await one.until(({ event }) => event === "readings");
  expect(told.body.points).toEqual([{ at: front.now, values: { levelM: 2.5 }, quality: "good" }]);
  expect((await ask("GET /live?sensor=none", { token })).body.code).toBe("sensor-not-found");
});

test("one token has five streams at most; a sixth is refused until one is closed", async () => {
  const five = [await hear(), await hear(), await hear(), await hear(), await hear()];
  await Promise.all(five.map((one) => one.until(whole)));
  const sixth = await ask("GET /live", { token });
  expect([sixth.status, sixth.body.code]).toEqual([429, "too-many-streams"]);
  expect((await hear(null, "", admin)).status).toBe(200);
  five[0]?.close();
  let status = 429;
  // The server hears of the end a moment later: asked at each beat.
  for (let beat = 0; status === 429; beat++) {
    await five[1]?.until(({ event }) => event === "beat" && countBeats(five[1]!) > beat);
    status = (await ask("GET /live", { token })).status;
  }
  expect(status).toBe(200);
});
const countBeats = ({ frames }: Listening) => frames.filter(({ event }) => event === "beat").length;

test("it ends when its token is revoked, by this front or behind its back", async () => {
  const [one, two] = [await hear(), await hear(null, "", await front.token("viewer", "gone"))];
  await Promise.all([one.until(whole), two.until(whole)]);
  await ask("DELETE /tokens/t-wang", { token: admin });
  expect((await one.until(({ event }) => event === "end")).body.reason).toBe("signed-out");
  await one.ended;
  await front.tokens.revokeToken("t-gone", Date.now());
  await two.ended;
  expect(two.frames.at(-1)?.body.reason).toBe("signed-out");
});

test("closing the front ends every stream and waits for none", async () => {
  const one = await hear();
  await one.until(whole);
  await close();
  await one.ended;
  expect(one.frames.at(-1)).toMatchObject({ event: "end", body: { reason: "closing" } });
});

test("by default a frame goes five times a second and a reader has a megabyte", () => {
  expect(liveDefaults).toMatchObject({ framesPerSecond: 5, bufferSize: 1_000_000, streams: 5 });
});
