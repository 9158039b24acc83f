import { between, days, type Moment, minuteOfDay } from "#scenario";
import type { Reading, Site } from "./schema.ts";

/** A quiet residential street: decibels by the hour, quiet from ten to six. */
function street(at: number): number {
  const hour = minuteOfDay(at) / 60;
  if (between(at, 22, 6)) return 42;
  const rush = Math.exp(-((hour - 8) ** 2)) + Math.exp(-((hour - 18) ** 2));
  return 49 + 4 * Math.min(1, rush);
}

/** Every fourth day the wind blows into the microphone for an hour. */
const isGale = (at: number): boolean => Math.floor(at / days(1)) % 4 === 0 && between(at, 14, 15);

/** By how much louder it is, by what is being staged. */
const louderDb: Readonly<Record<string, number>> = { music: 14, party: 28 };

/** A street that keeps its limits, with gusts that a microphone takes for noise. */
export function simulate({ at, rng, incident, minutesIn }: Moment<Site>): Reading | null {
  if (incident === "outage") return null;
  const gale = isGale(at) && incident === undefined;
  const quietDb = street(at) + rng.gauss(0, 1) + (gale ? 20 : 0);
  const isWorking = incident === "nightWorks";
  const laeq = isWorking ? rng.gauss(63, 0.5) : quietDb + (louderDb[incident ?? ""] ?? 0);
  const slam = incident === "slams" && Math.floor(minutesIn) % 10 === 0 ? 40 : 0;
  return {
    laeqDb: round(laeq),
    lamaxDb: round(
      laeq + (isWorking ? 4 : 7) + Math.abs(rng.gauss(0, isWorking ? 0.4 : 1.5)) + slam,
    ),
    windSpeedMPerS: round(gale ? 7.5 : Math.abs(rng.gauss(1.5, 0.5))),
    rain: false,
    ...(isWorking ? { sourceType: "construction" as const } : {}),
  };
}

const round = (value: number): number => Number(Math.max(0, value).toFixed(1));
