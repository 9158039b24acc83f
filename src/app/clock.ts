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

/** Real time; where the machine's clock was set back it stands still until that has passed, so that the log never runs backwards. */
export function realClock(notBefore: Instant = 0, real: () => Instant = Date.now): Clock {
  let last = notBefore;
  return {
    speed: 1,
    now() {
      last = Math.max(last, real());
      return last;
    },
    hear() {},
  };
}

/** Stood at `from` when the machine's clock said `start`, and runs `speed` times as fast. */
export function scaledClock(
  speed: number,
  from: Instant,
  start: Instant,
  real: () => Instant = Date.now,
): Clock {
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

/** How a log's clock runs, fit to be handed from thread to thread. */
export type ClockPlan =
  | { kind: "real"; notBefore: Instant }
  | { kind: "scaled"; speed: number; from: Instant; start: Instant }
  | { kind: "driven"; from: Instant };

/** The same plan with its past moved up, so that it never says an instant before `head`. */
export function notBefore(plan: ClockPlan, head: Instant): ClockPlan {
  if (plan.kind === "real") return { ...plan, notBefore: Math.max(plan.notBefore, head) };
  if (plan.kind === "driven") return { ...plan, from: Math.max(plan.from, head) };
  const late = Math.max(0, head - clockOf(plan).now());
  return { ...plan, from: plan.from + late };
}

/** Every thread that needs the clock makes it from the same plan, so they agree. */
export function clockOf(plan: ClockPlan): Clock {
  if (plan.kind === "real") return realClock(plan.notBefore);
  if (plan.kind === "driven") return drivenClock(plan.from);
  return scaledClock(plan.speed, plan.from, plan.start);
}
