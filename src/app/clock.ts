// The one clock that gives the log its time. A live brain runs on real time only; a drill may scale or drive it.

import type { Instant } from "../core/time.ts";

export type Clock = {
  /** The log's time now, ms since the epoch; never goes backwards. */
  now(): Instant;
  /** Seconds of this clock in one real second; null where readings drive it. */
  readonly speed: number | null;
  /** Tells a driven clock that a reading of this instant has come; any other clock does not listen. */
  hear(at: Instant): void;
};

/** Real time, held still where the machine's clock is set back, so that the log never runs backwards. */
export function realClock(real: () => Instant = Date.now): Clock {
  return scaledClock(1, real(), real);
}

/** Starts at `from` and runs `speed` times as fast as real time. */
export function scaledClock(speed: number, from: Instant, real: () => Instant = Date.now): Clock {
  const start = real();
  let last = from;
  return {
    speed,
    now() {
      last = Math.max(last, Math.floor(from + (real() - start) * speed));
      return last;
    },
    hear() {},
  };
}

/** Stands still until a reading moves it on: the recording's own time. */
export function drivenClock(from: Instant): Clock {
  let last = from;
  return {
    speed: null,
    now: () => last,
    hear(at) {
      last = Math.max(last, at);
    },
  };
}
