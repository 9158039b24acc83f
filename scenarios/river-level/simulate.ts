import { hours, type Moment, minuteOfDay } from "#scenario";
import type { Reading, Site } from "./schema.ts";

/** Metres above the healthy level after so many minutes, and never more than `topM`. */
const swell = (minutesIn: number, metresPerHour: number, topM: number): number =>
  Math.min(topM, (minutesIn / 60) * metresPerHour);

/** How far the water has come up, by what is being staged. */
function swellM(incident: string | undefined, minutesIn: number, site: Site): number {
  const toAlertM = restM;
  switch (incident) {
    case "creep":
      return swell(minutesIn, 0.15, toAlertM - 0.13);
    case "flood":
      return swell(minutesIn, 0.25, toAlertM + 0.3);
    case "danger":
      return swell(
        minutesIn,
        0.6,
        toAlertM + (site.dangerM ?? site.alertM + 1) - site.alertM + 0.3,
      );
    case "overtopping":
      return swell(minutesIn, 1.2, toAlertM + (site.crestM ?? site.alertM + 3) - site.alertM + 0.2);
    case "surge":
      return swell(minutesIn, 0.8, 0.45);
    default:
      return 0;
  }
}

/** A healthy river lies so far below its alert stage. */
const restM = 1.25;
/** One reading in so many is an echo from a boat or a branch. */
const ECHO_EVERY = 1_500;

/**
 * The water is sampled in the first minutes of each quarter of an hour, whatever the gauge's pace.
 */
const QUALITY_EVERY_MIN = 15;
const QUALITY_FOR_MIN = 6;

/** A gate-controlled river with a weak tide, its gauge now and then fooled by an echo. */
export function simulate({ site, at, rng, incident, minutesIn }: Moment<Site>): Reading | null {
  if (incident === "outage") return null;
  const tideM = 0.1 * Math.sin((2 * Math.PI * at) / hours(12.42));
  const echoM = rng.next() < 1 / ECHO_EVERY ? 1.6 : 0;
  const levelM = site.alertM - restM + tideM + swellM(incident, minutesIn, site) + echoM;
  const isFoul = incident === "discharge";
  const isWet = incident !== undefined && !isFoul;
  const level: Reading = {
    levelM: round(levelM + rng.gauss(0, 0.004), 3),
    rainfallMm: isWet ? round(Math.abs(rng.gauss(4, 1)), 1) : 0,
  };
  if (minuteOfDay(at) % QUALITY_EVERY_MIN >= QUALITY_FOR_MIN) return level;
  return {
    ...level,
    oxygenMgPerL: round(Math.max(0.1, rng.gauss(isFoul ? 1.1 : 5.6, 0.15)), 2),
    ph: round(rng.gauss(7.4, 0.03), 2),
    ammoniaMgPerL: round(Math.max(0.1, rng.gauss(isFoul ? 10.5 : 1.1, 0.1)), 2),
    turbidityNtu: round(Math.abs(rng.gauss(isWet ? 90 : 22, 2)), 1),
    orpMv: round(rng.gauss(isFoul ? -60 : 170, 8), 0),
  };
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));
