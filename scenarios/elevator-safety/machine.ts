// The lift itself in danger or broken: unintended movement, overspeed, the safety chain, faults and
// doors.

import {
  above,
  condition,
  defineRule,
  type Instant,
  minutes,
  operatorDefault,
  type Rationale,
  seconds,
  tally,
} from "#scenario";
import type { Params, Reading, Site } from "./schema.ts";
import { codes, faultCase, governor, isInspected } from "./sources.ts";

const stopIt: Rationale = {
  act: {
    zh: "立即停梯、封闭层门，通知维保到场；轿厢有人先按困人处置；工程师检查后复位。",
    en: "People inside first; stop the lift, bar its doors; an engineer checks and resets.",
  },
  within: minutes(10),
  otherwise: {
    zh: "剪切、坠落或冲顶，危及生命。",
    en: "Shearing, falling or overrun: lives are at risk.",
  },
};
const mend: Rationale = {
  act: {
    zh: "通知维保到场排查，现场放置停用告示。",
    en: "Call the maintainer to find the cause; put up a notice that the lift is out of use.",
  },
  within: minutes(30),
  otherwise: {
    zh: "电梯停用或发展为困人。",
    en: "The lift stays out of use, or traps people next.",
  },
};

/** Since when the car is seen to run with its door open. */
type Run = { since: Instant } | null;
/**
 * A monitor may tell of the door a moment late; seen for so long, and then held as a fault code is.
 */
const SEEN_FOR = seconds(1);

/**
 * Fault 05, or the car running with its door open. In inspection, where an engineer may do just
 * that, only fault 05.
 */
export const unintendedMovement = () =>
  defineRule<Reading, Run, Site>({
    asks: {
      zh: "轿厢是否意外移动或开门走梯？",
      en: "Does the car move unintendedly, or with its door open?",
    },
    sources: [codes, operatorDefault],
    rationale: stopIt,
    alert: {
      hold: seconds(1),
      samples: 1, // told on change; nothing more may come within the second
      release: 0,
      latch: true,
      case: faultCase,
    },
    initial: null,
    judge(before, event, at) {
      if (event.kind === "heard") return { state: before };
      if (event.kind === "wake")
        return before ? { state: before, signal: { level: "red" } } : { state: before };
      const { faultCode = "00", carMoving, doorOpen } = event.reading;
      if (faultCode === "05") return { state: null, signal: { level: "red" } };
      if (carMoving && doorOpen && !isInspected(event.reading)) {
        const state = before ?? { since: at };
        if (at >= state.since + SEEN_FOR) return { state, signal: { level: "red" } };
        const signal = { level: "ok", lingers: true } as const;
        return { state, signal, wakeAt: state.since + SEEN_FOR };
      }
      const lingers = faultCode !== "00" || undefined;
      return { state: null, signal: { level: "ok", lingers } };
    },
  });

export const overspeed = (p: Params) =>
  above<Reading, Site>({
    asks: { zh: "轿厢是否超速？", en: "Is the car too fast?" },
    field: "speedMPerS",
    of: ({ speedMPerS }) => (speedMPerS === undefined ? undefined : Math.abs(speedMPerS)),
    when: (reading) => (isInspected(reading) ? undefined : true),
    bounds: (site) => ({ red: p.overspeedRatio * site.ratedSpeedMPerS }),
    clear: (site) => ({ red: p.overspeedRatio * site.ratedSpeedMPerS }),
    sources: [governor, { kind: "register", title: "电梯额定速度 / rated speed of the lift" }],
    rationale: stopIt,
    alert: {
      hold: seconds(0.5),
      samples: 1, // the governor stops the car within a second: there may be no second reading
      release: 0,
      latch: true,
      case: faultCase,
    },
  });

/** Raised by some fault codes, cleared by 00 only. */
const fault = (raised: readonly string[]) => ({
  raise: (reading: Reading) => {
    if (isInspected(reading) || reading.faultCode === undefined) return undefined;
    return raised.includes(reading.faultCode) && ("orange" as const);
  },
  clear: ({ faultCode }: Reading) => faultCode === "00",
});

export const safetyChain = () =>
  condition<Reading, Site>({
    asks: {
      zh: "安全回路是否断开或停在开锁区外？",
      en: "Is the safety chain open, or the car stopped outside a door zone?",
    },
    ...fault(["01", "04"]),
    sources: [codes, operatorDefault],
    rationale: mend,
    alert: { hold: seconds(60), release: minutes(5), case: faultCase },
  });

export const cannotRestart = () =>
  condition<Reading, Site>({
    asks: { zh: "电梯是否无法再运行？", en: "Is the lift kept from running again?" },
    ...fault(["06", "07", "08"]),
    sources: [codes, operatorDefault],
    rationale: mend,
    alert: { hold: seconds(60), release: 0, case: faultCase },
  });

export const doorTrouble = (p: Params) =>
  tally<Reading, Site>({
    asks: { zh: "门机是否反复故障？", en: "Do the doors fail again and again?" },
    adds: (reading) => {
      if (isInspected(reading) || reading.faultCode === undefined) return undefined;
      return reading.faultCode === "02" || reading.faultCode === "03" ? 1 : 0;
    },
    once: true,
    within: minutes(10),
    speaksFor: minutes(2),
    bounds: () => ({ yellow: p.doorFaults }),
    clear: () => ({ yellow: 1 }),
    sources: [codes, operatorDefault],
    rationale: { ...mend, within: minutes(60) },
    alert: {
      hold: 0,
      release: minutes(50), // with the ten minutes of the window: none in an hour
      case: { ...faultCase, when: { unacknowledgedFor: minutes(5) } },
    },
  });
