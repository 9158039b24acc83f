/**
 * Milliseconds since the Unix epoch, UTC. The core never reads a clock: instants are always handed
 * in.
 */
export type Instant = number;
/** Milliseconds. */
export type Duration = number;

export const seconds = (n: number): Duration => n * 1_000;
export const minutes = (n: number): Duration => n * 60_000;
export const hours = (n: number): Duration => n * 3_600_000;
export const days = (n: number): Duration => n * 86_400_000;

/** China keeps one time, UTC+8, and no daylight saving; rules that speak of night mean this one. */
const STREET_OFFSET = hours(8);

/** Minutes since local midnight on the street, 0 to 1439. */
export const minuteOfDay = (at: Instant): number =>
  Math.floor(((((at + STREET_OFFSET) % days(1)) + days(1)) % days(1)) / minutes(1));

/** True from `from` o'clock to `to` o'clock on the street; the span may pass midnight. */
export function between(at: Instant, from: number, to: number): boolean {
  const minute = minuteOfDay(at);
  const [start, end] = [from * 60, to * 60];
  return start <= end ? minute >= start && minute < end : minute >= start || minute < end;
}

/** The next instant strictly after `at` when it is `hour` o'clock on the street. */
export function nextHour(at: Instant, hour: number): Instant {
  const midnight = at - ((((at + STREET_OFFSET) % days(1)) + days(1)) % days(1));
  const today = midnight + hours(hour);
  return today > at ? today : today + days(1);
}
