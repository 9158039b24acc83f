// E-bikes in lifts: there, travelling, again and again.

import {
  condition,
  days,
  defineRule,
  hours,
  minutes,
  operatorDefault,
  type Rationale,
  seconds,
  tally,
} from "#scenario";
import type { Params, Reading, Site } from "./schema.ts";
import { bikeCase, highRiseRule, shanghaiRule } from "./sources.ts";

/** Whether the camera sees one; undefined: it says nothing, or is not sure. */
function isSeen(p: Params, { ebikeDetected, confidence = 1 }: Reading): boolean | undefined {
  if (ebikeDetected === undefined) return undefined;
  if (!ebikeDetected) return false;
  return confidence >= p.confidence ? true : undefined;
}

const turnBack: Rationale = {
  act: {
    zh: "电梯自动保持开门并语音劝阻；不离开的由物业到场劝出。",
    en: "The lift holds its door and speaks; who stays is asked out by the property.",
  },
  within: minutes(2),
  otherwise: {
    zh: "电池上楼充电，起火堵住逃生路。",
    en: "The battery is charged upstairs, and its fire blocks the way out.",
  },
};

export const inLift = (p: Params) =>
  condition<Reading, Site>({
    asks: { zh: "电动自行车是否进电梯？", en: "Is an e-bike in the lift?" },
    raise: (reading) => {
      const seen = isSeen(p, reading);
      return seen && "yellow";
    },
    value: (reading) => reading.confidence,
    sources: [highRiseRule, shanghaiRule, operatorDefault],
    rationale: turnBack,
    // The camera tells once that it sees one, and once that it is gone.
    alert: { hold: seconds(2), samples: 1, release: seconds(10) },
  });

/** The floor at which it was first seen; null: none is seen. */
type Boarded = { floor: number | null } | null;

export const travels = (p: Params) =>
  defineRule<Reading, Boarded, Site>({
    asks: { zh: "电动自行车是否乘梯上楼？", en: "Does the e-bike ride the lift to another floor?" },
    sources: [highRiseRule, shanghaiRule, operatorDefault],
    rationale: {
      ...turnBack,
      act: {
        zh: "物业到所停楼层找到车辆和电池，劝移到集中充电处；拒不移出的报消防。",
        en: "The property finds it on that floor and has it moved; refusal: fire authority.",
      },
      within: minutes(15),
    },
    alert: { hold: 0, release: seconds(10), case: bikeCase },
    initial: null,
    judge(before, event) {
      if (event.kind !== "reading") return { state: before };
      const { floor } = event.reading;
      const seen = isSeen(p, event.reading);
      if (seen === undefined) return { state: before, signal: { level: "unknown" } };
      if (!seen) return { state: null, signal: { level: "ok" } };
      const from = before?.floor ?? floor ?? null;
      const state = { floor: from };
      if (floor === undefined || from === null) return { state, signal: { level: "unknown" } };
      if (floor !== from) return { state, signal: { level: "yellow", value: floor } };
      return { state, signal: { level: "ok", lingers: true } };
    },
  });

export const repeated = (p: Params) =>
  tally<Reading, Site>({
    asks: { zh: "同一电梯是否屡次进车？", en: "Are e-bikes in this lift again and again?" },
    adds: (reading) => {
      const seen = isSeen(p, reading);
      return seen === undefined ? undefined : Number(seen);
    },
    once: true,
    within: hours(24),
    speaksFor: minutes(10),
    bounds: () => ({ orange: p.times }),
    clear: () => ({ orange: 1 }),
    sources: [operatorDefault],
    rationale: {
      act: {
        zh: "查监控找到车主，上门宣传；增设楼下充电位，必要时加装阻车装置。",
        en: "Find the owners by the recordings, call on them; add charging places downstairs.",
      },
      within: hours(24),
      otherwise: { zh: "进楼充电成为常态。", en: "Charging upstairs becomes a habit." },
    },
    alert: {
      hold: 0,
      release: days(6), // with the day of the window: none in a week
      gap: hours(24),
      case: {
        ...bikeCase,
        from: "orange",
        when: { unacknowledgedFor: minutes(5) },
        filing: { zh: "同一电梯屡有电动自行车进入", en: "E-bikes use this lift again and again" },
        limit: { amount: 3, unit: "work-day" },
        verify: days(1),
      },
    },
  });
