// docs/payloads.md against the door's own decoder, since whoever builds a sensor copies from there.

import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import * as scenarios from "../../scenarios/index.ts";
import { importFiles } from "../cli/import-files.ts";
import type { Reading } from "../core/reading.ts";
import type { AnyScenario } from "../core/scenario.ts";
import { Decoder } from "../ingest/decode.ts";
import { type Reason, reasons } from "../ingest/quarantine.ts";
import { openDoorView } from "../ingest/view.ts";
import type { RegisterChange } from "../register/entities.ts";
import { Register } from "../register/register.ts";
import { filesOf, parted, read, root } from "./documents.ts";

const PAGE = "docs/payloads.md";
const NOW = Date.UTC(2026, 10, 22);
const installed = Object.values(scenarios) as AnyScenario[];
let example: readonly RegisterChange[];
let report: readonly unknown[];

beforeAll(async () => {
  const files = filesOf("docs/first-sensor/*.csv", "docs/first-recording/sensor.csv");
  const paths = files.map((file) => ({ path: join(root, file) }));
  const read = await importFiles(paths, new Register(installed));
  example = read.changes;
  report = read.report;
});

/** The register of the page: the example, and a gateway with two more gauges. */
function register(): RegisterChange[] {
  const gauge = (id: string): RegisterChange => ({
    put: "sensor",
    value: { id, siteId: "bridge-1", scenario: "river-level", gatewayId: "gateway-1" },
  });
  const gateway = { put: "gateway", value: { id: "gateway-1", siteId: "bridge-1" } } as const;
  return [...example, gateway, gauge("gauge-2"), gauge("gauge-3")];
}

/** What the door makes of a message of the sensor whose topic it is, or of the gateway. */
function decode(topic: string, body: string): { readings: Reading[]; refused: Reason[] } {
  const refused: Reason[] = [];
  const decoder = new Decoder({
    view: openDoorView(installed, register()),
    clock: { now: () => NOW, hear: () => {} },
    refusals: { count: (reason) => refused.push(reason) < 0, keep: () => {} },
  });
  const [, , sensorId = "gateway-1"] = topic.split("/");
  const payload = Buffer.from(body);
  const readings: Reading[] = [];
  decoder.decode({ clientId: sensorId, topic, payload, size: payload.length }, readings);
  return { readings, refused };
}

const examples = parted(PAGE).fences.filter(({ language }) => language === "json");
const named = examples.map(({ about, body }) => [about, body.replaceAll(/\s+/g, " ")] as const);

test("the example register is imported whole", () => {
  expect(report).toEqual([]);
  const kinds = example.map((change) => "put" in change && change.put);
  expect(kinds.sort()).toEqual(["cell", "community", "sensor", "site", "street", "unit"]);
});

test.each(named)("the door takes or refuses it as the page says: %s %s", (about, body) => {
  const [topic, reason] = about.split(" ");
  const { readings, refused } = decode(topic!, body);
  const sent: unknown = JSON.parse(body);
  const count = Array.isArray(sent) ? sent.length : 1;
  expect({ refused, taken: readings.length }).toEqual(
    reason === undefined ? { refused: [], taken: count } : { refused: [reason], taken: 0 },
  );
});

test("the page has every reason for quarantine with its remedy, and no other", () => {
  const table = read(PAGE).split("## Quarantine")[1]!;
  const rows = [...table.matchAll(/^\| `([a-z0-9-]+)` \| [^|]{8,} \| [^|]{8,} \|$/gm)];
  expect(rows.map(([, reason]) => reason)).toEqual(Object.keys(reasons));
});

test.each(["README.md", "README.zh-CN.md"])("the message that %s sends is a reading", (path) => {
  const [, topic, message] = /-t (\S+) -m '([^']+)'/.exec(read(path))!;
  const { readings } = decode(topic!, message!);
  expect(readings).toMatchObject([{ sensorId: "gauge-1", siteId: "bridge-1" }]);
});
