import {
  acceptablePerHour,
  type Load,
  mostPerHour,
  type Share,
  shares,
} from "../../workshop/load.ts";
import { streetTime, tell } from "../speech.ts";

/**
 * A load as a person reads it: the rate against what a seat can bear, the weeks, the shares of
 * levels.
 */
export function loadLines(load: Load): string[] {
  const { perSeatHour, seats, burden, busiest, weeks } = load;
  const lines = [
    tell("workshop.load-line", {
      rate: perSeatHour.toFixed(2),
      seats,
      acceptable: acceptablePerHour,
      most: mostPerHour,
      burden: tell(`workshop.${burden}`),
    }),
  ];
  if (busiest)
    lines.push(
      tell("workshop.busiest", {
        at: streetTime(busiest.from),
        alerts: busiest.perSeat.toFixed(1),
      }),
    );
  for (const { from, alerts, perSeatHour: rate } of weeks)
    lines.push(tell("workshop.week", { from: streetTime(from), alerts, rate: rate.toFixed(2) }));
  const { shares: found } = load;
  if (found) {
    const part = (name: Share) => `${(found[name] * 100).toFixed(0)}`;
    const wanted = (Object.keys(shares) as Share[]).map((name) => shares[name] * 100).join("/");
    lines.push(
      tell("workshop.shares", {
        low: part("low"),
        middle: part("middle"),
        high: part("high"),
        wanted,
      }),
    );
  }
  return lines;
}
