// One storyline over MQTT, with the fleet in a process of its own, and in virtual time: the same alerts.

import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { SeenAlert } from "../../simulators/matching.ts";
import { storylineNamed } from "../../simulators/storylines/index.ts";
import { failuresOf } from "../../simulators/verdict.ts";
import { hours, minutes } from "../core/time.ts";
import { configured } from "./configured.ts";
import { type DrillOptions, drillFolder, openDrill, type Played, runDrill } from "./drill.ts";
import { connectionsAtMost, openFilesLimit } from "./open-files.ts";
import { runVirtual } from "./virtual.ts";

const parent = mkdtempSync(join(tmpdir(), "simulate-"));
const options: DrillOptions = {
  sensors: 300,
  seed: 1,
  speed: 60,
  storyline: storylineNamed("storm-night"),
  incidents: [],
  faults: [],
};
const never = new AbortController().signal;

async function overMqtt(): Promise<Played> {
  const dataFolder = drillFolder(parent);
  const config = configured({ dataFolder, host: "127.0.0.1", httpPort: 0, mqttPort: 0 });
  const drill = await openDrill(config, options);
  try {
    return await runDrill(drill, 25_000, { signal: never }, 0);
  } finally {
    await drill.brain.close();
  }
}

/** What fired, and where; what fired in the last minutes may have come just too late in one of two runs. */
function alertsOf({ comparison, until }: Played): string[] {
  const { met, late, knockOn, unexplained } = comparison;
  const seen: SeenAlert[] = [...[...met, ...late].map(({ alert }) => alert), ...knockOn];
  return [...seen, ...unexplained]
    .filter(({ firedAt }) => firedAt < until - minutes(3))
    .map(({ scenario, rule, siteId, sensorId }) => [scenario, rule, siteId, sensorId].join("/"))
    .sort();
}

test("a storyline over MQTT, its fleet in a process of its own, gives the alerts that virtual time gives", async () => {
  const live = await overMqtt();
  expect(live.comparison.unexplained).toEqual([]);
  expect(failuresOf(live.verdict)).toEqual([]);
  expect(live.verdict.sent).toBeGreaterThan(300);
  const lasted = (live.until - live.from) / hours(1);
  const again = { ...options, startAt: live.from };
  const virtual = await runVirtual(drillFolder(parent), again, lasted, never, () => {});
  expect(failuresOf(virtual.verdict)).toEqual([]);
  expect(alertsOf(live).length).toBeGreaterThan(4);
  expect(alertsOf(virtual)).toEqual(alertsOf(live));
  expect(virtual.verdict.perScenario).toHaveProperty("elevator-safety");
}, 180_000);

test("two runs in virtual time are one and the same, to the last alert and its instant", async () => {
  const run = () =>
    runVirtual(
      drillFolder(parent),
      { ...options, startAt: Date.UTC(2026, 6, 14, 14), faults: ["drop:5%", "delay:10%:2min"] },
      1,
      never,
      () => {},
    );
  const [first, second] = [await run(), await run()];
  expect(second).toEqual(first);
  expect(first.comparison.met.length).toBeGreaterThan(8);
});

test("a process may hold somewhat fewer connections than open files", () => {
  expect(connectionsAtMost()).toBeLessThan(openFilesLimit());
  expect(connectionsAtMost()).toBeGreaterThan(0);
});
