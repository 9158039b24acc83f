import { type Duration, type Instant, seconds } from "../../core/time.ts";

export type Pace = {
  /** How long to wait before the next frame may go, ms; 0: now. */
  wait(now: Instant): Duration;
  /** A frame goes. */
  take(now: Instant): void;
};

/**
 * `perSecond` frames a second, and as many at once after a quiet time: a lone alert is on the screen without delay, only a
 * flood is gathered, evenly.
 */
export function paceOf(perSecond: number): Pace {
  const every = seconds(1) / perSecond;
  const most = seconds(1);
  let saved = most;
  let savedAt = Number.NEGATIVE_INFINITY;
  const savedBy = (now: Instant) => Math.min(most, saved + Math.max(0, now - savedAt));
  return {
    wait: (now) => Math.max(0, every - savedBy(now)),
    take(now) {
      saved = savedBy(now) - every;
      savedAt = now;
    },
  };
}
