import { expect, test } from "vitest";
import { type Report, seldom } from "./seldom.ts";

const takeover: Report = { level: "warn", key: "ingest.takeover", params: {} };
const refused: Report = { level: "warn", key: "ingest.address-full", params: {} };

test("a report is told once a minute for each that it is about, however often it comes", () => {
  let now = 1_000_000;
  const told: string[] = [];
  const tell = seldom(
    (report) => told.push(`${report.key} at ${now}`),
    () => now,
  );
  for (let i = 0; i < 1_000; i++) tell(takeover, "tank-1");
  tell(takeover, "tank-2");
  tell(refused, "tank-1");
  now += 59_999;
  tell(takeover, "tank-1");
  now += 1;
  tell(takeover, "tank-1");
  expect(told).toEqual([
    "ingest.takeover at 1000000",
    "ingest.takeover at 1000000",
    "ingest.address-full at 1000000",
    "ingest.takeover at 1060000",
  ]);
});

test("what it remembers is bounded: ten thousand names, and then it begins anew", () => {
  let told = 0;
  const tell = seldom(
    () => told++,
    () => 0,
  );
  for (let i = 0; i < 10_000; i++) tell(takeover, `a${i}`);
  tell(takeover, "a0");
  expect(told).toBe(10_000);
  tell(takeover, "one more");
  tell(takeover, "a0");
  expect(told).toBe(10_002);
});
