// How the brain says that it lives, is ready, and how it does.

import { afterEach, beforeEach, expect, test } from "vitest";
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
