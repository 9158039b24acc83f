import { between, type Moment, minuteOfDay } from "#scenario";
import type { Reading, Site } from "./schema.ts";

/** The share of minutes in which the lift is in use, by the hour of the street. */
function usage(at: number): number {
  const hour = minuteOfDay(at) / 60;
  if (between(at, 23, 6)) return 0.06;
  const rush = Math.exp(-((hour - 8) ** 2)) + Math.exp(-(((hour - 18) / 1.5) ** 2));
  return 0.25 + 0.35 * Math.min(1, rush);
}

/**
 * In so many idle readings of every other minute the passenger sensor sees a shadow: it flickers,
 * and does not stay.
 */
const FLICKER = 0.01;

/**
 * A residential lift: idle with its doors shut, on its way with people, or at a landing with its
 * doors open.
 */
export function simulate({ site, at, rng, incident, minutesIn }: Moment<Site>): Reading | null {
  if (incident === "outage") return null;
  const healthy = ordinary(site, at, incident === "roughRide" ? 0.6 : usage(at), rng);
  const staged = troubled(incident, minutesIn, healthy, site);
  return { ...healthy, ...staged };
}

function ordinary(site: Site, at: number, use: number, rng: Moment<Site>["rng"]): Reading {
  const warmth = Math.sin(((minuteOfDay(at) - 540) / 1_440) * 2 * Math.PI);
  const idle: Reading = {
    serviceMode: 1,
    carMoving: false,
    doorZone: true,
    doorOpen: false,
    passengerPresent: rng.next() < FLICKER && minuteOfDay(at) % 2 === 0,
    carDirection: 0,
    carPosition: 1 + Math.floor(rng.next() * ((site.floors ?? 18) - 1)),
    faultCode: "00",
    alarmCode: "00",
    speedMPerS: 0,
    machineRoomCel: round(24 + 5 * warmth + rng.gauss(0, 0.5), 1),
  };
  if (rng.next() >= use) return idle;
  const isRunning = rng.next() < 0.5;
  if (isRunning) {
    const speedMPerS = round(site.ratedSpeedMPerS * (0.4 + 0.6 * rng.next()), 2);
    const carDirection = rng.next() < 0.5 ? 1 : 2;
    const doorZone = rng.next() < 0.2;
    return { ...idle, carMoving: true, doorZone, passengerPresent: true, carDirection, speedMPerS };
  }
  return {
    ...idle,
    doorOpen: true,
    passengerPresent: rng.next() < 0.6,
    runCount: Math.floor(at / 60_000),
    verticalPeakMPerS2: round(Math.abs(rng.gauss(0.18, 0.02)), 3),
    verticalA95MPerS2: round(Math.abs(rng.gauss(0.11, 0.01)), 3),
    horizontalPeakMPerS2: round(Math.abs(rng.gauss(0.1, 0.01)), 3),
    horizontalA95MPerS2: round(Math.abs(rng.gauss(0.07, 0.008)), 3),
  };
}

const stopped = { carMoving: false, doorOpen: false, speedMPerS: 0, carDirection: 0 } as const;
const shutIn = { ...stopped, passengerPresent: true } as const;
/** People board first, or nobody would know that they are inside. */
const boarding = { ...stopped, doorOpen: true, doorZone: true, passengerPresent: true } as const;
const BOARDING_MIN = 2;

function troubled(
  incident: string | undefined,
  minutesIn: number,
  healthy: Reading,
  site: Site,
): Partial<Reading> {
  const isBoarding = minutesIn < BOARDING_MIN;
  switch (incident) {
    case "trapped":
      return isBoarding ? boarding : { ...shutIn, doorZone: false };
    case "trappedAtLevel":
      return isBoarding ? boarding : { ...shutIn, doorZone: true };
    case "alarm":
      return { ...stopped, doorZone: true, alarmCode: isBoarding ? "90" : "00" };
    case "creep":
      return { ...stopped, carMoving: true, doorZone: true, faultCode: "05" };
    case "openDoorRun":
      return { ...stopped, carMoving: true, doorOpen: true, doorZone: true };
    case "overspeed":
      return {
        ...stopped,
        carMoving: true,
        doorZone: false,
        speedMPerS: 1.25 * site.ratedSpeedMPerS,
      };
    case "chainOpen":
      return { ...stopped, passengerPresent: false, faultCode: "01" };
    case "positionLost":
      return { ...stopped, passengerPresent: false, faultCode: "07" };
    case "doorTrouble":
      return { faultCode: Math.floor(minutesIn) % 2 === 0 ? "02" : "00" };
    case "roughRide":
      return healthy.runCount === undefined ? {} : { verticalPeakMPerS2: 0.41 };
    case "hotRoom":
      return { machineRoomCel: 45 };
    case "fireReturn":
      return { ...stopped, serviceMode: 3, doorOpen: true, doorZone: true, carPosition: 1 };
    default:
      return {};
  }
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));
