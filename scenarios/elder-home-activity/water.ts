// What a meter that only counts up tells of the last twelve hours, whatever was missed or changed.

import { type Duration, hours, type Instant, minutes } from "#scenario";

type Bucket = readonly [hour: number, usedM3: number, heardMs: number];
/** The meter's last word, and what was used hour by hour. `flow`: since the word before, m³/h. */
export type Meter = {
  at: Instant;
  volumeM3: number;
  flow: number | null;
  buckets: readonly Bucket[];
};

const WINDOW_H = 12;
/** A reading speaks for this long at most: the meter's half hour and some lateness. */
const SPEAKS_FOR: Duration = minutes(35);
/** More than a pipe of that size could give: the meter was changed, not the water used. */
const PLAUSIBLE_M3_PER_H = 5;

/** The meter after one more reading. A step back or a leap tells of no water, and is not heard. */
export function read(before: Meter | null, volumeM3: number, at: Instant): Meter {
  const hour = Math.floor(at / hours(1));
  const kept = (before?.buckets ?? []).filter(([one]) => one > hour - WINDOW_H);
  if (before === null) return { at, volumeM3, flow: null, buckets: kept };
  const passed = Math.max(1, at - before.at);
  const used = Number((volumeM3 - before.volumeM3).toFixed(6));
  const isKnown = used >= 0 && used <= Math.max(1, (PLAUSIBLE_M3_PER_H * passed) / hours(1));
  if (!isKnown) return { at, volumeM3, flow: null, buckets: kept };
  const [, sum, heard] = kept.find(([one]) => one === hour) ?? [hour, 0, 0];
  const last: Bucket = [
    hour,
    Number((sum + used).toFixed(6)),
    heard + Math.min(passed, SPEAKS_FOR),
  ];
  return {
    at,
    volumeM3,
    flow: (used * hours(1)) / passed,
    buckets: [...kept.filter(([one]) => one !== hour), last],
  };
}

/** Water of the last twelve hours, and how much of that time was heard, 0 to 1. */
export const usedOf = ({ buckets }: Meter): { usedM3: number; share: number } => ({
  usedM3: Number(buckets.reduce((sum, [, used]) => sum + used, 0).toFixed(6)),
  share: buckets.reduce((sum, [, , heard]) => sum + heard, 0) / hours(WINDOW_H),
});

/** Whether little was used; undefined: too much of the time was missed to tell. */
export function isLow(meter: Meter, belowM3: number): boolean | undefined {
  const { usedM3, share } = usedOf(meter);
  if (usedM3 >= belowM3) return false;
  return share >= 0.8 ? true : undefined;
}
