import { type Moment, minuteOfDay } from "#scenario";
import type { Reading, Site } from "./schema.ts";

/** How busy a square is by the hour of the street, 0 to 1: lunch and the evening. */
function usage(at: number): number {
  const hour = minuteOfDay(at) / 60;
  const lunch = Math.exp(-(((hour - 12.5) / 1.5) ** 2));
  const evening = Math.exp(-(((hour - 19) / 2) ** 2));
  return 0.05 + 0.4 * lunch + 0.55 * evening;
}

/** Healthy, and at each stage of trouble, by the kind of area: people per square metre. */
const densities = {
  standing: { busy: 0.9, gathering: 2.6, packed: 4.1, crush: 5.2 },
  walkway: { busy: 0.4, gathering: 1.6, packed: 2.9, crush: 5.2 },
  stair: { busy: 0.6, gathering: 2, packed: 3.2, crush: 5.2 },
} as const;
/** Yellow on a standing area, and dense enough anywhere for a crowd to stop. */
const STANDSTILL = 2.4;
const CRUSH = 4.7;

/** A square that fills at noon and in the evening, and never too much. */
export function simulate({ site, at, rng, incident, minutesIn }: Moment<Site>): Reading | null {
  if (incident === "outage") return null;
  const kind = densities[site.areaType ?? "standing"];
  const healthy = kind.busy * Math.min(1, usage(at) + Math.abs(rng.gauss(0, 0.03)));
  const target = stagedDensity(incident, kind);
  const ramp = Math.min(1, 0.4 + minutesIn / 5);
  const density = Math.max(healthy, target * ramp * (1 + rng.gauss(0, 0.01)));
  const peopleCount = Math.round(density * site.areaM2);
  const passing = Math.max(0, 0.08 * peopleCount + rng.gauss(0, 1));
  const rush = incident === "inrush" ? (CRUSH * site.areaM2 - peopleCount) / 8 : 0;
  const isStopped = incident === "standstill";
  return {
    peopleCount,
    densityPerM2: round(density, 2),
    averageSpeedMPerS: round(
      Math.max(0, rng.gauss(isStopped ? 0.15 : 1.3 / (1 + density / 2), 0.03)),
      2,
    ),
    inflowPerMin: round(passing + Math.max(0, rush), 1),
    outflowPerMin: round(passing, 1),
  };
}

function stagedDensity(
  incident: string | undefined,
  kind: (typeof densities)[keyof typeof densities],
): number {
  if (incident === "gathering" || incident === "packed" || incident === "crush")
    return kind[incident];
  return incident === "standstill" ? STANDSTILL : 0;
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));
