import { between, type Moment } from "#scenario";
import type { Reading, Site } from "./schema.ts";

/** Every so many minutes by day somebody stops for a moment to set down a passenger or a parcel. */
const STOPS_EVERY_MIN = 97;
const STOP_MIN = 2;
const HEARTBEAT_MIN = 120;

const stops = (minute: number, index: number): boolean =>
  between(minute * 60_000, 7, 22) && (minute + 31 * index) % STOPS_EVERY_MIN < STOP_MIN;

const kinds: readonly Reading["laneType"][] = ["fireLane", "fireTruckPad", "fireLane", "sidewalk"];

/** How far a car shifts the field of the earth that the sensor feels, in microtesla. */
const CAR_UT = 28;

/**
 * A magnetic sensor under one stretch of lane: speaks when a vehicle comes or goes, and every two
 * hours to say that it lives.
 */
export function simulate({ at, rng, index, incident, minutesIn }: Moment<Site>): Reading | null {
  if (incident === "outage") return null;
  const minute = Math.floor(at / 60_000);
  const isBeat = (minute + 7 * index) % HEARTBEAT_MIN === 0;
  const isTaken = incident !== undefined || stops(minute, index);
  const isNews = incident ? Math.floor(minutesIn) % 10 === 0 : isTaken !== stops(minute - 1, index);
  if (!isNews && !isBeat) return null;
  const field = (rest: number) =>
    Number((rest + (isTaken ? CAR_UT : 0) + rng.gauss(0, 0.4)).toFixed(1));
  return {
    status: isTaken ? "occupied" : "free",
    laneType: incident === "roadside" ? "sidewalk" : kinds[index % kinds.length]!,
    ...(isTaken ? { vehicleClass: "car" as const } : {}),
    fireAlarm: incident === "fire",
    magXUt: field(31.5),
    magYUt: field(-4.2),
    magZUt: field(36.8),
  };
}
