import { type Moment, minuteOfDay } from "#scenario";
import type { Reading, Site } from "./schema.ts";

/** How full the zone is by the hour, 0 to 1: commuters come by metro and ride on, and come back. */
function usage(at: number): number {
  const hour = minuteOfDay(at) / 60;
  const peak = (middle: number, width: number) => Math.exp(-(((hour - middle) / width) ** 2));
  return 0.3 + 0.22 * peak(9.3, 1.2) + 0.18 * peak(18.5, 1.5) + 0.1 * peak(13, 4);
}

/** Arrivals in five minutes by the hour: a trickle at night, a dozen in the rush. */
const arrivals = (at: number): number => Math.max(0, (usage(at) - 0.28) * 22);

/** A report that somebody was cross about one bike: one in so many hours of the day. */
const CROSS = 1 / 400;

/** A dockless zone at a metro exit, counted every five minutes; now and then somebody complains. */
export function simulate({ site, at, rng, incident, minutesIn }: Moment<Site>): Reading | null {
  if (incident === "outage") return null;
  const minute = Math.floor(at / 60_000);
  const hour = minuteOfDay(at) / 60;
  const spot = { lon: 121.4507 + 1e-5 * rng.gauss(0, 1), lat: 31.3128 + 1e-5 * rng.gauss(0, 1) };
  if (incident === "complaints" && minutesIn < 20)
    return { reporter: `r-${Math.floor(minutesIn / 5)}`, ...spot };
  if (!incident && hour > 8 && hour < 21 && rng.next() < CROSS)
    return { reporter: `r-${minute % 97}`, ...spot };
  return counted({ site, at, rng, incident });
}

function counted({
  site,
  at,
  rng,
  incident,
}: Pick<Moment<Site>, "site" | "at" | "rng" | "incident">): Reading {
  const capacity = site.capacity ?? 60;
  const crowd: Record<string, number> = { full: 1.12, burst: 1.7, blocked: 0.7, drained: 0 };
  const share =
    crowd[incident ?? ""] ?? Math.min(0.75, Math.max(0.12, usage(at) + rng.gauss(0, 0.03)));
  const vehicleCount = Math.round(share * capacity);
  const broken = Math.min(vehicleCount, rng.next() < 0.2 ? 1 : 0);
  const inflow = incident === "surge" ? 19 : Math.min(12, Math.abs(rng.gauss(arrivals(at), 1)));
  const widthM = incident === "blocked" || incident === "burst" ? 1.0 : 2.8;
  return {
    vehicleCount,
    bikesAvailable: vehicleCount - broken,
    bikesDisabled: broken,
    inflow: Math.round(inflow),
    clearWidthM: Number(Math.max(0.4, rng.gauss(widthM, 0.1)).toFixed(2)),
    lastReportedS: Math.floor(at / 1_000) - Math.floor(rng.next() * 50),
    operator: site.operator ?? "company-a",
  };
}
