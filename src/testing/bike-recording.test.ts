// A week of Oslo's bike stations, sampled about every 20 minutes: what a hold that runs on between
// samples finds.

import { describe, expect, test } from "vitest";
import { type Alert, stepAlert } from "../core/alert.ts";
import { Engine } from "../engine/engine.ts";
import { worldOf } from "./play.ts";
import { bikes } from "./recorded-scenarios.ts";
import { hasRecordings, recorded } from "./recordings.ts";

type Sample = { stationId: string; at: number; bikes: number };
type Station = { capacity: number };

const full = bikes.rules({}).full!;

const samples = (): Sample[] =>
  recorded("bike", "oslo_gbfs_station_status_2024-09-09_15.csv").map((row) => ({
    stationId: row.station_id!,
    at: 1_000 * Number(row.last_updated_epoch_s),
    bikes: Number(row.num_bikes_available),
  }));
const stations = (): Map<string, Station> =>
  new Map(
    recorded("bike", "oslo_gbfs_station_information.csv").map((row) => [
      row.station_id!,
      { capacity: Number(row.capacity) },
    ]),
  );

/** Alerts that fire when time passes between samples, as it does in the engine. */
function firedInTime(all: readonly Sample[], capacities: Map<string, Station>): number {
  const facts = (_: string, siteId: string) => capacities.get(siteId);
  const engine = new Engine({
    scenarios: [{ scenario: bikes, params: {} }],
    world: { ...worldOf(null), facts },
  });
  const told = all.flatMap(({ stationId, at, bikes: count }) =>
    engine.take({
      sensorId: stationId,
      siteId: stationId,
      scenario: "bikes",
      time: at,
      receivedAt: at,
      values: { bikes: count },
      quality: "good",
    }),
  );
  return told.filter(({ change }) => change === "fired").length;
}

/** Alerts that fire when nobody looks but at samples. */
function firedAtSamples(all: readonly Sample[], capacities: Map<string, Station>): number {
  const open = new Map<string, Alert | null>();
  let fired = 0;
  for (const { stationId, at, bikes: count } of all) {
    const level = count >= capacities.get(stationId)!.capacity ? "yellow" : "ok";
    const before = open.get(stationId) ?? null;
    const { alert, change } = stepAlert(before, { level }, full.alert, at, () => stationId);
    if (change === "fired") fired++;
    open.set(stationId, alert);
  }
  return fired;
}

describe.runIf(hasRecordings)("stations with no free dock for an hour", () => {
  const all = hasRecordings ? samples() : [];
  const capacities = hasRecordings ? stations() : new Map();

  // 88 spells; nine more than at samples end within the sample's pause, one of them at the very
  // instant the hour is over, and that sample has its say first: the hold ends with it, and does
  // not fire.
  test("50 alerts when the hold runs on between samples", () => {
    expect(firedInTime(all, capacities)).toBe(50);
  });

  test("42 when only samples are looked at", () => {
    expect(firedAtSamples(all, capacities)).toBe(42);
  });
});
