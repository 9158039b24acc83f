import { between, type Moment } from "#scenario";
import type { Reading, Site } from "./schema.ts";

const isCooking = (at: number): boolean => between(at, 10, 13) || between(at, 16, 20);

/** A kitchen at work: a breath of unburnt gas and some monoxide at mealtimes, the fan on. */
export function simulate({ at, rng, incident, minutesIn }: Moment<Site>): Reading | null {
  if (incident === "outage") return null;
  const cooks = isCooking(at);
  return {
    ch4PctLel: round(Math.abs(rng.gauss(cooks ? 0.8 : 0.2, 0.3)), 1),
    coPpm: round(Math.abs(rng.gauss(cooks ? 9 : 2, 2)), 0),
    valveClosed: false,
    fanOn: cooks,
    sensorExpired: false,
    sensorFault: false,
    ...troubled(incident, minutesIn),
  };
}

function troubled(incident: string | undefined, minutesIn: number): Partial<Reading> {
  const leaking = { valveClosed: true, fanOn: true } as const;
  switch (incident) {
    case "leak":
      return { ...leaking, ch4PctLel: 14 };
    case "burst":
      return { ...leaking, ch4PctLel: Math.min(45, 18 + minutesIn) };
    case "stuckValve":
      return { ch4PctLel: 16, fanOn: true };
    case "blockedFlue":
      return { coPpm: 64 };
    case "charcoal":
      return { coPpm: 140 };
    case "waterHeater":
      return { coPpm: 420 };
    case "expired":
      return { sensorExpired: true };
    default:
      return {};
  }
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));
