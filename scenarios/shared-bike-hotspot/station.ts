// What a reading says of the station: how many bikes stand there, how full it is, and whether it is
// news at all.

import { type Duration, type Instant, minutes, type Rule } from "#scenario";
import type { Reading, Site } from "./schema.ts";

/** Nothing heard of a station for so long is no data. */
export const NO_DATA: Duration = minutes(15);

/** All bikes that stand there, to rent or not. */
export const standing = (reading: Reading): number | undefined => {
  const { vehicleCount, bikesAvailable, bikesDisabled = 0 } = reading;
  if (vehicleCount !== undefined) return vehicleCount;
  return bikesAvailable === undefined ? undefined : bikesAvailable + bikesDisabled;
};

/** The zone's own number, then what the station says of itself, then bikes and docks together. */
export function capacityOf(reading: Reading, site: Site): number | undefined {
  const { docksAvailable } = reading;
  const there = standing(reading);
  const counted =
    docksAvailable === undefined || there === undefined ? undefined : docksAvailable + there;
  const capacity = site.capacity ?? reading.capacity ?? counted;
  return capacity === 0 ? undefined : capacity;
}

export function occupancyPct(reading: Reading, site: Site): number | undefined {
  const [there, capacity] = [standing(reading), capacityOf(reading, site)];
  return there === undefined || capacity === undefined ? undefined : (100 * there) / capacity;
}

/** How long ago the station itself reported; the feed goes on repeating what it said last. */
const ageOf = ({ lastReportedS }: Reading, at: Instant): Duration =>
  lastReportedS === undefined ? 0 : Math.max(0, at - lastReportedS * 1_000);

export const isStale = (reading: Reading, at: Instant): boolean => ageOf(reading, at) >= NO_DATA;

/** How much longer a reading is news. */
export const freshFor = (reading: Reading, at: Instant): Duration => NO_DATA - ageOf(reading, at);

export const isReport = ({ reporter }: Reading): boolean => reporter !== undefined;

/** Puts a rule behind the station's own clock: what it said too long ago is unknown. */
export const fresh = <S extends Parameters<Rule<Reading, Site>["judge"]>[0]>(
  rule: Rule<Reading, Site, S>,
): Rule<Reading, Site, S> => ({
  ...rule,
  judge(state, event, at) {
    if (event.kind === "reading" && isStale(event.reading, at))
      return { state, signal: { level: "unknown", note: "stale:last-reported" } };
    return rule.judge(state, event, at);
  },
});
