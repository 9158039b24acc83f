import { between, hours, type Moment } from "#scenario";
import type { Reading, Site } from "./schema.ts";

/** A point on the section, so many metres along it. */
const along = (metres: number) => ({
  lon: Number((121.4511 + metres / 95_000).toFixed(7)),
  lat: 31.3115,
});

/** One pass in so many sees a shadow or a wet patch, never twice at one place. */
const SHADOWS = 0.08;

const trouble: Record<string, Partial<Reading>> = {
  broken: { defectType: "missingSlab", areaM2: 0.8 },
  cracked: { defectType: "crack", lengthM: 2.6, widthMm: 5, areaM2: 0.4 },
  hole: { defectType: "pothole", depthMm: 45, areaM2: 0.2 },
  deepHole: { defectType: "pothole", depthMm: 95, areaM2: 0.3 },
  caveIn: { defectType: "subsidence", depthMm: 600, areaM2: 2.2, affectsTraffic: true },
};

/** A van with camera and accelerometer, twice by day and once by night over each section. */
export function simulate({ at, rng, incident, minutesIn }: Moment<Site>): Reading | null {
  if (incident === "outage") return null;
  const pass = Math.floor(at / hours(8));
  const metres = 12 + 3 * rng.next();
  const speed = between(at, 7, 20) ? 24 : 38;
  const drive = {
    passId: `van-${1 + (pass % 3)}-${pass}`,
    zAccPeakMPerS2: Number(Math.abs(rng.gauss(2.2, 0.5)).toFixed(2)),
    speedKmPerH: Number(Math.max(5, rng.gauss(speed, 4)).toFixed(1)),
  };
  const seen = incident === undefined ? undefined : trouble[incident];
  if (seen)
    return {
      defectType: "none",
      ...drive,
      ...seen,
      zAccPeakMPerS2: Number(Math.abs(rng.gauss(7, 1)).toFixed(2)),
      confidence: Number(Math.min(0.89, Math.max(0.65, rng.gauss(0.8, 0.05))).toFixed(2)),
      imageRef: `pass/${pass}/${Math.floor(minutesIn)}.jpg`,
      ...along(metres),
    };
  if (rng.next() < SHADOWS)
    return {
      ...drive,
      defectType: "crack",
      lengthM: 0.6,
      widthMm: 2,
      confidence: 0.5,
      ...along(15 * (pass % 40)),
    };
  return { defectType: "none", confidence: 0.97, ...drive };
}
