import { type Instant, nextHour } from "../time.ts";

/** What was counted since local midnight, and when that count is over. */
export type Today = { until: Instant; count: number };

/** A count that begins anew at local midnight: `adds` belongs to the day that holds `at`. */
export const countToday = (before: Today | null, adds: number, at: Instant): Today =>
  before !== null && at < before.until
    ? { until: before.until, count: before.count + adds }
    : { until: nextHour(at, 0), count: adds };
